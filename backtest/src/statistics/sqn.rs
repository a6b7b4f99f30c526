//! System quality number.

use super::Moments;

/// `sqrt(n) * mean(profit) / deviation(profit)` over the trades, sample deviation, a plain number.
///
/// Source: Van K. Tharp, "The Definitive Guide to Position Sizing"; the same as backtesting.py's
/// `SQN`: all trades count, there is no cap at 100. `None` with fewer than two trades or when all
/// brought the same.
pub fn sqn(profits: &Moments) -> Option<f64> {
    let quotient = profits.mean_over_deviation()?;
    super::finite(Some(f64::from(profits.count()).sqrt() * quotient))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        let profits: Moments = [1.0, 2.0, 3.0].into_iter().collect();
        assert!((sqn(&profits).unwrap() - 3.0_f64.sqrt() * 2.0).abs() < 1e-15);
    }

    #[test]
    fn equal_profits_have_none() {
        let profits: Moments = [0.3, 0.3, 0.3].into_iter().collect();
        assert_eq!(sqn(&profits), None);
        assert_eq!(sqn(&Moments::default()), None);
    }
}
