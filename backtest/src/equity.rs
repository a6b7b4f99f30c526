//! The equity curve, from trades and prices alone.

use crate::{market::Market, venue::Venue};
use trading::symbol::{Side, Trade};

/// Equity at the close of every bar: the balance, and each open trade at what closing it there
/// would have brought, with the cost of its entry and the interest so far. `trades` in the order in
/// which they were closed.
pub fn equity_curve(trades: &[Trade], market: &Market<'_>, venue: &Venue) -> Vec<f64> {
    let mut curve = Vec::with_capacity(market.len());
    let mut balance = venue.account.balance;
    // Trades are closed in order of time, so the balance is one walk.
    for trade in trades {
        let until = trade.exit_bar as usize;
        if until > curve.len() {
            curve.resize(until, balance);
        }
        balance += trade.profit;
    }
    curve.resize(market.len(), balance);
    for trade in trades {
        add_floating(&mut curve, trade, market, venue);
    }
    // What is still open at the end is valued at the last close, but its exit cost is booked.
    if let Some(last) = curve.last_mut()
        && !trades.is_empty()
    {
        *last = balance;
    }
    curve
}

fn add_floating(curve: &mut [f64], trade: &Trade, market: &Market<'_>, venue: &Venue) {
    let points = match trade.side {
        Side::Buy => venue.costs.swap.long,
        Side::Sell => venue.costs.swap.short,
    };
    let value = trade.volume * venue.money_per_price();
    let per_price = trade.side.sign() * value;
    let per_night = points * venue.symbol.point() * value;
    let entry_cost =
        trade.volume * venue.costs.commission_per_lot + value * venue.costs.fee_per_fill;
    let mut from = trade.entry_bar as usize;
    for (to, nights) in market.night_runs(trade.entry_bar, trade.exit_bar) {
        let to = to as usize;
        let fixed = f64::from(nights) * per_night - entry_cost;
        let curve = &mut curve[from..to];
        let close = &market.bars.close[from..to];
        match (trade.side, market.fixed_distance()) {
            (Side::Buy, _) => float(curve, close, |_, bid| bid, trade, per_price, fixed),
            (Side::Sell, Some(distance)) => {
                float(
                    curve,
                    close,
                    |_, bid| bid + distance,
                    trade,
                    per_price,
                    fixed,
                );
            }
            (Side::Sell, None) => {
                let ask = |i, bid| bid + market.distance(from + i);
                float(curve, close, ask, trade, per_price, fixed);
            }
        }
        from = to;
    }
}

#[inline(always)]
fn float(
    curve: &mut [f64],
    close: &[f64],
    price: impl Fn(usize, f64) -> f64,
    trade: &Trade,
    per_price: f64,
    fixed: f64,
) {
    for (i, (equity, close)) in curve.iter_mut().zip(close).enumerate() {
        *equity += (price(i, *close) - trade.entry_price) * per_price + fixed;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use trading::{
        bar::{Bar, Bars},
        symbol::ExitReason,
        time::Time,
    };

    #[test]
    fn the_curve_steps_with_the_balance_and_floats_with_the_price() {
        let bars: Bars = [100.0, 101.0, 103.0, 102.0, 105.0]
            .iter()
            .enumerate()
            .map(|(i, p)| Bar {
                time: Time(i as i64 * 3_600_000),
                open: *p,
                high: *p,
                low: *p,
                close: *p,
                ..Bar::default()
            })
            .collect();
        let venue = Venue::ideal("X".parse().unwrap(), 2, 0.5);
        let market = Market::new(&bars, &venue);
        let trade = Trade {
            side: Side::Buy,
            volume: 1.0,
            entry_time: Time(3_600_000),
            exit_time: Time(3 * 3_600_000),
            entry_bar: 1,
            exit_bar: 3,
            entry_price: 101.0,
            exit_price: 102.0,
            gross: 1.0,
            commission: 1.0,
            swap: 0.0,
            profit: 0.0,
            exit: ExitReason::ExitRule,
        };
        let curve = equity_curve(&[trade], &market, &venue);
        assert_eq!(curve, [10_000.0, 9_999.5, 10_001.5, 10_000.0, 10_000.0]);
    }
}
