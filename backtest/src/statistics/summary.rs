//! What a list of profits says without keeping it.

use super::{
    Moments,
    expectancy::expectancy,
    extreme::{greater, lesser},
    payoff::{average, payoff_ratio},
    profit_factor::profit_factor,
    sqn::sqn,
    win_rate::win_rate_percent,
};

/// Running totals over closed trades, a few instructions per trade and no memory.
///
/// A sweep keeps one of these per parameter set where it cannot keep the trades;
/// [`Statistics`](super::Statistics) is built on it too, so that both say the same.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Summary {
    wins: u32,
    losses: u32,
    net: f64,
    gross_profit: f64,
    gross_loss: f64,
    largest_win: f64,
    largest_loss: f64,
    profits: Moments,
}

impl Summary {
    /// Adds the profit of a closed trade, costs included, in account money.
    #[inline]
    pub fn push(&mut self, profit: f64) {
        // Selects instead of branches: wins and losses alternate without a pattern, so that a
        // branch would be guessed wrong every second time.
        let gain = greater(profit, 0.0);
        let loss = lesser(profit, 0.0);
        self.wins += u32::from(profit > 0.0);
        self.losses += u32::from(profit < 0.0);
        self.net += profit;
        self.gross_profit += gain;
        self.gross_loss += loss;
        self.largest_win = greater(gain, self.largest_win);
        self.largest_loss = lesser(loss, self.largest_loss);
        self.profits.push(profit);
    }

    /// Number of trades.
    pub const fn trades(&self) -> u32 {
        self.profits.count()
    }

    /// Number of trades that earned.
    pub const fn wins(&self) -> u32 {
        self.wins
    }

    /// Number of trades that lost.
    pub const fn losses(&self) -> u32 {
        self.losses
    }

    /// Sum of all profits, in account money.
    pub const fn net_profit(&self) -> f64 {
        self.net
    }

    /// Sum of the profits of winning trades (0 or above).
    pub const fn gross_profit(&self) -> f64 {
        self.gross_profit
    }

    /// Sum of the profits of losing trades (0 or below).
    pub const fn gross_loss(&self) -> f64 {
        self.gross_loss
    }

    /// See [`profit_factor`].
    pub fn profit_factor(&self) -> Option<f64> {
        profit_factor(self.gross_profit, self.gross_loss)
    }

    /// See [`expectancy`].
    pub fn expectancy(&self) -> Option<f64> {
        expectancy(self.net, self.trades())
    }

    /// See [`win_rate_percent`].
    pub fn win_rate_percent(&self) -> Option<f64> {
        win_rate_percent(self.wins, self.trades())
    }

    /// Mean of the winning trades. `None` without one.
    pub fn average_win(&self) -> Option<f64> {
        average(self.gross_profit, self.wins)
    }

    /// Mean of the losing trades (below 0). `None` without one.
    pub fn average_loss(&self) -> Option<f64> {
        average(self.gross_loss, self.losses)
    }

    /// See [`payoff_ratio`].
    pub fn payoff_ratio(&self) -> Option<f64> {
        payoff_ratio(self.average_win(), self.average_loss())
    }

    /// The best winning trade. `None` without one.
    pub fn largest_win(&self) -> Option<f64> {
        (self.wins > 0).then_some(self.largest_win)
    }

    /// The worst losing trade (below 0). `None` without one.
    pub fn largest_loss(&self) -> Option<f64> {
        (self.losses > 0).then_some(self.largest_loss)
    }

    /// See [`sqn`].
    pub fn sqn(&self) -> Option<f64> {
        sqn(&self.profits)
    }
}

impl FromIterator<f64> for Summary {
    fn from_iter<I: IntoIterator<Item = f64>>(profits: I) -> Self {
        let mut summary = Self::default();
        for profit in profits {
            summary.push(profit);
        }
        summary
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn no_trades() {
        let s = Summary::default();
        assert_eq!((s.trades(), s.net_profit()), (0, 0.0));
        assert_eq!(s.profit_factor(), None);
        assert_eq!(s.expectancy(), None);
        assert_eq!(s.win_rate_percent(), None);
        assert_eq!(s.average_win(), None);
        assert_eq!(s.largest_loss(), None);
        assert_eq!(s.sqn(), None);
    }

    #[test]
    fn only_wins() {
        let s: Summary = [10.0, 30.0].into_iter().collect();
        assert_eq!(s.win_rate_percent(), Some(100.0));
        assert_eq!(s.profit_factor(), None);
        assert_eq!(s.payoff_ratio(), None);
        assert_eq!(s.largest_win(), Some(30.0));
        assert_eq!(s.largest_loss(), None);
        assert_eq!(s.gross_loss(), 0.0);
    }

    #[test]
    fn a_trade_at_zero_is_neither_win_nor_loss() {
        let s: Summary = [10.0, 0.0, -5.0, 0.0].into_iter().collect();
        assert_eq!((s.trades(), s.wins(), s.losses()), (4, 1, 1));
        assert_eq!(s.win_rate_percent(), Some(25.0));
        assert_eq!(s.average_loss(), Some(-5.0));
        assert_eq!(s.expectancy(), Some(1.25));
    }

    proptest! {
        #[test]
        fn parts_make_the_whole(profits in prop::collection::vec(-1e4..1e4_f64, 0..300)) {
            let s: Summary = profits.iter().copied().collect();
            prop_assert!((s.gross_profit() + s.gross_loss() - s.net_profit()).abs() < 1e-6);
            prop_assert!(s.gross_profit() >= 0.0 && s.gross_loss() <= 0.0);
            prop_assert!(s.wins() + s.losses() <= s.trades());
            prop_assert!(s.largest_win().is_none_or(|w| w <= s.gross_profit()));
            prop_assert!(s.profit_factor().is_none_or(|f| f >= 0.0 && f.is_finite()));
        }
    }
}
