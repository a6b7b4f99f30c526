//! Strategies that are broken or hostile.

use crate::support::{Place, gold};
use serde_json::{Value, json};
use std::fs;

fn changed(change: impl FnOnce(&mut Value)) -> String {
    let mut document: Value = serde_json::from_str(&fs::read_to_string(gold()).unwrap()).unwrap();
    change(&mut document);
    document.to_string()
}

/// Every command that reads a strategy refuses it with the same words, and writes nothing.
#[track_caller]
fn refused(text: impl AsRef<[u8]>, parts: &[&str]) {
    let place = Place::new();
    place.write("s.json", text);
    place.write("out.csv", "before");
    let parts = [&["s.json"], parts].concat();
    for command in [
        "backtest --strategy s.json --trades out.csv --report out.html",
        "sweep --strategy s.json --csv out.csv",
        "validate s.json",
        "describe s.json",
    ] {
        place.run(command).refused(&parts);
    }
    assert_eq!(place.names(), ["out.csv", "s.json"]);
    assert_eq!(fs::read_to_string(place.path("out.csv")).unwrap(), "before");
}

#[test]
fn unknown_fields() {
    let text = changed(|d| d["stop_losses"] = json!(1));
    refused(text, &["/stop_losses"]);
    let text = changed(|d| d["indicators"]["macd"]["fats"] = json!(12));
    refused(text, &["/indicators/macd/fats", "fast"]);
}

#[test]
fn circles() {
    let text = changed(|d| {
        d["indicators"]["a"] = json!({ "kind": "ema", "period": 5, "source": "b" });
        d["indicators"]["b"] = json!({ "kind": "ema", "period": 5, "source": "a" });
    });
    refused(text, &["/indicators/a"]);
}

#[test]
fn absurd_periods() {
    for period in [json!(0), json!(-3), json!(1e12), json!(1.5)] {
        let text = changed(|d| d["indicators"]["macd"]["fast"] = period);
        refused(text, &["/indicators/macd/fast"]);
    }
}

#[test]
fn a_million_nested_groups() {
    let nested = |depth: usize| {
        changed(|d| d["entry"]["long"] = json!("HERE")).replace(
            "\"HERE\"",
            &format!("{}1{}", "{\"not\":".repeat(depth), "}".repeat(depth)),
        )
    };
    refused(nested(100_000), &["line 1"]);
    refused(nested(1_000_000), &["1 MiB"]);
}

#[test]
fn no_json() {
    refused("", &["empty"]);
    refused("{\"version\": 1,", &["line 1"]);
    refused([0xff, 0xfe, 0x00], &["UTF-8"]);
    refused("[]", &["/"]);
    refused("null", &["/"]);
}

#[test]
fn a_hostile_name_does_not_reach_the_terminal() {
    let place = Place::new();
    let text = changed(|d| d["\u{1b}]0;owned\u{7}"] = json!(1));
    place.write("s.json", text);
    let ran = place.run("validate s.json").refused(&["/"]);
    assert!(
        !ran.stderr.contains(['\u{1b}', '\u{7}']),
        "{:?}",
        ran.stderr
    );
}

#[test]
fn no_file() {
    Place::new()
        .run("backtest --strategy no.json")
        .refused(&["no.json"]);
    Place::new().run("backtest --strategy .").refused(&["."]);
}
