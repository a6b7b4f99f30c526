//! Adaptive moving average (Kaufman's KAMA).
//!
//! `ama = ama' + c^2 (x - ama')`, `c = e (kf - ks) + ks`, k = 2 / (period + 1) of the fast and the
//! slow period, e the efficiency: the move over n bars divided by the sum of the n moves between.
//! Starts with the value at bar n-1; first value at bar n.
//!
//! - `classic`: where nothing moved the efficiency is 1 (TA-Lib's KAMA).
//! - `mt5`: there it is 0 (MetaTrader 5's iAMA as documented).
//! - `mt5_example`: as `mt5`, but ks is 0 whatever the slow period says, as in the example AMA.mq5
//!   that ships with MetaTrader 5 since 2020, where it is never set.

use super::{
    Choice, ChoiceValue, Definition, Indicator, InputKind, Output, Parameter, Placement, Text,
    boxed,
    window::{Delay, Sum},
};

/// The catalogue entry.
pub static DEFINITION: Definition = Definition {
    kind: "ama",
    name: "AMA",
    summary: Text {
        en: "Kaufman's adaptive average: fast when prices go straight, slow when they zigzag.",
        id: "Rata-rata adaptif Kaufman: cepat saat harga bergerak lurus, lambat saat harga zig-zag.",
    },
    input: InputKind::Source,
    parameters: &[
        Parameter::period("period", 10, 1),
        Parameter::period("fast", 2, 1),
        Parameter::period("slow", 30, 1),
    ],
    choices: &[Choice {
        name: "method",
        values: &[
            ChoiceValue {
                name: "classic",
                summary: Text {
                    en: "efficiency 1 where nothing moves, as TA-Lib does",
                    id: "efisiensi 1 saat harga tidak bergerak, seperti TA-Lib",
                },
                is_mt5: false,
            },
            ChoiceValue {
                name: "mt5",
                summary: Text {
                    en: "efficiency 0 where nothing moves, as MetaTrader 5 draws it",
                    id: "efisiensi 0 saat harga tidak bergerak, seperti yang digambar MetaTrader 5",
                },
                is_mt5: true,
            },
            ChoiceValue {
                name: "mt5_example",
                summary: Text {
                    en: "as the example AMA that ships with MetaTrader 5, which ignores the slow period",
                    id: "seperti contoh AMA bawaan MetaTrader 5 yang mengabaikan periode lambat",
                },
                is_mt5: false,
            },
        ],
    }],
    outputs: &[Output {
        name: "value",
        label: Text {
            en: "AMA",
            id: "AMA",
        },
    }],
    placement: Placement::Overlay,
    build: seldom!(|s| {
        boxed(Ama::new(
            s.choice("method"),
            s.period("period"),
            s.period("fast"),
            s.period("slow"),
        ))
    }),
    warm_up: |s| s.period("period"),
};

/// See the [module](self).
#[derive(Debug, Clone)]
pub struct Ama {
    slowest: f64,
    span: f64,
    when_still: f64,
    old: Delay,
    path: Sum,
    before: f64,
    value: f64,
}

impl Ama {
    /// Efficiency over `period` values turned into an EMA between `fast` and `slow`.
    pub fn new(method: &str, period: usize, fast: usize, slow: usize) -> Self {
        let weight = |n: usize| 2.0 / (n as f64 + 1.0);
        let slowest = if method == "mt5_example" {
            0.0
        } else {
            weight(slow)
        };
        Self {
            slowest,
            span: weight(fast) - slowest,
            when_still: if method == "classic" { 1.0 } else { 0.0 },
            old: Delay::new(period),
            path: Sum::new(period),
            before: f64::NAN,
            value: f64::NAN,
        }
    }
}

impl Indicator for Ama {
    type Input = f64;
    type Output = [f64; 1];

    #[inline]
    fn update(&mut self, x: f64) -> [f64; 1] {
        let before = std::mem::replace(&mut self.before, x);
        let old = self.old.push(x);
        if before.is_nan() {
            self.value = x;
            return [f64::NAN];
        }
        let path = self.path.push((x - before).abs());
        if path.is_nan() {
            self.value = x;
            return [f64::NAN];
        }
        let efficiency = if path == 0.0 {
            self.when_still
        } else {
            (x - old).abs() / path
        };
        let weight = efficiency * self.span + self.slowest;
        self.value += weight * weight * (x - self.value);
        [self.value]
    }
}
