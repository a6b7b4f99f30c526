//! Smoothed moving average, also called Wilder's or RMA: an EMA with weight 1/n.
//!
//! `smma = (smma' (n-1) + x) / n`. The first value, at bar n-1, is the mean of the first n:
//! MetaTrader 5's iMA (MODE_SMMA) as in its MovingAverages.mqh, and TA-Lib's RMA.

use super::{Definition, Indicator, InputKind, Output, Parameter, Placement, Text, boxed};

/// The catalogue entry.
pub static DEFINITION: Definition = Definition {
    kind: "smma",
    name: "SMMA",
    summary: Text {
        en: "Slow average price that never quite forgets old bars (Wilder's smoothing).",
        id: "Rata-rata harga yang lambat dan tidak pernah benar-benar melupakan bar lama (pemulusan Wilder).",
    },
    input: InputKind::Source,
    parameters: &[Parameter::period("period", 14, 1)],
    choices: &[],
    outputs: &[Output {
        name: "value",
        label: Text {
            en: "SMMA",
            id: "SMMA",
        },
    }],
    placement: Placement::Overlay,
    build: seldom!(|s| boxed(Smma::new(s.period("period")))),
    warm_up: |s| s.period("period") - 1,
};

/// See the [module](self).
#[derive(Debug, Clone)]
pub struct Smma {
    weight: f64,
    /// The sum of the values so far until there are n of them, then the average. Between the two
    /// weights, so that the compiler does not pair them: packing and unpacking would take longer.
    value: f64,
    rest: f64,
    missing: usize,
    period: f64,
}

impl Smma {
    /// Smooths over `period` values.
    pub fn new(period: usize) -> Self {
        let n = period as f64;
        Self {
            weight: 1.0 / n,
            rest: (n - 1.0) / n,
            value: 0.0,
            missing: period,
            period: n,
        }
    }

    /// By value, so that the state can stay in registers.
    #[cold]
    fn warm(mut self, x: f64) -> (Self, f64) {
        self.value += x;
        self.missing -= 1;
        if self.missing > 0 {
            return (self, f64::NAN);
        }
        self.value /= self.period;
        let first = self.value;
        (self, first)
    }
}

impl Indicator for Smma {
    type Input = f64;
    type Output = [f64; 1];

    #[inline]
    fn update(&mut self, x: f64) -> [f64; 1] {
        if self.missing > 0 {
            let (state, value) = self.clone().warm(x);
            *self = state;
            return [value];
        }
        self.value = x * self.weight + self.value * self.rest;
        [self.value]
    }
}
