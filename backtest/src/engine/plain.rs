//! The event loop where nothing but entry signals can happen: no stop, no limit, and of the broker
//! only its margin.
//!
//! What the desk would do can then be read off the signals ([`Desk::plain_volume`] says when, and
//! what), so the loop goes from signal to signal, 64 bars at a glance. The replay through a real
//! session, bar by bar, proves it equal.
//!
//! [`Desk::plain_volume`]: trading::session::Desk::plain_volume

use super::{Finer, Ledger, Outcome};
use crate::broker::{Broker, Position};
use trading::{
    session::{OpenPosition, PositionId},
    strategy::evaluate::{Bits, SignalTable},
    symbol::{ExitReason, Side},
};

/// Runs over the whole history; `bars` is its length.
pub(super) fn run(
    broker: &mut Broker<'_>,
    volume: f64,
    table: &SignalTable,
    bars: usize,
    finer: Option<Finer<'_>>,
    ledger: &mut impl Ledger,
) -> Outcome {
    let order = |side| OpenPosition {
        position: PositionId(0),
        side,
        volume,
        stop_distance: None,
        target_distance: None,
    };
    let mut outcome = Outcome::default();
    let mut held: Option<Position> = None;
    let mut next = table.warm;
    loop {
        let signal = next_heeded(table, held.as_ref().map(|held| held.side), next)
            // A decision at the last close could not be filled.
            .filter(|signal| signal.bar + 1 < bars);
        if let Some(position) = &held {
            let from = position.entry_bar as usize;
            let until = signal.as_ref().map_or(bars - 1, |signal| signal.bar);
            if let Some((trade, bar)) = broker.stopped_out(position, from, until, finer) {
                ledger.record(&trade);
                held = None;
                // The close of that bar decides again.
                next = bar;
                continue;
            }
        }
        let Some(signal) = signal else { break };
        let fill = (signal.bar + 1) as u32;
        if let Some(position) = &held {
            let price = broker.closing_price(position.side, fill);
            let trade = broker.trade(position, price, ExitReason::OppositeSignal, fill);
            broker.book(&trade);
            ledger.record(&trade);
        }
        held = None;
        if signal.may_enter {
            let position = broker.filled(&order(signal.side), fill);
            if broker.affords(&position) {
                held = Some(position);
            } else {
                outcome.rejected += 1;
            }
        }
        next = signal.bar + 1;
    }
    if let Some(position) = &held {
        ledger.record(&broker.ended(position));
    }
    outcome
}

/// A signal that something will be done about.
struct Signal {
    bar: usize,
    side: Side,
    may_enter: bool,
}

/// The first signal at or after `from`: without a position, one that may enter; with one, one of
/// the other side.
#[inline(always)]
fn next_heeded(table: &SignalTable, held: Option<Side>, from: usize) -> Option<Signal> {
    let words = table.long.words().len().max(table.short.words().len());
    let word = |bits: &Bits, at: usize| bits.words().get(at).copied();
    let mut ahead = u64::MAX << (from % 64);
    for at in from / 64..words {
        let (long, short) = (
            word(&table.long, at).unwrap_or(0),
            word(&table.short, at).unwrap_or(0),
        );
        // Both at once are not understood, and heeded by nobody.
        let (long, short) = (long & !short, short & !long);
        let allowed = word(&table.may_enter, at).unwrap_or(u64::MAX);
        let heeded = match held {
            None => (long | short) & allowed,
            Some(Side::Buy) => short,
            Some(Side::Sell) => long,
        };
        let waiting = heeded & ahead;
        if waiting != 0 {
            let bit = waiting.trailing_zeros();
            return Some(Signal {
                bar: at * 64 + bit as usize,
                side: match long >> bit & 1 {
                    1 => Side::Buy,
                    _ => Side::Sell,
                },
                may_enter: allowed >> bit & 1 == 1,
            });
        }
        ahead = u64::MAX;
    }
    None
}
