//! A session told event by event: which commands it gives, and when it gives none.

use super::{AccountState, Closed, Command, Event, OpenPosition, Opened, PositionId, Session};
use crate::{
    bar::Bar,
    strategy::{Document, plan::compile},
    symbol::{ExitReason, Side, SymbolSpec},
    time::{HOUR, Time},
};
use serde_json::{Value, json};
use std::sync::Arc;

/// What a bar's tick volume says to the strategy of these tests.
const NOTHING: f64 = 0.0;
const BUY: f64 = 1.0;
const SELL: f64 = 2.0;
const LEAVE: f64 = 3.0;

/// A session and the clock that its bars follow.
struct Desktop {
    session: Session,
    hour: i64,
}

impl Desktop {
    /// A strategy that does what volumes say, with these sections put into its document.
    fn new(sections: &[(&str, Value)]) -> Self {
        let says = |volume: f64| json!({ "between": ["volume", volume, volume] });
        let mut document = json!({
            "version": 1, "name": "Told", "symbol": "XAUUSD", "timeframe": "H1",
            "entry": { "long": says(BUY), "short": says(SELL) },
            "exits": { "long": says(LEAVE), "short": says(LEAVE) },
            "sizing": { "fixed_lots": 1 },
        });
        for (section, value) in sections {
            for (key, value) in value.as_object().unwrap() {
                document[*section][key] = value.clone();
            }
        }
        let document: Document = serde_json::from_value(document).unwrap();
        let spec = SymbolSpec {
            symbol: "XAUUSD".parse().unwrap(),
            digits: 2,
            tick_size: 0.01,
            contract_size: 100.0,
            volume_min: 0.01,
            volume_max: 50.0,
            volume_step: 0.01,
            stops_level: 0.0,
            profit_currency: "USD".into(),
        };
        let plan = Arc::new(compile(&document).unwrap());
        Self {
            session: Session::new(plan, Vec::new(), &spec, 100.0),
            hour: 0,
        }
    }

    fn tell(&mut self, event: Event) -> Vec<Command> {
        let mut commands = Vec::new();
        self.session.on(event, &mut commands);
        commands
    }

    /// An hourly bar that closes at `price` and says something.
    fn closes_at(&mut self, says: f64, price: f64) -> Vec<Command> {
        let bar = Bar {
            time: Time(self.hour * HOUR),
            open: price,
            high: price,
            low: price,
            close: price,
            tick_volume: says,
            spread: 20.0,
        };
        self.hour += 1;
        let account = AccountState {
            balance: 10_000.0,
            equity: 10_000.0,
        };
        self.tell(Event::BarClosed(bar, account))
    }

    fn closes(&mut self, says: f64) -> Vec<Command> {
        self.closes_at(says, 100.0)
    }

    /// The venue opens a position at 100, during the bar that is being made.
    fn opened(&mut self, position: u64) {
        let time = Time(self.hour * HOUR);
        let commands = self.tell(Event::Opened(Opened {
            position: PositionId(position),
            price: 100.0,
            time,
            stop_loss: None,
        }));
        assert_eq!(commands, [], "a session decides at closes only");
    }

    fn closed(&mut self, position: u64, profit: f64) {
        let time = Time(self.hour * HOUR);
        let commands = self.tell(Event::Closed(Closed {
            position: PositionId(position),
            profit,
            time,
        }));
        assert_eq!(commands, [], "a session decides at closes only");
    }

    fn rejected(&mut self, position: u64) {
        let commands = self.tell(Event::Rejected(PositionId(position)));
        assert_eq!(commands, [], "a session decides at closes only");
    }
}

fn open(position: u64, side: Side) -> Command {
    Command::Open(OpenPosition {
        position: PositionId(position),
        side,
        volume: 1.0,
        stop_distance: None,
        target_distance: None,
    })
}

fn close(position: u64, reason: ExitReason) -> Command {
    Command::Close(PositionId(position), reason)
}

#[test]
fn an_order_that_is_not_answered_yet_keeps_its_place() {
    let mut desk = Desktop::new(&[]);
    assert_eq!(desk.closes(BUY), [open(1, Side::Buy)]);
    assert_eq!(desk.closes(BUY), [], "ordered already");
    assert_eq!(desk.closes(LEAVE), [], "what is not open cannot be closed");
    desk.opened(1);
    assert_eq!(desk.closes(BUY), []);
    assert_eq!(desk.closes(LEAVE), [close(1, ExitReason::ExitRule)]);
}

#[test]
fn a_refused_order_frees_its_place_and_its_number_is_not_used_again() {
    let mut desk = Desktop::new(&[]);
    assert_eq!(desk.closes(BUY), [open(1, Side::Buy)]);
    desk.rejected(1);
    assert_eq!(desk.session.desk().held(), 0);
    assert_eq!(desk.closes(BUY), [open(2, Side::Buy)]);
}

#[test]
fn a_refused_order_is_not_one_of_the_days_entries() {
    let mut desk = Desktop::new(&[(
        "limits",
        json!({ "max_positions": 3, "max_trades_per_day": 1 }),
    )]);
    assert_eq!(desk.closes(BUY), [open(1, Side::Buy)]);
    assert_eq!(desk.closes(BUY), [], "one is ordered already");
    desk.rejected(1);
    assert_eq!(desk.closes(BUY), [open(2, Side::Buy)]);
    desk.opened(2);
    assert_eq!(desk.closes(BUY), []);
}

#[test]
fn a_reversal_closes_before_it_opens() {
    let mut desk = Desktop::new(&[]);
    desk.closes(BUY);
    desk.opened(1);
    assert_eq!(
        desk.closes(SELL),
        [close(1, ExitReason::OppositeSignal), open(2, Side::Sell)]
    );
}

#[test]
fn a_close_that_is_not_answered_is_asked_for_again() {
    let mut desk = Desktop::new(&[]);
    desk.closes(BUY);
    desk.opened(1);
    for _ in 0..2 {
        assert_eq!(desk.closes(LEAVE), [close(1, ExitReason::ExitRule)]);
    }
    desk.closed(1, 5.0);
    assert_eq!(desk.closes(LEAVE), []);
    assert_eq!(desk.session.desk().held(), 0);
}

#[test]
fn paused_it_leaves_but_does_not_enter() {
    let mut desk = Desktop::new(&[]);
    desk.closes(BUY);
    desk.opened(1);
    assert_eq!(desk.tell(Event::Paused), []);
    assert_eq!(
        desk.closes(SELL),
        [close(1, ExitReason::OppositeSignal)],
        "closed and not reversed"
    );
    desk.closed(1, 0.0);
    assert_eq!(desk.closes(SELL), []);
    assert_eq!(desk.tell(Event::Resumed), []);
    assert_eq!(desk.closes(SELL), [open(2, Side::Sell)]);
}

#[test]
fn paused_it_still_moves_stops() {
    let trail = json!({ "trailing_stop": { "distance": { "points": 100 } } });
    let mut desk = Desktop::new(&[("exits", trail)]);
    desk.closes(BUY);
    desk.opened(1);
    desk.tell(Event::Paused);
    assert_eq!(
        desk.closes_at(NOTHING, 103.0),
        [Command::MoveStop(PositionId(1), 102.0)]
    );
    assert_eq!(desk.closes_at(NOTHING, 102.5), [], "never back");
}

#[test]
fn a_shorts_stop_keeps_above_the_ask() {
    let even = json!({ "break_even": { "after": { "points": 10 } } });
    let mut desk = Desktop::new(&[("exits", even)]);
    desk.closes(SELL);
    desk.opened(1);
    // The ask is 0.20 above: a stop at 100.00 would lie below it.
    assert_eq!(desk.closes_at(NOTHING, 99.85), []);
    assert_eq!(
        desk.closes_at(NOTHING, 99.75),
        [Command::MoveStop(PositionId(1), 100.0)]
    );
}

#[test]
fn a_fill_in_the_bar_after_the_order_counts_from_there() {
    let mut desk = Desktop::new(&[("exits", json!({ "after_bars": 2 }))]);
    desk.closes(BUY);
    // The venue takes a bar to answer.
    desk.closes(NOTHING);
    desk.opened(1);
    assert_eq!(desk.closes(NOTHING), []);
    assert_eq!(desk.closes(NOTHING), [close(1, ExitReason::TimeExit)]);
}

#[test]
fn a_loss_starts_the_pause_and_a_gain_does_not() {
    for (profit, expected) in [(-0.01, 0), (0.0, 1), (5.0, 1)] {
        let mut desk = Desktop::new(&[("filters", json!({ "cooldown_after_loss": 1 }))]);
        desk.closes(BUY);
        desk.opened(1);
        desk.closed(1, profit);
        assert_eq!(desk.closes(BUY).len(), expected, "{profit}");
        assert_eq!(desk.closes(BUY).len(), 1 - expected, "{profit}");
    }
}

#[test]
fn news_of_positions_that_it_does_not_know_changes_nothing() {
    let mut desk = Desktop::new(&[]);
    desk.opened(7);
    desk.closed(8, -5.0);
    desk.rejected(9);
    assert_eq!(desk.session.desk().held(), 0);
    assert_eq!(desk.closes(BUY), [open(1, Side::Buy)]);
}

/// Without a stop at the broker from the start, a fall beyond the distance before the first close
/// would leave the position without any stop: one beyond the market cannot be set.
#[test]
fn a_stop_that_trails_from_the_start_is_ordered_with_the_entry() {
    let stop_of = |trailing: Value| {
        let mut desk = Desktop::new(&[("exits", json!({ "trailing_stop": trailing }))]);
        match desk.closes(BUY).as_slice() {
            [Command::Open(order)] => order.stop_distance,
            other => panic!("{other:?}"),
        }
    };
    let distance = json!({ "points": 150 });
    assert_eq!(stop_of(json!({ "distance": distance })), Some(1.5));
    let later = json!({ "distance": distance, "activate_after": { "points": 50 } });
    assert_eq!(stop_of(later), None);
}
