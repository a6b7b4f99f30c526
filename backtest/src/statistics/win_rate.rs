//! Win rate.

/// The share of trades that earned, in percent (0 to 100).
///
/// A trade that ended at exactly zero is a trade but no win. `None` without a trade.
pub fn win_rate_percent(wins: u32, trades: u32) -> Option<f64> {
    (trades > 0).then(|| f64::from(wins) * 100.0 / f64::from(trades))
}

#[cfg(test)]
mod tests {
    use super::win_rate_percent;

    #[test]
    fn share_or_nothing() {
        assert_eq!(win_rate_percent(1, 4), Some(25.0));
        assert_eq!(win_rate_percent(0, 0), None);
    }
}
