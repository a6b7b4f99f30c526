//! Momentum over n bars, from bar n.
//!
//! - `classic`: the difference, `x - x[n ago]` (TA-Lib's MOM).
//! - `mt5`: the ratio in percent, `100 * x / x[n ago]`, 0 where the old value is 0 (MetaTrader 5's
//!   iMomentum, as in its Momentum.mq5).

use super::{
    Choice, ChoiceValue, Definition, Indicator, InputKind, Output, Parameter, Placement, Text,
    boxed, window::Delay,
};

/// The catalogue entry.
pub static DEFINITION: Definition = Definition {
    kind: "momentum",
    name: "Momentum",
    summary: Text {
        en: "Compares the price with the price some bars ago: shows how fast it moves.",
        id: "Membandingkan harga dengan harga beberapa bar yang lalu: menunjukkan kecepatan gerakannya.",
    },
    input: InputKind::Source,
    parameters: &[Parameter::period("period", 14, 1)],
    choices: &[Choice {
        name: "method",
        values: &[
            ChoiceValue {
                name: "classic",
                summary: Text {
                    en: "difference of prices, as TA-Lib does",
                    id: "selisih harga, seperti TA-Lib",
                },
                is_mt5: false,
            },
            ChoiceValue {
                name: "mt5",
                summary: Text {
                    en: "ratio of prices around 100, as MetaTrader 5 draws it",
                    id: "rasio harga di sekitar 100, seperti yang digambar MetaTrader 5",
                },
                is_mt5: true,
            },
        ],
    }],
    outputs: &[Output {
        name: "value",
        label: Text {
            en: "Momentum",
            id: "Momentum",
        },
    }],
    placement: Placement::Pane,
    build: seldom!(|s| {
        boxed(Momentum::new(
            s.period("period"),
            s.choice("method") == "mt5",
        ))
    }),
    warm_up: |s| s.period("period"),
};

/// See the [module](self).
#[derive(Debug, Clone)]
pub struct Momentum {
    past: Delay,
    is_ratio: bool,
}

impl Momentum {
    /// Over `period` bars; whether it is a ratio.
    pub fn new(period: usize, is_ratio: bool) -> Self {
        Self {
            past: Delay::new(period),
            is_ratio,
        }
    }
}

impl Indicator for Momentum {
    type Input = f64;
    type Output = [f64; 1];

    #[inline]
    fn update(&mut self, x: f64) -> [f64; 1] {
        let past = self.past.push(x);
        [if !self.is_ratio {
            x - past
        } else if past == 0.0 {
            0.0
        } else {
            x * 100.0 / past
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
        let classic = run(Momentum::new(2, false), values);
        assert!(classic[1][0].is_nan());
        assert_eq!(classic[2], [2.0]);
        assert_eq!(run(Momentum::new(2, true), values)[2], [125.0]);
    }

    #[test]
    fn nothing_to_divide_by() {
        assert_eq!(run(Momentum::new(1, true), [0.0, 3.0])[1], [0.0]);
    }
}
