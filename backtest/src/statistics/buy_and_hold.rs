//! What holding the symbol over the same bars would have done.

use super::drawdown;
use serde::Serialize;

/// Buying at the close of the first bar and holding to the close of the last, without costs or
/// leverage.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct BuyAndHold {
    /// `(last / first - 1) * 100`, in percent. Source: backtesting.py, `Buy & Hold Return [%]`.
    pub return_percent: f64,
    /// Greatest fall from a peak, closes only, in percent of the peak.
    pub max_drawdown_percent: f64,
}

impl BuyAndHold {
    /// From closing prices. `None` without bars or from a price that is not above zero.
    pub fn new(closes: &[f64]) -> Option<Self> {
        let (first, last) = (*closes.first()?, *closes.last()?);
        let return_percent = super::finite((first > 0.0).then(|| (last / first - 1.0) * 100.0))?;
        Some(Self {
            return_percent,
            max_drawdown_percent: drawdown::falls(first, closes).percent(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        let hold = BuyAndHold::new(&[100.0, 200.0, 50.0, 150.0]).unwrap();
        assert_eq!(
            (hold.return_percent, hold.max_drawdown_percent),
            (50.0, 75.0)
        );
        let one = BuyAndHold::new(&[100.0]).unwrap();
        assert_eq!((one.return_percent, one.max_drawdown_percent), (0.0, 0.0));
        assert_eq!(BuyAndHold::new(&[]), None);
    }
}
