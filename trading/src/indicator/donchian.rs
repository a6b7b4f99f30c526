//! Donchian channel: the highest high and the lowest low of the last n bars.
//!
//! The middle is their mean. The newest bar counts, so that the channel is never left: compare with
//! its value one bar back. First value at bar n-1 (Richard Donchian; TA-Lib's DONCHIAN).
//! MetaTrader 5 ships none.

use super::{
    Candle, Definition, Indicator, InputKind, Output, Parameter, Placement, Text, boxed,
    window::{Highest, Lowest},
};

/// The catalogue entry.
pub static DEFINITION: Definition = Definition {
    kind: "donchian",
    name: "Donchian Channel",
    summary: Text {
        en: "Channel from the highest high to the lowest low of the last bars; the Turtle traders' breakout levels.",
        id: "Kanal dari harga tertinggi ke terendah beberapa bar terakhir; level breakout para trader Turtle.",
    },
    input: InputKind::Bar,
    parameters: &[Parameter::period("period", 20, 1)],
    choices: &[],
    outputs: &[
        Output {
            name: "upper",
            label: Text {
                en: "upper Donchian",
                id: "Donchian atas",
            },
        },
        Output {
            name: "lower",
            label: Text {
                en: "lower Donchian",
                id: "Donchian bawah",
            },
        },
        Output {
            name: "middle",
            label: Text {
                en: "middle of Donchian",
                id: "Donchian tengah",
            },
        },
    ],
    placement: Placement::Overlay,
    build: seldom!(|s| boxed(Donchian::new(s.period("period")))),
    warm_up: |s| s.period("period") - 1,
};

/// See the [module](self).
#[derive(Debug, Clone)]
pub struct Donchian {
    highest: Highest,
    lowest: Lowest,
}

impl Donchian {
    /// The channel of `period` bars.
    pub fn new(period: usize) -> Self {
        Self {
            highest: Highest::new(period),
            lowest: Lowest::new(period),
        }
    }
}

impl Indicator for Donchian {
    type Input = Candle;
    type Output = [f64; 3];

    #[inline]
    fn update(&mut self, bar: Candle) -> [f64; 3] {
        let upper = self.highest.push(bar.high);
        let lower = self.lowest.push(bar.low);
        [upper, lower, (upper + lower) / 2.0]
    }
}
