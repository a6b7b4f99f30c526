//! The pages of strategies as a person meets them.

use crate::{
    browser::Browser,
    machine::{Machine, report, started},
    support::gold,
    web::Answer,
};
use serde_json::json;

fn document() -> String {
    std::fs::read_to_string(gold()).unwrap()
}

/// Saves the reference strategy as the Lab does, and gives its name among rows.
fn saved(browser: &Browser<'_>, document: &str) -> String {
    let draft = json!({ "draft": { "replaces": null, "document": document } });
    let saved = browser.web.call("save_strategy", &browser.cookie(), &draft);
    assert_eq!(saved.status, 200, "{}", saved.text());
    saved.json()["id"].as_str().unwrap().to_owned()
}

#[track_caller]
fn shows(answer: &Answer, status: u16, all: &[&str]) {
    assert_eq!(answer.status, status, "{}", answer.text());
    for text in all {
        assert!(answer.text().contains(text), "no {text}: {}", answer.text());
    }
}

#[test]
fn strategies_page_lets_one_trade_and_stops_it() {
    let (_place, web, outbox) = started();
    let ada = Browser::new(&web);
    ada.get("/strategies").goes_to("/sign-in?next=/strategies");
    ada.join(&outbox, "ada@example.com");
    shows(
        &ada.get("/strategies"),
        200,
        &[
            "Nothing trades.",
            "No drafts.",
            "0 of 1 live",
            "The archive is empty.",
        ],
    );
    let id = saved(&ada, &document());
    let page = format!("/strategies/{id}");
    let lab = format!("/?strategy={id}");
    shows(
        &ada.get("/strategies"),
        200,
        &[&lab, &page, "Activate version 1"],
    );

    // Nobody guesses where.
    let deed = |path: &str, more: &[(&str, &str)]| {
        let fields = [&[("id", id.as_str()), ("from", "list")], more].concat();
        ada.post(&format!("/strategies/{path}"), &fields)
    };
    let nowhere = deed("activate", &[("version", "1"), ("on", "")]);
    shows(&nowhere, 422, &["choose where", "role=\"alert\""]);
    deed("activate", &[("version", "1"), ("on", "every")]).goes_to("/strategies?done=activated");
    let live = ada.get("/strategies?done=activated");
    shows(
        &live,
        200,
        &[
            "trades from now on",
            "every account of your executors",
            "1 of 1 live",
        ],
    );
    shows(&deed("archive", &[]), 409, &["Deactivate it first"]);
    // There is no room for another, and it is said before anybody tries.
    let other = saved(&ada, &document());
    shows(
        &ada.get("/strategies"),
        200,
        &["Your plan allows 1 live at a time"],
    );
    let fields = [("id", other.as_str()), ("version", "1"), ("on", "every")];
    let refused = ada.post("/strategies/activate", &fields);
    shows(&refused, 409, &["your plan allows 1 live"]);

    deed("deactivate", &[]).goes_to("/strategies?done=deactivated");
    deed("archive", &[]).goes_to("/strategies?done=archived");
    let archived = deed("activate", &[("version", "1"), ("on", "every")]);
    shows(&archived, 409, &["archived strategy cannot trade"]);
    deed("restore", &[]).goes_to("/strategies?done=restored");
    let copy = deed("duplicate", &[]);
    assert_eq!(copy.status, 303, "{}", copy.text());
    let copy = ada.get(copy.header("location").unwrap());
    shows(
        &copy,
        200,
        &["This is the copy.", "Gold MACD with ADX (copy)"],
    );
}

#[test]
fn strategies_page_compares_versions_and_brings_one_back() {
    let (_place, web, outbox) = started();
    let ada = Browser::new(&web);
    ada.join(&outbox, "ada@example.com");
    let id = saved(&ada, &document());
    let page = format!("/strategies/{id}");
    shows(&ada.get(&page), 200, &["There is one version so far."]);
    let changed = document().replacen("25", "21", 1);
    let save = |revision: i64, document: &str| {
        let draft = json!({ "draft": { "replaces": [id, revision], "document": document } });
        web.call("save_strategy", &ada.cookie(), &draft)
    };
    assert_eq!(save(1, &changed).status, 200);
    // Another window that still has the first is told, and overwrites nothing.
    let late = save(1, "{}");
    assert_ne!(late.status, 200);
    let late = save(1, &document());
    assert_eq!((late.status, late.text().contains("conflict")), (409, true));

    let both = ada.get(&page);
    shows(
        &both,
        200,
        &["<del>", "<ins>", "In words", "In the document (JSON)"],
    );
    shows(
        &ada.get(&format!("{page}?old=2&new=2")),
        200,
        &["say the same"],
    );
    // What names no version is as if nothing was asked.
    for odd in [
        "old=9&new=1",
        "old=-1&new=x",
        "old=1",
        "old=99999999999999999999&new=1",
    ] {
        shows(&ada.get(&format!("{page}?{odd}")), 200, &["<ins>"]);
    }
    let bring = |revision: &str| {
        let fields = [
            ("id", id.as_str()),
            ("version", "1"),
            ("revision", revision),
        ];
        ada.post("/strategies/bring-back", &fields)
    };
    shows(&bring("1"), 409, &["changed meanwhile"]);
    bring("2").goes_to(&format!("{page}?done=brought-back"));
    shows(&ada.get(&page), 200, &["Brings back version 1"]);
}

#[test]
fn strategies_page_shows_what_was_earned() {
    let (_place, web, outbox) = started();
    let ada = Browser::new(&web);
    ada.join(&outbox, "ada@example.com");
    let id = saved(&ada, &document());
    let pc = Machine::with(&web, &Machine::of_browser(&ada).key("executor").1);
    pc.beat();
    let mut told = report(&[1, 2]);
    for place in [0, 1] {
        told["deals"][place]["strategy"] = json!(id);
    }
    told["deals"][0]["strategy_version"] = json!(1);
    told["deals"][1]["profit"] = json!(-1_234.5);
    told["deals"][1]["entry"] = json!("out");
    told["deals"][1]["position"] = json!(0);
    pc.post("/reporting", &told).json();
    shows(
        &ada.get("/strategies"),
        200,
        &["USD \u{2212}1,234.50", "5 · Broker-Live (USD)"],
    );
    let page = ada.get(&format!("/strategies/{id}"));
    shows(&page, 200, &["Version unknown", "USD 0.00", "0.0%"]);
    let language = ada.post(
        "/preference",
        &[("language", "id"), ("back", "/strategies")],
    );
    assert_eq!(language.status, 303, "{}", language.text());
    shows(
        &ada.get("/strategies"),
        200,
        &["USD \u{2212}1.234,50", "Strategi"],
    );
}

#[test]
fn strategies_page_is_nobody_elses() {
    let (_place, web, outbox) = started();
    let [ada, eve] = ["ada", "eve"].map(|name| {
        let browser = Browser::new(&web);
        browser.join(&outbox, &format!("{name}@example.com"));
        browser
    });
    let id = saved(&ada, &document());
    let page = format!("/strategies/{id}");
    assert_eq!(ada.get(&page).status, 200);
    for path in [
        page.clone(),
        format!("{page}?old=1&new=1"),
        "/strategies/no-id".to_owned(),
        "/strategies/%00".to_owned(),
    ] {
        assert_eq!(eve.get(&path).status, 404, "{path}");
    }
    for from in ["list", "page"] {
        for deed in [
            "activate",
            "deactivate",
            "archive",
            "restore",
            "duplicate",
            "bring-back",
        ] {
            for on in ["every", ""] {
                let fields = [
                    ("id", id.as_str()),
                    ("version", "1"),
                    ("revision", "1"),
                    ("on", on),
                    ("from", from),
                ];
                let answer = eve.post(&format!("/strategies/{deed}"), &fields);
                assert_eq!(answer.status, 404, "{deed} {on} {from}");
            }
        }
    }
    assert!(!eve.get("/strategies").text().contains(&id));
    // Another's account at a broker is none to trade on.
    let pc = Machine::with(&web, &Machine::of_browser(&eve).key("executor").1);
    pc.beat();
    let theirs = pc.post("/reporting", &report(&[1])).json();
    let theirs = theirs["broker_account"].as_str().unwrap().to_owned();
    let fields = [
        ("id", id.as_str()),
        ("version", "1"),
        ("on", theirs.as_str()),
    ];
    assert_eq!(ada.post("/strategies/activate", &fields).status, 404);
    assert!(
        outbox
            .trail()
            .iter()
            .all(|done| !done.starts_with("strategy-"))
    );
}
