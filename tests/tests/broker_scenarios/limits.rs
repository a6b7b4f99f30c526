//! Exit rules, opposite signals, filters and limits.

use crate::scene::{Row, Say, Scene, still};
use serde_json::json;
use trading::symbol::{
    ExitReason::{EndOfData, ExitRule, OppositeSignal, TimeExit},
    Side::{Buy, Sell},
};

/// Bars that stand at 100 and say this.
fn saying(says: &[Say]) -> Scene {
    let rows: Vec<Row> = says.iter().map(|say| still(*say, 100.0)).collect();
    Scene::new(&rows)
}

/// The bars at whose open something was bought or sold.
fn entries(scene: &Scene) -> Vec<u32> {
    scene
        .run()
        .trades
        .iter()
        .map(|trade| trade.entry_bar)
        .collect()
}

/// Every bar says buy; a position lasts one bar.
fn eager(bars: usize) -> Scene {
    saying(&vec![Say::Buy; bars]).with("exits", "after_bars", json!(1))
}

#[test]
fn a_time_exit_counts_the_bar_of_entry() {
    let says = [
        Say::Buy,
        Say::Nothing,
        Say::Nothing,
        Say::Nothing,
        Say::Nothing,
    ];
    let after = |bars| {
        saying(&says)
            .with("exits", "after_bars", json!(bars))
            .deals()
    };
    assert_eq!(after(1), [(Buy, 1, 100.0, 2, 100.0, TimeExit)]);
    assert_eq!(after(2), [(Buy, 1, 100.0, 3, 100.0, TimeExit)]);
    assert_eq!(after(4), [(Buy, 1, 100.0, 4, 100.0, EndOfData)]);
}

#[test]
fn an_exit_rule_comes_before_the_opposite_signal_and_both_may_reverse() {
    let scene = saying(&[Say::Buy, Say::ExitLongAndSell, Say::Nothing, Say::Nothing]);
    assert_eq!(
        scene.deals(),
        [
            (Buy, 1, 100.0, 2, 100.0, ExitRule),
            (Sell, 2, 100.0, 3, 100.0, EndOfData)
        ]
    );
}

#[test]
fn what_its_own_rule_closes_is_not_bought_again_at_the_same_price() {
    let scene = saying(&[Say::Buy, Say::ExitLongAndBuy, Say::Nothing, Say::Nothing]);
    assert_eq!(scene.deals(), [(Buy, 1, 100.0, 2, 100.0, ExitRule)]);
}

#[test]
fn an_opposite_signal_reverses_closes_or_is_ignored() {
    let opposite = |mode| {
        saying(&[Say::Buy, Say::Sell, Say::Nothing, Say::Nothing])
            .with("exits", "opposite_signal", json!(mode))
            .deals()
    };
    let closed = (Buy, 1, 100.0, 2, 100.0, OppositeSignal);
    assert_eq!(
        opposite("reverse"),
        [closed, (Sell, 2, 100.0, 3, 100.0, EndOfData)]
    );
    assert_eq!(opposite("close"), [closed]);
    assert_eq!(opposite("ignore"), [(Buy, 1, 100.0, 3, 100.0, EndOfData)]);
}

#[test]
fn both_entry_rules_at_once_neither_open_nor_close() {
    let scene = saying(&[Say::Both, Say::Buy, Say::Both, Say::Nothing, Say::Nothing]);
    assert_eq!(scene.deals(), [(Buy, 2, 100.0, 4, 100.0, EndOfData)]);
}

#[test]
fn after_a_loss_entries_pause_for_some_bars() {
    let mut scene = eager(8)
        .with("filters", "cooldown_after_loss", json!(2))
        .spread(10.0);
    // Bought at the open of bar 1, closed at that of bar 2: bars 2 and 3 decide nothing.
    assert_eq!(entries(&scene), [1, 5]);
    scene = scene.spread(0.0);
    assert_eq!(entries(&scene), [1, 3, 5, 7], "nothing was lost");
}

#[test]
fn a_stop_inside_a_bar_pauses_entries_from_that_bars_close() {
    let mut rows = [still(Say::Buy, 100.0); 8];
    rows[2].3 = 90.0;
    let scene = Scene::new(&rows)
        .with("exits", "stop_loss", json!({ "points": 500 }))
        .with("filters", "cooldown_after_loss", json!(2));
    assert_eq!(entries(&scene), [1, 5]);
}

#[test]
fn entries_a_day_are_counted_in_the_days_of_the_strategys_zone() {
    let mut scene = eager(20).with("limits", "max_trades_per_day", json!(1));
    assert_eq!(entries(&scene), [1]);
    // Jakarta's day begins at 17:00 UTC.
    scene.document["time_zone"] = json!("Asia/Jakarta");
    assert_eq!(entries(&scene), [1, 17]);
}

#[test]
fn an_entry_counts_on_the_day_on_which_it_is_filled() {
    // Friday 22:00 and 23:00, then Monday from 00:00.
    let scene = saying(&[Say::Buy; 6])
        .hours(&[118, 119, 168, 169, 170, 171])
        .with("limits", "max_positions", json!(5))
        .with("limits", "max_trades_per_day", json!(1));
    // What is decided at Friday's last close is filled on Monday: it is Monday's one.
    assert_eq!(entries(&scene), [1, 2]);
}

#[test]
fn an_entry_that_was_refused_is_not_one_of_the_day() {
    // Too dear for the margin at first, then cheap enough.
    let rows = [
        still(Say::Buy, 200.0),
        still(Say::Buy, 200.0),
        still(Say::Buy, 100.0),
    ];
    let mut scene = Scene::new(&rows).account(1_500.0, 10.0, 0.0);
    scene = scene.with("limits", "max_trades_per_day", json!(1));
    let run = scene.run();
    assert_eq!((run.trades.len(), run.outcome.rejected), (1, 1));
}

/// Every bar says buy and every position loses 100: it is closed one bar later, 1.00 lower.
fn losing(bars: usize) -> Scene {
    let rows: Vec<Row> = (0..bars)
        .map(|i| still(Say::Buy, 100.0 - i as f64))
        .collect();
    Scene::new(&rows).with("exits", "after_bars", json!(1))
}

#[test]
fn a_day_that_has_lost_too_much_has_no_more_entries() {
    let scene = losing(30).with("limits", "max_daily_loss", json!({ "money": 150 }));
    // Entries at bars 1 and 3 lose 200; midnight is the open of bar 24.
    assert_eq!(entries(&scene), [1, 3, 24, 26]);
}

#[test]
fn a_daily_loss_in_percent_is_of_the_days_first_balance() {
    let scene = losing(30).with("limits", "max_daily_loss", json!({ "percent": 1 }));
    // 100 of 10,000 is enough on the first day; on the second 99 would be.
    assert_eq!(entries(&scene), [1, 24]);
    let scene = scene.with("limits", "max_daily_loss", json!({ "percent": 1.005 }));
    // 100.50 on the first day; on the second 98.49 of 9,800.
    assert_eq!(entries(&scene), [1, 3, 24]);
}

#[test]
fn what_open_positions_lose_counts_for_the_day() {
    let rows: Vec<Row> = [100.0, 100.0, 99.0, 98.0, 97.0]
        .iter()
        .map(|price| still(Say::Buy, *price))
        .collect();
    let scene = Scene::new(&rows)
        .with("limits", "max_positions", json!(3))
        .with("limits", "max_daily_loss", json!({ "money": 100 }));
    // At the close of bar 2 the first position is 100 down.
    assert_eq!(entries(&scene), [1, 2]);
}

#[test]
fn hours_keep_from_entering_and_not_from_leaving() {
    // Bar 7 closes at 08:00, bar 9 at 10:00.
    let mut says = vec![Say::Buy; 10];
    says.extend([Say::ExitLong, Say::Nothing]);
    let hours = json!({ "hours": [{ "from": "08:00", "to": "10:00" }] });
    let scene = saying(&says).with("filters", "session", hours);
    assert_eq!(scene.deals(), [(Buy, 8, 100.0, 11, 100.0, ExitRule)]);
    let jakarta = json!({
        "hours": [{ "from": "09:00", "to": "10:00" }],
        "time_zone": "Asia/Jakarta",
    });
    // 09:00 in Jakarta is 02:00 UTC.
    let scene = saying(&says).with("filters", "session", jakarta);
    assert_eq!(scene.deals(), [(Buy, 2, 100.0, 11, 100.0, ExitRule)]);
}

#[test]
fn outside_the_hours_an_opposite_signal_closes_without_opening() {
    let hours = json!({ "hours": [{ "from": "01:00", "to": "02:00" }] });
    let scene = saying(&[
        Say::Buy,
        Say::Nothing,
        Say::Sell,
        Say::Nothing,
        Say::Nothing,
    ])
    .with("filters", "session", hours);
    assert_eq!(scene.deals(), [(Buy, 1, 100.0, 3, 100.0, OppositeSignal)]);
    let mut plain = scene.clone();
    plain.document["exits"] = json!({});
    assert_eq!(plain.deals(), scene.deals());
}

#[test]
fn a_wide_spread_keeps_from_entering_and_not_from_leaving() {
    let scene = saying(&[
        Say::Buy,
        Say::Buy,
        Say::ExitLong,
        Say::Nothing,
        Say::Nothing,
    ])
    .spreads(0.0, &[31.0, 30.0, 99.0, 99.0, 99.0])
    .with("filters", "max_spread", json!(30));
    // The spread is judged at the close of the deciding bar and paid where it is filled.
    assert_eq!(scene.deals(), [(Buy, 2, 100.99, 3, 100.0, ExitRule)]);
}
