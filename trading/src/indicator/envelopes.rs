//! Envelopes: a moving average and lines a fixed percentage above and below it.
//!
//! `upper = (1 + d/100) average`, `lower = (1 - d/100) average`: MetaTrader 5's iEnvelopes, which
//! draws from bar n on, one bar after the average has its first value.

use super::{
    Definition, Indicator, InputKind, Output, Parameter, Placement, Text,
    average::{AVERAGE, Average},
    boxed,
};

/// The catalogue entry.
pub static DEFINITION: Definition = Definition {
    kind: "envelopes",
    name: "Envelopes",
    summary: Text {
        en: "Two lines a fixed percentage above and below a moving average.",
        id: "Dua garis dengan jarak persentase tetap di atas dan di bawah rata-rata bergerak.",
    },
    input: InputKind::Source,
    parameters: &[
        Parameter::period("period", 14, 1),
        Parameter::real("deviation", 0.1, 0.0, 100.0),
    ],
    choices: &[AVERAGE],
    outputs: &[
        Output {
            name: "upper",
            label: Text {
                en: "upper envelope",
                id: "envelope atas",
            },
        },
        Output {
            name: "lower",
            label: Text {
                en: "lower envelope",
                id: "envelope bawah",
            },
        },
    ],
    placement: Placement::Overlay,
    build: seldom!(|s| {
        boxed(Envelopes::new(
            s.choice("average"),
            s.period("period"),
            s.real("deviation"),
        ))
    }),
    warm_up: |s| s.period("period"),
};

/// See the [module](self).
#[derive(Debug, Clone)]
pub struct Envelopes {
    average: Average,
    above: f64,
    below: f64,
    is_drawn: bool,
}

impl Envelopes {
    /// Lines `percent` away from the average of this name over `period` values.
    pub fn new(average: &str, period: usize, percent: f64) -> Self {
        Self {
            average: Average::new(average, period),
            above: 1.0 + percent / 100.0,
            below: 1.0 - percent / 100.0,
            is_drawn: false,
        }
    }
}

impl Indicator for Envelopes {
    type Input = f64;
    type Output = [f64; 2];

    #[inline]
    fn update(&mut self, x: f64) -> [f64; 2] {
        let average = self.average.update(x);
        if !self.is_drawn {
            self.is_drawn = !average.is_nan();
            return [f64::NAN; 2];
        }
        [average * self.above, average * self.below]
    }
}
