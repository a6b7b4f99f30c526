//! OsMA: the MACD line minus its signal, on its own.
//!
//! First value at bar slow-1 + signal-1 (of the longer period, where that is fast).
//!
//! - `classic`: the histogram of TA-Lib's MACD.
//! - `mt5`: the line minus its simple average (MetaTrader 5's iOsMA), hidden until that bar.

use super::{
    Definition, Indicator, InputKind, Output, Parameter, Placement, Text, boxed,
    macd::{METHOD, Macd, Mt5Macd},
};

/// The catalogue entry.
pub static DEFINITION: Definition = Definition {
    kind: "osma",
    name: "OsMA",
    summary: Text {
        en: "How far the MACD line is from its signal: rising bars mean growing momentum.",
        id: "Jarak garis MACD dari sinyalnya: batang yang naik berarti momentum menguat.",
    },
    input: InputKind::Source,
    parameters: &[
        Parameter::period("fast", 12, 1),
        Parameter::period("slow", 26, 1),
        Parameter::period("signal", 9, 1),
    ],
    choices: &[METHOD],
    outputs: &[Output {
        name: "value",
        label: Text {
            en: "OsMA",
            id: "OsMA",
        },
    }],
    placement: Placement::Pane,
    build: seldom!(|s| {
        let (fast, slow, signal) = (s.period("fast"), s.period("slow"), s.period("signal"));
        match s.choice("method") {
            "mt5" => boxed(Mt5Osma::new(fast, slow, signal)),
            _ => boxed(Osma(Macd::new(fast, slow, signal))),
        }
    }),
    warm_up: |s| s.period("fast").max(s.period("slow")) + s.period("signal") - 2,
};

/// `classic`; see the [module](self).
#[derive(Debug, Clone)]
pub struct Osma(Macd);

impl Indicator for Osma {
    type Input = f64;
    type Output = [f64; 1];

    #[inline]
    fn update(&mut self, x: f64) -> [f64; 1] {
        let [_, _, histogram] = self.0.update(x);
        [histogram]
    }
}

/// `mt5`; see the [module](self).
#[derive(Debug, Clone)]
pub struct Mt5Osma {
    macd: Mt5Macd,
    hidden: usize,
}

impl Mt5Osma {
    /// The histogram of the MACD of these periods.
    pub fn new(fast: usize, slow: usize, signal: usize) -> Self {
        Self {
            macd: Mt5Macd::new(fast, slow, signal),
            hidden: fast.max(slow) + signal - 2,
        }
    }
}

impl Indicator for Mt5Osma {
    type Input = f64;
    type Output = [f64; 1];

    #[inline]
    fn update(&mut self, x: f64) -> [f64; 1] {
        let [_, _, histogram] = self.macd.update(x);
        if self.hidden > 0 {
            self.hidden -= 1;
            return [f64::NAN];
        }
        [histogram]
    }
}
