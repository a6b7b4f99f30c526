//! Relative vigor index.
//!
//! `rvi = sum of body / sum of range` over n bars, where body and range are `close - open` and
//! `high - low` weighed 1, 2, 2, 1 over the last four bars; 0 where there is no range. The signal
//! weighs the last four values 1, 2, 2, 1, divided by 6.
//!
//! RVI from bar n+2, signal from bar n+5 (MetaTrader 5's iRVI, as in its RVI.mq5; TA-Lib has none).

use super::{
    Candle, Definition, Indicator, InputKind, Output, Parameter, Placement, Text, boxed,
    window::Sum,
};

/// The catalogue entry.
pub static DEFINITION: Definition = Definition {
    kind: "rvi",
    name: "RVI",
    summary: Text {
        en: "Whether bars close above their open: above zero, moves end with vigour on the buying side.",
        id: "Apakah bar ditutup di atas pembukaannya: di atas nol, gerakan berakhir dengan tenaga di sisi beli.",
    },
    input: InputKind::Bar,
    parameters: &[Parameter::period("period", 10, 1)],
    choices: &[],
    outputs: &[
        Output {
            name: "value",
            label: Text {
                en: "RVI",
                id: "RVI",
            },
        },
        Output {
            name: "signal",
            label: Text {
                en: "RVI signal",
                id: "sinyal RVI",
            },
        },
    ],
    placement: Placement::Pane,
    build: seldom!(|s| boxed(Rvi::new(s.period("period")))),
    warm_up: |s| s.period("period") + 5,
};

/// See the [module](self).
#[derive(Debug, Clone)]
pub struct Rvi {
    bodies: LastFour,
    ranges: LastFour,
    body: Sum,
    range: Sum,
    values: LastFour,
}

impl Rvi {
    /// Over `period` bars.
    pub fn new(period: usize) -> Self {
        Self {
            bodies: LastFour::default(),
            ranges: LastFour::default(),
            body: Sum::new(period),
            range: Sum::new(period),
            values: LastFour::default(),
        }
    }
}

/// Weighs the newest four values 1, 2, 2, 1.
#[derive(Debug, Clone)]
struct LastFour {
    before: [f64; 3],
}

impl Default for LastFour {
    fn default() -> Self {
        Self {
            before: [f64::NAN; 3],
        }
    }
}

impl LastFour {
    /// NaN until there are four.
    #[inline(always)]
    fn push(&mut self, x: f64) -> f64 {
        let [a, b, c] = self.before;
        self.before = [b, c, x];
        x + 2.0 * c + 2.0 * b + a
    }
}

impl Indicator for Rvi {
    type Input = Candle;
    type Output = [f64; 2];

    #[inline]
    fn update(&mut self, bar: Candle) -> [f64; 2] {
        let body = self.bodies.push(bar.close - bar.open);
        let range = self.ranges.push(bar.high - bar.low);
        if body.is_nan() {
            return [f64::NAN; 2];
        }
        let (body, range) = (self.body.push(body), self.range.push(range));
        let value = if range == 0.0 { 0.0 } else { body / range };
        // NaN until the sums are full, and so is the signal while it sees one.
        [value, self.values.push(value) / 6.0]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indicator::testing::{candle, flat, run};

    #[test]
    fn by_hand() {
        // Bodies 1, -1, 2, 0 and ranges 2, 4, 2, 1: (1 - 2 + 4 + 0) / (2 + 8 + 4 + 1).
        let bars = [
            candle([0.0, 1.5, -0.5, 1.0, 1.0]),
            candle([1.0, 3.0, -1.0, 0.0, 1.0]),
            candle([0.0, 2.0, 0.0, 2.0, 1.0]),
            candle([2.0, 2.5, 1.5, 2.0, 1.0]),
        ];
        let values = run(Rvi::new(1), bars);
        assert!(values[2][0].is_nan());
        assert_eq!(values[3][0], 3.0 / 15.0);
        assert!(values[3][1].is_nan());
    }

    #[test]
    fn a_flat_market() {
        let values = run(Rvi::new(2), [flat(5.0); 9]);
        assert!(values[3][0].is_nan() && values[6][1].is_nan());
        assert_eq!(values[4][0], 0.0);
        assert_eq!(values[7], [0.0; 2]);
    }
}
