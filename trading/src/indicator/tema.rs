//! Triple exponential moving average.
//!
//! `tema = 3 e1 - 3 e2 + e3`, each e the EMA of the one before (Patrick Mulloy, 1994). First value
//! at bar 3n-3.
//!
//! - `classic`: each EMA begins with the mean of its first n inputs (TA-Lib's TEMA).
//! - `mt5`: each begins with its first input (MetaTrader 5's iTEMA).

use super::{
    Definition, Indicator, InputKind, Output, Parameter, Placement, Text,
    average::follow,
    boxed,
    ema::{Ema, SEED},
};

/// The catalogue entry.
pub static DEFINITION: Definition = Definition {
    kind: "tema",
    name: "TEMA",
    summary: Text {
        en: "Triple exponential average: follows the price even closer than DEMA.",
        id: "Rata-rata eksponensial rangkap tiga: mengikuti harga lebih dekat lagi daripada DEMA.",
    },
    input: InputKind::Source,
    parameters: &[Parameter::period("period", 14, 1)],
    choices: &[SEED],
    outputs: &[Output {
        name: "value",
        label: Text {
            en: "TEMA",
            id: "TEMA",
        },
    }],
    placement: Placement::Overlay,
    build: seldom!(|s| match s.choice("method") {
        "mt5" => boxed(Tema::new(Ema::seeded_by_first, s.period("period"))),
        _ => boxed(Tema::new(Ema::seeded_by_mean, s.period("period"))),
    }),
    warm_up: |s| 3 * s.period("period") - 3,
};

/// See the [module](self).
#[derive(Debug, Clone)]
pub struct Tema {
    first: Ema,
    second: Ema,
    third: Ema,
}

impl Tema {
    /// Three stages over `period` values, each made by `stage`.
    pub fn new(stage: fn(usize) -> Ema, period: usize) -> Self {
        Self {
            first: stage(period),
            second: stage(period),
            third: stage(period),
        }
    }
}

impl Indicator for Tema {
    type Input = f64;
    type Output = [f64; 1];

    #[inline]
    fn update(&mut self, x: f64) -> [f64; 1] {
        let [first] = self.first.update(x);
        let second = follow(&mut self.second, first);
        let third = follow(&mut self.third, second);
        [3.0 * (first - second) + third]
    }
}
