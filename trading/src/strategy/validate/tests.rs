//! Every kind of fault, found at its place.

use super::*;
use crate::language::Language;
use serde_json::json;

fn good() -> Value {
    json!({
        "version": 1,
        "name": "Test",
        "symbol": "XAUUSD",
        "timeframe": "H1",
        "parameters": { "fast": { "value": 12, "range": { "from": 5, "to": 20, "step": 1 } } },
        "indicators": {
            "macd": { "kind": "macd", "fast": "$fast" },
            "average": { "kind": "ema", "source": "macd.line", "period": 5 }
        },
        "entry": {
            "long": { "all": [
                { "crosses_above": ["macd.line", "macd.signal"] },
                { "above": ["average", 0] }
            ] }
        },
        "exits": { "stop_loss": { "points": 100 } },
        "sizing": { "fixed_lots": 0.1 }
    })
}

/// The good document with the value at `pointer` replaced, or added to its parent.
fn with(pointer: &str, value: Value) -> Value {
    let mut document = good();
    set(&mut document, pointer, value);
    document
}

fn set(document: &mut Value, pointer: &str, value: Value) {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let parent = document.pointer_mut(parent).unwrap();
    match parent {
        Value::Object(map) => {
            map.insert(key.to_owned(), value);
        }
        Value::Array(list) => match key.parse::<usize>() {
            Ok(index) if index < list.len() => list[index] = value,
            _ => list.push(value),
        },
        _ => panic!("{pointer} has no parent"),
    }
}

fn without(pointer: &str) -> Value {
    let mut document = good();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let parent = document.pointer_mut(parent).unwrap();
    parent.as_object_mut().unwrap().remove(key);
    document
}

fn faults(document: &Value) -> Vec<(String, &'static str)> {
    match validate_value(document) {
        Ok(_) => Vec::new(),
        Err(faults) => faults
            .iter()
            .map(|f| (f.pointer.clone(), f.code()))
            .collect(),
    }
}

#[track_caller]
fn one(document: &Value, pointer: &str, code: &str) {
    let found = faults(document);
    let found: Vec<(&str, &str)> = found.iter().map(|(p, c)| (p.as_str(), *c)).collect();
    assert_eq!(found, [(pointer, code)]);
}

#[test]
fn a_good_document_has_no_fault() {
    let document = validate_value(&good()).unwrap();
    assert_eq!(check(&document), []);
    assert_eq!(warnings(&document), []);
}

/// Each of these makes exactly one fault, at the place named first unless a third says otherwise.
#[test]
fn one_change_makes_one_fault_at_its_place() {
    let entry = "/entry/long/all/1";
    let cases: &[(&str, Value, &str)] = &[
        // Structure.
        ("/version", json!("1"), "wrong-type"),
        ("/version", json!(1.5), "wrong-type"),
        ("/version", json!(-1), "wrong-type"),
        ("/name", json!(null), "wrong-type"),
        ("/symbol", json!("../x"), "bad-symbol"),
        ("/timeframe", json!("H5"), "unknown-timeframe"),
        ("/entry", json!([]), "wrong-type"),
        ("/parameters", json!([]), "wrong-type"),
        ("/indicators", json!(3), "wrong-type"),
        ("/exits", json!(null), "wrong-type"),
        ("/sizing", json!({}), "not-one"),
        (
            "/sizing",
            json!({ "fixed_lots": 1, "risk_money": 1 }),
            "not-one",
        ),
        ("/sizing/fixed_lots", json!("$fas"), "undefined-parameter"),
        ("/sizing/fixed_lots", json!("1"), "bad-number"),
        ("/sizing/fixed_lots", json!(true), "wrong-type"),
        ("/colour", json!("red"), "unknown-field"),
        (
            "/exits/opposite_signal",
            json!("revrse"),
            "unknown-opposite-signal",
        ),
        ("/indicators/macd/kind", json!(1), "wrong-type"),
        ("/indicators/macd/slow", json!([]), "wrong-type"),
        ("/indicators/average/source", json!("a b"), "bad-operand"),
        ("/entry/long/all", json!({}), "wrong-type"),
        (entry, json!({}), "not-one"),
        // Meaning.
        ("/version", json!(2), "newer-version"),
        ("/version", json!(0), "unknown-version"),
        ("/name", json!("  "), "empty-name"),
        ("/name", json!("x".repeat(101)), "too-long"),
        ("/description", json!("x".repeat(2001)), "too-long"),
        ("/time_zone", json!("Europe/Londn"), "unknown-time-zone"),
        ("/indicators/Bad", json!({ "kind": "rsi" }), "bad-name"),
        (
            "/indicators/close",
            json!({ "kind": "rsi" }),
            "name-is-price",
        ),
        (
            "/indicators/macd/kind",
            json!("mcad"),
            "unknown-indicator-kind",
        ),
        ("/indicators/macd/slwo", json!(3), "unknown-setting"),
        ("/indicators/macd/method", json!("mt4"), "unknown-choice"),
        ("/indicators/macd/method", json!(5), "wrong-type"),
        ("/indicators/macd/slow", json!("wide"), "bad-number"),
        ("/indicators/macd/slow", json!(0), "out-of-range"),
        ("/indicators/macd/slow", json!(1e300), "out-of-range"),
        ("/indicators/macd/slow", json!(2.5), "out-of-range"),
        (
            "/indicators/average/source",
            json!("macd.lien"),
            "unknown-output",
        ),
        (
            "/indicators/average/source",
            json!("mcad"),
            "undefined-indicator",
        ),
        ("/indicators/average/source", json!("average"), "cycle"),
        (
            "/indicators/average/timeframe",
            json!("M30"),
            "timeframe-not-higher",
        ),
        ("/entry/long/all", json!([]), "empty-group"),
        ("/entry/long/any", json!([]), "not-one"),
        ("/exits/stop_loss/points", json!(0), "out-of-range"),
        ("/exits/after_bars", json!(1.5), "out-of-range"),
        ("/sizing/fixed_lots", json!(-0.1), "out-of-range"),
        (
            "/parameters/fast/range",
            json!({ "from": 9, "to": 5, "step": 1 }),
            "range-reversed",
        ),
        (
            "/parameters/fast/range",
            json!({ "from": 1, "to": 9000, "step": 0.001 }),
            "range-too-long",
        ),
    ];
    for (pointer, value, code) in cases {
        let document = with(pointer, value.clone());
        let found = faults(&document);
        let at_place: Vec<_> = found.iter().filter(|(_, c)| c == code).collect();
        // Where the place is a new or misread object, its fault may be a level above or below.
        assert_eq!(at_place.len(), 1, "{pointer} {value}: {found:?}");
        assert!(
            at_place[0].0.starts_with(pointer) || pointer.starts_with(&at_place[0].0),
            "{pointer}: {found:?}"
        );
    }
}

#[test]
fn faults_of_one_cause_are_told_once() {
    one(
        &with("/timeframe", json!("H5")),
        "/timeframe",
        "unknown-timeframe",
    );
    one(
        &with("/indicators/macd/kind", json!("mcad")),
        "/indicators/macd/kind",
        "unknown-indicator-kind",
    );
    one(
        &with("/parameters/fast", json!(3)),
        "/parameters/fast",
        "wrong-type",
    );
    one(&with("/entry", json!(3)), "/entry", "wrong-type");
    one(&without("/symbol"), "/symbol", "missing-field");
    let mut misspelt = without("/sizing");
    set(&mut misspelt, "/sizng", json!({ "fixed_lots": 1 }));
    one(&misspelt, "/sizng", "unknown-field");
    let mut misspelt = without("/exits/stop_loss");
    set(&mut misspelt, "/exits/stoploss", json!({ "points": 1 }));
    set(&mut misspelt, "/sizing", json!({ "risk_percent": 1 }));
    one(&misspelt, "/exits/stoploss", "unknown-field");
}

#[test]
fn conditions_are_judged_at_their_places() {
    let at = "/entry/long/all/1";
    for (condition, below, code) in [
        (
            json!({ "abvoe": ["close", 1] }),
            "/abvoe",
            "unknown-condition",
        ),
        (json!({ "above": ["close"] }), "/above", "wrong-length"),
        (json!({ "above": [1, 2] }), "/above", "only-numbers"),
        (
            json!({ "above": ["colse", 2] }),
            "/above/0",
            "undefined-indicator",
        ),
        (
            json!({ "above": ["close", "$qq"] }),
            "/above/1",
            "undefined-parameter",
        ),
        (
            json!({ "above": ["close[1001]", 2] }),
            "/above/0",
            "bad-operand",
        ),
        (
            json!({ "above": ["macd.middle", 2] }),
            "/above/0",
            "unknown-output",
        ),
        (
            json!({ "between": ["close", 60, 40] }),
            "/between",
            "low-above-high",
        ),
        (
            json!({ "rising": { "value": "close", "bars": 0 } }),
            "/rising/bars",
            "out-of-range",
        ),
        (
            json!({ "rising": { "value": "close", "bars": 101 } }),
            "/rising/bars",
            "out-of-range",
        ),
        (
            json!({ "rising": { "value": 3, "bars": 1 } }),
            "/rising/value",
            "only-numbers",
        ),
        (
            json!({ "rising": { "value": "close" } }),
            "/rising/bars",
            "missing-field",
        ),
        (json!({ "occurs": 1 }), "/occurs", "only-numbers"),
        (json!({ "not": { "any": [] } }), "/not/any", "empty-group"),
        (json!({ "all": [3] }), "/all/0", "wrong-type"),
    ] {
        one(&with(at, condition), &format!("{at}{below}"), code);
    }
}

#[test]
fn what_needs_a_stop_loss_says_so() {
    let bare = without("/exits/stop_loss");
    for (pointer, value, place) in [
        (
            "/sizing",
            json!({ "risk_percent": 1 }),
            "/sizing/risk_percent",
        ),
        ("/sizing", json!({ "risk_money": 1 }), "/sizing/risk_money"),
        (
            "/exits/take_profit",
            json!({ "risk": 2 }),
            "/exits/take_profit/risk",
        ),
        (
            "/exits/break_even",
            json!({ "after": { "risk": 1 } }),
            "/exits/break_even/after/risk",
        ),
        (
            "/exits/trailing_stop",
            json!({ "distance": { "points": 5 }, "activate_after": { "risk": 1 } }),
            "/exits/trailing_stop/activate_after/risk",
        ),
    ] {
        let mut document = bare.clone();
        set(&mut document, pointer, value.clone());
        one(&document, place, "needs-stop-loss");
        assert_eq!(faults(&with(pointer, value)), []);
    }
    one(
        &with("/exits/stop_loss", json!({ "risk": 1 })),
        "/exits/stop_loss/risk",
        "stop-loss-in-risk",
    );
}

#[test]
fn every_value_of_a_range_is_judged_where_it_is_used() {
    let place = "/indicators/macd/fast";
    let range = |from: f64, to: f64, step: f64| {
        with(
            "/parameters/fast/range",
            json!({ "from": from, "to": to, "step": step }),
        )
    };
    one(&range(0.0, 20.0, 1.0), place, "out-of-range");
    one(&range(5.0, 20_000.0, 1.0), place, "out-of-range");
    one(&range(5.0, 20.0, 0.5), place, "fractional-step");
    one(
        &range(5.0, 20.0, 0.0),
        "/parameters/fast/range/step",
        "out-of-range",
    );
    // The last value counts, not the end: 9996 is within 10000 though the range's end is not.
    assert_eq!(faults(&range(6.0, 10_004.0, 30.0)), []);
    one(
        &with("/parameters/fast/value", json!(0)),
        place,
        "out-of-range",
    );
}

#[test]
fn timeframes_of_indicators() {
    let mut document = with("/indicators/macd/timeframe", json!("H4"));
    one(&document, "/indicators/average/source", "source-timeframe");
    set(&mut document, "/indicators/average/timeframe", json!("H4"));
    assert_eq!(faults(&document), []);
    set(&mut document, "/timeframe", json!("H3"));
    assert_eq!(faults(&document).len(), 2);
    assert!(
        faults(&document)
            .iter()
            .all(|(_, code)| *code == "timeframe-not-multiple")
    );
    let bars = with(
        "/indicators/atr",
        json!({ "kind": "atr", "source": "close" }),
    );
    one(&bars, "/indicators/atr/source", "source-not-taken");
}

#[test]
fn a_circle_is_told_once_with_its_path() {
    let mut document = good();
    set(
        &mut document,
        "/indicators",
        json!({
            "macd": { "kind": "macd", "fast": "$fast", "source": "average" },
            "average": { "kind": "ema", "source": "macd.line" },
            "tail": { "kind": "ema", "source": "average" }
        }),
    );
    let faults = validate_value(&document).unwrap_err();
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0].pointer, "/indicators/average/source");
    assert_eq!(
        faults[0].message(Language::En),
        "The indicator is computed from itself: average from macd from average."
    );
}

#[test]
fn too_much_of_anything() {
    let condition = json!({ "above": ["macd.line", "average"] });
    let many = json!({ "all": vec![condition.clone(); 499] });
    assert_eq!(faults(&with("/entry/long", many)), []);
    let many = json!({ "all": vec![condition.clone(); 600] });
    one(
        &with("/entry/long", many),
        "/entry/long/all/499",
        "too-many",
    );
    // Built without `json!`, which would walk the whole depth at each level.
    let nested = |depth: usize| {
        (0..depth).fold(condition.clone(), |inner, _| {
            Value::Object([("not".to_owned(), inner)].into_iter().collect())
        })
    };
    let set_long = |value: Value| {
        let mut document = good();
        document["entry"]["long"] = value;
        document
    };
    assert_eq!(faults(&set_long(nested(16))), []);
    let place = format!("/entry/long{}", "/not".repeat(17));
    one(&set_long(nested(17)), &place, "too-deep");
    // A value that was built, not read, may be deeper than any text.
    one(&set_long(nested(2_000)), &place, "too-deep");
    let mut document = good();
    for i in 0..100 {
        set(
            &mut document,
            &format!("/indicators/i{i}"),
            json!({ "kind": "rsi" }),
        );
        set(
            &mut document,
            &format!("/parameters/p{i}"),
            json!({ "value": 1 }),
        );
    }
    let found = faults(&document);
    assert!(found.contains(&("/indicators".to_owned(), "too-many")));
    assert!(found.contains(&("/parameters".to_owned(), "too-many")));
}

#[test]
fn filters_and_limits() {
    let session = "/filters/session";
    for (filters, place, code) in [
        (
            json!({ "session": { "weekdays": [] } }),
            "/filters/session/weekdays",
            "nothing-allowed",
        ),
        (
            json!({ "session": { "weekdays": ["moon"] } }),
            "/filters/session/weekdays/0",
            "unknown-weekday",
        ),
        (
            json!({ "session": { "hours": [] } }),
            "/filters/session/hours",
            "nothing-allowed",
        ),
        (
            json!({ "session": { "hours": [{ "from": "x", "to": "08:00" }, { "from": "08:00", "to": "08:00" }] } }),
            "/filters/session/hours/0/from",
            "bad-time",
        ),
        (
            json!({ "session": { "time_zone": "Mars" } }),
            "/filters/session/time_zone",
            "unknown-time-zone",
        ),
        (
            json!({ "max_spread": -1 }),
            "/filters/max_spread",
            "out-of-range",
        ),
        (
            json!({ "news": { "minutes_before": 1, "minutes_after": 2000, "impact": "high" } }),
            "/filters/news/minutes_after",
            "out-of-range",
        ),
    ] {
        let found = faults(&with("/filters", filters));
        assert!(
            found.contains(&(place.to_owned(), code)),
            "{place}: {found:?}"
        );
    }
    let hours =
        json!({ "hours": [{ "from": "x", "to": "y" }, { "from": "08:00", "to": "08:00" }] });
    let mut document = with("/filters", json!({}));
    set(&mut document, session, hours);
    assert_eq!(faults(&document).len(), 3, "{:?}", faults(&document));
    for (limits, place) in [
        (json!({ "max_positions": 0 }), "/limits/max_positions"),
        (json!({ "max_positions": 101 }), "/limits/max_positions"),
        (
            json!({ "max_trades_per_day": 0 }),
            "/limits/max_trades_per_day",
        ),
        (
            json!({ "max_daily_loss": { "percent": 101 } }),
            "/limits/max_daily_loss/percent",
        ),
        (
            json!({ "max_daily_loss": { "money": 0 } }),
            "/limits/max_daily_loss/money",
        ),
    ] {
        one(&with("/limits", limits), place, "out-of-range");
    }
    one(&with("/entry", json!({})), "/entry", "no-entry");
}

#[test]
fn texts_that_are_not_json_name_the_place() {
    let faults = validate("{\n  \"version\": 1,\n  oops\n}").unwrap_err();
    assert_eq!(faults.len(), 1);
    assert!(matches!(
        faults[0].problem,
        Problem::Syntax {
            line: 3,
            column: 3,
            ..
        }
    ));
    assert!(
        faults[0].message(Language::En).contains("line 3"),
        "{}",
        faults[0]
    );
    let text = good()
        .to_string()
        .replacen("\"name\":", "\"name\":\"a\",\"name\":", 1);
    let faults = validate(&text).unwrap_err();
    assert_eq!(
        (faults[0].pointer.as_str(), faults[0].code()),
        ("/name", "duplicate-key")
    );
    assert_eq!(faults.len(), 1);
    // A byte order mark is no fault.
    assert!(validate(&format!("\u{feff}{}", good())).is_ok());
}

#[test]
fn all_faults_come_at_once_and_with_suggestions() {
    let mut document = good();
    set(&mut document, "/timeframe", json!("h1"));
    document["a~b/c"] = json!(1);
    set(&mut document, "/indicators/macd/slwo", json!(30));
    set(
        &mut document,
        "/entry/long/all/0/crosses_above/1",
        json!("macd.singal"),
    );
    set(&mut document, "/sizing/fixed_lots", json!(0));
    let faults = validate_value(&document).unwrap_err();
    let told: Vec<(&str, String)> = faults
        .iter()
        .map(|f| (f.pointer.as_str(), f.hint(Language::En)))
        .collect();
    assert_eq!(told.len(), 5, "{told:?}");
    assert!(told.contains(&("/timeframe", "Did you mean \"H1\"?".into())));
    assert!(told.contains(&("/indicators/macd/slwo", "Did you mean \"slow\"?".into())));
    assert!(told.contains(&(
        "/entry/long/all/0/crosses_above/1",
        "Did you mean \"macd.signal\"?".into()
    )));
    assert!(told.iter().any(|(pointer, _)| *pointer == "/a~0b~1c"));
}

#[test]
fn a_fault_serialises_with_its_words() {
    let faults = validate_value(&with("/sizing/fixed_lots", json!(0))).unwrap_err();
    assert_eq!(
        serde_json::to_value(&faults).unwrap(),
        json!([{
            "pointer": "/sizing/fixed_lots",
            "code": "out-of-range",
            "severity": "error",
            "message": "\"fixed_lots\" must be above 0, but is 0.",
            "hint": "Use a number that is above 0.",
        }])
    );
    assert_eq!(
        faults[0].message(Language::Id),
        "\"fixed_lots\" harus lebih dari 0, tetapi nilainya 0."
    );
}

#[test]
fn odd_things_are_warnings_only() {
    let mut document = good();
    set(&mut document, "/parameters/spare", json!({ "value": 1 }));
    set(&mut document, "/parameters/fast/value", json!(30));
    set(&mut document, "/indicators/spare", json!({ "kind": "rsi" }));
    set(
        &mut document,
        "/exits/short",
        json!({ "above": ["close", "close"] }),
    );
    let document = validate_value(&document).unwrap();
    let found: Vec<(String, &str, Severity)> = warnings(&document)
        .iter()
        .map(|f| (f.pointer.clone(), f.code(), f.severity()))
        .collect();
    let expected = [
        ("/exits/short/above", "compares-itself"),
        ("/parameters/fast/value", "value-outside-range"),
        ("/parameters/spare", "unused-parameter"),
        ("/indicators/spare", "unused-indicator"),
        ("/exits/short", "exit-without-entry"),
    ]
    .map(|(pointer, code)| (pointer.to_owned(), code, Severity::Warning));
    assert_eq!(found, expected);
}

#[test]
fn documents_built_with_impossible_numbers_are_faults() {
    let mut document = validate_value(&good()).unwrap();
    document.parameters.get_mut("fast").unwrap().value = f64::NAN;
    document.sizing = crate::strategy::sizing::Sizing::FixedLots(f64::INFINITY.into());
    let codes: Vec<&str> = check(&document).iter().map(Fault::code).collect();
    assert_eq!(codes, ["out-of-range"; 3]);
}
