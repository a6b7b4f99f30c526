//! Fractals (Bill Williams).
//!
//! An upper fractal is a bar whose high is above the highs of the next two bars and not below those of
//! the two before it; a lower fractal is the mirror image of lows.
//!
//! MetaTrader 5's iFractals (as in its Fractals.mq5) draws a fractal at its own bar, but nobody knows
//! of it until two bars later. Outputs here tell only what is known when a bar closes: at bar i, the
//! mark is the price of a fractal at bar i-2. TA-Lib has none.
//!
//! **NaN after the warm-up:** `upper` and `lower` hold the last confirmed fractal, NaN before the
//! first one; `upper_mark` and `lower_mark` are NaN at every bar that confirms none.

use super::{Candle, Definition, Indicator, InputKind, Output, Placement, Text, boxed};

/// The catalogue entry.
pub static DEFINITION: Definition = Definition {
    kind: "fractals",
    name: "Fractals",
    summary: Text {
        en: "Local highs and lows: bars that stand out from two neighbours on each side, known two bars later.",
        id: "Puncak dan lembah lokal: bar yang menonjol dari dua tetangga di tiap sisi, baru diketahui dua bar kemudian.",
    },
    input: InputKind::Bar,
    parameters: &[],
    choices: &[],
    outputs: &[
        Output {
            name: "upper",
            label: Text {
                en: "upper fractal",
                id: "fraktal atas",
            },
        },
        Output {
            name: "lower",
            label: Text {
                en: "lower fractal",
                id: "fraktal bawah",
            },
        },
        Output {
            name: "upper_mark",
            label: Text {
                en: "new upper fractal",
                id: "fraktal atas baru",
            },
        },
        Output {
            name: "lower_mark",
            label: Text {
                en: "new lower fractal",
                id: "fraktal bawah baru",
            },
        },
    ],
    placement: Placement::Overlay,
    build: seldom!(|_| boxed(Fractals::default())),
    warm_up: |_| 4,
};

/// See the [module](self).
#[derive(Debug, Clone)]
pub struct Fractals {
    /// Highs and lows of the four bars before, oldest first; NaN, which no comparison holds for,
    /// where there is none.
    highs: [f64; 4],
    lows: [f64; 4],
    upper: f64,
    lower: f64,
}

impl Default for Fractals {
    fn default() -> Self {
        Self {
            highs: [f64::NAN; 4],
            lows: [f64::NAN; 4],
            upper: f64::NAN,
            lower: f64::NAN,
        }
    }
}

/// The middle of `before` and `now` if it is a local high.
#[inline(always)]
fn peak([a, b, middle, d]: [f64; 4], now: f64) -> Option<f64> {
    (middle > d && middle > now && middle >= b && middle >= a).then_some(middle)
}

impl Indicator for Fractals {
    type Input = Candle;
    type Output = [f64; 4];

    #[inline]
    fn update(&mut self, bar: Candle) -> [f64; 4] {
        let upper = peak(self.highs, bar.high);
        let lower = peak(self.lows.map(|x| -x), -bar.low).map(|x| -x);
        let [_, h1, h2, h3] = self.highs;
        self.highs = [h1, h2, h3, bar.high];
        let [_, l1, l2, l3] = self.lows;
        self.lows = [l1, l2, l3, bar.low];
        self.upper = upper.unwrap_or(self.upper);
        self.lower = lower.unwrap_or(self.lower);
        [
            self.upper,
            self.lower,
            upper.unwrap_or(f64::NAN),
            lower.unwrap_or(f64::NAN),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indicator::testing::{candle, flat, run};

    #[test]
    fn known_two_bars_later() {
        // The high of 5 stands out at bar 2, the low of -3 at bar 3.
        let bars = [
            (5.0, 1.0),
            (4.0, 0.0),
            (5.0, 0.0),
            (4.0, -3.0),
            (3.0, 1.0),
            (6.0, 1.0),
        ]
        .map(|(high, low)| candle([2.0, high, low, 2.0, 1.0]));
        let values = run(Fractals::default(), bars);
        assert!(values[3].iter().all(|x| x.is_nan()));
        assert_eq!((values[4][0], values[4][2]), (5.0, 5.0));
        assert!(values[4][1].is_nan() && values[4][3].is_nan());
        assert_eq!(values[5][0], 5.0);
        assert!(values[5][2].is_nan());
        assert_eq!((values[5][1], values[5][3]), (-3.0, -3.0));
    }

    #[test]
    fn a_flat_market_has_none() {
        let values = run(Fractals::default(), [flat(5.0); 9]);
        assert!(values.iter().flatten().all(|x| x.is_nan()));
    }
}
