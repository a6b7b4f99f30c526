//! Stops, targets, break-even and trailing.

use crate::scene::{Deal, Row, Say, Scene, still};
use serde_json::{Value, json};
use trading::symbol::{
    ExitReason::{EndOfData, StopLoss, TakeProfit},
    Side::{Buy, Sell},
};

/// In at the open of bar 1 (100), then these bars.
fn after_entry(enter: Say, then: &[Row]) -> Scene {
    let mut rows = vec![still(enter, 100.0), still(Say::Nothing, 100.0)];
    rows.extend_from_slice(then);
    Scene::new(&rows)
}

const fn path(open: f64, high: f64, low: f64, close: f64) -> Row {
    (Say::Nothing, open, high, low, close)
}

fn points(points: f64) -> Value {
    json!({ "points": points })
}

/// A stop and a target, both 2.00 away.
fn bracket(scene: Scene) -> Scene {
    scene
        .with("exits", "stop_loss", points(200.0))
        .with("exits", "take_profit", points(200.0))
}

#[test]
fn a_stop_fills_at_its_level_inside_the_bar() {
    let scene = bracket(after_entry(Say::Buy, &[path(100.0, 101.0, 97.5, 99.0)]));
    assert_eq!(scene.deals(), [(Buy, 1, 100.0, 2, 98.0, StopLoss)]);
    assert_eq!(scene.profits(), [-200.0]);
}

#[test]
fn a_target_fills_at_its_level_inside_the_bar() {
    let scene = bracket(after_entry(Say::Buy, &[path(100.0, 102.5, 99.0, 99.0)]));
    assert_eq!(scene.deals(), [(Buy, 1, 100.0, 2, 102.0, TakeProfit)]);
}

#[test]
fn a_price_that_only_touches_a_level_reaches_it() {
    let low = bracket(after_entry(Say::Buy, &[path(100.0, 100.0, 98.0, 99.0)]));
    assert_eq!(low.deals(), [(Buy, 1, 100.0, 2, 98.0, StopLoss)]);
    let high = bracket(after_entry(Say::Buy, &[path(100.0, 102.0, 100.0, 101.0)]));
    assert_eq!(high.deals(), [(Buy, 1, 100.0, 2, 102.0, TakeProfit)]);
}

#[test]
fn a_shorts_levels_are_reached_by_the_ask() {
    let scene = |path| bracket(after_entry(Say::Sell, &[path]).spread(20.0)).deals();
    let never = [(Sell, 1, 100.0, 2, 100.2, EndOfData)];
    assert_eq!(
        scene(path(100.0, 101.81, 100.0, 100.0)),
        [(Sell, 1, 100.0, 2, 102.0, StopLoss)]
    );
    assert_eq!(scene(path(100.0, 101.79, 100.0, 100.0)), never);
    assert_eq!(
        scene(path(100.0, 100.0, 97.79, 100.0)),
        [(Sell, 1, 100.0, 2, 98.0, TakeProfit)]
    );
    assert_eq!(scene(path(100.0, 100.0, 97.81, 100.0)), never);
}

#[test]
fn of_a_stop_and_a_target_in_one_bar_the_worse_is_taken() {
    let wide = [path(100.0, 103.0, 97.0, 100.0)];
    assert_eq!(
        bracket(after_entry(Say::Buy, &wide)).deals(),
        [(Buy, 1, 100.0, 2, 98.0, StopLoss)]
    );
    assert_eq!(
        bracket(after_entry(Say::Sell, &wide)).deals(),
        [(Sell, 1, 100.0, 2, 102.0, StopLoss)]
    );
}

#[test]
fn finer_bars_show_the_true_order() {
    let nothing = [still(Say::Nothing, 100.0); 2];
    let up = path(100.0, 103.0, 100.0, 100.0);
    let down = path(100.0, 100.0, 97.0, 100.0);
    let deals = |enter, inside: [Row; 2]| {
        bracket(after_entry(enter, &[path(100.0, 103.0, 97.0, 100.0)]))
            .halves(&[nothing, nothing, inside])
            .deals()
    };
    assert_eq!(
        deals(Say::Buy, [up, down]),
        [(Buy, 1, 100.0, 2, 102.0, TakeProfit)]
    );
    assert_eq!(
        deals(Say::Buy, [down, up]),
        [(Buy, 1, 100.0, 2, 98.0, StopLoss)]
    );
    assert_eq!(
        deals(Say::Sell, [up, down]),
        [(Sell, 1, 100.0, 2, 102.0, StopLoss)]
    );
    assert_eq!(
        deals(Say::Sell, [down, up]),
        [(Sell, 1, 100.0, 2, 98.0, TakeProfit)]
    );
}

#[test]
fn a_finer_bar_that_holds_both_is_as_bad_as_any() {
    let nothing = [still(Say::Nothing, 100.0); 2];
    let wide = path(100.0, 103.0, 97.0, 100.0);
    let scene = bracket(after_entry(Say::Buy, &[wide])).halves(&[nothing, nothing, [wide, wide]]);
    assert_eq!(scene.deals(), [(Buy, 1, 100.0, 2, 98.0, StopLoss)]);
}

#[test]
fn finer_bars_with_holes_hide_nothing_that_the_bar_reached() {
    let mut scene = bracket(after_entry(Say::Buy, &[path(100.0, 101.0, 97.0, 100.0)]));
    scene.finer = Some(scene.bars.head(1));
    assert_eq!(scene.deals(), [(Buy, 1, 100.0, 2, 98.0, StopLoss)]);
}

#[test]
fn a_gap_beyond_the_stop_fills_at_the_open() {
    let deals = |enter, at| {
        let bars = [still(Say::Nothing, at)];
        bracket(after_entry(enter, &bars).spread(20.0)).deals()
    };
    assert_eq!(deals(Say::Buy, 95.0), [(Buy, 1, 100.2, 2, 95.0, StopLoss)]);
    assert_eq!(
        deals(Say::Sell, 104.0),
        [(Sell, 1, 100.0, 2, 104.2, StopLoss)]
    );
}

#[test]
fn a_gap_beyond_the_target_fills_at_the_better_open() {
    let deals = |enter, at| {
        let bars = [still(Say::Nothing, at)];
        bracket(after_entry(enter, &bars).spread(20.0)).deals()
    };
    assert_eq!(
        deals(Say::Buy, 104.0),
        [(Buy, 1, 100.2, 2, 104.0, TakeProfit)]
    );
    assert_eq!(
        deals(Say::Sell, 95.0),
        [(Sell, 1, 100.0, 2, 95.2, TakeProfit)]
    );
}

#[test]
fn the_bar_of_entry_may_already_reach_the_levels() {
    let deals = |path| {
        bracket(Scene::new(&[
            still(Say::Buy, 100.0),
            path,
            still(Say::Nothing, 100.0),
        ]))
        .deals()
    };
    assert_eq!(
        deals(path(100.0, 101.0, 97.0, 99.0)),
        [(Buy, 1, 100.0, 1, 98.0, StopLoss)]
    );
    assert_eq!(
        deals(path(100.0, 103.0, 99.0, 99.0)),
        [(Buy, 1, 100.0, 1, 102.0, TakeProfit)]
    );
}

#[test]
fn a_spread_wider_than_the_stop_closes_at_once() {
    let scene = bracket(after_entry(Say::Buy, &[]).spread(300.0));
    assert_eq!(scene.deals(), [(Buy, 1, 103.0, 1, 100.0, StopLoss)]);
}

#[test]
fn levels_nearer_than_the_broker_allows_are_set_where_it_does() {
    let deals = |path| {
        let mut scene = after_entry(Say::Buy, &[path])
            .with("exits", "stop_loss", points(100.0))
            .with("exits", "take_profit", points(100.0));
        scene.venue.symbol.stops_level = 250.0;
        scene.deals()
    };
    assert_eq!(
        deals(path(100.0, 102.4, 97.6, 100.0)),
        [(Buy, 1, 100.0, 2, 100.0, EndOfData)]
    );
    assert_eq!(
        deals(path(100.0, 100.0, 97.0, 100.0)),
        [(Buy, 1, 100.0, 2, 97.5, StopLoss)]
    );
    assert_eq!(
        deals(path(100.0, 103.0, 100.0, 100.0)),
        [(Buy, 1, 100.0, 2, 102.5, TakeProfit)]
    );
}

#[test]
fn percent_is_of_the_deciding_close_and_measured_from_the_fill() {
    // 2 percent of 50 is 1.00; the fill is at 100.
    let rows = [
        still(Say::Buy, 50.0),
        still(Say::Nothing, 100.0),
        path(100.0, 100.0, 98.0, 98.0),
    ];
    let scene = Scene::new(&rows).with("exits", "stop_loss", json!({ "percent": 2 }));
    assert_eq!(scene.deals(), [(Buy, 1, 100.0, 2, 99.0, StopLoss)]);
}

#[test]
fn a_multiple_of_the_range_and_a_multiple_of_the_risk() {
    // Every bar has a range of 2.00, so its average is that.
    let calm = path(100.0, 101.0, 99.0, 100.0);
    let mut buy = calm;
    buy.0 = Say::Buy;
    let scene = Scene::new(&[calm, calm, buy, calm, path(100.0, 109.0, 100.0, 100.0)])
        .with(
            "exits",
            "stop_loss",
            json!({ "atr": { "multiple": 1.5, "period": 2 } }),
        )
        .with("exits", "take_profit", json!({ "risk": 2 }));
    assert_eq!(scene.deals(), [(Buy, 3, 100.0, 4, 106.0, TakeProfit)]);
}

/// A stop 2.00 away that moves 0.20 beyond the entry once 1.00 is gained.
fn breaking_even(enter: Say, then: &[Row]) -> Vec<Deal> {
    after_entry(enter, then)
        .with("exits", "stop_loss", points(200.0))
        .with(
            "exits",
            "break_even",
            json!({ "after": points(100.0), "plus": points(20.0) }),
        )
        .deals()
}

#[test]
fn break_even_moves_the_stop_for_the_next_bar() {
    let then = [
        // A high is not a close: nothing moves.
        path(100.0, 101.5, 100.0, 100.9),
        // Gains 1.00; its own low cannot have met a stop that was moved at its close.
        path(100.9, 101.0, 99.0, 101.0),
        path(101.0, 101.0, 100.3, 100.5),
        path(100.5, 100.5, 100.1, 100.4),
    ];
    assert_eq!(
        breaking_even(Say::Buy, &then),
        [(Buy, 1, 100.0, 5, 100.2, StopLoss)]
    );
}

#[test]
fn break_even_of_a_short_is_its_mirror() {
    let then = [
        path(100.0, 100.0, 98.5, 99.1),
        path(99.1, 101.0, 99.0, 99.0),
        path(99.0, 99.7, 99.0, 99.5),
        path(99.5, 99.9, 99.5, 99.6),
    ];
    assert_eq!(
        breaking_even(Say::Sell, &then),
        [(Sell, 1, 100.0, 5, 99.8, StopLoss)]
    );
}

/// A stop that follows the best close at 1.00.
fn trailing(scene: Scene) -> Vec<Deal> {
    scene
        .with(
            "exits",
            "trailing_stop",
            json!({ "distance": points(100.0) }),
        )
        .deals()
}

#[test]
fn a_trailing_stop_follows_the_best_close_and_never_goes_back() {
    let then = [
        // The stop goes to 99.5, then to 101, and stays there.
        path(100.0, 100.5, 100.0, 100.5),
        path(100.5, 104.0, 100.0, 102.0),
        path(102.0, 102.0, 101.2, 101.3),
        path(101.3, 101.3, 100.9, 101.2),
    ];
    assert_eq!(
        trailing(after_entry(Say::Buy, &then)),
        [(Buy, 1, 100.0, 5, 101.0, StopLoss)]
    );
}

#[test]
fn a_trailing_stop_of_a_short_is_its_mirror() {
    let then = [
        path(100.0, 100.0, 99.5, 99.5),
        path(99.5, 100.0, 96.0, 98.0),
        path(98.0, 98.8, 98.0, 98.7),
        path(98.7, 99.1, 98.7, 98.8),
    ];
    assert_eq!(
        trailing(after_entry(Say::Sell, &then)),
        [(Sell, 1, 100.0, 5, 99.0, StopLoss)]
    );
}

#[test]
fn a_trailing_stop_waits_for_its_gain() {
    let scene = |close| {
        let then = [
            path(100.0, close, 100.0, close),
            path(close, close, 100.4, 100.4),
        ];
        let trail = json!({ "distance": points(100.0), "activate_after": points(200.0) });
        after_entry(Say::Buy, &then)
            .with("exits", "trailing_stop", trail)
            .deals()
    };
    assert_eq!(scene(101.9), [(Buy, 1, 100.0, 3, 100.4, EndOfData)]);
    assert_eq!(scene(102.0), [(Buy, 1, 100.0, 3, 101.0, StopLoss)]);
}

#[test]
fn a_trailing_stop_keeps_the_distance_that_the_broker_asks_for() {
    let then = [
        path(100.0, 102.0, 100.0, 102.0),
        path(102.0, 102.0, 99.0, 99.0),
    ];
    let mut scene = after_entry(Say::Buy, &then);
    scene.venue.symbol.stops_level = 150.0;
    assert_eq!(trailing(scene), [(Buy, 1, 100.0, 3, 100.5, StopLoss)]);
}

/// Half a point of price between bid and ask; the stop moves to the entry price after 0.20.
fn short_with_spread(then: &[Row]) -> Scene {
    after_entry(Say::Sell, then).spread(50.0).with(
        "exits",
        "break_even",
        json!({ "after": points(20.0) }),
    )
}

#[test]
fn a_shorts_stop_is_never_set_below_the_ask() {
    let then = [
        // Ask 100.20: a stop at 100.00 would be refused.
        still(Say::Nothing, 99.7),
        still(Say::Nothing, 99.7),
        // Ask 99.90: now it is set.
        still(Say::Nothing, 99.4),
        path(99.4, 99.6, 99.4, 99.4),
    ];
    assert_eq!(
        short_with_spread(&then).deals(),
        [(Sell, 1, 100.0, 5, 100.0, StopLoss)]
    );
}

#[test]
fn a_stop_is_not_moved_nearer_to_the_market_than_the_broker_allows() {
    let then = [
        // 0.30 above the stop that is wanted.
        still(Say::Nothing, 100.3),
        // 0.50 above it.
        still(Say::Nothing, 100.5),
        path(100.5, 100.5, 99.0, 99.0),
    ];
    let scene = |bars: usize| {
        let mut scene = after_entry(Say::Buy, &then[3 - bars..]).with(
            "exits",
            "break_even",
            json!({ "after": points(20.0) }),
        );
        scene.venue.symbol.stops_level = 50.0;
        scene.deals()
    };
    assert_eq!(scene(3), [(Buy, 1, 100.0, 4, 100.0, StopLoss)]);
    assert_eq!(scene(2), [(Buy, 1, 100.0, 3, 100.0, StopLoss)]);
    let mut never = after_entry(Say::Buy, &[then[0], then[2]]).with(
        "exits",
        "break_even",
        json!({ "after": points(20.0) }),
    );
    never.venue.symbol.stops_level = 50.0;
    assert_eq!(never.deals(), [(Buy, 1, 100.0, 3, 99.0, EndOfData)]);
}
