//! What trading cost.

use trading::symbol::Trade;

/// Sum of commissions and fees, in account money (0 or above).
pub fn total_commission(trades: &[Trade]) -> f64 {
    trades.iter().fold(0.0, |sum, t| sum + t.commission)
}

/// Sum of overnight interest, in account money: positive when received.
pub fn total_swap(trades: &[Trade]) -> f64 {
    trades.iter().fold(0.0, |sum, t| sum + t.swap)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::sample::trade;

    #[test]
    fn sums() {
        let t = Trade {
            commission: 7.0,
            swap: -1.5,
            ..trade(1.0)
        };
        assert_eq!(total_commission(&[t, t]), 14.0);
        assert_eq!(total_swap(&[t, t]), -3.0);
        // A plain sum of nothing would be -0.0.
        assert!(total_swap(&[]).is_sign_positive());
    }
}
