//! Trades by the reason they were closed.

use super::Summary;
use serde::Serialize;
use trading::{
    few,
    symbol::{ExitReason, Trade},
};

/// The trades that were closed for one reason.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ByExit {
    /// The reason.
    pub exit: ExitReason,
    /// How many.
    pub trades: u32,
    /// What they brought together, in account money.
    pub profit: f64,
    /// The share that earned, in percent.
    pub win_rate_percent: Option<f64>,
}

/// One entry per reason that occurred, in the order of [`ExitReason`].
pub fn by_exit(trades: &[Trade]) -> Vec<ByExit> {
    let mut sums: Vec<(ExitReason, Summary)> = Vec::new();
    for trade in trades {
        match sums.iter_mut().find(|(reason, _)| *reason == trade.exit) {
            Some((_, sum)) => sum.push(trade.profit),
            None => sums.push((trade.exit, [trade.profit].into_iter().collect())),
        }
    }
    few::sort_by_key(&mut sums, |(reason, _)| *reason);
    sums.into_iter()
        .map(|(exit, sum)| ByExit {
            exit,
            trades: sum.trades(),
            profit: sum.net_profit(),
            win_rate_percent: sum.win_rate_percent(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::sample::trade;

    #[test]
    fn counted_and_in_order() {
        let with = |exit, profit| Trade {
            exit,
            ..trade(profit)
        };
        let all = by_exit(&[
            with(ExitReason::TakeProfit, 3.0),
            with(ExitReason::StopLoss, -1.0),
            with(ExitReason::TakeProfit, 4.0),
        ]);
        assert_eq!(all.len(), 2);
        assert_eq!((all[0].exit, all[0].trades), (ExitReason::StopLoss, 1));
        assert_eq!((all[1].trades, all[1].profit), (2, 7.0));
        assert_eq!(by_exit(&[]), []);
    }
}
