//! Pin bars.
//!
//! Bullish (1, else 0): the shadow below the body is at least `shadow` of the bar's range and the
//! body at most `body` of it (a hammer). Bearish: the same with the shadow above (a shooting star).
//! The direction of the body does not count, and a bar without range is none.
//!
//! From bar 0.

use super::{Candle, Definition, Indicator, InputKind, Output, Parameter, Placement, Text, boxed};

/// The catalogue entry.
pub static DEFINITION: Definition = Definition {
    kind: "pin_bar",
    name: "Pin bar",
    summary: Text {
        en: "A candle with a small body and one long shadow: price was pushed back, a sign of reversal.",
        id: "Candle berbadan kecil dengan satu ekor panjang: harga ditolak kembali, tanda pembalikan.",
    },
    input: InputKind::Bar,
    parameters: &[
        Parameter::real("shadow", 0.6, 0.5, 1.0),
        Parameter::real("body", 0.3, 0.0, 0.5),
    ],
    choices: &[],
    outputs: &[
        Output {
            name: "bullish",
            label: Text {
                en: "bullish pin bar",
                id: "pin bar bullish",
            },
        },
        Output {
            name: "bearish",
            label: Text {
                en: "bearish pin bar",
                id: "pin bar bearish",
            },
        },
    ],
    placement: Placement::Pane,
    build: seldom!(|s| boxed(PinBar::new(s.real("shadow"), s.real("body")))),
    warm_up: |_| 0,
};

/// See the [module](self).
#[derive(Debug, Clone)]
pub struct PinBar {
    shadow: f64,
    body: f64,
}

impl PinBar {
    /// With the least shadow and the largest body as parts of the range.
    pub const fn new(shadow: f64, body: f64) -> Self {
        Self { shadow, body }
    }
}

impl Indicator for PinBar {
    type Input = Candle;
    type Output = [f64; 2];

    #[inline]
    fn update(&mut self, bar: Candle) -> [f64; 2] {
        let range = bar.high - bar.low;
        let (bottom, top) = if bar.open < bar.close {
            (bar.open, bar.close)
        } else {
            (bar.close, bar.open)
        };
        let is_small = range > 0.0 && top - bottom <= self.body * range;
        let bullish = is_small && bottom - bar.low >= self.shadow * range;
        // A shadow of half the range on each side is no direction.
        let bearish = is_small && bar.high - top >= self.shadow * range && !bullish;
        [bullish, bearish].map(|is| f64::from(u8::from(is)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indicator::testing::{candle, flat, run};

    fn one(bar: Candle) -> [f64; 2] {
        run(PinBar::new(0.6, 0.3), [bar])[0]
    }

    #[test]
    fn by_hand() {
        assert_eq!(one(candle([8.0, 10.0, 0.0, 9.0, 1.0])), [1.0, 0.0]);
        assert_eq!(one(candle([8.0, 10.0, 0.0, 7.0, 1.0])), [1.0, 0.0]);
        assert_eq!(one(candle([2.0, 10.0, 0.0, 1.0, 1.0])), [0.0, 1.0]);
        // A body in the middle, and a large one.
        assert_eq!(one(candle([5.0, 10.0, 0.0, 5.5, 1.0])), [0.0, 0.0]);
        assert_eq!(one(candle([6.0, 10.0, 0.0, 10.0, 1.0])), [0.0, 0.0]);
    }

    #[test]
    fn a_bar_without_range_is_none() {
        assert_eq!(one(flat(5.0)), [0.0, 0.0]);
    }
}
