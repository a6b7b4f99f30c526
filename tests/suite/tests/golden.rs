//! The golden suite, native. Writes the file anew with `PHOENIX_GOLDEN=write` in the environment.

use serde_json::{Value, json};
use std::path::Path;

#[test]
fn every_result_is_the_committed_one() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../golden/suite.json");
    let mut suite = serde_json::Map::new();
    for symbol in history::sample::NAMES {
        let bars = history::sample::bars(symbol)
            .expect("a name of the sample")
            .expect("the sample is whole");
        // Hexadecimal text: JSON numbers hold 53 bits.
        let hashes: serde_json::Map<String, Value> = phoenix_golden::indicator_hashes(&bars)
            .into_iter()
            .map(|(name, hash)| (name, json!(format!("{hash:016x}"))))
            .collect();
        let strategies: serde_json::Map<String, Value> = phoenix_tests::ready_strategies()
            .into_iter()
            .map(|(name, mut document)| {
                // Each strategy on each history, on the terms of what the history is of.
                document.symbol = symbol.parse().expect("a symbol");
                let text = serde_json::to_string(&document).expect("plain JSON");
                let result = phoenix_golden::strategy_result(&text, &bars);
                (
                    name.clone(),
                    result.unwrap_or_else(|e| panic!("{name}: {e}")),
                )
            })
            .collect();
        suite.insert(
            format!("{symbol}-H1"),
            json!({ "indicators": hashes, "strategies": strategies }),
        );
    }
    let now = Value::Object(suite);
    if std::env::var("PHOENIX_GOLDEN").is_ok_and(|v| v == "write") {
        let text = serde_json::to_string_pretty(&now).expect("plain JSON");
        std::fs::write(&file, text + "\n").expect("the golden file can be written");
        return;
    }
    let text = std::fs::read_to_string(&file).expect("tests/golden/suite.json");
    let golden: Value = serde_json::from_str(&text).expect("plain JSON");
    let mut differing = Vec::new();
    differences("", &golden, &now, &mut differing);
    assert!(
        differing.is_empty(),
        "{} golden results differ: {differing:#?}\nIf this is meant, run `scripts/golden` and say why in the commit.",
        differing.len()
    );
}

/// The names below which two trees differ.
fn differences(path: &str, golden: &Value, now: &Value, found: &mut Vec<String>) {
    let (Some(a), Some(b)) = (golden.as_object(), now.as_object()) else {
        if golden != now {
            found.push(format!("{path}: was {golden}, is {now}"));
        }
        return;
    };
    let mut names: Vec<&String> = a.keys().chain(b.keys()).collect();
    names.sort();
    names.dedup();
    for name in names {
        let null = Value::Null;
        differences(
            &format!("{path}/{name}"),
            a.get(name).unwrap_or(&null),
            b.get(name).unwrap_or(&null),
            found,
        );
    }
}
