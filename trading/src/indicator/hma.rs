//! Hull moving average.
//!
//! `hma = WMA(2 WMA(x, n/2) - WMA(x, n), sqrt(n))`, both n/2 and the root rounded down (Alan Hull;
//! TA-Lib's HMA). First value at bar n-1 + sqrt(n)-1. MetaTrader 5 ships none.

use super::{
    Definition, Indicator, InputKind, Output, Parameter, Placement, Text, average::follow, boxed,
    wma::Wma,
};

/// The catalogue entry.
pub static DEFINITION: Definition = Definition {
    kind: "hma",
    name: "HMA",
    summary: Text {
        en: "Hull average: very smooth and yet close to the price.",
        id: "Rata-rata Hull: sangat halus namun tetap dekat dengan harga.",
    },
    input: InputKind::Source,
    parameters: &[Parameter::period("period", 20, 2)],
    choices: &[],
    outputs: &[Output {
        name: "value",
        label: Text {
            en: "HMA",
            id: "HMA",
        },
    }],
    placement: Placement::Overlay,
    build: seldom!(|s| boxed(Hma::new(s.period("period")))),
    warm_up: |s| s.period("period") + s.period("period").isqrt() - 2,
};

/// See the [module](self).
#[derive(Debug, Clone)]
pub struct Hma {
    half: Wma,
    full: Wma,
    last: Wma,
}

impl Hma {
    /// Smooths over `period` values, at least 2.
    pub fn new(period: usize) -> Self {
        Self {
            half: Wma::new(period / 2),
            full: Wma::new(period),
            last: Wma::new(period.isqrt()),
        }
    }
}

impl Indicator for Hma {
    type Input = f64;
    type Output = [f64; 1];

    #[inline]
    fn update(&mut self, x: f64) -> [f64; 1] {
        let [half] = self.half.update(x);
        let [full] = self.full.update(x);
        [follow(&mut self.last, 2.0 * half - full)]
    }
}
