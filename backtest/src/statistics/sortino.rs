//! Sortino ratio.

use super::sharpe::DAYS_PER_YEAR;

/// `mean(r) / sqrt(sum(min(r, 0)^2) / n) * sqrt(252)` over daily returns, target 0; a plain number.
///
/// The divisor counts all `n` days, not only the losing ones. Source: F. A. Sortino and L. N.
/// Price (1994), as `quantstats.stats.sortino` computes it. `None` with fewer than two days or
/// without a losing one.
pub fn sortino(returns: &[f64]) -> Option<f64> {
    if returns.len() < 2 {
        return None;
    }
    let n = returns.len() as f64;
    let (mut sum, mut squares) = (0.0, 0.0);
    for r in returns {
        sum += r;
        let below = if *r < 0.0 { *r } else { 0.0 };
        squares += below * below;
    }
    let downside = (squares / n).sqrt();
    super::finite((downside > 0.0).then(|| sum / n / downside * DAYS_PER_YEAR.sqrt()))
}

#[cfg(test)]
mod tests {
    use super::sortino;

    #[test]
    fn by_hand() {
        // Mean 0.005; downside sqrt(0.0004 / 4) = 0.01.
        let ratio = sortino(&[0.02, -0.02, 0.02, 0.0]).unwrap();
        assert!((ratio - 0.5 * 252.0_f64.sqrt()).abs() < 1e-12);
    }

    #[test]
    fn without_a_losing_day_none() {
        assert_eq!(sortino(&[0.01, 0.02]), None);
        assert_eq!(sortino(&[0.0; 5]), None);
        assert_eq!(sortino(&[-0.01]), None);
    }
}
