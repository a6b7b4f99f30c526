//! Williams' percent range.
//!
//! `wpr = -100 * (highest - close) / (highest - lowest)` over n bars, from bar n-1.
//!
//! - `classic`: 0 where the window is flat (TA-Lib's WILLR).
//! - `mt5`: keeps the value before where the window is flat, 0 at first (MetaTrader 5's iWPR, as in
//!   its WPR.mq5).

use super::{
    Candle, Choice, ChoiceValue, Definition, Indicator, InputKind, Output, Parameter, Placement,
    Text, boxed,
    window::{Highest, Lowest},
};

/// The catalogue entry.
pub static DEFINITION: Definition = Definition {
    kind: "wpr",
    name: "Williams %R",
    summary: Text {
        en: "Shows where the close lies in the recent range from -100 (lowest) to 0 (highest).",
        id: "Menunjukkan posisi harga penutupan dalam rentang terakhir dari -100 (terendah) sampai 0 (tertinggi).",
    },
    input: InputKind::Bar,
    parameters: &[Parameter::period("period", 14, 1)],
    choices: &[Choice {
        name: "method",
        values: &[
            ChoiceValue {
                name: "classic",
                summary: Text {
                    en: "0 in a flat window, as TA-Lib does",
                    id: "0 jika rentangnya datar, seperti TA-Lib",
                },
                is_mt5: false,
            },
            ChoiceValue {
                name: "mt5",
                summary: Text {
                    en: "keeps its value in a flat window, as MetaTrader 5 draws it",
                    id: "nilainya tetap jika rentangnya datar, seperti yang digambar MetaTrader 5",
                },
                is_mt5: true,
            },
        ],
    }],
    outputs: &[Output {
        name: "value",
        label: Text {
            en: "Williams %R",
            id: "Williams %R",
        },
    }],
    placement: Placement::Pane,
    build: seldom!(|s| boxed(Wpr::new(s.period("period"), s.choice("method") == "mt5"))),
    warm_up: |s| s.period("period") - 1,
};

/// See the [module](self).
#[derive(Debug, Clone)]
pub struct Wpr {
    highest: Highest,
    lowest: Lowest,
    keeps_when_flat: bool,
    value: f64,
}

impl Wpr {
    /// Over `period` bars; whether a flat window keeps the value before it.
    pub fn new(period: usize, keeps_when_flat: bool) -> Self {
        Self {
            highest: Highest::new(period),
            lowest: Lowest::new(period),
            keeps_when_flat,
            value: 0.0,
        }
    }
}

impl Indicator for Wpr {
    type Input = Candle;
    type Output = [f64; 1];

    #[inline]
    fn update(&mut self, bar: Candle) -> [f64; 1] {
        let highest = self.highest.push(bar.high);
        let lowest = self.lowest.push(bar.low);
        if highest.is_nan() {
            return [f64::NAN];
        }
        if highest != lowest {
            self.value = -(highest - bar.close) * 100.0 / (highest - lowest);
        } else if !self.keeps_when_flat {
            self.value = 0.0;
        }
        [self.value]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indicator::testing::{candle, flat, run};

    #[test]
    fn by_hand() {
        let bars = [
            candle([1.0, 5.0, 1.0, 2.0, 1.0]),
            candle([2.0, 3.0, 2.0, 3.0, 1.0]),
        ];
        let values = run(Wpr::new(2, false), bars);
        assert!(values[0][0].is_nan());
        assert_eq!(values[1], [-50.0]);
    }

    #[test]
    fn a_flat_window() {
        let bars = [candle([1.0, 5.0, 1.0, 2.0, 1.0]), flat(2.0), flat(2.0)];
        assert_eq!(run(Wpr::new(2, false), bars)[2], [0.0]);
        assert_eq!(run(Wpr::new(2, true), bars)[2], [-75.0]);
        assert_eq!(run(Wpr::new(2, true), [flat(2.0); 2])[1], [0.0]);
    }
}
