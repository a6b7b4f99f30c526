//! What is kept of one parameter set's trades: totals and the greatest drawdown.

use crate::{
    engine::Ledger,
    extremes::{Extremes, Range},
    market::Market,
    statistics::Summary,
    venue::Venue,
};
use trading::symbol::{Side, Trade};

/// Adds up trades that never overlap, and follows equity between and inside them.
///
/// Equity is flat between trades, and inside one it is a straight function of the price: where the
/// greatest and the least price of a stretch cannot make a new drawdown, no bar of it has to be
/// looked at. The result is to the last bit that of [`crate::equity::equity_curve`] bar by bar.
#[derive(Debug)]
pub(super) struct SetLedger<'a> {
    market: &'a Market<'a>,
    extremes: &'a Extremes,
    summary: Summary,
    balance: f64,
    peak: f64,
    max_drawdown: f64,
    /// The bar in which the last trade was closed.
    flat_since: u32,
    /// How far the ask is above the bid, where it is the same at all bars.
    ask_distance: Option<f64>,
    has_swap: bool,
    terms: Terms,
}

#[derive(Debug, Clone, Copy)]
struct Terms {
    money_per_price: f64,
    commission_per_lot: f64,
    fee_per_fill: f64,
    swap_long: f64,
    swap_short: f64,
}

impl<'a> SetLedger<'a> {
    /// `extremes` are those of the market's closes.
    pub(super) fn new(market: &'a Market<'a>, extremes: &'a Extremes, venue: &Venue) -> Self {
        let point = venue.symbol.point();
        Self {
            market,
            extremes,
            summary: Summary::default(),
            balance: venue.account.balance,
            peak: venue.account.balance,
            max_drawdown: 0.0,
            flat_since: 0,
            ask_distance: market.fixed_distance(),
            has_swap: market.has_swap(),
            terms: Terms {
                money_per_price: venue.money_per_price(),
                commission_per_lot: venue.costs.commission_per_lot,
                fee_per_fill: venue.costs.fee_per_fill,
                swap_long: venue.costs.swap.long * point,
                swap_short: venue.costs.swap.short * point,
            },
        }
    }

    pub(super) fn finish(mut self) -> (Summary, f64) {
        self.see(self.balance);
        (self.summary, self.max_drawdown)
    }

    #[inline]
    fn see(&mut self, equity: f64) {
        if equity > self.peak {
            self.peak = equity;
        }
        let fall = self.peak - equity;
        if fall > self.max_drawdown {
            self.max_drawdown = fall;
        }
    }

    /// Follows equity over the bars `from..to`, at each `balance + ((price - entry) * per_price +
    /// fixed)`.
    #[inline]
    fn follow(&mut self, trade: &Trade, from: usize, to: usize, per_price: f64, fixed: f64) {
        let balance = self.balance;
        let entry = trade.entry_price;
        let at = |price: f64| balance + ((price - entry) * per_price + fixed);
        let distance = match trade.side {
            Side::Buy => Some(0.0),
            Side::Sell => self.ask_distance,
        };
        let Some(distance) = distance else {
            for bar in from..to {
                self.see(at(self.market.closing_price(trade.side, bar)));
            }
            return;
        };
        // Rounding never turns the order of two prices around, so the equity at the extremes
        // bounds the equity at every bar between them.
        let bounds = |range: Range| {
            let (first, second) = (at(range.low + distance), at(range.high + distance));
            if first < second {
                (first, second)
            } else {
                (second, first)
            }
        };
        let (worst, best) = bounds(self.extremes.around(from, to));
        if best <= self.peak && self.peak - worst <= self.max_drawdown {
            return;
        }
        let (worst, best) = bounds(self.extremes.range(&self.market.bars.close, from, to));
        let peak = if best > self.peak { best } else { self.peak };
        if peak - worst <= self.max_drawdown {
            self.peak = peak;
            return;
        }
        for price in &self.market.bars.close[from..to] {
            self.see(at(price + distance));
        }
    }
}

impl Ledger for SetLedger<'_> {
    #[inline(always)]
    fn record(&mut self, trade: &Trade) {
        // A reversal leaves no close at which the balance stood alone.
        if trade.entry_bar > self.flat_since {
            self.see(self.balance);
        }
        self.flat_since = trade.exit_bar;
        self.summary.push(trade.profit);
        let terms = self.terms;
        let value = trade.volume * terms.money_per_price;
        let per_price = trade.side.sign() * value;
        let entry_cost = trade.volume * terms.commission_per_lot + value * terms.fee_per_fill;
        if self.has_swap {
            let points = match trade.side {
                Side::Buy => terms.swap_long,
                Side::Sell => terms.swap_short,
            };
            let mut from = trade.entry_bar as usize;
            for (to, nights) in self.market.night_runs(trade.entry_bar, trade.exit_bar) {
                let fixed = f64::from(nights) * (points * value) - entry_cost;
                self.follow(trade, from, to as usize, per_price, fixed);
                from = to as usize;
            }
        } else if trade.entry_bar < trade.exit_bar {
            let (from, to) = (trade.entry_bar as usize, trade.exit_bar as usize);
            self.follow(trade, from, to, per_price, 0.0 - entry_cost);
        }
        self.balance += trade.profit;
    }
}
