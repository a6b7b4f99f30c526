//! What the pages of live trading promise.

use crate::{
    html::{tags, text},
    states::{Setting, live::FAULTS},
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
fn each_page_is_marked_in_the_navigation_and_all_are_there() {
    const WAYS: [&str; 6] = [
        "/dashboard",
        "/strategies",
        "/reports",
        "/commands",
        "/executors",
        "/notifications",
    ];
    let pages = pages(Language::En);
    for (name, here) in [
        ("live-dashboard", "/dashboard"),
        ("live-executors", "/executors"),
        ("live-retire", "/executors"),
        ("live-commands", "/commands"),
        ("live-command-queued", "/commands"),
        ("live-give", "/commands"),
        ("live-reports-day", "/reports"),
    ] {
        let html = &pages[name];
        let menu = html.split("<nav").nth(1).expect("a navigation");
        let menu = menu.split("</nav>").next().expect("its end");
        let menu = tags(&format!("<nav{menu}</nav>"));
        for way in WAYS {
            let link = menu.iter().find(|tag| tag.get("href") == Some(way));
            let current = link.expect(way).get("aria-current");
            assert_eq!(current, (way == here).then_some("page"), "{name}: {way}");
        }
    }
}

#[test]
fn every_part_that_is_put_into_its_place_has_an_id() {
    for (name, html) in pages(Language::Id) {
        let tags = tags(&html);
        let parts = tags.iter().filter(|tag| tag.get("data-part").is_some());
        let mut count = 0;
        for part in parts {
            assert!(part.get("id").is_some(), "{name}: {part:?}");
            count += 1;
        }
        let script = tags.iter().find(|tag| tag.name == "script");
        assert_eq!(script.is_some(), count > 0, "{name}");
        let Some(script) = script else { continue };
        assert_eq!(script.get("integrity"), Some("sha384-AAAA"), "{name}");
        let mark = tags.iter().find(|tag| tag.get("id") == Some("live-mark"));
        assert_eq!(mark.and_then(|mark| mark.get("role")), Some("status"));
    }
}

#[test]
fn every_state_and_fault_has_words_of_its_own() {
    for language in Language::ALL {
        let pages = pages(language);
        let said: BTreeSet<String> = FAULTS
            .iter()
            .map(|(name, _)| text(&pages[&format!("live-give-fault-{name}")]))
            .collect();
        assert_eq!(said.len(), FAULTS.len());
        let asks = ["stop", "pause", "resume", "close", "mine", "everything"];
        let asks: BTreeSet<String> = asks
            .iter()
            .map(|name| text(&pages[&format!("live-ask-{name}")]))
            .collect();
        assert_eq!(asks.len(), 6);
    }
}

#[test]
fn currencies_are_never_added_up() {
    let html = text(&pages(Language::En)["live-dashboard"]);
    assert!(html.contains("USD 11,240.70") && html.contains("EUR 840.00"));
    assert!(!html.contains("12,080.70"), "two currencies in one sum");
}

#[test]
fn what_was_reported_some_time_ago_is_not_said_to_be_so_now() {
    let pages = pages(Language::En);
    let fresh = text(&pages["live-dashboard"]);
    assert!(fresh.contains("Profit now") && !fresh.contains("reported 2 days ago"));
    let old = text(&pages["live-dashboard-old"]);
    assert!(!old.contains("Profit now"));
    let cut = "so the latest of today are missing here";
    assert!(old.contains(cut) && !fresh.contains(cut));
    assert_eq!(
        old.matches("reported 2 days ago").count(),
        1,
        "of one of two"
    );
    let close = text(&pages["live-ask-close"]);
    assert!(close.contains("about USD +182.35 now."));
    let close = text(&pages["live-ask-close-old"]);
    assert!(close.contains("about USD +182.35, reported 2 days ago."));
    assert!(!close.contains("+182.35 now"));
    let all = text(&pages["live-ask-everything-old"]);
    for said in [
        "EUR +3.50, reported 2 hours ago.",
        "USD \u{2212}42.10, reported 2 days ago.",
    ] {
        assert!(all.contains(said), "{said}");
    }
    assert!(!all.contains("0 now"));
    // A minute is still now.
    assert!(text(&pages["live-ask-everything"]).contains("USD \u{2212}42.10 now."));
}

#[test]
fn money_has_a_sign_and_not_a_colour_alone() {
    for (name, html) in pages(Language::Id) {
        for class in ["gain", "fall"] {
            let start = format!("class=\"money {class}\">");
            for part in html.split(&start).skip(1) {
                let said = part.split('<').next().expect("a number");
                let sign = if class == "gain" { '+' } else { '\u{2212}' };
                assert!(said.contains(sign), "{name}: {said}");
            }
        }
    }
}
