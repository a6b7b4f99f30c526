//! The event loop where nothing but entry signals can happen: no stop, no limit, no margin.
//!
//! What the desk would do can then be read off the signals ([`Desk::plain_volume`] says when, and
//! what), so the loop goes from signal to signal, 64 bars at a glance. The replay through a real
//! session, bar by bar, proves it equal.
//!
//! [`Desk::plain_volume`]: trading::session::Desk::plain_volume

use super::Ledger;
use crate::broker::{Broker, Position};
use trading::{
    session::{OpenPosition, PositionId},
    strategy::evaluate::{Bits, SignalTable},
    symbol::{ExitReason, Side},
};

/// Runs over the whole history; `bars` is its length.
pub(super) fn run(
    broker: &Broker<'_>,
    volume: f64,
    table: &SignalTable,
    bars: usize,
    ledger: &mut impl Ledger,
) {
    let order = |side| OpenPosition {
        position: PositionId(0),
        side,
        volume,
        stop_distance: None,
        target_distance: None,
    };
    let word = |bits: &Bits, at: usize| bits.words().get(at).copied();
    let mut held: Option<Position> = None;
    for at in table.warm / 64..bars.div_ceil(64) {
        let (long, short) = (
            word(&table.long, at).unwrap_or(0),
            word(&table.short, at).unwrap_or(0),
        );
        // Both at once are not understood, and heeded by nobody.
        let (long, short) = (long & !short, short & !long);
        let allowed = word(&table.may_enter, at).unwrap_or(u64::MAX);
        let mut ahead = u64::MAX;
        loop {
            let heeded = match &held {
                None => (long | short) & allowed,
                Some(position) => match position.side {
                    Side::Buy => short,
                    Side::Sell => long,
                },
            };
            let waiting = heeded & ahead;
            if waiting == 0 {
                break;
            }
            let bit = waiting.trailing_zeros();
            let fill = at * 64 + bit as usize + 1;
            if fill >= bars {
                break;
            }
            let fill = fill as u32;
            if let Some(position) = &held {
                let price = broker.closing_price(position.side, fill);
                ledger.record(&broker.trade(position, price, ExitReason::OppositeSignal, fill));
            }
            held = (allowed >> bit & 1 == 1).then(|| {
                let side = if long >> bit & 1 == 1 {
                    Side::Buy
                } else {
                    Side::Sell
                };
                broker.filled(&order(side), fill)
            });
            ahead = u64::MAX << bit << 1;
        }
    }
    if let Some(position) = &held {
        ledger.record(&broker.ended(position));
    }
}
