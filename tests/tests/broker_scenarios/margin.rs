//! Margin, stop-out, and the two ways of keeping positions.

use crate::scene::{Row, Say, Scene, still};
use serde_json::json;
use trading::symbol::{
    ExitReason::{EndOfData, OppositeSignal, StopOut},
    Side::{Buy, Sell},
};

const fn path(open: f64, high: f64, low: f64, close: f64) -> Row {
    (Say::Nothing, open, high, low, close)
}

/// In at the open of bar 1 (100), one bar later this path. One lot is worth 10,000 and asks for a
/// margin of 100; it is closed when 50 are left of 1,000.
fn called(enter: Say, then: Row) -> Scene {
    Scene::new(&[still(enter, 100.0), still(Say::Nothing, 100.0), then])
        .account(1_000.0, 100.0, 50.0)
}

#[test]
fn an_entry_beyond_the_margin_is_refused_and_leaves_no_trace() {
    let scene = Scene::new(&[
        still(Say::Buy, 100.0),
        still(Say::Nothing, 100.0),
        still(Say::Sell, 100.0),
        still(Say::Nothing, 100.0),
    ]);
    let refused = scene.clone().account(999.0, 10.0, 50.0).run();
    assert_eq!((refused.trades.len(), refused.outcome.rejected), (0, 2));
    let just_enough = scene.account(1_000.0, 10.0, 0.0).run();
    assert_eq!(just_enough.trades.len(), 2);
}

#[test]
fn a_long_is_stopped_out_exactly_where_equity_meets_half_the_margin() {
    // 950 may be lost: 9.50.
    let out = [(Buy, 1, 100.0, 2, 90.5, StopOut)];
    assert_eq!(
        called(Say::Buy, path(100.0, 100.0, 90.4, 95.0)).deals(),
        out
    );
    assert_eq!(
        called(Say::Buy, path(100.0, 100.0, 90.5, 95.0)).deals(),
        out
    );
    assert_eq!(
        called(Say::Buy, path(100.0, 100.0, 90.51, 95.0)).deals(),
        [(Buy, 1, 100.0, 2, 95.0, EndOfData)]
    );
}

#[test]
fn a_short_is_stopped_out_by_the_ask() {
    let deals = |high| {
        called(Say::Sell, path(100.0, high, 100.0, 100.0))
            .spread(20.0)
            .deals()
    };
    assert_eq!(deals(109.31), [(Sell, 1, 100.0, 2, 109.5, StopOut)]);
    assert_eq!(deals(109.29), [(Sell, 1, 100.0, 2, 100.2, EndOfData)]);
}

#[test]
fn a_gap_beyond_the_stop_out_fills_at_the_open_and_slips() {
    let scene = called(Say::Buy, path(85.0, 85.0, 80.0, 80.0)).slippage(10.0);
    // Bought at 100.10, sold at 85 less 0.10.
    assert_eq!(scene.deals(), [(Buy, 1, 100.1, 2, 84.9, StopOut)]);
    assert_eq!(scene.profits(), [-1_520.0]);
}

#[test]
fn commission_already_paid_brings_the_stop_out_nearer() {
    let mut scene = called(Say::Buy, path(100.0, 100.0, 90.0, 95.0));
    scene.venue.costs.commission_per_lot = 3.5;
    assert_eq!(scene.deals(), [(Buy, 1, 100.0, 2, 90.535, StopOut)]);
}

#[test]
fn only_as_much_is_closed_as_the_margin_needs() {
    // Half a lot at 100 and at 102: margin 101, so 50.50 must be left. 100 p = 10,100 - 949.50.
    let rows = |low| {
        [
            still(Say::Buy, 100.0),
            still(Say::Buy, 100.0),
            still(Say::Nothing, 102.0),
            path(102.0, 102.0, low, 95.0),
        ]
    };
    let deals = |low| {
        Scene::new(&rows(low))
            .account(1_000.0, 100.0, 50.0)
            .sizing(json!({ "fixed_lots": 0.5 }))
            .with("limits", "max_positions", json!(2))
            .deals()
    };
    let first = (Buy, 1, 100.0, 3, 91.505, StopOut);
    assert_eq!(deals(91.2), [first, (Buy, 2, 102.0, 3, 95.0, EndOfData)]);
    // Alone, the second has 575.25 and needs 25.50: 102 - 10.995.
    assert_eq!(deals(90.0), [first, (Buy, 2, 102.0, 3, 91.005, StopOut)]);
}

/// One lot bought at 100 and one sold at 100, then these bars.
fn hedged(then: &[Row]) -> Scene {
    let mut rows = vec![
        still(Say::Buy, 100.0),
        still(Say::Sell, 100.0),
        still(Say::Nothing, 100.0),
    ];
    rows.extend_from_slice(then);
    Scene::new(&rows)
        .account(1_000.0, 100.0, 50.0)
        .with("exits", "opposite_signal", json!("ignore"))
        .with("limits", "max_positions", json!(2))
}

#[test]
fn hedging_holds_both_sides_and_netting_refuses_the_other() {
    let deals = hedged(&[]).deals();
    assert_eq!(
        deals,
        [
            (Buy, 1, 100.0, 2, 100.0, EndOfData),
            (Sell, 2, 100.0, 2, 100.0, EndOfData)
        ]
    );
    let run = hedged(&[]).netting().run();
    assert_eq!((run.trades.len(), run.outcome.rejected), (1, 1));
}

#[test]
fn what_a_hedge_loses_on_one_side_it_gains_on_the_other() {
    // The ranges of these bars are more than either side could bear alone.
    for (high, low) in [(115.0, 85.0), (109.4, 98.0)] {
        let scene = hedged(&[path(109.0, high, low, 100.0)]);
        let ended = |side, bar| (side, bar, 100.0, 3, 100.0, EndOfData);
        assert_eq!(scene.deals(), [ended(Buy, 1), ended(Sell, 2)]);
    }
}

#[test]
fn of_an_uneven_hedge_the_larger_side_is_stopped_out() {
    // Two lots bought, one sold: 100 a point, margin 200, so 900 may be lost: 9.00 down. A rise of
    // any size loses nothing.
    let rows = |low| {
        [
            still(Say::Buy, 100.0),
            still(Say::Buy, 100.0),
            still(Say::Sell, 100.0),
            path(100.0, 130.0, 95.0, 100.0),
            path(100.0, 100.0, low, 95.0),
        ]
    };
    let deals = |low| {
        Scene::new(&rows(low))
            .account(1_000.0, 100.0, 50.0)
            .with("exits", "opposite_signal", json!("ignore"))
            .with("limits", "max_positions", json!(3))
            .deals()
    };
    let ended = |side, bar| (side, bar, 100.0, 4, 95.0, EndOfData);
    assert_eq!(deals(91.1), [ended(Buy, 1), ended(Buy, 2), ended(Sell, 3)]);
    // Once one of the two is closed, the other is hedged.
    assert_eq!(
        deals(80.0),
        [
            (Buy, 1, 100.0, 4, 91.0, StopOut),
            ended(Buy, 2),
            ended(Sell, 3)
        ]
    );
}

#[test]
fn a_spread_that_widens_can_stop_a_hedge_out() {
    // The spread alone costs 960 of 1,000 when it is 9.60.
    let scene = hedged(&[still(Say::Nothing, 100.0), still(Say::Nothing, 100.0)])
        .spreads(0.0, &[0.0, 0.0, 0.0, 960.0, 0.0]);
    let run = scene.run();
    assert_eq!(run.trades.len(), 2);
    assert!(
        run.trades
            .iter()
            .any(|t| t.exit == StopOut && t.exit_bar == 3)
    );
}

#[test]
fn positions_are_added_up_to_the_limit() {
    let rows = [still(Say::Buy, 100.0); 5];
    let scene = Scene::new(&rows).with("limits", "max_positions", json!(2));
    let entries: Vec<u32> = scene
        .run()
        .trades
        .iter()
        .map(|trade| trade.entry_bar)
        .collect();
    assert_eq!(entries, [1, 2]);
}

#[test]
fn a_reversal_of_several_positions_closes_all_and_opens_one() {
    let scene = Scene::new(&[
        still(Say::Buy, 100.0),
        still(Say::Buy, 101.0),
        still(Say::Sell, 102.0),
        still(Say::Nothing, 103.0),
    ])
    .with("limits", "max_positions", json!(2));
    let expected = [
        (Buy, 1, 101.0, 3, 103.0, OppositeSignal),
        (Buy, 2, 102.0, 3, 103.0, OppositeSignal),
        (Sell, 3, 103.0, 3, 103.0, EndOfData),
    ];
    assert_eq!(scene.deals(), expected);
    assert_eq!(scene.netting().deals(), expected);
}
