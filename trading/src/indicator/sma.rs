//! Simple moving average: the mean of the last n values.
//!
//! First value at bar n-1, in TA-Lib's SMA and MetaTrader 5's iMA (MODE_SMA) alike.

use super::{
    Definition, Indicator, InputKind, Output, Parameter, Placement, Text, boxed, window::Sum,
};

/// The catalogue entry.
pub static DEFINITION: Definition = Definition {
    kind: "sma",
    name: "SMA",
    summary: Text {
        en: "Average price of the last bars, all with the same weight.",
        id: "Rata-rata harga beberapa bar terakhir dengan bobot yang sama.",
    },
    input: InputKind::Source,
    parameters: &[Parameter::period("period", 20, 1)],
    choices: &[],
    outputs: &[Output {
        name: "value",
        label: Text {
            en: "SMA",
            id: "SMA",
        },
    }],
    placement: Placement::Overlay,
    build: seldom!(|s| boxed(Sma::new(s.period("period")))),
    warm_up: |s| s.period("period") - 1,
};

/// See the [module](self).
#[derive(Debug, Clone)]
pub struct Sma {
    sum: Sum,
    share: f64,
}

impl Sma {
    /// The mean of the last `period` values.
    pub fn new(period: usize) -> Self {
        Self {
            sum: Sum::new(period),
            share: 1.0 / period as f64,
        }
    }
}

impl Indicator for Sma {
    type Input = f64;
    type Output = [f64; 1];

    #[inline]
    fn update(&mut self, x: f64) -> [f64; 1] {
        [self.sum.push(x) * self.share]
    }
}
