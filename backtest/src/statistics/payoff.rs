//! Average win, average loss and their ratio.

/// The mean of the winning (or of the losing) trades, in account money: `sum / count`.
///
/// `None` when there is none.
pub fn average(sum: f64, count: u32) -> Option<f64> {
    super::finite((count > 0).then(|| sum / f64::from(count)))
}

/// Average win over average loss, a plain number: how many losses one win pays for.
///
/// `None` without a win or without a loss. Source: `payoff_ratio` of quantstats.
pub fn payoff_ratio(average_win: Option<f64>, average_loss: Option<f64>) -> Option<f64> {
    super::finite(Some(average_win? / -average_loss?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotient_or_nothing() {
        assert_eq!(average(30.0, 3), Some(10.0));
        assert_eq!(average(0.0, 0), None);
        assert_eq!(payoff_ratio(Some(10.0), Some(-4.0)), Some(2.5));
        assert_eq!(payoff_ratio(Some(10.0), None), None);
        assert_eq!(payoff_ratio(None, Some(-4.0)), None);
    }
}
