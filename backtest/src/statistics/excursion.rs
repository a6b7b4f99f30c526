//! How far a trade went against and for the trader while it was open (MAE and MFE).

use super::extreme::{greater, greatest, least, lesser};
use serde::Serialize;
use trading::{
    bar::Bars,
    symbol::{ExitReason, Side, Trade},
};

/// The worst and the best moment of a trade, in account money, from the price alone (before
/// commission and swap).
///
/// Source: J. Sweeney, "Maximum Adverse Excursion" (1996).
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Excursion {
    /// Maximum adverse excursion: the deepest open loss, 0 or below.
    pub adverse: f64,
    /// Maximum favourable excursion: the highest open profit, 0 or above.
    pub favourable: f64,
}

/// The excursion of one trade. `lot_value` is what one lot gains, in account money, when the price
/// moves by 1.0 (the contract size, where the symbol's profit arises in the account's currency).
///
/// Prices are the bars' own (bid), so that a short's spread shows only in its entry and exit. The
/// trade begins at the open of its first bar, whose whole range counts. The exit price always
/// counts. What else counts of the last bar, where a bar hides the order of events, is the worse
/// for the trader:
/// - closed at the open (by signal, rule, time or command): nothing;
/// - stop loss and stop-out: nothing. Every price before the stop was better than it, and that a
///   better one came first is not assumed;
/// - take profit: the bad side of the bar, because the price may have gone there before it reached
///   the target, unless it was reached at the open;
/// - end of data: all of it.
pub fn excursion(trade: &Trade, bars: &Bars, lot_value: f64) -> Excursion {
    let exit = trade.exit_bar as usize;
    let whole_end = if trade.exit == ExitReason::EndOfData {
        exit + 1
    } else {
        exit
    };
    let whole_end = whole_end.min(bars.low.len()).min(bars.high.len());
    let first = (trade.entry_bar as usize).min(whole_end);

    // The entry price begins both: an excursion is never on the wrong side of zero.
    let mut low = least(&bars.low[first..whole_end], trade.entry_price);
    let mut high = greatest(&bars.high[first..whole_end], trade.entry_price);
    low = lesser(trade.exit_price, low);
    high = greater(trade.exit_price, high);

    if trade.exit == ExitReason::TakeProfit
        && let (Some(open), Some(bar_low), Some(bar_high)) =
            (bars.open.get(exit), bars.low.get(exit), bars.high.get(exit))
    {
        match trade.side {
            Side::Buy if *open < trade.exit_price => low = lesser(*bar_low, low),
            Side::Sell if *open > trade.exit_price => high = greater(*bar_high, high),
            _ => {}
        }
    }

    let money = trade.volume * lot_value;
    let fall = (low - trade.entry_price) * money;
    let rise = (high - trade.entry_price) * money;
    match trade.side {
        Side::Buy => Excursion {
            adverse: fall,
            favourable: rise,
        },
        // 0.0 - x, not -x: no negative zero in a report.
        Side::Sell => Excursion {
            adverse: 0.0 - rise,
            favourable: 0.0 - fall,
        },
    }
}

/// The excursions of all trades, in their order.
pub fn excursions(trades: &[Trade], bars: &Bars, lot_value: f64) -> Vec<Excursion> {
    trades
        .iter()
        .map(|t| excursion(t, bars, lot_value))
        .collect()
}

/// The excursions of all trades in brief, in account money.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ExcursionSummary {
    /// Mean of the worst moments, 0 or below.
    pub average_adverse: f64,
    /// Mean of the best moments, 0 or above.
    pub average_favourable: f64,
    /// The worst of all.
    pub worst_adverse: f64,
    /// The best of all.
    pub best_favourable: f64,
}

impl ExcursionSummary {
    /// Sums up. `None` without a trade.
    pub fn new(excursions: &[Excursion]) -> Option<Self> {
        if excursions.is_empty() {
            return None;
        }
        let n = excursions.len() as f64;
        let (mut adverse, mut favourable, mut worst, mut best) = (0.0, 0.0, 0.0, 0.0);
        for e in excursions {
            adverse += e.adverse;
            favourable += e.favourable;
            worst = lesser(e.adverse, worst);
            best = greater(e.favourable, best);
        }
        Some(Self {
            average_adverse: adverse / n,
            average_favourable: favourable / n,
            worst_adverse: worst,
            best_favourable: best,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::sample::trade;
    use proptest::prelude::*;
    use trading::{bar::Bar, time::Time};

    /// Four bars: open 100, each with a range of its own.
    fn bars() -> Bars {
        [(95.0, 104.0), (90.0, 106.0), (80.0, 130.0), (70.0, 140.0)]
            .into_iter()
            .enumerate()
            .map(|(i, (low, high))| Bar {
                time: Time(i as i64),
                open: 100.0,
                low,
                high,
                close: 100.0,
                ..Bar::default()
            })
            .collect()
    }

    fn ended(side: Side, exit: ExitReason, exit_price: f64) -> Excursion {
        let t = Trade {
            side,
            exit,
            exit_price,
            entry_price: 100.0,
            entry_bar: 0,
            exit_bar: 2,
            volume: 0.5,
            ..trade(0.0)
        };
        excursion(&t, &bars(), 10.0)
    }

    fn pair(e: Excursion) -> (f64, f64) {
        (e.adverse, e.favourable)
    }

    #[test]
    fn closed_at_the_open_leaves_the_last_bar_out() {
        use ExitReason::*;
        for exit in [OppositeSignal, ExitRule, TimeExit, Command] {
            assert_eq!(pair(ended(Side::Buy, exit, 100.0)), (-50.0, 30.0));
            assert_eq!(pair(ended(Side::Sell, exit, 100.0)), (-30.0, 50.0));
        }
    }

    #[test]
    fn a_stop_counts_to_its_price() {
        assert_eq!(
            pair(ended(Side::Buy, ExitReason::StopLoss, 85.0)),
            (-75.0, 30.0)
        );
        assert_eq!(
            pair(ended(Side::Sell, ExitReason::StopOut, 120.0)),
            (-100.0, 50.0)
        );
    }

    #[test]
    fn a_target_counts_the_bad_side_of_its_bar() {
        assert_eq!(
            pair(ended(Side::Buy, ExitReason::TakeProfit, 120.0)),
            (-100.0, 100.0)
        );
        assert_eq!(
            pair(ended(Side::Sell, ExitReason::TakeProfit, 85.0)),
            (-150.0, 75.0)
        );
        // Reached at the open: the bar came after the trade.
        assert_eq!(
            pair(ended(Side::Buy, ExitReason::TakeProfit, 100.0)),
            (-50.0, 30.0)
        );
    }

    #[test]
    fn the_end_counts_all() {
        assert_eq!(
            pair(ended(Side::Buy, ExitReason::EndOfData, 100.0)),
            (-100.0, 150.0)
        );
    }

    #[test]
    fn within_one_bar_and_outside_history() {
        let mut t = Trade {
            entry_price: 100.0,
            exit_price: 95.0,
            ..trade(0.0)
        };
        t.exit = ExitReason::StopLoss;
        assert_eq!(pair(excursion(&t, &bars(), 1.0)), (-5.0, 0.0));
        (t.entry_bar, t.exit_bar) = (900, 1_000);
        assert_eq!(pair(excursion(&t, &bars(), 1.0)), (-5.0, 0.0));
        assert_eq!(ExcursionSummary::new(&[]), None);
    }

    proptest! {
        #[test]
        fn signs_hold_and_the_exit_lies_between(
            exit_price in 50.0..150.0_f64, entry_price in 50.0..150.0_f64, buy: bool, last in 0..4_u32,
        ) {
            let side = if buy { Side::Buy } else { Side::Sell };
            for exit in [ExitReason::StopLoss, ExitReason::TakeProfit, ExitReason::EndOfData, ExitReason::Command] {
                let t = Trade { side, exit, exit_price, entry_price, exit_bar: last, ..trade(0.0) };
                let e = excursion(&t, &bars(), 1.0);
                let gross = (exit_price - entry_price) * side.sign();
                prop_assert!(e.adverse <= 0.0 && e.favourable >= 0.0);
                prop_assert!(e.adverse <= gross && gross <= e.favourable);
            }
        }
    }
}
