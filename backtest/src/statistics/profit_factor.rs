//! Profit factor.

/// Gross profit over gross loss, a plain number: above 1 when the trades earned.
///
/// Source: MetaTrader 5 strategy tester, "Profit Factor". `None` without a losing trade, where it
/// would be infinite.
pub fn profit_factor(gross_profit: f64, gross_loss: f64) -> Option<f64> {
    super::finite((gross_loss < 0.0).then(|| gross_profit / -gross_loss))
}

#[cfg(test)]
mod tests {
    use super::profit_factor;

    #[test]
    fn quotient_or_nothing() {
        assert_eq!(profit_factor(30.0, -20.0), Some(1.5));
        assert_eq!(profit_factor(0.0, -20.0), Some(0.0));
        assert_eq!(profit_factor(30.0, 0.0), None);
    }
}
