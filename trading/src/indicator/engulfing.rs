//! Engulfing candles.
//!
//! Bullish (1, else 0): a bar that closed below its open, then one that closes above its open and
//! whose body covers the body before it: `open <= close'` and `close >= open'`, with at least one of
//! the two strict. Bearish is the mirror image. Shadows do not count.
//!
//! From bar 1. Equal ends count on one side because a market without gaps opens where it closed.

use super::{Candle, Definition, Indicator, InputKind, Output, Placement, Text, boxed};

/// The catalogue entry.
pub static DEFINITION: Definition = Definition {
    kind: "engulfing",
    name: "Engulfing",
    summary: Text {
        en: "A candle whose body covers the whole body before it, in the other direction: a sign of reversal.",
        id: "Candle yang badannya menutupi seluruh badan candle sebelumnya ke arah sebaliknya: tanda pembalikan.",
    },
    input: InputKind::Bar,
    parameters: &[],
    choices: &[],
    outputs: &[
        Output {
            name: "bullish",
            label: Text {
                en: "bullish engulfing",
                id: "engulfing bullish",
            },
        },
        Output {
            name: "bearish",
            label: Text {
                en: "bearish engulfing",
                id: "engulfing bearish",
            },
        },
    ],
    placement: Placement::Pane,
    build: seldom!(|_| boxed(Engulfing::default())),
    warm_up: |_| 1,
};

/// See the [module](self).
#[derive(Debug, Clone, Default)]
pub struct Engulfing {
    /// Open and close of the bar before; none at the first bar.
    before: Option<(f64, f64)>,
}

impl Indicator for Engulfing {
    type Input = Candle;
    type Output = [f64; 2];

    #[inline]
    fn update(&mut self, bar: Candle) -> [f64; 2] {
        let Some((open, close)) = self.before.replace((bar.open, bar.close)) else {
            return [f64::NAN; 2];
        };
        let differs = bar.open != close || bar.close != open;
        let bullish = close < open && bar.open <= close && bar.close >= open && differs;
        let bearish = close > open && bar.open >= close && bar.close <= open && differs;
        [bullish, bearish].map(|is| f64::from(u8::from(is)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indicator::testing::{candle, flat, run};

    fn second(first: (f64, f64), second: (f64, f64)) -> [f64; 2] {
        let bars = [first, second].map(|(open, close)| candle([open, 9.0, 0.0, close, 1.0]));
        let values = run(Engulfing::default(), bars);
        assert!(values[0][0].is_nan());
        values[1]
    }

    #[test]
    fn by_hand() {
        assert_eq!(second((5.0, 4.0), (4.0, 6.0)), [1.0, 0.0]);
        assert_eq!(second((4.0, 5.0), (5.0, 3.0)), [0.0, 1.0]);
        // The same body, a body that covers half, the same direction.
        assert_eq!(second((5.0, 4.0), (4.0, 5.0)), [0.0, 0.0]);
        assert_eq!(second((5.0, 4.0), (4.5, 6.0)), [0.0, 0.0]);
        assert_eq!(second((5.0, 4.0), (6.0, 3.0)), [0.0, 0.0]);
    }

    #[test]
    fn a_flat_market_has_none() {
        assert_eq!(run(Engulfing::default(), [flat(5.0); 2])[1], [0.0, 0.0]);
    }
}
