//! Recovery factor.

/// Net profit over the greatest drawdown in money, a plain number.
///
/// Source: MetaTrader 5 strategy tester, "Recovery Factor". `None` when equity never fell.
pub fn recovery_factor(net_profit: f64, max_drawdown: f64) -> Option<f64> {
    super::finite((max_drawdown > 0.0).then(|| net_profit / max_drawdown))
}

#[cfg(test)]
mod tests {
    use super::recovery_factor;

    #[test]
    fn quotient_or_nothing() {
        assert_eq!(recovery_factor(-50.0, 100.0), Some(-0.5));
        assert_eq!(recovery_factor(50.0, 0.0), None);
    }
}
