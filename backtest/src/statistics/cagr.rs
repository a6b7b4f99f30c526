//! Compound annual growth rate.

use trading::time::DAY;

/// The least history that is annualised, in milliseconds: 30 days. A good week says nothing of a
/// year.
pub const LEAST: i64 = 30 * DAY;

/// `((final / initial)^(1 / years) - 1) * 100`, in percent; years of 365.25 days by the calendar
/// from the first bar to the last.
///
/// Source: backtesting.py's `CAGR [%]`. -100 when nothing is left. `None` for less than 30 days.
pub fn cagr_percent(initial_balance: f64, final_equity: f64, millis: i64) -> Option<f64> {
    if millis < LEAST || initial_balance <= 0.0 {
        return None;
    }
    if final_equity <= 0.0 {
        return Some(-100.0);
    }
    let years = millis as f64 / (365.25 * DAY as f64);
    let growth = libm::pow(final_equity / initial_balance, 1.0 / years);
    super::finite(Some((growth - 1.0) * 100.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        let two_years = (2.0 * 365.25 * DAY as f64) as i64;
        let rate = cagr_percent(100.0, 121.0, two_years).unwrap();
        assert!((rate - 10.0).abs() < 1e-12);
        assert_eq!(cagr_percent(100.0, 100.0, two_years), Some(0.0));
    }

    #[test]
    fn all_lost_and_too_short() {
        assert_eq!(cagr_percent(100.0, -5.0, 400 * DAY), Some(-100.0));
        assert_eq!(cagr_percent(100.0, 200.0, DAY), None);
        assert_eq!(cagr_percent(100.0, 1e300, 30 * DAY), None);
    }
}
