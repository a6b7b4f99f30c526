//! What the pages of devices say of keys, and what they let be done.

use crate::{
    html::{tags, text},
    states::{
        Setting,
        device::{KEY, device_faults},
    },
};
use std::collections::{BTreeMap, BTreeSet};
use trading::language::Language;

fn pages(language: Language) -> BTreeMap<String, String> {
    let setting = Setting {
        language,
        theme: "dark",
        style: "style.css",
        before: "",
    };
    setting.pages().into_iter().collect()
}

#[test]
fn only_a_key_that_opens_something_is_revoked_and_what_stops_is_named() {
    let en = pages(Language::En);
    let html = &en["devices"];
    let ids: Vec<_> = tags(html)
        .into_iter()
        .filter(|tag| tag.get("name") == Some("id"))
        .map(|tag| tag.get("value").expect("a value").to_owned())
        .collect();
    assert_eq!(ids, ["k-1", "k-2", "k-3"]);
    for words in [
        "VPS Singapura is cut off at once: it receives no more commands",
        "This closes no position",
        "Samsung SM-A155F is cut off at once: it can no longer give commands",
        "up to eighty letters is cut off at once: it can no longer read anything.",
    ] {
        assert!(text(html).contains(words), "{words}");
    }
    let dangers = tags(html).into_iter();
    let dangers = dangers.filter(|tag| tag.get("class") == Some("button button-danger"));
    assert_eq!(dangers.count(), 3);
    assert!(!en["devices-former"].contains("/account/devices/revoke"));
    assert!(text(&en["devices-former"]).contains("No device has a key."));
}

#[test]
fn a_device_is_approved_by_who_sees_what_it_is_and_may() {
    let en = pages(Language::En);
    for (scope, may) in [
        ("executor", "carries them out at your broker"),
        ("phone", "It cannot charge your saved card"),
        ("read", "gives no commands and changes nothing"),
    ] {
        let html = &en[&format!("devices-approve-{scope}")];
        let button = html.find("Approve the device").expect("the button");
        for words in [
            "7KQM-2XWD",
            "Samsung SM-A155F",
            "2001:db8:85a3::8a2e:370:7334",
            may,
            "Approve only if this code is on the screen of your own device now.",
        ] {
            assert!(html[..button].contains(words), "{scope}: {words}");
        }
        let made = text(&en[&format!("devices-made-{scope}")]);
        assert!(made.contains(KEY) && made.contains(may), "{scope}");
    }
}

#[test]
fn a_key_is_told_once() {
    for (name, html) in pages(Language::En) {
        let times = html.matches(KEY).count();
        assert_eq!(
            times,
            usize::from(name.starts_with("devices-made-")),
            "{name}"
        );
    }
}

#[test]
fn the_least_is_chosen_for_a_key() {
    for (name, html) in pages(Language::Id) {
        if !name.starts_with("devices") || !html.contains("/account/devices/key") {
            continue;
        }
        let options = |name: &str| -> Vec<(String, bool)> {
            let from = html.find(&format!(r#"name="{name}""#)).expect("a choice");
            let list = &html[html[..from].rfind('<').expect("a tag")..];
            let list = &list[..list.find("</select>").expect("its end")];
            let tags = tags(&format!("{list}</select>")).into_iter();
            tags.filter(|tag| tag.name == "option")
                .map(|tag| {
                    let value = tag.get("value").expect("a value").to_owned();
                    (value, tag.get("selected").is_some())
                })
                .collect()
        };
        let of = |all: &[(&str, bool)]| -> Vec<(String, bool)> {
            let all = all.iter();
            all.map(|(value, is)| ((*value).to_owned(), *is)).collect()
        };
        let scopes = of(&[("executor", false), ("phone", false), ("read", true)]);
        assert_eq!(options("scope"), scopes, "{name}");
        let days = of(&[("30", false), ("90", true), ("365", false), ("0", false)]);
        assert_eq!(options("days"), days, "{name}");
    }
}

#[test]
fn every_fault_has_a_sentence_of_its_own_at_its_place() {
    for language in Language::ALL {
        let pages = pages(language);
        let faults = device_faults("7f3a-19c2").map(|(name, _)| name);
        for kind in ["fault", "approve-fault"] {
            let said = faults.map(|name| text(&pages[&format!("devices-{kind}-{name}")]));
            let said = BTreeSet::from(said);
            assert_eq!(said.len(), faults.len());
            let ours = said.iter().filter(|said| said.contains("7f3a-19c2"));
            assert_eq!(ours.count(), 2);
        }
        for name in faults {
            let tags = tags(&pages[&format!("devices-fault-{name}")]);
            let wrong = tags
                .iter()
                .find(|tag| tag.get("aria-invalid").is_some())
                .and_then(|tag| tag.get("name"));
            let place = match name {
                "no-code" => Some("code"),
                "label" => Some("label"),
                _ => None,
            };
            assert_eq!(wrong, place, "{name}");
            // What waits no more is not to be approved.
            let html = &pages[&format!("devices-approve-fault-{name}")];
            let is_asked = html.contains(r#"method="post" action="/account/devices/approve""#);
            assert_eq!(is_asked, name != "no-code", "{name}");
        }
    }
}

#[test]
fn the_way_to_the_devices_is_on_every_page_of_who_is_signed_in() {
    for (name, html) in pages(Language::En) {
        let tags = tags(&html);
        let is_in = tags
            .iter()
            .any(|tag| tag.get("action") == Some("/sign-out"));
        let way = tags
            .iter()
            .find(|tag| tag.name == "a" && tag.get("href") == Some("/account/devices"));
        assert_eq!(way.is_some(), is_in, "{name}");
        let current = way.and_then(|way| way.get("aria-current"));
        let is_here = name.starts_with("devices");
        assert_eq!(current, is_here.then_some("page"), "{name}");
    }
    let account = &pages(Language::Id)["account"];
    let ways = account.matches(r#"href="/account/devices""#).count();
    assert_eq!(ways, 2);
}
