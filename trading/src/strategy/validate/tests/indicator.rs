//! Indicators and the parameters that they read.

use super::*;

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

/// A mark has no value at most bars: it may be asked for in a rule, and not be averaged.
#[test]
fn a_source_with_gaps_is_refused() {
    use crate::indicator;
    let fractals = |source: &str| {
        let mut document = with("/indicators/swing", json!({ "kind": "fractals" }));
        set(&mut document, "/indicators/average/source", json!(source));
        document
    };
    for source in ["swing", "swing.upper", "swing.lower"] {
        assert_eq!(faults(&fractals(source)), [], "{source}");
    }
    // Every output of the catalogue that has gaps, and no other.
    let mut marks = 0;
    for definition in indicator::all() {
        for output in definition.outputs {
            let mut document = with("/indicators/swing", json!({ "kind": definition.kind }));
            let name = format!("swing.{}", output.name);
            set(&mut document, "/indicators/average/source", json!(name));
            if output.has_gaps() {
                marks += 1;
                one(&document, "/indicators/average/source", "source-has-gaps");
            } else {
                assert_eq!(faults(&document), [], "{} {name}", definition.kind);
            }
        }
    }
    assert_eq!(marks, 2);
    let fault = &validate_value(&fractals("swing.upper_mark")).unwrap_err()[0];
    assert_eq!(
        fault.message(Language::En),
        "\"swing.upper_mark\" has a value only at the bars that it marks, so nothing can be \
         computed from it."
    );
    assert_eq!(
        fault.hint(Language::En),
        "Take \"swing.upper\" or \"swing.lower\" as the source, which keeps the last value, or use \
         this one in a condition, where a bar without a mark says no."
    );
    assert!(
        fault
            .message(Language::Id)
            .contains("hanya punya nilai di bar yang ditandainya")
    );
    assert!(
        fault
            .hint(Language::Id)
            .starts_with("Pakai \"swing.upper\" atau")
    );
    // In a condition it has a meaning.
    let mut document = fractals("swing.upper");
    set(
        &mut document,
        "/entry/long/all/1/above/0",
        json!("swing.upper_mark"),
    );
    assert_eq!(faults(&document), []);
    // What is compiled without being validated is refused too.
    let mut document = validate_value(&fractals("swing.upper")).unwrap();
    let average = document.indicators.get_mut("average").unwrap();
    average.source = Some("swing.upper_mark".parse().unwrap());
    let error = crate::strategy::plan::compile(&document).unwrap_err();
    assert_eq!(error.place, "/indicators/average");
}
