//! What the pages of plans say of money, and what they let be done.

use crate::{
    html::{Piece, pieces, tags, text},
    states::{Setting, billing::STATES},
};
use std::collections::{BTreeMap, BTreeSet};
use trading::language::Language;

const MARKS: [&str; 2] = [
    "Test mode: no payment provider is set up. Nothing is charged.",
    "Mode uji: penyedia pembayaran belum disiapkan. Tidak ada yang ditagih.",
];

fn pages(language: Language) -> BTreeMap<String, String> {
    let setting = Setting {
        language,
        theme: "dark",
        style: "style.css",
        before: "",
    };
    setting.pages().into_iter().collect()
}

/// What is sent when something is bought, as field and value.
fn bought(html: &str) -> BTreeSet<Vec<(String, String)>> {
    let mut found = BTreeSet::new();
    let mut open: Option<Vec<(String, String)>> = None;
    for piece in pieces(html) {
        match piece {
            Piece::Open(tag) if tag.get("action") == Some("/account/billing/buy") => {
                open = Some(Vec::new());
            }
            Piece::Open(tag) if tag.name == "input" => {
                if let Some(fields) = &mut open {
                    let part = |name| tag.get(name).expect("a part").to_owned();
                    fields.push((part("name"), part("value")));
                }
            }
            Piece::Close(name) if name == "form" => found.extend(open.take()),
            _ => {}
        }
    }
    found
}

#[test]
fn money_is_exact_in_the_way_of_the_language() {
    let (en, id) = (pages(Language::En), pages(Language::Id));
    for (page, words) in [
        (&en["pricing-usd"], "USD 29.00 per month"),
        (&en["pricing-usd"], "USD 290.00 per year"),
        (&en["pricing-usd"], "about USD 24.17 per month (rounded)"),
        (&en["pricing-idr"], "IDR 449,000 per month"),
        (&en["pricing-idr"], "about IDR 374,167 per month (rounded)"),
        (&id["pricing-usd"], "USD 29,00 per bulan"),
        (&id["pricing-idr"], "IDR 449.000 per bulan"),
        (&id["pricing-idr"], "IDR 12.490.000 per tahun"),
        (
            &id["pricing-idr"],
            "sekitar IDR 374.167 per bulan (dibulatkan)",
        ),
        (&en["pricing"], "5,000 backtests a day over the API"),
        (&id["pricing"], "5.000 backtest per hari lewat API"),
        (&en["pricing"], "1 trading account"),
        (&en["pricing-one-currency"], "Not sold in IDR."),
    ] {
        assert!(text(page).contains(words), "{words}");
    }
}

#[test]
fn nobody_takes_the_test_mode_for_the_real_thing() {
    for (language, mark) in Language::ALL.into_iter().zip(MARKS) {
        for (name, html) in pages(language) {
            let is_test = name == "pricing-test" || name.starts_with("billing-test");
            assert_eq!(text(&html).contains(mark), is_test, "{name}");
        }
    }
}

#[test]
fn what_is_charged_is_said_before_the_button() {
    let en = pages(Language::En);
    for (name, words) in [
        (
            "free",
            "Free for 14 days. Then your card is charged USD 29.00 every month, until you cancel.",
        ),
        (
            "free-idr",
            "A single payment of IDR 4,490,000 through Midtrans, for 366 days.",
        ),
        (
            "ended",
            "Your card is charged USD 790.00 every year, from today until you cancel.",
        ),
        (
            "once",
            "for 31 days more: they are added to what you have paid.",
        ),
        (
            "active",
            "Your card is charged the difference now. After that, USD 79.00 every month, until you cancel.",
        ),
        (
            "down",
            "What you have paid too much is credited to your next invoices. After that, USD 29.00",
        ),
        (
            "not-sold-any-more",
            "If it costs more, your card is charged the difference now;",
        ),
        ("once", "What you have paid already is not lost"),
        ("once-card", "passes meanwhile and is not added."),
        (
            "trial",
            "When the trial ends, your card is charged USD 79.00 every month",
        ),
        (
            "trial-ending",
            "Your cancellation stays: nothing is charged.",
        ),
        ("ending", "Your cancellation stays: it is not renewed."),
        ("test", "it counts at once, for 14 days. Nothing is charged"),
        (
            "test-ending",
            "it counts at once, for 366 days. Nothing is charged",
        ),
    ] {
        let html = &en[&format!("billing-{name}")];
        let said = html
            .find(words)
            .unwrap_or_else(|| panic!("{name}: {words}"));
        let form = html[..said].rfind("<form").expect("a form around it");
        assert!(!html[form..said].contains("<button"), "{name}");
    }
}

#[test]
fn an_offer_says_what_is_bought() {
    let en = pages(Language::En);
    let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let offer = |plan, interval, currency| {
        vec![
            field("plan", plan),
            field("interval", interval),
            field("currency", currency),
            field("key", "0193e2c1-7d52-7a44-9b1f-3f6a1c0d9e77"),
        ]
    };
    let all = |currency| {
        BTreeSet::from([
            offer("trader", "month", currency),
            offer("trader", "year", currency),
            offer("pro", "month", currency),
            offer("pro", "year", currency),
        ])
    };
    assert_eq!(bought(&en["billing-free"]), all("USD"));
    assert_eq!(bought(&en["billing-free-idr"]), all("IDR"));
    // What one has is not bought once more, unless it is not renewed.
    let mut others = all("USD");
    others.remove(&offer("trader", "month", "USD"));
    assert_eq!(bought(&en["billing-active"]), others);
    assert_eq!(bought(&en["billing-once"]), all("IDR"));
    // First the open invoice.
    assert_eq!(bought(&en["billing-unpaid"]), BTreeSet::new());
}

#[test]
fn every_state_and_fault_has_a_sentence_of_its_own() {
    for language in Language::ALL {
        let pages = pages(language);
        let open = STATES.map(|(name, _)| text(&pages[&format!("billing-open-{name}")]));
        assert_eq!(BTreeSet::from(open).len(), STATES.len());
        let faults: BTreeSet<String> = pages
            .iter()
            .filter(|(name, _)| name.starts_with("billing-fault-"))
            .map(|(_, html)| text(html))
            .collect();
        assert_eq!(faults.len(), 5);
        assert!(
            faults
                .iter()
                .filter(|said| said.contains("7f3a-19c2"))
                .count()
                == 2
        );
    }
    let ends = r#"<time datetime="2026-12-11T19:05:00Z">2026-12-11 19:05 UTC</time>"#;
    for name in [
        "trial",
        "trial-ending",
        "active",
        "renewing",
        "ending",
        "past-due",
        "once",
    ] {
        assert!(
            pages(Language::Id)[&format!("billing-{name}")].contains(ends),
            "{name}"
        );
    }
}

#[test]
fn the_way_to_the_plans_is_on_every_page_and_knows_where_it_is() {
    for (name, html) in pages(Language::En) {
        let tags = tags(&html);
        let link = |href| {
            tags.iter()
                .find(|tag| tag.name == "a" && tag.get("href") == Some(href))
        };
        let is_stranger = tags
            .iter()
            .all(|tag| tag.get("action") != Some("/sign-out"));
        let (way, other) = if is_stranger {
            ("/pricing", "/account/billing")
        } else {
            ("/account/billing", "/pricing")
        };
        let way = link(way).unwrap_or_else(|| panic!("{name}: no way to the plans"));
        let is_here = (name.starts_with("pricing") && is_stranger) || name.starts_with("billing");
        assert_eq!(way.get("aria-current"), is_here.then_some("page"), "{name}");
        assert!(link(other).is_none(), "{name}");
        if name.starts_with("billing") || name.starts_with("devices") {
            let account = link("/account").expect("the account");
            assert_eq!(account.get("aria-current"), None, "{name}");
        }
    }
}
