//! Bollinger bands: a simple average and lines some standard deviations above and below it.
//!
//! `middle +- d sqrt(mean((x - middle)^2))`, the deviation of the population (John Bollinger).
//! `width = (upper - lower) / middle` (0 where the middle is 0) and
//! `percent_b = (x - lower) / (upper - lower)` (0.5 where the bands meet).
//!
//! - `classic`: from bar n-1 on (TA-Lib's BBANDS).
//! - `mt5`: the same values, drawn from bar n on (MetaTrader 5's iBands).
//!
//! TA-Lib takes the deviation from running sums of squares, which cancel; ours comes from the
//! deviations themselves (see the windows), so a flat window has bands that meet exactly.

use super::{
    Choice, ChoiceValue, Definition, Indicator, InputKind, Output, Parameter, Placement, Text,
    boxed, window::Moments,
};

/// The catalogue entry.
pub static DEFINITION: Definition = Definition {
    kind: "bollinger",
    name: "Bollinger Bands",
    summary: Text {
        en: "Bands around an average that widen when the market moves and narrow when it rests.",
        id: "Pita di sekitar rata-rata yang melebar saat pasar bergerak dan menyempit saat pasar tenang.",
    },
    input: InputKind::Source,
    parameters: &[
        Parameter::period("period", 20, 1),
        Parameter::real("deviations", 2.0, 0.0, 100.0),
    ],
    choices: &[Choice {
        name: "method",
        values: &[
            ChoiceValue {
                name: "classic",
                summary: Text {
                    en: "from the first full window on, as TA-Lib does",
                    id: "mulai dari jendela penuh pertama, seperti TA-Lib",
                },
                is_mt5: false,
            },
            ChoiceValue {
                name: "mt5",
                summary: Text {
                    en: "from one bar later on, as MetaTrader 5 draws it",
                    id: "mulai satu bar kemudian, seperti yang digambar MetaTrader 5",
                },
                is_mt5: true,
            },
        ],
    }],
    outputs: &[
        Output {
            name: "middle",
            label: Text {
                en: "middle Bollinger band",
                id: "pita tengah Bollinger",
            },
        },
        Output {
            name: "upper",
            label: Text {
                en: "upper Bollinger band",
                id: "pita atas Bollinger",
            },
        },
        Output {
            name: "lower",
            label: Text {
                en: "lower Bollinger band",
                id: "pita bawah Bollinger",
            },
        },
        Output {
            name: "width",
            label: Text {
                en: "Bollinger band width",
                id: "lebar pita Bollinger",
            },
        },
        Output {
            name: "percent_b",
            label: Text {
                en: "Bollinger %b",
                id: "%b Bollinger",
            },
        },
    ],
    placement: Placement::Overlay,
    build: seldom!(|s| {
        let is_mt5 = s.choice("method") == "mt5";
        let mut bands = Bollinger::new(s.period("period"), s.real("deviations"), is_mt5);
        bands.has_ratios = s.wants(3) || s.wants(4);
        boxed(bands)
    }),
    warm_up: |s| s.period("period") - usize::from(s.choice("method") != "mt5"),
};

/// See the [module](self).
#[derive(Debug, Clone)]
pub struct Bollinger {
    window: Moments,
    share: f64,
    deviations: f64,
    /// Whether the next full window is the one that MetaTrader 5 does not draw.
    hides_next: bool,
    /// Whether anybody reads the width or %b, which cost a division each.
    has_ratios: bool,
}

impl Bollinger {
    /// Bands `deviations` away from the mean of `period` values, drawn a bar late or not.
    pub fn new(period: usize, deviations: f64, is_mt5: bool) -> Self {
        Self {
            window: Moments::new(period),
            share: 1.0 / period as f64,
            deviations,
            hides_next: is_mt5,
            has_ratios: true,
        }
    }
}

impl Indicator for Bollinger {
    type Input = f64;
    type Output = [f64; 5];

    #[inline]
    fn update(&mut self, x: f64) -> [f64; 5] {
        let (middle, squares) = self.window.push(x);
        if middle.is_nan() {
            return [f64::NAN; 5];
        }
        if self.hides_next {
            self.hides_next = false;
            return [f64::NAN; 5];
        }
        let reach = self.deviations * (squares * self.share).sqrt();
        let (upper, lower) = (middle + reach, middle - reach);
        if !self.has_ratios {
            return [middle, upper, lower, f64::NAN, f64::NAN];
        }
        let range = upper - lower;
        let width = if middle == 0.0 { 0.0 } else { range / middle };
        let percent_b = if range == 0.0 {
            0.5
        } else {
            (x - lower) / range
        };
        [middle, upper, lower, width, percent_b]
    }
}
