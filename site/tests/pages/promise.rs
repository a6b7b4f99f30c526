//! What holds for every page.

use crate::{
    html::{Piece, Tag, pieces, tags, text},
    states::Setting,
};
use std::collections::BTreeSet;
use trading::language::Language;

const HOSTILE: &str = r#"x'"><script>alert(1)</script><b onclick="x" style="y">&{}"#;

fn setting(language: Language, before: &str) -> Setting<'_> {
    Setting {
        language,
        theme: "dark",
        style: "style.css",
        before,
    }
}

fn every(mut check: impl FnMut(&str, &str, Language)) {
    for language in Language::ALL {
        for before in ["", HOSTILE] {
            for (name, html) in setting(language, before).pages() {
                check(&format!("{name} ({language})"), &html, language);
            }
        }
    }
}

#[test]
fn a_document_is_whole_and_says_its_language() {
    every(|name, html, language| {
        assert!(html.starts_with("<!DOCTYPE html><html "), "{name}");
        assert!(html.ends_with("</html>"), "{name}");
        // In a title, it would be read.
        assert!(!html.contains("<!>"), "{name}");
        let tags = tags(html);
        assert_eq!(tags[0].get("lang"), Some(language.code()), "{name}");
        for one in ["title", "h1", "main", "header", "footer"] {
            let count = tags.iter().filter(|tag| tag.name == one).count();
            // A page may have a header of its own within.
            assert!(
                count == 1 || (one == "header" && count == 2),
                "{name}: {one}"
            );
        }
    });
}

#[test]
fn tags_close_in_order() {
    const VOID: [&str; 3] = ["meta", "link", "input"];
    every(|name, html, _| {
        let mut open: Vec<String> = Vec::new();
        for piece in pieces(html) {
            match piece {
                Piece::Open(tag) if VOID.contains(&tag.name.as_str()) => {}
                // What closes itself only exists within pictures.
                Piece::Open(tag) if tag.name == "path" && html.contains("<path fill") => {}
                Piece::Open(tag) => open.push(tag.name),
                Piece::Close(closed) if closed == "path" && html.contains("<path fill") => {}
                Piece::Close(closed) => assert_eq!(open.pop(), Some(closed), "{name}"),
                Piece::Text(_) => {}
            }
        }
        assert!(open.is_empty(), "{name}: {open:?}");
    });
}

#[test]
fn a_strict_policy_permits_it() {
    every(|name, html, _| {
        for tag in tags(html) {
            if tag.name == "script" {
                // Ours alone, and only where something has to move by itself.
                let path = tag.get("src").unwrap_or_default();
                assert!(path.starts_with("/assets/live-"), "{name}: {tag:?}");
                assert!(name.starts_with("live-"), "{name}");
                continue;
            }
            assert!(
                !["style", "iframe", "object", "base", "b"].contains(&tag.name.as_str()),
                "{name}: {tag:?}"
            );
            for (key, value) in &tag.attributes {
                assert!(!key.starts_with("on") && key != "style", "{name}: {tag:?}");
                if key == "xmlns" {
                    continue;
                }
                // Nothing comes from elsewhere.
                assert!(
                    !value.starts_with("http") && !value.starts_with("//"),
                    "{name}: {value}"
                );
            }
        }
    });
}

#[test]
fn hostile_text_stays_text() {
    for language in Language::ALL {
        let (plain, hostile) = (
            setting(language, "").pages(),
            setting(language, HOSTILE).pages(),
        );
        for ((name, plain), (_, hostile)) in plain.iter().zip(&hostile) {
            assert!(!hostile.contains("<script>"), "{name}");
            let shape = |html: &str| -> Vec<(String, Vec<String>)> {
                tags(html)
                    .into_iter()
                    .map(|tag| {
                        let keys = tag.attributes.iter().map(|(key, _)| key.clone())
                        // These follow what the text is.
                        .filter(|key| key != "aria-current" && key != "selected").collect();
                        (tag.name, keys)
                    })
                    .collect()
            };
            assert_eq!(shape(plain), shape(hostile), "{name}");
        }
    }
}

#[test]
fn hostile_text_is_shown_as_it_is() {
    for (name, html) in setting(Language::En, HOSTILE).pages() {
        let shown = text(&html);
        if name.starts_with("account") || name.starts_with("forbidden-") {
            continue;
        }
        if [
            "admin-audit",
            "recovery-codes",
            "failed",
            "away",
            "forgot-sent",
            "billing-fault-provider",
            "billing-fault-away",
            "devices",
            "devices-approve-phone",
            "devices-made-read",
            "devices-fault-away",
            "strategies",
            "strategy",
        ]
        .contains(&name.as_str())
        {
            assert!(shown.contains(HOSTILE), "{name}");
        }
    }
}

#[test]
fn ids_are_unique_and_references_lead_somewhere() {
    every(|name, html, _| {
        let tags = tags(html);
        let mut ids = BTreeSet::new();
        for id in tags.iter().filter_map(|tag| tag.get("id")) {
            assert!(ids.insert(id), "{name}: two have the id {id}");
        }
        for tag in &tags {
            for key in ["for", "aria-describedby", "aria-labelledby"] {
                for id in tag.get(key).unwrap_or_default().split_whitespace() {
                    assert!(ids.contains(id), "{name}: nothing has the id {id}");
                }
            }
        }
    });
}

#[test]
fn every_field_has_a_label() {
    every(|name, html, _| {
        let tags = tags(html);
        let labelled: BTreeSet<_> = tags.iter().filter_map(|tag| tag.get("for")).collect();
        for tag in tags.iter().filter(|tag| is_field(tag)) {
            let id = tag.get("id").expect("an id");
            assert!(labelled.contains(id), "{name}: {id}");
            assert!(
                tag.name == "select" || tag.get("autocomplete").is_some(),
                "{name}: {id}"
            );
            assert!(
                tag.name == "select" || tag.get("maxlength").is_some(),
                "{name}: {id}"
            );
        }
    });
}

fn is_field(tag: &Tag) -> bool {
    let is_hidden = tag.get("type") == Some("hidden") || tag.get("hidden").is_some();
    ["input", "select"].contains(&tag.name.as_str()) && !is_hidden
}

#[test]
fn at_most_one_has_the_focus_and_a_refusal_has_it() {
    every(|name, html, _| {
        let tags = tags(html);
        let focused: Vec<_> = tags
            .iter()
            .filter(|tag| tag.get("autofocus").is_some())
            .collect();
        assert!(focused.len() <= 1, "{name}");
        let refused = text(html).starts_with("Error: ") || text(html).starts_with("Kesalahan: ");
        let is_told = tags
            .iter()
            .any(|tag| tag.get("role") == Some("alert") || tag.get("aria-invalid") == Some("true"));
        assert_eq!(refused, is_told, "{name}");
        if refused {
            let focused = focused
                .first()
                .unwrap_or_else(|| panic!("{name}: no focus"));
            assert!(
                focused.get("aria-invalid") == Some("true") || focused.get("role") == Some("alert"),
                "{name}"
            );
        }
    });
}

#[test]
fn a_refused_part_is_not_folded_away() {
    every(|name, html, _| {
        let mut folded = Vec::new();
        for piece in pieces(html) {
            match piece {
                Piece::Open(tag) if tag.name == "details" => folded.push(tag.get("open").is_none()),
                Piece::Close(closed) if closed == "details" => {
                    folded.pop();
                }
                Piece::Open(tag) if tag.get("autofocus").is_some() => {
                    assert!(!folded.contains(&true), "{name}");
                }
                _ => {}
            }
        }
    });
}

#[test]
fn no_password_comes_back() {
    every(|name, html, _| {
        for tag in tags(html) {
            // That of a device is shown beside it.
            let is_shown = tag.get("type") == Some("hidden") && name.starts_with("devices");
            let is_code = tag.get("name") == Some("code") && !is_shown;
            if tag.get("type") == Some("password") || is_code {
                assert_eq!(tag.get("value"), None, "{name}");
            }
        }
    });
}

#[test]
fn a_token_is_in_a_hidden_field_only_and_no_other_site_learns_of_it() {
    every(|name, html, _| {
        let tags = tags(html);
        let token = "phxt_";
        let has_token = tags.iter().any(|tag| tag.get("name") == Some("token"));
        let asks = tags.iter().any(|tag| {
            tag.get("name") == Some("referrer") && tag.get("content") == Some("no-referrer")
        });
        assert_eq!(asks, has_token || name.starts_with("gone-"), "{name}");
        for tag in &tags {
            for (key, value) in &tag.attributes {
                let is_its_place = tag.get("type") == Some("hidden") && key == "value";
                assert!(!value.contains(token) || is_its_place, "{name}: {tag:?}");
            }
        }
        assert!(
            !text(html).contains(token) || name.starts_with("admin-mails"),
            "{name}"
        );
    });
}

#[test]
fn times_are_for_people_and_machines() {
    let pages = setting(Language::En, "").pages();
    let (_, html) = pages.iter().find(|(name, _)| name == "account").unwrap();
    let seen = r#"<time datetime="2026-11-21T19:05:00Z">2026-11-21 19:05 UTC</time>"#;
    assert!(html.contains(seen));
}

#[test]
fn only_numbers_are_asked_for_where_only_numbers_are_taken() {
    every(|name, html, _| {
        for tag in tags(html)
            .iter()
            .filter(|tag| tag.get("name") == Some("code") && is_field(tag))
        {
            let is_setup = name.starts_with("two-factor-setup");
            assert_eq!(
                tag.get("inputmode"),
                is_setup.then_some("numeric"),
                "{name}"
            );
            // What a phone takes out of messages is no code of a device.
            let fills = if name.starts_with("devices") {
                "off"
            } else {
                "one-time-code"
            };
            assert_eq!(tag.get("autocomplete"), Some(fills), "{name}");
        }
    });
}
