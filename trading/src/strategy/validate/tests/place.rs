//! One change makes one fault, at its place; all come at once.

use super::*;

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
