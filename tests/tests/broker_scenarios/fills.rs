//! Prices and costs of market orders, and volumes.

use crate::scene::{Row, Say, Scene, still};
use serde_json::json;
use trading::symbol::{
    ExitReason::{EndOfData, ExitRule, OppositeSignal, StopLoss, TakeProfit},
    Side::{Buy, Sell},
};

/// In at the open of bar 1 (101), out at the open of bar 3 (104).
fn round_trip(enter: Say, leave: Say) -> Scene {
    Scene::new(&[
        still(enter, 100.0),
        (Say::Nothing, 101.0, 103.0, 101.0, 102.0),
        still(leave, 103.0),
        still(Say::Nothing, 104.0),
        still(Say::Nothing, 105.0),
    ])
}

fn long() -> Scene {
    round_trip(Say::Buy, Say::ExitLong)
}

fn short() -> Scene {
    round_trip(Say::Sell, Say::ExitShort)
}

#[test]
fn a_long_pays_the_ask_and_receives_the_bid() {
    let scene = long().spread(20.0);
    assert_eq!(scene.deals(), [(Buy, 1, 101.2, 3, 104.0, ExitRule)]);
    assert_eq!(scene.profits(), [280.0]);
}

#[test]
fn a_short_receives_the_bid_and_pays_the_ask() {
    let scene = short().spread(20.0);
    assert_eq!(scene.deals(), [(Sell, 1, 101.0, 3, 104.2, ExitRule)]);
    assert_eq!(scene.profits(), [-320.0]);
}

fn reversal() -> Scene {
    Scene::new(&[
        still(Say::Buy, 100.0),
        still(Say::Sell, 101.0),
        still(Say::Nothing, 103.0),
        still(Say::Buy, 104.0),
        (Say::Nothing, 106.0, 107.0, 106.0, 107.0),
    ])
    .spread(20.0)
}

#[test]
fn a_reversal_fills_both_sides_at_the_same_open() {
    let expected = [
        (Buy, 1, 101.2, 2, 103.0, OppositeSignal),
        (Sell, 2, 103.0, 4, 106.2, OppositeSignal),
        (Buy, 4, 106.2, 4, 107.0, EndOfData),
    ];
    assert_eq!(reversal().deals(), expected);
    assert_eq!(reversal().netting().deals(), expected);
}

#[test]
fn a_strategy_of_entry_rules_alone_reverses_alike() {
    let mut scene = reversal();
    scene.document["exits"] = json!({});
    assert_eq!(scene.deals(), reversal().deals());
}

#[test]
fn the_bars_own_spread_counts_and_never_less_than_the_least() {
    let spreads = [5.0, 30.0, 50.0, 5.0, 0.0];
    assert_eq!(
        long().spreads(10.0, &spreads).deals(),
        [(Buy, 1, 101.3, 3, 104.0, ExitRule)]
    );
    assert_eq!(
        short().spreads(10.0, &spreads).deals(),
        [(Sell, 1, 101.0, 3, 104.1, ExitRule)]
    );
}

#[test]
fn commission_is_paid_for_each_lot_and_each_fill() {
    let mut scene = long().sizing(json!({ "fixed_lots": 2 }));
    scene.venue.costs.commission_per_lot = 3.5;
    let trade = scene.run().trades[0];
    assert_eq!(
        (trade.gross, trade.commission, trade.profit),
        (600.0, 14.0, 586.0)
    );
}

#[test]
fn commission_of_the_entry_shows_in_equity_at_once_and_of_the_exit_at_the_end() {
    let mut scene = long();
    scene.venue.costs.commission_per_lot = 3.5;
    let equity = scene.run().equity;
    // 101 to 102, 103, and out at 104.
    assert_eq!(equity, [10_000.0, 10_096.5, 10_196.5, 10_293.0, 10_293.0]);
}

#[test]
fn market_fills_slip_on_both_sides() {
    assert_eq!(
        long().slippage(5.0).deals(),
        [(Buy, 1, 101.05, 3, 103.95, ExitRule)]
    );
    assert_eq!(
        short().slippage(5.0).spread(20.0).deals(),
        [(Sell, 1, 100.95, 3, 104.25, ExitRule)]
    );
}

/// In at the open of bar 1 (100); bar 2 has this path.
fn held(enter: Say, path: Row) -> Scene {
    let still = still(Say::Nothing, 100.0);
    Scene::new(&[(enter, 100.0, 100.0, 100.0, 100.0), still, path, still])
}

#[test]
fn stops_slip_and_targets_do_not() {
    let falling = (Say::Nothing, 100.0, 100.0, 97.0, 97.0);
    let rising = (Say::Nothing, 100.0, 103.0, 100.0, 103.0);
    let protected = |enter, path| {
        held(enter, path)
            .slippage(5.0)
            .with("exits", "stop_loss", json!({ "points": 200 }))
            .with("exits", "take_profit", json!({ "points": 200 }))
            .deals()
    };
    assert_eq!(
        protected(Say::Buy, falling),
        [(Buy, 1, 100.05, 2, 98.0, StopLoss)]
    );
    assert_eq!(
        protected(Say::Buy, rising),
        [(Buy, 1, 100.05, 2, 102.05, TakeProfit)]
    );
    assert_eq!(
        protected(Say::Sell, rising),
        [(Sell, 1, 99.95, 2, 102.0, StopLoss)]
    );
    assert_eq!(
        protected(Say::Sell, falling),
        [(Sell, 1, 99.95, 2, 97.95, TakeProfit)]
    );
}

/// A round trip whose bars open at these hours after Monday midnight; 10 points a night are paid
/// for a long, 5 received for a short. What the swap is.
fn swap(enter: Say, leave: Say, hours: &[i64; 5]) -> f64 {
    let mut scene = round_trip(enter, leave).hours(hours);
    scene.venue.costs.swap.long = -10.0;
    scene.venue.costs.swap.short = 5.0;
    let run = scene.run();
    let trade = run.trades[0];
    assert_eq!((trade.entry_bar, trade.exit_bar), (1, 3));
    trade.swap
}

#[test]
fn the_triple_night_counts_three_times() {
    // In on Tuesday noon, out on Thursday noon: Tuesday's night and Wednesday's three.
    let hours = [12, 36, 60, 84, 108];
    assert_eq!(swap(Say::Buy, Say::ExitLong, &hours), -40.0);
    assert_eq!(swap(Say::Sell, Say::ExitShort, &hours), 20.0);
}

#[test]
fn a_weekend_is_one_night_because_wednesday_was_three() {
    // In on Friday noon, out on Monday noon.
    let hours = [107, 108, 109, 180, 181];
    assert_eq!(swap(Say::Buy, Say::ExitLong, &hours), -10.0);
}

#[test]
fn a_week_is_seven_nights() {
    let hours = [35, 36, 37, 36 + 7 * 24, 37 + 7 * 24];
    assert_eq!(swap(Say::Buy, Say::ExitLong, &hours), -70.0);
}

#[test]
fn a_night_is_paid_by_who_is_there_at_midnight() {
    // In at Tuesday's first open, out at Wednesday's.
    let hours = [23, 24, 30, 48, 49];
    assert_eq!(swap(Say::Buy, Say::ExitLong, &hours), -10.0);
    // In and out on Tuesday.
    let hours = [23, 24, 30, 47, 48];
    assert_eq!(swap(Say::Buy, Say::ExitLong, &hours), 0.0);
}

#[test]
fn nights_are_counted_where_the_broker_is() {
    let mut scene = long().hours(&[13, 14, 15, 17, 18]);
    scene.venue.costs.swap.long = -10.0;
    assert_eq!(scene.run().trades[0].swap, 0.0);
    // In Jakarta midnight is at 17:00 UTC.
    scene.venue.costs.swap.time_zone = "Asia/Jakarta".into();
    assert_eq!(scene.run().trades[0].swap, -10.0);
}

#[test]
fn profit_is_converted_to_the_accounts_currency() {
    let mut scene = long();
    scene.venue.symbol.profit_currency = "JPY".into();
    assert!(
        scene.venue.check().is_err(),
        "nobody says what a yen is worth"
    );
    scene.venue.account.conversion = Some(0.0065);
    assert_eq!(scene.profits(), [1.95]);
    // Risk is in account money: 13 dollars are 2,000 yen, and the stop costs 200 yen a lot.
    scene = scene.sizing(json!({ "risk_money": 13 })).with(
        "exits",
        "stop_loss",
        json!({ "points": 200 }),
    );
    assert_eq!(scene.run().trades[0].volume, 10.0);
}

/// The volume of a round trip, if there is one.
fn volume(scene: &Scene) -> Option<f64> {
    scene.run().trades.first().map(|trade| trade.volume)
}

#[test]
fn fixed_lots_keep_to_step_least_and_greatest() {
    let lots = |lots: f64, min: f64, max: f64, step: f64| {
        let mut scene = long().sizing(json!({ "fixed_lots": lots }));
        let symbol = &mut scene.venue.symbol;
        (symbol.volume_min, symbol.volume_max, symbol.volume_step) = (min, max, step);
        volume(&scene)
    };
    assert_eq!(lots(0.07, 0.01, 100.0, 0.01), Some(0.07));
    assert_eq!(lots(0.079, 0.01, 100.0, 0.01), Some(0.07));
    assert_eq!(lots(0.29, 0.1, 100.0, 0.1), Some(0.2));
    assert_eq!(lots(0.3, 0.1, 100.0, 0.1), Some(0.3));
    assert_eq!(lots(7.4, 1.0, 100.0, 2.0), Some(6.0));
    assert_eq!(lots(1_000.0, 0.01, 50.0, 0.01), Some(50.0));
    assert_eq!(lots(0.05, 0.1, 50.0, 0.01), None);
}

#[test]
fn risk_is_rounded_down_never_up() {
    let risk = |sizing, points| {
        let stop = json!({ "points": points });
        volume(&long().sizing(sizing).with("exits", "stop_loss", stop))
    };
    // One percent of 10,000 is 100; a stop of 3.00 costs 300 a lot.
    assert_eq!(risk(json!({ "risk_percent": 1 }), 200), Some(0.5));
    assert_eq!(risk(json!({ "risk_percent": 1 }), 300), Some(0.33));
    assert_eq!(risk(json!({ "risk_money": 50 }), 300), Some(0.16));
    assert_eq!(
        risk(json!({ "risk_money": 2.9 }), 300),
        None,
        "less than the least volume"
    );
}

#[test]
fn risk_percent_is_of_equity_at_the_decision() {
    let scene = Scene::new(&[
        still(Say::Buy, 100.0),
        still(Say::Nothing, 100.0),
        still(Say::Buy, 101.0),
        still(Say::Nothing, 101.0),
    ])
    .sizing(json!({ "risk_percent": 1 }))
    .with("exits", "stop_loss", json!({ "points": 200 }))
    .with("limits", "max_positions", json!(2));
    let volumes: Vec<f64> = scene
        .run()
        .trades
        .iter()
        .map(|trade| trade.volume)
        .collect();
    // 100.50 at 200 a lot: 0.5025.
    assert_eq!(volumes, [0.5, 0.5]);
    let mut scene = scene.sizing(json!({ "risk_percent": 10 }));
    scene.venue.account.balance = 1_000.0;
    let volumes: Vec<f64> = scene
        .run()
        .trades
        .iter()
        .map(|trade| trade.volume)
        .collect();
    // 100, then 105 of 1,050.
    assert_eq!(volumes, [0.5, 0.52]);
}

#[test]
fn what_is_open_at_the_end_is_valued_at_the_last_close() {
    let rows = [
        still(Say::Buy, 100.0),
        (Say::Nothing, 101.0, 103.0, 101.0, 102.0),
        (Say::Nothing, 102.0, 104.0, 102.0, 103.0),
    ];
    let scene = Scene::new(&rows).spread(20.0).slippage(5.0);
    assert_eq!(scene.deals(), [(Buy, 1, 101.25, 2, 103.0, EndOfData)]);
    let mut rows = rows;
    rows[0].0 = Say::Sell;
    let scene = Scene::new(&rows).spread(20.0);
    assert_eq!(scene.deals(), [(Sell, 1, 101.0, 2, 103.2, EndOfData)]);
}

#[test]
fn a_signal_at_the_last_close_is_not_filled() {
    let scene = Scene::new(&[still(Say::Nothing, 100.0), still(Say::Buy, 100.0)]);
    let run = scene.run();
    assert_eq!((run.trades.len(), run.outcome.rejected), (0, 0));
}

#[test]
fn a_history_shorter_than_warm_up_or_empty_trades_nothing() {
    for rows in [&[][..], &[still(Say::Buy, 100.0); 30][..]] {
        let mut scene = Scene::new(rows);
        scene.document["indicators"] = json!({ "slow": { "kind": "sma", "period": 100 } });
        scene.document["entry"] = json!({ "long": { "above": ["close", "0.5 * slow"] } });
        let run = scene.run();
        assert!(run.trades.is_empty());
        assert_eq!(run.warm, rows.len());
        assert_eq!(run.equity, vec![10_000.0; rows.len()]);
    }
}
