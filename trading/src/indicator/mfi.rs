//! Money flow index.
//!
//! A bar's flow is its typical price `(high + low + close) / 3` times its volume; it counts as up or
//! down as the typical price rose or fell against the bar before, and not at all where it is the same
//! to the last bit. `mfi = 100 * up / (up + down)` over the last n flows, from bar n.
//!
//! - `classic`: 0 where nothing flowed (TA-Lib's MFI).
//! - `mt5`: `100 - 100 / (1 + up / down)`, 100 where nothing flowed down (MetaTrader 5's iMFI, as in
//!   its MFI.mq5). Where money flows, both agree to the last digits.

use super::{
    Candle, Choice, ChoiceValue, Definition, Indicator, InputKind, Output, Parameter, Placement,
    Text, boxed, window::Sum,
};

/// The catalogue entry.
pub static DEFINITION: Definition = Definition {
    kind: "mfi",
    name: "MFI",
    summary: Text {
        en: "An RSI that weighs each move by its volume: high is overbought, low is oversold.",
        id: "RSI yang menimbang tiap gerakan dengan volumenya: tinggi berarti jenuh beli, rendah jenuh jual.",
    },
    input: InputKind::Bar,
    parameters: &[Parameter::period("period", 14, 1)],
    choices: &[Choice {
        name: "method",
        values: &[
            ChoiceValue {
                name: "classic",
                summary: Text {
                    en: "0 where nothing flows, as TA-Lib does",
                    id: "0 jika tidak ada aliran, seperti TA-Lib",
                },
                is_mt5: false,
            },
            ChoiceValue {
                name: "mt5",
                summary: Text {
                    en: "100 where nothing flows down, as MetaTrader 5 draws it",
                    id: "100 jika tidak ada aliran turun, seperti yang digambar MetaTrader 5",
                },
                is_mt5: true,
            },
        ],
    }],
    outputs: &[Output {
        name: "value",
        label: Text {
            en: "MFI",
            id: "MFI",
        },
    }],
    placement: Placement::Pane,
    build: seldom!(|s| boxed(Mfi::new(s.period("period"), s.choice("method") == "mt5"))),
    warm_up: |s| s.period("period"),
};

/// See the [module](self).
#[derive(Debug, Clone)]
pub struct Mfi {
    /// Sums that leave nothing behind: no flow down is exactly 0.
    up: Sum,
    down: Sum,
    before: f64,
    is_mt5: bool,
}

impl Mfi {
    /// Over `period` flows; whether it is MetaTrader's.
    pub fn new(period: usize, is_mt5: bool) -> Self {
        Self {
            up: Sum::new(period),
            down: Sum::new(period),
            before: f64::NAN,
            is_mt5,
        }
    }

    #[inline(always)]
    fn value(&self, up: f64, down: f64) -> f64 {
        if self.is_mt5 {
            if down != 0.0 {
                100.0 - 100.0 / (1.0 + up / down)
            } else {
                100.0
            }
        } else if up + down > 0.0 {
            100.0 * up / (up + down)
        } else {
            0.0
        }
    }
}

impl Indicator for Mfi {
    type Input = Candle;
    type Output = [f64; 1];

    #[inline]
    fn update(&mut self, bar: Candle) -> [f64; 1] {
        let typical = (bar.high + bar.low + bar.close) / 3.0;
        let before = std::mem::replace(&mut self.before, typical);
        if before.is_nan() {
            return [f64::NAN];
        }
        let flow = typical * bar.volume;
        let up = self.up.push(if typical > before { flow } else { 0.0 });
        let down = self.down.push(if typical < before { flow } else { 0.0 });
        if up.is_nan() {
            return [f64::NAN];
        }
        [self.value(up, down)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indicator::testing::{candle, flat, run};

    fn bar(price: f64, volume: f64) -> Candle {
        candle([price, price, price, price, volume])
    }

    #[test]
    fn by_hand() {
        // Flows: up 2 * 3 = 6, down 1 * 2 = 2; the third drops the first.
        let bars = [bar(1.0, 9.0), bar(2.0, 3.0), bar(1.0, 2.0), bar(1.0, 5.0)];
        for is_mt5 in [false, true] {
            let values = run(Mfi::new(2, is_mt5), bars);
            assert!(values[0][0].is_nan() && values[1][0].is_nan());
            assert_eq!(values[2..], [[75.0], [0.0]]);
        }
    }

    #[test]
    fn no_flow() {
        assert_eq!(run(Mfi::new(2, false), [flat(5.0); 4])[3], [0.0]);
        assert_eq!(run(Mfi::new(2, true), [flat(5.0); 4])[3], [100.0]);
    }
}
