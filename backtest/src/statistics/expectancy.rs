//! Expectancy.

/// What a trade brought on average, in account money: net profit over the number of trades.
///
/// Source: MetaTrader 5 strategy tester, "Expected Payoff". `None` without a trade.
pub fn expectancy(net_profit: f64, trades: u32) -> Option<f64> {
    super::finite((trades > 0).then(|| net_profit / f64::from(trades)))
}

#[cfg(test)]
mod tests {
    use super::expectancy;

    #[test]
    fn mean_or_nothing() {
        assert_eq!(expectancy(-30.0, 4), Some(-7.5));
        assert_eq!(expectancy(0.0, 0), None);
    }
}
