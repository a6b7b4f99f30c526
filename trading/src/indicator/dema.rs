//! Double exponential moving average.
//!
//! `dema = 2 e1 - e2`, where e1 is the EMA of the value and e2 the EMA of e1 (Patrick Mulloy, 1994).
//! First value at bar 2n-2.
//!
//! - `classic`: each EMA begins with the mean of its first n inputs (TA-Lib's DEMA).
//! - `mt5`: each begins with its first input (MetaTrader 5's iDEMA).

use super::{
    Definition, Indicator, InputKind, Output, Parameter, Placement, Text,
    average::follow,
    boxed,
    ema::{Ema, SEED},
};

/// The catalogue entry.
pub static DEFINITION: Definition = Definition {
    kind: "dema",
    name: "DEMA",
    summary: Text {
        en: "Double exponential average: an EMA with much of its delay taken out.",
        id: "Rata-rata eksponensial ganda: EMA yang sebagian besar keterlambatannya dihilangkan.",
    },
    input: InputKind::Source,
    parameters: &[Parameter::period("period", 14, 1)],
    choices: &[SEED],
    outputs: &[Output {
        name: "value",
        label: Text {
            en: "DEMA",
            id: "DEMA",
        },
    }],
    placement: Placement::Overlay,
    build: seldom!(|s| match s.choice("method") {
        "mt5" => boxed(Dema::new(Ema::seeded_by_first, s.period("period"))),
        _ => boxed(Dema::new(Ema::seeded_by_mean, s.period("period"))),
    }),
    warm_up: |s| 2 * s.period("period") - 2,
};

/// See the [module](self).
#[derive(Debug, Clone)]
pub struct Dema {
    first: Ema,
    second: Ema,
}

impl Dema {
    /// Two stages over `period` values, each made by `stage`.
    pub fn new(stage: fn(usize) -> Ema, period: usize) -> Self {
        Self {
            first: stage(period),
            second: stage(period),
        }
    }
}

impl Indicator for Dema {
    type Input = f64;
    type Output = [f64; 1];

    #[inline]
    fn update(&mut self, x: f64) -> [f64; 1] {
        let [first] = self.first.update(x);
        let second = follow(&mut self.second, first);
        [2.0 * first - second]
    }
}
