//! Saved runs over HTTP.

use crate::{
    support::{Place, gold},
    web::Web,
};
use serde_json::{Value, json};
use std::fs;

fn draft(document: &str, result: &str) -> Value {
    json!({ "draft": {
        "strategy": null,
        "facts": {
            "name": "Bought", "symbol": "FAKE", "timeframe": "M1", "terms": "ideal",
            "trades": 3, "net_profit": 1.5,
        },
        "document": document,
        "result": result,
    }})
}

#[test]
fn a_run_is_listed_by_what_its_document_says() {
    let place = Place::new();
    let web = Web::start(&place, "");
    let visitor = web.visitor();
    let document = fs::read_to_string(gold()).unwrap();
    let saved = web
        .call("save_run", &visitor, &draft(&document, "[]"))
        .json();
    let facts = &saved["facts"];
    let told = ["name", "symbol", "timeframe"].map(|key| facts[key].as_str().unwrap());
    assert_eq!(told, ["Gold MACD with ADX", "XAUUSD", "H1"]);
    assert_eq!(
        (&facts["trades"], &facts["net_profit"]),
        (&json!(3), &json!(1.5))
    );
}

#[test]
fn a_run_without_a_sound_document_and_result_is_refused() {
    let place = Place::new();
    let web = Web::start(&place, "");
    let visitor = web.visitor();
    let document = fs::read_to_string(gold()).unwrap();
    // A name as long as a document would make every list as long.
    let mut long: Value = serde_json::from_str(&document).unwrap();
    long["name"] = json!("é".repeat(10_000));
    for (document, result) in [
        (long.to_string().as_str(), "[]"),
        ("{}", "[]"),
        (document.as_str(), "<b>"),
        (document.as_str(), ""),
    ] {
        let answer = web.call("save_run", &visitor, &draft(document, result));
        assert_eq!(answer.status, 422, "{}", answer.text());
        assert!(answer.text().contains("invalid"), "{}", answer.text());
    }
    let all = web.call("list_runs", &visitor, &json!({})).json();
    assert_eq!(all, json!([]));
}
