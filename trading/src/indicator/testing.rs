//! What the unit tests of indicators share.

use super::{Candle, Indicator};

/// A bar from open, high, low, close and volume.
pub(super) const fn candle(bar: [f64; 5]) -> Candle {
    let [open, high, low, close, volume] = bar;
    Candle {
        open,
        high,
        low,
        close,
        volume,
    }
}

/// A bar at one price, without volume.
pub(super) const fn flat(price: f64) -> Candle {
    candle([price, price, price, price, 0.0])
}

/// The outputs at each bar.
pub(super) fn run<I: Indicator>(
    mut indicator: I,
    inputs: impl IntoIterator<Item = I::Input>,
) -> Vec<I::Output> {
    inputs.into_iter().map(|x| indicator.update(x)).collect()
}
