//! Rate of change over n bars, in percent, from bar n.
//!
//! - `classic`: of the old value, `100 * (x / x[n ago] - 1)` (TA-Lib's ROC).
//! - `mt5`: of the current value, `100 * (x - x[n ago]) / x` (MetaTrader 5's example indicator
//!   ROC.mq5).
//!
//! 0 where the divisor is 0.

use super::{
    Choice, ChoiceValue, Definition, Indicator, InputKind, Output, Parameter, Placement, Text,
    boxed, window::Delay,
};

/// The catalogue entry.
pub static DEFINITION: Definition = Definition {
    kind: "roc",
    name: "ROC",
    summary: Text {
        en: "How much price has changed since some bars ago, in percent.",
        id: "Berapa persen harga berubah sejak beberapa bar yang lalu.",
    },
    input: InputKind::Source,
    parameters: &[Parameter::period("period", 12, 1)],
    choices: &[Choice {
        name: "method",
        values: &[
            ChoiceValue {
                name: "classic",
                summary: Text {
                    en: "percent of the old price, as TA-Lib does",
                    id: "persen dari harga lama, seperti TA-Lib",
                },
                is_mt5: false,
            },
            ChoiceValue {
                name: "mt5",
                summary: Text {
                    en: "percent of the current price, as MetaTrader 5 draws it",
                    id: "persen dari harga sekarang, seperti yang digambar MetaTrader 5",
                },
                is_mt5: true,
            },
        ],
    }],
    outputs: &[Output {
        name: "value",
        label: Text {
            en: "ROC",
            id: "ROC",
        },
    }],
    placement: Placement::Pane,
    build: seldom!(|s| boxed(Roc::new(s.period("period"), s.choice("method") == "mt5"))),
    warm_up: |s| s.period("period"),
};

/// See the [module](self).
#[derive(Debug, Clone)]
pub struct Roc {
    past: Delay,
    is_mt5: bool,
}

impl Roc {
    /// Over `period` bars; whether it is MetaTrader's.
    pub fn new(period: usize, is_mt5: bool) -> Self {
        Self {
            past: Delay::new(period),
            is_mt5,
        }
    }
}

impl Indicator for Roc {
    type Input = f64;
    type Output = [f64; 1];

    #[inline]
    fn update(&mut self, x: f64) -> [f64; 1] {
        let past = self.past.push(x);
        let divisor = if self.is_mt5 { x } else { past };
        [if divisor == 0.0 && !past.is_nan() {
            0.0
        } else if self.is_mt5 {
            (x - past) / x * 100.0
        } else {
            (x / past - 1.0) * 100.0
        }]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indicator::testing::run;

    #[test]
    fn by_hand() {
        let values = [8.0, 9.0, 10.0];
        let classic = run(Roc::new(2, false), values);
        assert!(classic[1][0].is_nan());
        assert_eq!(classic[2], [25.0]);
        assert_eq!(run(Roc::new(2, true), values)[2], [20.0]);
    }

    #[test]
    fn nothing_to_divide_by() {
        assert_eq!(run(Roc::new(1, false), [0.0, 3.0])[1], [0.0]);
        assert_eq!(run(Roc::new(1, true), [3.0, 0.0])[1], [0.0]);
        assert!(run(Roc::new(1, true), [0.0])[0][0].is_nan());
    }
}
