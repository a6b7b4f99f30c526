//! The simulated broker one step at a time, for whoever plays a terminal: the paper terminal of the
//! executor, and the simulated MetaTrader of the tests. Fills have one definition, and this is only
//! another face of it.
//!
//! A bar is seen twice: at its open, where orders are filled, and after [`Paper::walk`] at its close,
//! where stops and targets have worked and nothing is filled until the next bar opens.

use crate::{broker::Broker, market::Market, venue::Venue};
use trading::{
    session::{AccountState, OpenPosition, PositionId},
    symbol::{Side, SymbolSpec, Trade},
    time::Time,
};

/// An account at the simulated broker, while one history passes.
#[derive(Debug)]
pub struct Paper<'a> {
    market: &'a Market<'a>,
    broker: Broker<'a>,
    spec: SymbolSpec,
    /// The bar that is forming; none before the first.
    bar: Option<u32>,
    is_at_close: bool,
    next_position: u64,
}

/// What one could sell and buy at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quote {
    /// One sells at it.
    pub bid: f64,
    /// One buys at it.
    pub ask: f64,
}

/// An open position.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PaperPosition {
    /// Its number at this broker.
    pub id: PositionId,
    /// Its side.
    pub side: Side,
    /// In lots.
    pub volume: f64,
    /// At which price it was opened.
    pub price: f64,
    /// Opening time of the bar in which it was opened.
    pub time: Time,
    /// Stop loss.
    pub stop: Option<f64>,
    /// Take profit.
    pub target: Option<f64>,
    /// Commission and fee of the entry, as a cost (0 or above), in account money.
    pub commission: f64,
    /// Overnight interest so far, in account money.
    pub swap: f64,
    /// What the price alone would bring now, in account money.
    pub profit: f64,
}

/// A position that was closed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PaperTrade {
    /// Which.
    pub id: PositionId,
    /// The trade.
    pub trade: Trade,
    /// What of its commission belongs to the closing fill, as a cost, in account money.
    pub commission: f64,
}

/// Why nothing was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No bar is open: history has not begun, is over, or the bar is at its close.
    #[error("the market is closed")]
    Closed,
    /// The volume is none that can be traded.
    #[error("the volume cannot be traded")]
    Volume,
    /// Stop or target are on the wrong side of the price, or too near.
    #[error("stop or target cannot lie there")]
    Levels,
    /// The account nets, and holds the other side.
    #[error("a netting account holds one side at a time")]
    OtherSide,
    /// The margin does not suffice.
    #[error("the margin does not suffice")]
    NoMargin,
}

impl<'a> Paper<'a> {
    /// An account before the first bar.
    pub fn new(market: &'a Market<'a>, venue: &Venue) -> Self {
        Self {
            market,
            broker: Broker::new(market, venue),
            spec: venue.symbol.clone(),
            bar: None,
            is_at_close: false,
            next_position: 1,
        }
    }

    /// Goes to the open of the next bar; says whether there is one. In a bar that was not walked no
    /// stop worked.
    pub fn next_bar(&mut self) -> bool {
        let next = self.bar.map_or(0, |bar| bar + 1);
        if next as usize >= self.market.len() {
            return false;
        }
        self.bar = Some(next);
        self.is_at_close = false;
        true
    }

    /// Whether no bar has opened yet.
    pub fn is_before_first(&self) -> bool {
        self.bar.is_none()
    }

    /// Place in the history of the bar that is forming; 0 before the first.
    pub fn bar(&self) -> usize {
        self.bar.map_or(0, |bar| bar as usize)
    }

    /// The prices now. Before the first bar those at which it will open; nothing in an empty market.
    pub fn quote(&self) -> Quote {
        let at = self.bar();
        let bars = self.market.bars;
        let column = if self.is_at_close {
            &bars.close
        } else {
            &bars.open
        };
        let bid = column.get(at).copied().unwrap_or(f64::NAN);
        let distance = if at < self.market.len() {
            self.market.distance(at)
        } else {
            f64::NAN
        };
        Quote {
            bid,
            ask: bid + distance,
        }
    }

    /// Opens a position at the open of the bar.
    ///
    /// # Errors
    /// When the broker refuses.
    pub fn open(
        &mut self,
        side: Side,
        volume: f64,
        stop: Option<f64>,
        target: Option<f64>,
    ) -> Result<PaperPosition, Refusal> {
        let bar = match self.bar {
            Some(bar) if !self.is_at_close => bar,
            _ => return Err(Refusal::Closed),
        };
        if self.spec.round_volume(volume) != Some(volume) {
            return Err(Refusal::Volume);
        }
        if !self.may_lie(side, stop, target) {
            return Err(Refusal::Levels);
        }
        if self.broker.refuses_side(side) {
            return Err(Refusal::OtherSide);
        }
        let id = PositionId(self.next_position);
        let order = OpenPosition {
            position: id,
            side,
            volume,
            stop_distance: None,
            target_distance: None,
        };
        self.broker.open(&order, bar).ok_or(Refusal::NoMargin)?;
        self.next_position += 1;
        self.broker.set_levels(id, stop, target);
        self.position(id).ok_or(Refusal::NoMargin)
    }

    /// Sets stop and target; says whether it was done.
    pub fn set_levels(&mut self, id: PositionId, stop: Option<f64>, target: Option<f64>) -> bool {
        let Some(position) = self.position(id) else {
            return false;
        };
        // A level that stays where it is may have been reached meanwhile: it will work.
        let new = |level: Option<f64>, before| level.filter(|_| level != before);
        let (new_stop, new_target) = (new(stop, position.stop), new(target, position.target));
        let may = self.may_lie(position.side, new_stop, new_target);
        if may {
            self.broker.set_levels(id, stop, target);
        }
        may
    }

    /// Closes a position at the open of the bar. `None` when there is none, or the bar is at its close.
    pub fn close(&mut self, id: PositionId) -> Option<PaperTrade> {
        let bar = self.bar.filter(|_| !self.is_at_close)?;
        // The reason is whoever asked for it; the broker only knows that it was asked.
        let reason = trading::symbol::ExitReason::Command;
        let (trade, _) = self.broker.close(id, reason, bar)?;
        Some(self.closed(id, trade))
    }

    /// Lets the bar's prices work on stops, targets and margin, then stands at its close. What was
    /// closed, in the order in which it was.
    pub fn walk(&mut self) -> Vec<PaperTrade> {
        let Some(bar) = self.bar.filter(|_| !self.is_at_close) else {
            return Vec::new();
        };
        let mut closed = Vec::new();
        self.broker.touch(bar, None, |trade, event| {
            closed.push((event.position, trade));
        });
        self.is_at_close = true;
        let told = closed.into_iter();
        told.map(|(id, trade)| self.closed(id, trade)).collect()
    }

    /// The account at the prices of now.
    pub fn account(&self) -> AccountState {
        let Quote { bid, ask } = self.quote();
        let bar = self.bar.unwrap_or_default();
        if self.market.is_empty() {
            return AccountState::default();
        }
        self.broker.account_at(bid, ask, bar)
    }

    /// What is open, the oldest first.
    pub fn positions(&self) -> impl Iterator<Item = PaperPosition> {
        let quote = self.quote();
        let bar = self.bar.unwrap_or_default();
        self.broker.positions().iter().map(move |position| {
            let price = match position.side {
                Side::Buy => quote.bid,
                Side::Sell => quote.ask,
            };
            PaperPosition {
                id: position.id,
                side: position.side,
                volume: position.volume,
                price: position.entry_price,
                time: Time(self.market.bars.time[position.entry_bar as usize]),
                stop: position.stop,
                target: position.target,
                commission: position.entry_cost,
                swap: self.broker.swap(position, bar),
                profit: (price - position.entry_price) * position.side.sign() * position.value,
            }
        })
    }

    /// One of them.
    pub fn position(&self, id: PositionId) -> Option<PaperPosition> {
        self.positions().find(|position| position.id == id)
    }

    /// The market that passes.
    pub fn market(&self) -> &'a Market<'a> {
        self.market
    }

    /// Whether the broker lets levels lie there, for a position of this side.
    fn may_lie(&self, side: Side, stop: Option<f64>, target: Option<f64>) -> bool {
        let quote = self.quote();
        let price = match side {
            Side::Buy => quote.bid,
            Side::Sell => quote.ask,
        };
        let least = self.spec.stops_level * self.spec.point();
        let grid = self.spec.grid();
        // What is exactly as near as allowed must not fail for the last bit of a difference.
        let is_clear = |room: f64| room > 0.0 && room >= least * (1.0 - 1e-9);
        let is_on_grid = |level: f64| grid.nearest(level) == level;
        stop.is_none_or(|stop| is_on_grid(stop) && is_clear((price - stop) * side.sign()))
            && target
                .is_none_or(|target| is_on_grid(target) && is_clear((target - price) * side.sign()))
    }

    fn closed(&self, id: PositionId, trade: Trade) -> PaperTrade {
        let value = trade.volume * self.money_per_price();
        PaperTrade {
            id,
            trade,
            commission: self.broker.cost(trade.volume, value),
        }
    }

    /// Account money that one lot gains when the price rises by 1.
    pub fn money_per_price(&self) -> f64 {
        self.broker.money_per_price()
    }
}
