//! The strategy session: events in, commands out, and nothing else.
//!
//! A [`Session`] holds all rules of one strategy on one account. The executor feeds it the
//! broker's bars and fills; the backtest drives the same [`Desk`] with signals that were computed
//! for the whole history at once. Neither has a second copy of any rule.

mod desk;
mod memory;
mod rules;
#[cfg(test)]
mod tests;

pub use desk::{Desk, Moment, Wake};
pub use memory::{DayMemory, HeldMemory, Memory, MovingMemory};
pub use rules::{Distances, OrderRules};

use crate::{
    bar::Bar,
    strategy::{evaluate::Stream, plan::Plan},
    symbol::{ExitReason, Side, SymbolSpec},
    time::Time,
};
use std::sync::Arc;

/// A position as the session numbers it; the venue keeps the number with the position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PositionId(pub u64);

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Event {
    /// A bar of the strategy's timeframe closed; the account at that moment.
    BarClosed(Bar, AccountState),
    /// A position was opened.
    Opened(Opened),
    /// A position was closed.
    Closed(Closed),
    /// The venue refused to open a position.
    Rejected(PositionId),
    /// A person wants no more entries; open positions are still looked after.
    Paused,
    /// Entries are wanted again.
    Resumed,
}

/// The account's money.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct AccountState {
    /// Without open positions.
    pub balance: f64,
    /// With open positions at what closing them now would bring.
    pub equity: f64,
}

/// A position was opened.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Opened {
    /// Which.
    pub position: PositionId,
    /// Price paid or received.
    pub price: f64,
    /// When.
    pub time: Time,
    /// Stop loss as the venue has set it.
    pub stop_loss: Option<f64>,
}

/// A position was closed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Closed {
    /// Which.
    pub position: PositionId,
    /// What it brought, costs included, in account money.
    pub profit: f64,
    /// When.
    pub time: Time,
}

/// What the venue is to do.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Command {
    /// Open a position at the market.
    Open(OpenPosition),
    /// Set a position's stop loss to this price.
    MoveStop(PositionId, f64),
    /// Close a position at the market.
    Close(PositionId, ExitReason),
}

/// Open a position at the market, its stop and target set by their distance from the fill.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OpenPosition {
    /// The number that it shall have.
    pub position: PositionId,
    /// Side.
    pub side: Side,
    /// Lots.
    pub volume: f64,
    /// Distance of the stop loss in price units.
    pub stop_distance: Option<f64>,
    /// Distance of the take profit in price units.
    pub target_distance: Option<f64>,
}

/// A strategy at work on one account.
#[derive(Debug, Clone)]
pub struct Session {
    stream: Stream,
    desk: Desk,
    bars: u32,
}

impl Session {
    /// A session that has seen nothing yet. `money_per_price` is the account money that one lot
    /// gains when the price rises by 1.
    pub fn new(plan: Arc<Plan>, values: Vec<f64>, spec: &SymbolSpec, money_per_price: f64) -> Self {
        Self {
            desk: Desk::new(&plan, &values, spec, money_per_price),
            stream: Stream::new(plan, values),
            bars: 0,
        }
    }

    /// Takes a bar that closed before the session began to trade: indicators see it, rules do not.
    pub fn warm(&mut self, bar: &Bar) {
        self.stream.push(bar);
        self.bars += 1;
    }

    /// What it remembers besides its indicators.
    pub fn memory(&self) -> Memory {
        self.desk.memory(self.bars)
    }

    /// Goes on from what a session of the same plan, values and terms remembered, after this one was
    /// warmed with the bars that that one had seen. Should a broker give fewer or more of them than
    /// before, bars are counted as they were.
    pub fn recall(&mut self, memory: &Memory) {
        self.bars = memory.bars;
        self.desk.recall(memory);
    }

    /// Takes an event and appends what is to be done about it. Events come in the order in which
    /// they happened; commands are to be carried out in the order in which they are given.
    pub fn on(&mut self, event: Event, out: &mut Vec<Command>) {
        match event {
            Event::BarClosed(bar, account) => {
                let signals = self.stream.push(&bar);
                let moment = Moment {
                    bar: self.bars,
                    time: bar.time,
                    close: bar.close,
                    spread: bar.spread,
                    signals,
                    account,
                };
                self.bars += 1;
                let stream = &self.stream;
                self.desk
                    .decide(&moment, |column| stream.value(column), out);
            }
            Event::Opened(opened) => self.desk.opened(&opened, self.bars),
            Event::Closed(closed) => self.desk.closed(&closed, self.bars),
            Event::Rejected(position) => self.desk.rejected(position),
            Event::Paused => self.desk.pause(),
            Event::Resumed => self.desk.resume(),
        }
    }

    /// The rules and what they remember.
    pub const fn desk(&self) -> &Desk {
        &self.desk
    }

    /// The indicators and what they remember.
    pub const fn stream(&self) -> &Stream {
        &self.stream
    }
}
