//! Linearly weighted moving average: the oldest of n values counts once, the newest n times.
//!
//! `wma = (1 x[n-1] + 2 x[n-2] + … + n x[0]) / (n (n+1) / 2)`, first value at bar n-1: TA-Lib's
//! WMA and MetaTrader 5's iMA (MODE_LWMA) alike.

use super::{
    Definition, Indicator, InputKind, Output, Parameter, Placement, Text, boxed,
    window::WeightedSum,
};

/// The catalogue entry.
pub static DEFINITION: Definition = Definition {
    kind: "wma",
    name: "WMA",
    summary: Text {
        en: "Average price whose weights fall evenly from the newest bar to the oldest.",
        id: "Rata-rata harga dengan bobot yang menurun merata dari bar terbaru ke bar terlama.",
    },
    input: InputKind::Source,
    parameters: &[Parameter::period("period", 20, 1)],
    choices: &[],
    outputs: &[Output {
        name: "value",
        label: Text {
            en: "WMA",
            id: "WMA",
        },
    }],
    placement: Placement::Overlay,
    build: seldom!(|s| boxed(Wma::new(s.period("period")))),
    warm_up: |s| s.period("period") - 1,
};

/// See the [module](self).
#[derive(Debug, Clone)]
pub struct Wma {
    sum: WeightedSum,
    share: f64,
}

impl Wma {
    /// The weighted mean of the last `period` values.
    pub fn new(period: usize) -> Self {
        let n = period as f64;
        Self {
            sum: WeightedSum::new(period),
            share: 2.0 / (n * (n + 1.0)),
        }
    }
}

impl Indicator for Wma {
    type Input = f64;
    type Output = [f64; 1];

    #[inline]
    fn update(&mut self, x: f64) -> [f64; 1] {
        [self.sum.push(x) * self.share]
    }
}
