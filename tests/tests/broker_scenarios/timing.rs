//! What a rule knows, and when.

use crate::scene::{Say, Scene, still};
use serde_json::json;
use trading::symbol::{ExitReason::ExitRule, Side::Buy};

/// Buys while the close of the last closed four-hour bar is above 100, and sells below.
fn four_hourly(closes: &[f64]) -> Scene {
    let rows: Vec<_> = closes
        .iter()
        .map(|close| still(Say::Nothing, *close))
        .collect();
    let mut scene = Scene::new(&rows);
    scene.document["indicators"] =
        json!({ "big": { "kind": "sma", "period": 1, "timeframe": "H4" } });
    scene.document["entry"] = json!({ "long": { "above": ["big", 100] } });
    scene.document["exits"] = json!({ "long": { "below": ["big", 100] } });
    scene
}

#[test]
fn a_higher_bar_is_seen_once_it_is_closed_and_stays_until_the_next() {
    let mut closes = vec![90.0; 20];
    // The second four hours end high; all that comes after is low.
    closes[7] = 200.0;
    // A rule that peeked would buy at 04:00; one that looked at the bar that is being made would
    // sell at 09:00. Decided at the closes of 07:00 and 11:00, filled at 08:00 and 12:00.
    assert_eq!(
        four_hourly(&closes).deals(),
        [(Buy, 8, 90.0, 12, 90.0, ExitRule)]
    );
}

#[test]
fn what_a_higher_bar_reaches_before_its_close_is_nobodys_business() {
    let mut closes = vec![90.0; 20];
    closes[4] = 200.0;
    closes[5] = 200.0;
    closes[6] = 200.0;
    assert_eq!(four_hourly(&closes).deals(), []);
}

#[test]
fn a_higher_bar_whose_last_hour_is_missing_is_seen_when_the_next_has_begun() {
    let mut closes = vec![90.0; 16];
    closes[6] = 200.0;
    // 07:00 is missing: the second four hours end with 06:00, which is known only at 08:00's close.
    let hours: Vec<i64> = (0..17).filter(|hour| *hour != 7).collect();
    let scene = four_hourly(&closes).hours(&hours);
    // Bar 7 is 08:00: decided at its close, filled at 09:00; out at 12:00.
    assert_eq!(scene.deals(), [(Buy, 8, 90.0, 11, 90.0, ExitRule)]);
}

#[test]
fn cutting_history_inside_a_higher_bar_changes_no_decision_before() {
    let mut closes = vec![90.0; 20];
    closes[7] = 200.0;
    let whole = four_hourly(&closes);
    for len in 13..20 {
        let mut cut = whole.clone();
        cut.bars = whole.bars.head(len);
        assert_eq!(cut.deals(), whole.deals(), "{len} bars");
    }
}
