//! TRIX: how fast a triple exponential average changes.
//!
//! `trix = (e3 - e3') / e3'`, e3 the EMA of the EMA of the EMA (Jack Hutson). Where e3' is 0, 0.
//!
//! - `classic`: in percent, each EMA begins with the mean of its first n inputs (TA-Lib's TRIX);
//!   first value at bar 3n-2.
//! - `mt5`: as a fraction, each EMA begins with its first input, the second and third at bars n-1
//!   and 2n-2 (MetaTrader 5's iTriX); drawn from bar 3n-3.

use super::{
    Choice, ChoiceValue, Definition, Indicator, InputKind, Output, Parameter, Placement, Text,
    average::{RunningEma, follow},
    boxed,
    ema::Ema,
};

/// The catalogue entry.
pub static DEFINITION: Definition = Definition {
    kind: "trix",
    name: "TRIX",
    summary: Text {
        en: "Speed of a triple smoothed average; above zero the trend is up.",
        id: "Kecepatan rata-rata yang dihaluskan tiga kali; di atas nol berarti tren naik.",
    },
    input: InputKind::Source,
    parameters: &[Parameter::period("period", 14, 1)],
    choices: &[Choice {
        name: "method",
        values: &[
            ChoiceValue {
                name: "classic",
                summary: Text {
                    en: "in percent, seeded with means, as TA-Lib does",
                    id: "dalam persen, diawali dengan rata-rata, seperti TA-Lib",
                },
                is_mt5: false,
            },
            ChoiceValue {
                name: "mt5",
                summary: Text {
                    en: "as a fraction, seeded with first values, as MetaTrader 5 draws it",
                    id: "sebagai pecahan, diawali dengan nilai pertama, seperti yang digambar MetaTrader 5",
                },
                is_mt5: true,
            },
        ],
    }],
    outputs: &[Output {
        name: "value",
        label: Text {
            en: "TRIX",
            id: "TRIX",
        },
    }],
    placement: Placement::Pane,
    build: seldom!(|s| match s.choice("method") {
        "mt5" => boxed(Mt5Trix::new(s.period("period"))),
        _ => boxed(Trix::new(s.period("period"))),
    }),
    warm_up: |s| {
        let n = s.period("period");
        match s.choice("method") {
            "mt5" => (3 * n - 3).max(1),
            _ => 3 * n - 2,
        }
    },
};

/// `classic`; see the [module](self).
#[derive(Debug, Clone)]
pub struct Trix {
    stages: [Ema; 3],
    before: f64,
}

impl Trix {
    /// Smooths three times over `period` values.
    pub fn new(period: usize) -> Self {
        Self {
            stages: std::array::from_fn(|_| Ema::seeded_by_mean(period)),
            before: f64::NAN,
        }
    }
}

impl Indicator for Trix {
    type Input = f64;
    type Output = [f64; 1];

    #[inline]
    fn update(&mut self, x: f64) -> [f64; 1] {
        let mut now = x;
        for stage in &mut self.stages {
            now = follow(stage, now);
        }
        let before = std::mem::replace(&mut self.before, now);
        [100.0 * change(before, now)]
    }
}

/// `mt5`; see the [module](self).
#[derive(Debug, Clone)]
pub struct Mt5Trix {
    stages: [RunningEma; 3],
    period: usize,
    /// Bars taken, until all stages have begun and the result is drawn.
    bars: usize,
    before: f64,
}

impl Mt5Trix {
    /// Smooths three times over `period` values.
    pub fn new(period: usize) -> Self {
        Self {
            stages: std::array::from_fn(|_| RunningEma::new(period)),
            period,
            bars: 0,
            before: f64::NAN,
        }
    }

    #[cold]
    fn warm(&mut self, x: f64) -> f64 {
        let [first, second, third] = &mut self.stages;
        let (bar, n) = (self.bars, self.period);
        self.bars += 1;
        let mut now = first.update(x);
        if bar >= n - 1 {
            now = second.update(now);
        }
        if bar >= 2 * n - 2 {
            self.before = third.update(now);
        }
        f64::NAN
    }
}

impl Indicator for Mt5Trix {
    type Input = f64;
    type Output = [f64; 1];

    #[inline]
    fn update(&mut self, x: f64) -> [f64; 1] {
        if self.bars < (3 * self.period - 3).max(1) {
            return [self.warm(x)];
        }
        let mut now = x;
        for stage in &mut self.stages {
            now = stage.update(now);
        }
        let before = std::mem::replace(&mut self.before, now);
        [change(before, now)]
    }
}

#[inline(always)]
fn change(before: f64, now: f64) -> f64 {
    if before == 0.0 {
        0.0
    } else {
        (now - before) / before
    }
}
