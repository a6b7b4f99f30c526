//! Texts that are not JSON, and faults and warnings as texts.

use super::*;

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
