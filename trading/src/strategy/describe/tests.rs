//! Sentences that no ready strategy holds, and documents that make no sense.

use super::*;
use serde_json::{Value, json};

fn document(change: impl FnOnce(&mut Value)) -> Document {
    let mut value = json!({
        "version": 1,
        "name": "Test",
        "symbol": "XAUUSD",
        "timeframe": "H1",
        "entry": { "short": { "at_or_above": ["close", 1234.5] } },
        "sizing": { "fixed_lots": 1 }
    });
    change(&mut value);
    serde_json::from_value(value).unwrap()
}

fn text(document: &Document, language: Language) -> String {
    describe(document, language).to_string()
}

#[test]
fn numbers_follow_the_language() {
    let document = document(|_| ());
    let (en, id) = (text(&document, Language::En), text(&document, Language::Id));
    assert!(en.contains("the close is at or above 1,234.5"), "{en}");
    assert!(en.contains("1 lot per entry"), "{en}");
    assert!(
        id.contains("harga close di atas atau sama dengan 1.234,5"),
        "{id}"
    );
}

#[test]
fn one_side_alone_has_no_opposite_signal() {
    let en = text(&document(|_| ()), Language::En);
    assert!(!en.contains("other side"), "{en}");
    assert!(!en.contains("Buy when"), "{en}");
}

#[test]
fn a_long_rule_is_counted_in_the_summary_and_told_below() {
    let condition = json!({ "between": ["close[1]", 10, 20] });
    let document = document(|v| v["entry"]["short"] = json!({ "any": vec![condition; 30] }));
    let description = describe(&document, Language::En);
    assert!(
        description.summary.contains("its 30 conditions"),
        "{}",
        description.summary
    );
    let entry = &description.sections[1];
    assert_eq!(entry.lines.len(), 31);
    assert_eq!(entry.lines[0].text, "Sell when ANY of:");
    assert_eq!(entry.lines[1].indent, 1);
    assert_eq!(
        entry.lines[1].text,
        "The close 1 bar ago is between 10 and 20"
    );
}

#[test]
fn indicators_of_one_label_are_told_apart() {
    let document = document(|v| {
        v["indicators"] = json!({
            "a": { "kind": "macd", "method": "mt5" },
            "b": { "kind": "macd" }
        });
        v["entry"]["short"] = json!({ "crosses_above": ["a", "b"] });
    });
    let en = text(&document, Language::En);
    assert!(
        en.contains("MACD line(12, 26, 9) \"a\" crosses above MACD line(12, 26, 9) \"b\""),
        "{en}"
    );
}

#[test]
fn the_news_filter_says_that_no_backtest_tests_it() {
    let document = document(|v| {
        v["filters"] =
            json!({ "news": { "minutes_before": 5, "minutes_after": 1, "impact": "medium" } });
    });
    assert!(text(&document, Language::En).contains("a backtest does NOT test it"));
    assert!(text(&document, Language::Id).contains("backtest TIDAK mengujinya"));
}

#[test]
fn nonsense_is_described_without_panicking() {
    let document = document(|v| {
        v["indicators"] = json!({
            "a": { "kind": "ema", "source": "b", "period": "$none" },
            "b": { "kind": "ema", "source": "a", "timeframe": "D1" },
            "c": { "kind": "nothing" }
        });
        let mut deep = json!({ "above": ["a", "c.what"] });
        for _ in 0..40 {
            deep = json!({ "not": { "all": [deep, { "occurs": "$x * gone[3]" }] } });
        }
        v["entry"] = json!({ "long": deep, "short": { "rising": { "value": 4, "bars": 0 } } });
    });
    for language in Language::ALL {
        assert!(text(&document, language).contains('c'));
    }
}
