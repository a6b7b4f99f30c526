//! Standard deviation of the last n values, as of a population.
//!
//! `sqrt(mean((x - a)^2))`, where a is the chosen average's newest value: with the simple average
//! the textbook's deviation (TA-Lib's STDDEV), with the others as MetaTrader 5's iStdDev draws it.
//! The exponential one begins with the mean of the first n there, unlike elsewhere in MetaTrader.
//! First value at bar n-1. Computed from deviations, not from sums of squares, which cancel.

use super::{
    Definition, Indicator, InputKind, Output, Parameter, Placement, Text,
    average::{AVERAGE, Average},
    boxed,
    ema::Ema,
    window::Moments,
};

/// The catalogue entry.
pub static DEFINITION: Definition = Definition {
    kind: "stddev",
    name: "Standard Deviation",
    summary: Text {
        en: "How far prices stray from their average: a plain measure of volatility.",
        id: "Seberapa jauh harga menyimpang dari rata-ratanya: ukuran volatilitas yang sederhana.",
    },
    input: InputKind::Source,
    parameters: &[Parameter::period("period", 20, 1)],
    choices: &[AVERAGE],
    outputs: &[Output {
        name: "value",
        label: Text {
            en: "standard deviation",
            id: "simpangan baku",
        },
    }],
    placement: Placement::Pane,
    build: seldom!(|s| match s.choice("average") {
        "sma" => boxed(StdDev::new(s.period("period"))),
        average => boxed(StdDevAround::new(average, s.period("period"))),
    }),
    warm_up: |s| s.period("period") - 1,
};

/// Around the mean; see the [module](self).
#[derive(Debug, Clone)]
pub struct StdDev {
    window: Moments,
    share: f64,
}

impl StdDev {
    /// The deviation of `period` values from their mean.
    pub fn new(period: usize) -> Self {
        Self {
            window: Moments::new(period),
            share: 1.0 / period as f64,
        }
    }
}

impl Indicator for StdDev {
    type Input = f64;
    type Output = [f64; 1];

    #[inline]
    fn update(&mut self, x: f64) -> [f64; 1] {
        let (_, squares) = self.window.push(x);
        [(squares * self.share).sqrt()]
    }
}

/// Around another average; see the [module](self).
#[derive(Debug, Clone)]
pub struct StdDevAround {
    window: Moments,
    share: f64,
    average: Average,
}

impl StdDevAround {
    /// The deviation of `period` values from the average of this name.
    pub fn new(average: &str, period: usize) -> Self {
        Self {
            window: Moments::new(period),
            share: 1.0 / period as f64,
            average: match average {
                "ema" => Average::Exponential(Ema::seeded_by_mean(period)),
                _ => Average::new(average, period),
            },
        }
    }
}

impl Indicator for StdDevAround {
    type Input = f64;
    type Output = [f64; 1];

    #[inline]
    fn update(&mut self, x: f64) -> [f64; 1] {
        let (mean, squares) = self.window.push(x);
        let off = mean - self.average.update(x);
        [(squares * self.share + off * off).sqrt()]
    }
}
