//! Bill Williams' Alligator: three smoothed averages of the median price, each shifted forward.
//!
//! Jaws, teeth and lips are the SMMA over 13, 8 and 5 bars, drawn 8, 5 and 3 bars later. The value
//! at a bar is what the chart shows at that bar. Each line begins at bar period-1 + shift:
//! MetaTrader 5's iAlligator.

use super::{
    Candle, Definition, Indicator, InputKind, Output, Parameter, Placement, Text, boxed,
    smma::Smma, window::Delay,
};

/// The catalogue entry.
pub static DEFINITION: Definition = Definition {
    kind: "alligator",
    name: "Alligator",
    summary: Text {
        en: "Three shifted averages: apart from each other the market trends, entwined it sleeps.",
        id: "Tiga rata-rata yang digeser: bila terpisah pasar sedang tren, bila berjalin pasar sedang tidur.",
    },
    input: InputKind::Bar,
    parameters: &[
        Parameter::period("jaws", 13, 1),
        Parameter::period("teeth", 8, 1),
        Parameter::period("lips", 5, 1),
        Parameter::period("jaws_shift", 8, 0),
        Parameter::period("teeth_shift", 5, 0),
        Parameter::period("lips_shift", 3, 0),
    ],
    choices: &[],
    outputs: &[
        Output {
            name: "jaws",
            label: Text {
                en: "Alligator jaws",
                id: "rahang Alligator",
            },
        },
        Output {
            name: "teeth",
            label: Text {
                en: "Alligator teeth",
                id: "gigi Alligator",
            },
        },
        Output {
            name: "lips",
            label: Text {
                en: "Alligator lips",
                id: "bibir Alligator",
            },
        },
    ],
    placement: Placement::Overlay,
    build: seldom!(|s| {
        boxed(Alligator {
            jaws: Line::new(s.period("jaws"), s.period("jaws_shift")),
            teeth: Line::new(s.period("teeth"), s.period("teeth_shift")),
            lips: Line::new(s.period("lips"), s.period("lips_shift")),
        })
    }),
    warm_up: |s| {
        ["jaws", "teeth", "lips"]
            .into_iter()
            .zip(["jaws_shift", "teeth_shift", "lips_shift"])
            .map(|(period, shift)| s.period(period) - 1 + s.period(shift))
            .fold(0, usize::max)
    },
};

/// See the [module](self).
#[derive(Debug, Clone)]
pub struct Alligator {
    jaws: Line,
    teeth: Line,
    lips: Line,
}

#[derive(Debug, Clone)]
struct Line {
    average: Smma,
    shift: Delay,
}

impl Line {
    fn new(period: usize, shift: usize) -> Self {
        Self {
            average: Smma::new(period),
            shift: Delay::new(shift),
        }
    }

    #[inline(always)]
    fn update(&mut self, x: f64) -> f64 {
        let [average] = self.average.update(x);
        self.shift.push(average)
    }
}

impl Indicator for Alligator {
    type Input = Candle;
    type Output = [f64; 3];

    #[inline]
    fn update(&mut self, bar: Candle) -> [f64; 3] {
        let median = (bar.high + bar.low) / 2.0;
        [
            self.jaws.update(median),
            self.teeth.update(median),
            self.lips.update(median),
        ]
    }
}
