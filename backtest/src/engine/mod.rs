//! The event loop: signals, the strategy's desk and the broker, over one history.
//!
//! It does not visit every bar. The desk says which signals it would heed now, the broker which
//! prices it waits for, and the loop goes straight to the next bar where either can happen.

mod plain;

use crate::{broker::Broker, market::Market, venue::Venue};
use trading::{
    bar::Bars,
    session::{Command, Desk, Moment, Wake},
    strategy::{
        evaluate::{Bits, SignalTable},
        plan::Plan,
    },
    symbol::Trade,
    time::Time,
};

/// Receives the trades of a run in the order in which they were closed.
pub trait Ledger {
    /// A trade was closed.
    fn record(&mut self, trade: &Trade);
}

impl Ledger for Vec<Trade> {
    #[inline]
    fn record(&mut self, trade: &Trade) {
        self.push(*trade);
    }
}

/// What a run leaves besides its trades.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Outcome {
    /// Entries that the broker refused.
    pub rejected: u32,
}

/// Finer bars inside the strategy's bars, to see in which order prices were reached.
#[derive(Debug, Clone, Copy)]
pub struct Finer<'a> {
    bars: &'a Bars,
    /// Length of the strategy's bars in milliseconds.
    length: i64,
}

impl<'a> Finer<'a> {
    /// Finer bars for a strategy whose bars have this length in milliseconds.
    pub const fn new(bars: &'a Bars, length: i64) -> Self {
        Self { bars, length }
    }

    /// Those inside the bar that opens at `time`.
    pub(crate) fn inside(&self, time: i64) -> Bars {
        let from = self.bars.time.partition_point(|t| *t < time);
        let to = self.bars.time.partition_point(|t| *t < time + self.length);
        self.bars.slice(from, to)
    }
}

/// Runs a plan whose signals are known over a history.
pub fn run(
    plan: &Plan,
    values: &[f64],
    venue: &Venue,
    market: &Market<'_>,
    finer: Option<Finer<'_>>,
    table: &SignalTable,
    ledger: &mut impl Ledger,
) -> Outcome {
    let mut desk = Desk::new(plan, values, &venue.symbol, venue.money_per_price());
    let mut broker = Broker::new(market, venue);
    let mut outcome = Outcome::default();
    let bars = market.bars;
    let has_exits = !table.exit_long.is_empty() || !table.exit_short.is_empty();
    if let Some(volume) = desk.plain_volume()
        && !has_exits
    {
        return plain::run(&mut broker, volume, table, bars.len(), finer, ledger);
    }
    let mut commands = Vec::with_capacity(8);
    let reads_account = desk.reads_account();
    // The bar whose close is decided next, and the first bar whose prices have not worked yet.
    let mut next = table.warm;
    let mut unseen = table.warm;
    loop {
        // A decision at the last close could not be filled.
        let decision = next_decision(table, market, &desk.wake(), next)
            .filter(|decision| decision + 1 < bars.len());
        if broker.is_watching() && unseen < bars.len() {
            let until = decision.unwrap_or(bars.len() - 1);
            if let Some(bar) = broker.next_touch(unseen, until) {
                let inside = finer.map(|finer| finer.inside(bars.time[bar]));
                broker.touch(bar as u32, inside.as_ref(), |trade, closed| {
                    ledger.record(&trade);
                    desk.closed(&closed, bar as u32);
                });
                next = bar;
                unseen = bar + 1;
                continue;
            }
        }
        let Some(bar) = decision else { break };
        let signals = table.at(bar);
        let moment = Moment {
            bar: bar as u32,
            time: Time(bars.time[bar]),
            close: bars.close[bar],
            spread: market.spread(bar),
            signals,
            // Only entries ask for it, and only a signal enters.
            account: if reads_account && (signals.long || signals.short) {
                broker.account(bar as u32)
            } else {
                Default::default()
            },
        };
        desk.decide(&moment, |column| table.value(column, bar), &mut commands);
        next = bar + 1;
        unseen = next;
        for &command in &commands {
            carry_out(
                command,
                next as u32,
                &mut broker,
                &mut desk,
                ledger,
                &mut outcome,
            );
        }
        commands.clear();
    }
    broker.end(|trade| ledger.record(&trade));
    outcome
}

#[inline(always)]
fn carry_out(
    command: Command,
    bar: u32,
    broker: &mut Broker<'_>,
    desk: &mut Desk,
    ledger: &mut impl Ledger,
    outcome: &mut Outcome,
) {
    match command {
        Command::Open(order) => match broker.open(&order, bar) {
            Some(opened) => desk.opened(&opened, bar),
            None => {
                outcome.rejected += 1;
                desk.rejected(order.position);
            }
        },
        Command::MoveStop(position, stop) => broker.move_stop(position, stop),
        Command::Close(position, reason) => {
            if let Some((trade, closed)) = broker.close(position, reason, bar) {
                ledger.record(&trade);
                desk.closed(&closed, bar);
            }
        }
    }
}

/// The first bar at or after `from` at whose close the desk has to be asked.
#[inline]
fn next_decision(
    table: &SignalTable,
    market: &Market<'_>,
    wake: &Wake,
    from: usize,
) -> Option<usize> {
    if wake.always {
        return Some(from);
    }
    let mut first = wake.at.map(|at| (at as usize).max(from));
    let rules = [
        (wake.on_long, &table.long),
        (wake.on_short, &table.short),
        (wake.on_exit_long, &table.exit_long),
        (wake.on_exit_short, &table.exit_short),
    ];
    for (wanted, bits) in rules {
        if wanted && let Some(found) = earlier(bits, from, first) {
            first = Some(found);
        }
    }
    if wake.close_above < f64::INFINITY || wake.close_below > f64::NEG_INFINITY {
        let until = first.map_or(market.len(), |first| first.min(market.len()));
        // Not too far: a stop will likely be reached before, and then all of this is asked again.
        let horizon = until.min(from + HORIZON);
        let closes = &market.bars.close[..horizon];
        let beyond = first_beyond(closes, wake.close_below, wake.close_above, from);
        return beyond.or(if horizon < until {
            Some(horizon)
        } else {
            first
        });
    }
    first
}

/// How many closes are looked at for one that moves a stop. To decide at a bar where nothing
/// happens does no harm.
const HORIZON: usize = 256;

/// The first close at or after `from` that is below `low` or above `high`.
fn first_beyond(closes: &[f64], low: f64, high: f64, from: usize) -> Option<usize> {
    let rest = closes.get(from..)?;
    // A whole chunk is compared with vector instructions, without an early exit.
    let is_beyond = |close: &f64| (*close < low) | (*close > high);
    let mut start = 0;
    for chunk in rest.chunks(CHUNK) {
        if chunk
            .iter()
            .fold(false, |any, close| any | is_beyond(close))
        {
            let place = chunk.iter().position(is_beyond)?;
            return Some(from + start + place);
        }
        start += chunk.len();
    }
    None
}

/// Closes looked at together.
const CHUNK: usize = 8;

/// The first set bar at or after `from`, if it comes before `than`.
#[inline]
fn earlier(bits: &Bits, from: usize, than: Option<usize>) -> Option<usize> {
    bits.next(from)
        .filter(|found| than.is_none_or(|than| *found < than))
}
