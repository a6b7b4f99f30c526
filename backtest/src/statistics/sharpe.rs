//! Sharpe ratio.

use super::Moments;

/// Trading days in a year, by which daily ratios are annualised.
///
/// A convention, and the one that other tools use. Markets that open on Sunday evening (UTC) have
/// up to 313 days with bars in a year; the ratio is then a little lower than it could be, never
/// higher.
pub const DAYS_PER_YEAR: f64 = 252.0;

/// `mean(r) / deviation(r) * sqrt(252)` over daily returns, sample deviation, risk-free rate 0; a
/// plain number.
///
/// Source: W. F. Sharpe, "The Sharpe Ratio" (1994), as `quantstats.stats.sharpe` computes it.
/// `None` with fewer than two days or when no return differs.
pub fn sharpe(returns: &[f64]) -> Option<f64> {
    let moments: Moments = returns.iter().copied().collect();
    super::finite(Some(moments.mean_over_deviation()? * DAYS_PER_YEAR.sqrt()))
}

#[cfg(test)]
mod tests {
    use super::sharpe;

    #[test]
    fn by_hand() {
        // Mean 0.01, deviation 0.01.
        let ratio = sharpe(&[0.0, 0.01, 0.02]).unwrap();
        assert!((ratio - 252.0_f64.sqrt()).abs() < 1e-12);
    }

    #[test]
    fn flat_or_short_has_none() {
        assert_eq!(sharpe(&[]), None);
        assert_eq!(sharpe(&[0.01]), None);
        assert_eq!(sharpe(&[0.0; 10]), None);
        assert_eq!(sharpe(&[0.01; 10]), None);
    }
}
