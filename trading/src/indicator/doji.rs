//! Doji: 1 where the body is at most `body` of the bar's range, else 0. A bar without range is none.
//!
//! From bar 0.

use super::{Candle, Definition, Indicator, InputKind, Output, Parameter, Placement, Text, boxed};

/// The catalogue entry.
pub static DEFINITION: Definition = Definition {
    kind: "doji",
    name: "Doji",
    summary: Text {
        en: "A candle that closes near its open after moving both ways: the market is undecided.",
        id: "Candle yang ditutup dekat pembukaannya setelah bergerak ke dua arah: pasar belum menentukan arah.",
    },
    input: InputKind::Bar,
    parameters: &[Parameter::real("body", 0.1, 0.0, 1.0)],
    choices: &[],
    outputs: &[Output {
        name: "value",
        label: Text {
            en: "doji",
            id: "doji",
        },
    }],
    placement: Placement::Pane,
    build: seldom!(|s| boxed(Doji::new(s.real("body")))),
    warm_up: |_| 0,
};

/// See the [module](self).
#[derive(Debug, Clone)]
pub struct Doji {
    body: f64,
}

impl Doji {
    /// With the largest body as a part of the range.
    pub const fn new(body: f64) -> Self {
        Self { body }
    }
}

impl Indicator for Doji {
    type Input = Candle;
    type Output = [f64; 1];

    #[inline]
    fn update(&mut self, bar: Candle) -> [f64; 1] {
        let range = bar.high - bar.low;
        let is = range > 0.0 && (bar.close - bar.open).abs() <= self.body * range;
        [f64::from(u8::from(is))]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indicator::testing::{candle, flat, run};

    #[test]
    fn by_hand() {
        let bars = [
            candle([5.0, 10.0, 0.0, 6.0, 1.0]),
            candle([5.0, 10.0, 0.0, 4.0, 1.0]),
            candle([5.0, 10.0, 0.0, 7.0, 1.0]),
            flat(5.0),
        ];
        assert_eq!(run(Doji::new(0.1), bars), [[1.0], [1.0], [0.0], [0.0]]);
    }
}
