//! What a run says of itself: one metric per file, each with its formula, unit and source.
//!
//! Conventions. Money is account money; losses are negative. What ends in `_percent` is in percent
//! (12.5 means 12.5 %). A metric that is not defined (a quotient without a divisor, too few days)
//! is `None`, `null` in JSON, never NaN or infinity. Equity is taken at bar closes. Days, months,
//! hours and weekdays are those of UTC.

pub mod buy_and_hold;
pub mod cagr;
pub mod calendar;
pub mod calmar;
pub mod cost;
pub mod daily;
pub mod drawdown;
pub mod excursion;
pub mod exit;
pub mod expectancy;
mod extreme;
pub mod holding;
pub mod moments;
pub mod monthly;
pub mod payoff;
pub mod profit_factor;
pub mod recovery;
#[cfg(test)]
mod sample;
pub mod sharpe;
pub mod sortino;
pub mod sqn;
pub mod streak;
pub mod summary;
pub mod win_rate;

pub use buy_and_hold::BuyAndHold;
pub use calendar::Slot;
pub use drawdown::Drawdown;
pub use excursion::{Excursion, ExcursionSummary};
pub use exit::ByExit;
pub use moments::Moments;
pub use monthly::MonthReturn;
pub use streak::{Streak, Streaks};
pub use summary::Summary;

use serde::Serialize;
use trading::{
    bar::Bars,
    symbol::{ExitReason, Side, Trade},
};

/// What statistics are computed from.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// Closed trades in the order they were closed.
    pub trades: &'a [Trade],
    /// The bars they were made on.
    pub bars: &'a Bars,
    /// Equity at the close of each bar, in account money; as many as there are bars.
    pub equity: &'a [f64],
    /// Balance before the first bar, above 0.
    pub initial_balance: f64,
    /// What one lot gains, in account money, when the price moves by 1.0: the contract size, where
    /// the symbol's profit arises in the account's currency. For [`excursion`].
    pub lot_value: f64,
}

/// Everything that is said of a run.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Statistics {
    /// Number of bars.
    pub bars: usize,
    /// Number of closed trades.
    pub trades: u32,
    /// Those that bought first.
    pub long_trades: u32,
    /// Those that sold first.
    pub short_trades: u32,
    /// Trades that earned.
    pub winning_trades: u32,
    /// Trades that lost. One that ended at exactly zero is neither.
    pub losing_trades: u32,

    /// Balance before the first bar.
    pub initial_balance: f64,
    /// Equity at the last close; the initial balance without bars.
    pub final_equity: f64,
    /// Sum of all trades' profits, costs included.
    pub net_profit: f64,
    /// Change of equity over the whole history in percent of the initial balance.
    pub return_percent: Option<f64>,
    /// Sum of the winning trades.
    pub gross_profit: f64,
    /// Sum of the losing trades, 0 or below.
    pub gross_loss: f64,
    /// Commission and fees paid, 0 or above.
    pub total_commission: f64,
    /// Overnight interest, positive when received.
    pub total_swap: f64,

    /// See [`profit_factor`](profit_factor::profit_factor).
    pub profit_factor: Option<f64>,
    /// Average profit of a trade.
    pub expectancy: Option<f64>,
    /// Share of trades that earned.
    pub win_rate_percent: Option<f64>,
    /// Mean of the winning trades.
    pub average_win: Option<f64>,
    /// Mean of the losing trades, below 0.
    pub average_loss: Option<f64>,
    /// Average win over average loss.
    pub payoff_ratio: Option<f64>,
    /// The best winning trade.
    pub largest_win: Option<f64>,
    /// The worst losing trade, below 0.
    pub largest_loss: Option<f64>,
    /// Wins and losses in a row.
    pub streaks: Streaks,
    /// Mean number of bars that a trade was held.
    pub average_bars_held: Option<f64>,

    /// Greatest fall of equity from a peak, in money (0 or above).
    pub max_drawdown: f64,
    /// Greatest fall of equity in percent of its peak; it may be another than the one in money.
    pub max_drawdown_percent: f64,
    /// The greatest fall in money on the clock, with its length.
    pub drawdown: Option<Drawdown>,
    /// The fall that took longest to win back, or has not been won back.
    pub longest_drawdown: Option<Drawdown>,
    /// Net profit over the greatest drawdown in money.
    pub recovery_factor: Option<f64>,

    /// Annualised Sharpe ratio of daily returns.
    pub sharpe: Option<f64>,
    /// Annualised Sortino ratio of daily returns.
    pub sortino: Option<f64>,
    /// CAGR over the greatest drawdown in percent.
    pub calmar: Option<f64>,
    /// System quality number.
    pub sqn: Option<f64>,
    /// Share of bars with an open position.
    pub exposure_percent: f64,
    /// Compound annual growth rate.
    pub cagr_percent: Option<f64>,

    /// Holding the symbol over the same bars.
    pub buy_and_hold: Option<BuyAndHold>,
    /// Worst and best moments of the trades in brief.
    pub excursion: Option<ExcursionSummary>,
    /// Trades by reason of exit.
    pub by_exit: Vec<ByExit>,
    /// Results by month.
    pub monthly: Vec<MonthReturn>,
    /// Trades by the hour of entry.
    pub by_hour: Vec<Slot>,
    /// Trades by the weekday of entry.
    pub by_weekday: Vec<Slot>,
    /// Worst and best moment of each trade, in the order of the trades. Not in JSON: it is as long
    /// as the trade list and belongs beside it.
    #[serde(skip)]
    pub excursions: Vec<Excursion>,
}

impl Statistics {
    /// Computes everything. Looks at each bar's equity, low, high and close once.
    pub fn compute(input: &Input<'_>) -> Self {
        let Input {
            trades,
            bars,
            equity,
            initial_balance,
            lot_value,
        } = *input;
        let summary: Summary = trades.iter().map(|t| t.profit).collect();
        let long_trades = trades.iter().filter(|t| t.side == Side::Buy).count() as u32;

        let final_equity = equity.last().copied().unwrap_or(initial_balance);
        let falls = drawdown::falls(initial_balance, equity);
        let on_clock = |fall: Option<drawdown::Fall>| Drawdown::new(&fall?, &bars.time);
        let days = daily::day_ends(&bars.time, equity);
        let returns = daily::daily_returns(initial_balance, &days).unwrap_or_default();
        let span = match (bars.time.first(), bars.time.last()) {
            (Some(first), Some(last)) => last - first,
            _ => 0,
        };
        let cagr_percent = cagr::cagr_percent(initial_balance, final_equity, span);
        let excursions = excursion::excursions(trades, bars, lot_value);

        Self {
            bars: bars.len(),
            trades: summary.trades(),
            long_trades,
            short_trades: summary.trades() - long_trades,
            winning_trades: summary.wins(),
            losing_trades: summary.losses(),
            initial_balance,
            final_equity,
            net_profit: summary.net_profit(),
            return_percent: finite(
                (initial_balance > 0.0).then(|| (final_equity / initial_balance - 1.0) * 100.0),
            ),
            gross_profit: summary.gross_profit(),
            gross_loss: summary.gross_loss(),
            total_commission: cost::total_commission(trades),
            total_swap: cost::total_swap(trades),
            profit_factor: summary.profit_factor(),
            expectancy: summary.expectancy(),
            win_rate_percent: summary.win_rate_percent(),
            average_win: summary.average_win(),
            average_loss: summary.average_loss(),
            payoff_ratio: summary.payoff_ratio(),
            largest_win: summary.largest_win(),
            largest_loss: summary.largest_loss(),
            streaks: streak::streaks(trades.iter().map(|t| t.profit)),
            average_bars_held: holding::average_bars_held(trades),
            max_drawdown: falls.money(),
            max_drawdown_percent: falls.percent(),
            drawdown: on_clock(falls.deepest),
            longest_drawdown: on_clock(falls.longest),
            recovery_factor: recovery::recovery_factor(summary.net_profit(), falls.money()),
            sharpe: sharpe::sharpe(&returns),
            sortino: sortino::sortino(&returns),
            calmar: calmar::calmar(cagr_percent, falls.percent()),
            sqn: summary.sqn(),
            exposure_percent: holding::exposure_percent(trades, bars.len()),
            cagr_percent,
            buy_and_hold: BuyAndHold::new(&bars.close),
            excursion: ExcursionSummary::new(&excursions),
            by_exit: exit::by_exit(trades),
            monthly: monthly::monthly(initial_balance, &days),
            by_hour: calendar::by_hour(trades),
            by_weekday: calendar::by_weekday(trades),
            excursions,
        }
    }
}

/// Whether a position that ends so ends at the open of its last bar, before anything else happens
/// in it.
pub const fn closes_at_open(exit: ExitReason) -> bool {
    use ExitReason::*;
    match exit {
        OppositeSignal | ExitRule | TimeExit | Command => true,
        StopLoss | TakeProfit | StopOut | EndOfData => false,
    }
}

/// The number, unless it is NaN or infinite: what reports show is a number or nothing.
fn finite(value: Option<f64>) -> Option<f64> {
    value.filter(|v| v.is_finite())
}

#[cfg(test)]
mod tests {
    use super::{sample::trade, *};
    use proptest::prelude::*;
    use trading::{
        bar::Bar,
        time::{HOUR, Time},
    };

    fn flat(len: usize) -> Bars {
        (0..len)
            .map(|i| Bar {
                time: Time(i as i64 * HOUR),
                open: 100.0,
                high: 100.0,
                low: 100.0,
                close: 100.0,
                ..Bar::default()
            })
            .collect()
    }

    fn compute(trades: &[Trade], bars: &Bars, equity: &[f64]) -> Statistics {
        Statistics::compute(&Input {
            trades,
            bars,
            equity,
            initial_balance: 10_000.0,
            lot_value: 1.0,
        })
    }

    #[test]
    fn no_bars_and_no_trades() {
        let s = compute(&[], &Bars::default(), &[]);
        assert_eq!((s.trades, s.net_profit, s.final_equity), (0, 0.0, 10_000.0));
        assert_eq!((s.max_drawdown, s.exposure_percent), (0.0, 0.0));
        for none in [
            s.profit_factor,
            s.sharpe,
            s.sortino,
            s.calmar,
            s.sqn,
            s.cagr_percent,
        ] {
            assert_eq!(none, None);
        }
        assert_eq!(
            (s.drawdown, s.excursion, s.buy_and_hold),
            (None, None, None)
        );
        assert_eq!(
            (s.by_hour.len(), s.by_weekday.len(), s.monthly.len()),
            (24, 7, 0)
        );
    }

    #[test]
    fn one_bar() {
        let s = compute(&[], &flat(1), &[10_000.0]);
        assert_eq!(
            (s.sharpe, s.cagr_percent, s.max_drawdown),
            (None, None, 0.0)
        );
        assert_eq!(s.monthly.len(), 1);
        assert_eq!(s.return_percent, Some(0.0));
    }

    #[test]
    fn flat_equity_for_a_year() {
        let bars = flat(24 * 365);
        let s = compute(&[], &bars, &vec![10_000.0; bars.len()]);
        assert_eq!((s.sharpe, s.sortino, s.calmar), (None, None, None));
        assert_eq!(s.cagr_percent, Some(0.0));
        assert_eq!(s.monthly.len(), 12);
    }

    #[test]
    fn ruin_leaves_numbers_or_nothing() {
        let bars = flat(24 * 100);
        let equity: Vec<f64> = (0..bars.len())
            .map(|i| 10_000.0 - 10.0 * i as f64)
            .collect();
        let s = compute(&[trade(-23_990.0)], &bars, &equity);
        assert_eq!((s.sharpe, s.cagr_percent), (None, Some(-100.0)));
        assert!(s.max_drawdown_percent > 100.0);
    }

    #[test]
    fn json_has_no_nan() {
        let s = compute(&[], &Bars::default(), &[]);
        let json = serde_json::to_value(&s).unwrap();
        assert_eq!(json["trades"], 0);
        assert_eq!(json["profit_factor"], serde_json::Value::Null);
        assert!(json.get("excursions").is_none());
    }

    proptest! {
        #[test]
        fn parts_agree(profits in prop::collection::vec(-500..500_i32, 1..80)) {
            let bars = flat(profits.len() + 1);
            let mut equity = vec![10_000.0];
            let mut trades = Vec::new();
            for (i, p) in profits.iter().enumerate() {
                let profit = f64::from(*p);
                equity.push(equity[i] + profit);
                trades.push(Trade {
                    entry_bar: i as u32,
                    exit_bar: i as u32 + 1,
                    entry_time: Time(bars.time[i]),
                    ..trade(profit)
                });
            }
            let s = compute(&trades, &bars, &equity);
            let months: f64 = s.monthly.iter().map(|m| m.money).sum();
            prop_assert!((months - s.net_profit).abs() < 1e-6);
            let hours: f64 = s.by_hour.iter().map(|h| h.profit).sum();
            prop_assert!((hours - s.net_profit).abs() < 1e-6);
            prop_assert!((s.final_equity - s.initial_balance - s.net_profit).abs() < 1e-6);
            prop_assert_eq!(s.by_weekday.iter().map(|d| d.trades).sum::<u32>(), s.trades);
            prop_assert_eq!(s.by_exit.iter().map(|d| d.trades).sum::<u32>(), s.trades);
            prop_assert!(s.max_drawdown >= 0.0 && s.max_drawdown_percent >= 0.0);
            // Wins in a row cannot be deeper under water than all losses together.
            prop_assert!(s.max_drawdown <= -s.gross_loss + 1e-6);
            prop_assert!((0.0..=100.0).contains(&s.exposure_percent));
        }
    }
}
