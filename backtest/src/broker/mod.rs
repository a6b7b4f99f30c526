//! The simulated broker: fills, costs, stops, targets and margin.
//!
//! Market orders fill at the open of the bar after the decision: buys at the ask, sells at the
//! bid, both worse by the slippage. Stops and targets lie at the broker and are watched within
//! every bar, the bar of entry included.

mod margin;

use crate::{
    engine::Finer,
    market::Market,
    venue::{Mode, Venue},
};
use trading::{
    session::{AccountState, Closed, OpenPosition, Opened, PositionId},
    symbol::{ExitReason, PriceGrid, Side, Trade},
    time::Time,
};

/// The broker's side of one account in one symbol.
#[derive(Debug)]
pub(crate) struct Broker<'a> {
    market: &'a Market<'a>,
    positions: Vec<Position>,
    balance: f64,
    terms: Terms,
    /// Prices at which something happens to an open position.
    watch: Watch,
    /// Whether anything was ever to be watched: a stop, a target or margin.
    has_levels: bool,
}

/// The venue's numbers as the broker uses them.
#[derive(Debug, Clone, Copy)]
struct Terms {
    money_per_price: f64,
    slippage: f64,
    commission_per_lot: f64,
    fee_per_fill: f64,
    swap_long: f64,
    swap_short: f64,
    leverage: f64,
    stop_out: f64,
    is_netting: bool,
    grid: PriceGrid,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Position {
    pub(crate) id: PositionId,
    pub(crate) side: Side,
    pub(crate) volume: f64,
    /// Account money for a price move of 1.
    pub(crate) value: f64,
    pub(crate) entry_bar: u32,
    pub(crate) entry_price: f64,
    /// Commission and fee of the entry.
    pub(crate) entry_cost: f64,
    pub(crate) stop: Option<f64>,
    pub(crate) target: Option<f64>,
}

/// Prices at which a bar has to be looked into. Infinite where nothing waits.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Watch {
    bid_low: f64,
    bid_high: f64,
    ask_high: f64,
    ask_low: f64,
}

const NOTHING: Watch = Watch {
    bid_low: f64::NEG_INFINITY,
    bid_high: f64::INFINITY,
    ask_high: f64::INFINITY,
    ask_low: f64::NEG_INFINITY,
};

/// One bar, or one finer bar inside it, as far as fills depend on it.
#[derive(Debug, Clone, Copy)]
struct Path {
    open: f64,
    high: f64,
    low: f64,
}

impl Path {
    /// The ask's path, this far above the bid's.
    fn raised(self, by: f64) -> Self {
        Self {
            open: self.open + by,
            high: self.high + by,
            low: self.low + by,
        }
    }
}

impl<'a> Broker<'a> {
    pub(crate) fn new(market: &'a Market<'a>, venue: &Venue) -> Self {
        let point = venue.symbol.point();
        let money_per_price = venue.money_per_price();
        Self {
            market,
            positions: Vec::with_capacity(4),
            balance: venue.account.balance,
            terms: Terms {
                money_per_price,
                slippage: venue.costs.slippage * point,
                commission_per_lot: venue.costs.commission_per_lot,
                fee_per_fill: venue.costs.fee_per_fill,
                swap_long: venue.costs.swap.long * point,
                swap_short: venue.costs.swap.short * point,
                leverage: venue.account.leverage,
                stop_out: venue.account.stop_out / 100.0,
                is_netting: venue.account.mode == Mode::Netting,
                grid: venue.symbol.grid(),
            },
            watch: NOTHING,
            has_levels: venue.account.leverage > 0.0,
        }
    }

    /// Whether the broker asks for margin, and may close positions for lack of it.
    pub(crate) fn asks_margin(&self) -> bool {
        self.terms.leverage > 0.0
    }

    /// Whether a price may close something before the next decision.
    #[inline]
    pub(crate) fn is_watching(&self) -> bool {
        self.watch != NOTHING
    }

    /// Balance, and equity at these prices during a bar.
    pub(crate) fn account_at(&self, bid: f64, ask: f64, bar: u32) -> AccountState {
        AccountState {
            balance: self.balance,
            equity: self.equity(bid, ask, bar),
        }
    }

    /// Balance, and equity at the close of a bar.
    pub(crate) fn account(&self, bar: u32) -> AccountState {
        let at = bar as usize;
        let bid = self.market.bars.close[at];
        self.account_at(bid, bid + self.market.distance(at), bar)
    }

    /// Opens a position at the open of a bar. `None` when it is refused: for lack of margin, or
    /// because a netting account cannot hold both sides.
    #[inline(always)]
    pub(crate) fn open(&mut self, order: &OpenPosition, bar: u32) -> Option<Opened> {
        if self.refuses_side(order.side) {
            return None;
        }
        let position = self.filled(order, bar);
        if self.asks_margin() {
            let bid = self.market.bars.open[bar as usize];
            let ask = bid + self.market.distance(bar as usize);
            let equity = self.equity(bid, ask, bar);
            if !margin::suffices(&self.terms, &self.positions, equity, &position) {
                return None;
            }
        }
        self.has_levels |= position.stop.is_some() || position.target.is_some();
        self.positions.push(position);
        self.set_watch();
        Some(Opened {
            position: order.position,
            price: position.entry_price,
            time: Time(self.market.bars.time[bar as usize]),
            stop_loss: position.stop,
        })
    }

    /// The position that an order becomes at the open of a bar.
    #[inline(always)]
    pub(crate) fn filled(&self, order: &OpenPosition, bar: u32) -> Position {
        let at = bar as usize;
        let bid = self.market.bars.open[at];
        let price = match order.side {
            Side::Buy => bid + self.market.distance(at) + self.terms.slippage,
            Side::Sell => bid - self.terms.slippage,
        };
        let sign = order.side.sign();
        let value = order.volume * self.terms.money_per_price;
        let level = |distance: f64| self.terms.grid.nearest(price + distance * sign);
        Position {
            id: order.position,
            side: order.side,
            volume: order.volume,
            value,
            entry_bar: bar,
            entry_price: price,
            entry_cost: self.cost(order.volume, value),
            stop: order.stop_distance.map(|distance| level(-distance)),
            target: order.target_distance.map(level),
        }
    }

    /// Whether the account pays the margin of this position while nothing else is open.
    #[inline(always)]
    pub(crate) fn affords(&self, position: &Position) -> bool {
        !self.asks_margin() || margin::suffices(&self.terms, &[], self.balance, position)
    }

    /// Adds a trade that was not settled by the broker itself to the balance.
    #[inline(always)]
    pub(crate) fn book(&mut self, trade: &Trade) {
        self.balance += trade.profit;
    }

    /// Closes the only position that is open at the first bar of `from..=to` in which too little
    /// margin is left: the trade and that bar.
    #[inline(always)]
    pub(crate) fn stopped_out(
        &mut self,
        position: &Position,
        from: usize,
        to: usize,
        finer: Option<Finer<'_>>,
    ) -> Option<(Trade, usize)> {
        let alone = std::slice::from_ref(position);
        let (side, level) = margin::stop_out(&self.terms, alone, self.balance, 0.0)?;
        let (low, high) = match side {
            Side::Buy => (level, f64::INFINITY),
            Side::Sell => (f64::NEG_INFINITY, level),
        };
        let bar = self.market.first_outside(side, low, high, from, to)?;
        self.positions.push(*position);
        let inside = finer.map(|finer| finer.inside(self.market.bars.time[bar]));
        let mut closed = None;
        self.touch(bar as u32, inside.as_ref(), |trade, _| closed = Some(trade));
        Some((closed?, bar))
    }

    /// The price at which a position of this side is closed at the open of a bar.
    #[inline(always)]
    pub(crate) fn closing_price(&self, side: Side, bar: u32) -> f64 {
        let at = bar as usize;
        let bid = self.market.bars.open[at];
        match side {
            Side::Buy => bid - self.terms.slippage,
            Side::Sell => bid + self.market.distance(at) + self.terms.slippage,
        }
    }

    /// The trade that a position becomes.
    #[inline(always)]
    pub(crate) fn trade(
        &self,
        position: &Position,
        price: f64,
        exit: ExitReason,
        bar: u32,
    ) -> Trade {
        let gross = (price - position.entry_price) * position.side.sign() * position.value;
        let commission = position.entry_cost + self.cost(position.volume, position.value);
        let swap = self.swap(position, bar);
        let time = &self.market.bars.time;
        Trade {
            side: position.side,
            volume: position.volume,
            entry_time: Time(time[position.entry_bar as usize]),
            exit_time: Time(time[bar as usize]),
            entry_bar: position.entry_bar,
            exit_bar: bar,
            entry_price: position.entry_price,
            exit_price: price,
            gross,
            commission,
            swap,
            profit: gross - commission + swap,
            exit,
        }
    }

    /// Account money that one lot gains when the price rises by 1.
    pub(crate) fn money_per_price(&self) -> f64 {
        self.terms.money_per_price
    }

    /// What is open, the oldest first.
    pub(crate) fn positions(&self) -> &[Position] {
        &self.positions
    }

    /// Whether a netting account refuses an order of this side for what it holds.
    pub(crate) fn refuses_side(&self, side: Side) -> bool {
        self.terms.is_netting && self.positions.iter().any(|p| p.side != side)
    }

    /// Sets stop and target of a position.
    pub(crate) fn set_levels(&mut self, id: PositionId, stop: Option<f64>, target: Option<f64>) {
        if let Some(position) = self.positions.iter_mut().find(|p| p.id == id) {
            position.stop = stop;
            position.target = target;
            self.has_levels |= stop.is_some() || target.is_some();
        }
        self.set_watch();
    }

    /// Moves a position's stop.
    pub(crate) fn move_stop(&mut self, id: PositionId, stop: f64) {
        if let Some(position) = self.positions.iter_mut().find(|p| p.id == id) {
            position.stop = Some(stop);
            self.has_levels = true;
        }
        self.set_watch();
    }

    /// Closes a position at the open of a bar.
    #[inline(always)]
    pub(crate) fn close(
        &mut self,
        id: PositionId,
        reason: ExitReason,
        bar: u32,
    ) -> Option<(Trade, Closed)> {
        let place = self.positions.iter().position(|p| p.id == id)?;
        let price = self.closing_price(self.positions[place].side, bar);
        let closed = self.settle(place, price, reason, bar);
        self.set_watch();
        Some(closed)
    }

    /// The trade that a position becomes when history ends: valued at the last close.
    pub(crate) fn ended(&self, position: &Position) -> Trade {
        let bar = self.market.len().saturating_sub(1);
        let price = self.market.closing_price(position.side, bar);
        self.trade(position, price, ExitReason::EndOfData, bar as u32)
    }

    /// Closes everything at the last close, for the accounts' sake only.
    pub(crate) fn end(&mut self, mut each: impl FnMut(Trade)) {
        for position in std::mem::take(&mut self.positions) {
            let trade = self.ended(&position);
            self.balance += trade.profit;
            each(trade);
        }
    }

    /// The first bar of `from..=to` in which a watched price is reached.
    #[inline]
    pub(crate) fn next_touch(&self, from: usize, to: usize) -> Option<usize> {
        let watch = self.watch;
        let has_longs = watch.bid_low > f64::NEG_INFINITY || watch.bid_high < f64::INFINITY;
        let has_shorts = watch.ask_low > f64::NEG_INFINITY || watch.ask_high < f64::INFINITY;
        let longs = |to| {
            let (low, high) = (watch.bid_low, watch.bid_high);
            self.market.first_outside(Side::Buy, low, high, from, to)
        };
        let shorts = |to| {
            let (low, high) = (watch.ask_low, watch.ask_high);
            self.market.first_outside(Side::Sell, low, high, from, to)
        };
        match (has_longs, has_shorts) {
            (false, false) => None,
            (true, false) => longs(to),
            (false, true) => shorts(to),
            (true, true) => {
                let long = longs(to);
                shorts(long.unwrap_or(to)).or(long)
            }
        }
    }

    /// Lets a bar's prices work on the open positions, from worst to best: first whatever loses,
    /// the level that the price reaches first coming first, then the targets of what is left.
    /// With `finer` bars, given as bid paths in order of time, each is looked at in turn.
    pub(crate) fn touch(
        &mut self,
        bar: u32,
        finer: Option<&trading::bar::Bars>,
        mut each: impl FnMut(Trade, Closed),
    ) {
        let at = bar as usize;
        let distance = self.market.distance(at);
        if let Some(finer) = finer {
            for i in 0..finer.len() {
                let bid = Path {
                    open: finer.open[i],
                    high: finer.high[i],
                    low: finer.low[i],
                };
                self.walk(bid, distance, bar, &mut each);
            }
        }
        // Also after finer bars: they may have holes, and what the bar reached was reached.
        let bars = self.market.bars;
        let bid = Path {
            open: bars.open[at],
            high: bars.high[at],
            low: bars.low[at],
        };
        self.walk(bid, distance, bar, &mut each);
        self.set_watch();
    }

    fn walk(&mut self, bid: Path, spread: f64, bar: u32, each: &mut impl FnMut(Trade, Closed)) {
        let ask = bid.raised(spread);
        loop {
            let stop_out = self.stop_out(spread);
            // The loss that comes first is the one nearest to the open.
            let mut first: Option<(f64, usize, f64, ExitReason)> = None;
            for (place, position) in self.positions.iter().enumerate() {
                let (path, worst) = match position.side {
                    Side::Buy => (bid, bid.low),
                    Side::Sell => (ask, ask.high),
                };
                let sign = position.side.sign();
                let broker = stop_out
                    .filter(|(side, _)| *side == position.side)
                    .map(|(_, level)| level);
                let levels = [
                    (position.stop, ExitReason::StopLoss),
                    (broker, ExitReason::StopOut),
                ];
                for (level, reason) in levels {
                    let Some(level) = level else { continue };
                    if (worst - level) * sign > 0.0 {
                        continue;
                    }
                    let distance = (path.open - level) * sign;
                    // A gap beyond the level fills at the open: nobody traded at the level.
                    let price = if distance < 0.0 { path.open } else { level };
                    if first.is_none_or(|(nearest, ..)| distance < nearest) {
                        first = Some((distance, place, price, reason));
                    }
                }
            }
            let Some((_, place, price, reason)) = first else {
                break;
            };
            let slipped = price - self.terms.slippage * self.positions[place].side.sign();
            let (trade, closed) = self.settle(place, slipped, reason, bar);
            each(trade, closed);
        }
        let mut place = 0;
        while place < self.positions.len() {
            let position = self.positions[place];
            let (path, best) = match position.side {
                Side::Buy => (bid, bid.high),
                Side::Sell => (ask, ask.low),
            };
            let sign = position.side.sign();
            match position.target {
                Some(level) if (best - level) * sign >= 0.0 => {
                    let gapped = (path.open - level) * sign > 0.0;
                    let price = if gapped { path.open } else { level };
                    let (trade, closed) = self.settle(place, price, ExitReason::TakeProfit, bar);
                    each(trade, closed);
                }
                _ => place += 1,
            }
        }
    }

    #[inline(always)]
    fn settle(&mut self, place: usize, price: f64, exit: ExitReason, bar: u32) -> (Trade, Closed) {
        let position = match self.positions.len() {
            // Nothing to move up: by far the most frequent case.
            1 => self.positions.swap_remove(place),
            _ => self.positions.remove(place),
        };
        let trade = self.trade(&position, price, exit, bar);
        self.balance += trade.profit;
        let closed = Closed {
            position: position.id,
            profit: trade.profit,
            time: trade.exit_time,
        };
        (trade, closed)
    }

    /// Commission and fee of one fill.
    #[inline]
    pub(crate) fn cost(&self, volume: f64, value: f64) -> f64 {
        volume * self.terms.commission_per_lot + value * self.terms.fee_per_fill
    }

    #[inline]
    pub(crate) fn swap(&self, position: &Position, bar: u32) -> f64 {
        if !self.market.has_swap() {
            return 0.0;
        }
        let points = match position.side {
            Side::Buy => self.terms.swap_long,
            Side::Sell => self.terms.swap_short,
        };
        f64::from(self.market.nights(position.entry_bar, bar)) * points * position.value
    }

    fn equity(&self, bid: f64, ask: f64, bar: u32) -> f64 {
        self.positions
            .iter()
            .fold(self.balance, |equity, position| {
                let price = match position.side {
                    Side::Buy => bid,
                    Side::Sell => ask,
                };
                let moved = (price - position.entry_price) * position.side.sign();
                equity + moved * position.value - position.entry_cost + self.swap(position, bar)
            })
    }

    /// Where the broker closes positions for lack of margin; see [`margin::stop_out`].
    #[inline]
    fn stop_out(&self, spread: f64) -> Option<(Side, f64)> {
        margin::stop_out(&self.terms, &self.positions, self.balance, spread)
    }

    /// Notes the prices at which the open positions have to be looked at.
    #[inline(always)]
    fn set_watch(&mut self) {
        if self.has_levels {
            self.watch = self.levels();
        }
    }

    fn levels(&self) -> Watch {
        let mut watch = NOTHING;
        for position in &self.positions {
            match position.side {
                Side::Buy => {
                    raise(&mut watch.bid_low, position.stop);
                    lower(&mut watch.bid_high, position.target);
                }
                Side::Sell => {
                    lower(&mut watch.ask_high, position.stop);
                    raise(&mut watch.ask_low, position.target);
                }
            }
        }
        let is_hedged = self.positions.windows(2).any(|p| p[0].side != p[1].side);
        let stop_out = match self.market.fixed_distance() {
            // The level is another one in every bar: each has to be looked into.
            None if is_hedged && self.terms.leverage > 0.0 => Some((Side::Buy, f64::INFINITY)),
            spread => self.stop_out(spread.unwrap_or(0.0)),
        };
        match stop_out {
            Some((Side::Buy, level)) => raise(&mut watch.bid_low, Some(level)),
            Some((Side::Sell, level)) => lower(&mut watch.ask_high, Some(level)),
            None => {}
        }
        watch
    }
}

#[inline]
fn raise(level: &mut f64, to: Option<f64>) {
    if let Some(to) = to
        && to > *level
    {
        *level = to;
    }
}

#[inline]
fn lower(level: &mut f64, to: Option<f64>) {
    if let Some(to) = to
        && to < *level
    {
        *level = to;
    }
}
