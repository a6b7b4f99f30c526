//! `phoenix describe`, `phoenix validate` and `phoenix schema`.

use crate::support::Place;

#[test]
fn a_strategy_is_described_in_both_languages() {
    let place = Place::new();
    let english = place.run("describe GOLD").good().stdout;
    assert!(
        english.starts_with("Gold MACD with ADX") && english.contains("buys"),
        "{english}"
    );
    let indonesian = place.run("describe GOLD --lang id").good().stdout;
    assert!(indonesian.starts_with("Gold MACD with ADX") && indonesian != english);
    place
        .run("describe GOLD --lang fr")
        .refused(&["fr", "en or id"]);
}

#[test]
fn the_schema_is_json() {
    let schema = Place::new().run("schema").json();
    assert_eq!(schema["title"], "Document");
}

#[test]
fn valid_and_not_valid() {
    let place = Place::new();
    let good = place.run("validate GOLD").good();
    assert!(good.stdout.contains("is valid"), "{}", good.stdout);
    assert_eq!(place.run("validate GOLD --json").json()["valid"], true);

    place.write(
        "bad.json",
        r#"{"version":1,"name":"x","symbol":"XAUUSD","timeframe":"H9"}"#,
    );
    let bad = place
        .run("validate bad.json")
        .refused(&["bad.json", "/timeframe", "/entry"]);
    let answer: serde_json::Value =
        serde_json::from_str(&place.run("validate bad.json --json").stdout).unwrap();
    assert_eq!(answer["valid"], false);
    let faults = answer["faults"].as_array().unwrap();
    assert!(faults.len() > 1);
    for fault in faults {
        for name in ["pointer", "code", "message", "hint"] {
            assert!(fault[name].is_string(), "{fault}");
        }
        assert!(
            bad.stderr.contains(fault["message"].as_str().unwrap()),
            "{fault}"
        );
    }
    assert_eq!(place.run("validate bad.json --json").code, Some(2));
}
