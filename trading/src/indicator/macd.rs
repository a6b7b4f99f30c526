//! MACD: the distance between a fast and a slow EMA, and an average of that distance.
//!
//! `line = EMA(fast) - EMA(slow)`, `histogram = line - signal`.
//!
//! - `classic`: the signal is an EMA of the line. Both averages begin at bar slow-1, each with the
//!   mean of the values of its own period that end there, and the signal with the mean of the first
//!   `signal` lines; all three outputs from bar slow-1 + signal-1 on (TA-Lib's MACD). Where fast is
//!   the longer period, it takes the place of slow in these bars.
//! - `mt5`: both averages begin at bar 0 with the first value and the signal is a *simple* average
//!   of the line; line from bar 0, signal and histogram from bar signal-1 on (MetaTrader 5's iMACD).

use super::{
    Choice, ChoiceValue, Definition, Indicator, InputKind, Output, Parameter, Placement, Text,
    average::RunningEma,
    boxed,
    lanes::{LANES, Lanes, Packed, PackedSource, Real, SourceStep, Steps},
    window::Sum,
};

/// The choice between the textbook's MACD and MetaTrader's.
pub(super) const METHOD: Choice = Choice {
    name: "method",
    values: &[
        ChoiceValue {
            name: "classic",
            summary: Text {
                en: "signal is an exponential average, seeded as TA-Lib does",
                id: "sinyal berupa rata-rata eksponensial, diawali seperti TA-Lib",
            },
            is_mt5: false,
        },
        ChoiceValue {
            name: "mt5",
            summary: Text {
                en: "signal is a simple average, as MetaTrader 5 draws it",
                id: "sinyal berupa rata-rata sederhana, seperti yang digambar MetaTrader 5",
            },
            is_mt5: true,
        },
    ],
};

/// The catalogue entry.
pub static DEFINITION: Definition = Definition {
    kind: "macd",
    name: "MACD",
    summary: Text {
        en: "Distance between a fast and a slow average: shows where momentum turns.",
        id: "Jarak antara rata-rata cepat dan lambat: menunjukkan saat momentum berbalik.",
    },
    input: InputKind::Source,
    parameters: &[
        Parameter::period("fast", 12, 1),
        Parameter::period("slow", 26, 1),
        Parameter::period("signal", 9, 1),
    ],
    choices: &[METHOD],
    outputs: &[
        Output {
            name: "line",
            label: Text {
                en: "MACD line",
                id: "garis MACD",
            },
        },
        Output {
            name: "signal",
            label: Text {
                en: "MACD signal",
                id: "sinyal MACD",
            },
        },
        Output {
            name: "histogram",
            label: Text {
                en: "MACD histogram",
                id: "histogram MACD",
            },
        },
    ],
    placement: Placement::Pane,
    build: |s| {
        let (fast, slow, signal) = (s.period("fast"), s.period("slow"), s.period("signal"));
        match s.choice("method") {
            "mt5" => boxed(Mt5Macd::new(fast, slow, signal)),
            _ => boxed(Macd::new(fast, slow, signal)),
        }
    },
    warm_up: |s| match s.choice("method") {
        "mt5" => s.period("signal") - 1,
        _ => s.period("fast").max(s.period("slow")) + s.period("signal") - 2,
    },
};

/// `classic`; see the [module](self).
#[derive(Debug, Clone)]
pub struct Macd {
    /// Averages and signal; sums until they begin.
    lines: Lines<f64>,
    missing: usize,
    /// Fast and slow.
    periods: [usize; 2],
    signal_period: usize,
}

/// The three averages, once they exist.
#[derive(Debug, Clone)]
struct Lines<F> {
    /// The fast and the slow average, side by side as one vector.
    averages: [F; 2],
    weights: [F; 2],
    rests: [F; 2],
    signal_weight: F,
    /// Between its two weights, so that the compiler does not pair them: packing and unpacking
    /// would take longer.
    signal: F,
    signal_rest: F,
}

impl<F: Real> Lines<F> {
    #[inline(always)]
    fn step_averages(&mut self, x: F) -> F {
        for i in 0..2 {
            self.averages[i] = x * self.weights[i] + self.averages[i] * self.rests[i];
        }
        self.averages[0] - self.averages[1]
    }

    #[inline(always)]
    fn step(&mut self, x: F) -> [F; 3] {
        let line = self.step_averages(x);
        self.signal = line * self.signal_weight + self.signal * self.signal_rest;
        [line, self.signal, line - self.signal]
    }
}

/// For when nobody wants the histogram.
impl SourceStep<2> for Lines<Lanes> {
    #[inline(always)]
    fn step(&mut self, x: Lanes) -> [Lanes; 2] {
        let [line, signal, _] = Self::step(self, x);
        [line, signal]
    }
}

impl SourceStep<3> for Lines<Lanes> {
    #[inline(always)]
    fn step(&mut self, x: Lanes) -> [Lanes; 3] {
        Self::step(self, x)
    }
}

impl Macd {
    /// Averages over `fast` and `slow` values, a signal over `signal` lines.
    pub fn new(fast: usize, slow: usize, signal: usize) -> Self {
        let weight = |n: usize| 2.0 / (n as f64 + 1.0);
        let periods = [fast, slow];
        Self {
            lines: Lines {
                averages: [0.0; 2],
                weights: periods.map(weight),
                rests: periods.map(|n| 1.0 - weight(n)),
                signal_weight: weight(signal),
                signal: 0.0,
                signal_rest: 1.0 - weight(signal),
            },
            missing: fast.max(slow) + signal - 1,
            periods,
            signal_period: signal,
        }
    }

    /// By value, so that the state can stay in registers.
    #[cold]
    fn warm(mut self, x: f64) -> (Self, [f64; 3]) {
        let values = self.warm_step(x);
        (self, values)
    }

    fn warm_step(&mut self, x: f64) -> [f64; 3] {
        const NONE: [f64; 3] = [f64::NAN; 3];
        self.missing -= 1;
        let lines = &mut self.lines;
        // Bars until both averages begin; then they run, and lines add up for the signal.
        let line = match (self.missing + 1).checked_sub(self.signal_period) {
            Some(left) => {
                for (average, &period) in lines.averages.iter_mut().zip(&self.periods) {
                    seed(average, x, left, period);
                }
                if left > 0 {
                    return NONE;
                }
                lines.averages[0] - lines.averages[1]
            }
            None => lines.step_averages(x),
        };
        seed(&mut lines.signal, line, self.missing, self.signal_period);
        if self.missing > 0 {
            return NONE;
        }
        [line, lines.signal, line - lines.signal]
    }
}

/// Collects the mean of the `period` values that end when `left` is 0.
fn seed(mean: &mut f64, x: f64, left: usize, period: usize) {
    if left < period {
        *mean += x;
    }
    if left == 0 {
        *mean /= period as f64;
    }
}

impl Indicator for Macd {
    type Input = f64;
    type Output = [f64; 3];

    #[inline]
    fn update(&mut self, x: f64) -> [f64; 3] {
        if self.missing > 0 {
            let (state, values) = self.clone().warm(x);
            *self = state;
            return values;
        }
        self.lines.step(x)
    }

    fn pack(lanes: &[&Self; LANES], wanted: u32) -> Option<Box<dyn Packed>> {
        let of = |read: &dyn Fn(&Lines<f64>) -> f64| Lanes(lanes.map(|lane| read(&lane.lines)));
        let pair = |read: &dyn Fn(&Lines<f64>) -> [f64; 2]| {
            [of(&|lines| read(lines)[0]), of(&|lines| read(lines)[1])]
        };
        if lanes.iter().any(|lane| lane.missing > 0) {
            return None;
        }
        let lines = Lines {
            averages: pair(&|lines| lines.averages),
            weights: pair(&|lines| lines.weights),
            rests: pair(&|lines| lines.rests),
            signal_weight: of(&|lines| lines.signal_weight),
            signal: of(&|lines| lines.signal),
            signal_rest: of(&|lines| lines.signal_rest),
        };
        Some(if wanted & 0b100 == 0 {
            PackedSource::<Steps<2, _>>::boxed(lines)
        } else {
            PackedSource::<Steps<3, _>>::boxed(lines)
        })
    }
}

/// `mt5`; see the [module](self).
#[derive(Debug, Clone)]
pub struct Mt5Macd {
    fast: RunningEma,
    slow: RunningEma,
    signal: Sum,
    share: f64,
}

impl Mt5Macd {
    /// Averages over `fast` and `slow` values, a signal over `signal` lines.
    pub fn new(fast: usize, slow: usize, signal: usize) -> Self {
        Self {
            fast: RunningEma::new(fast),
            slow: RunningEma::new(slow),
            signal: Sum::new(signal),
            share: 1.0 / signal as f64,
        }
    }
}

impl Indicator for Mt5Macd {
    type Input = f64;
    type Output = [f64; 3];

    #[inline]
    fn update(&mut self, x: f64) -> [f64; 3] {
        let line = self.fast.update(x) - self.slow.update(x);
        let signal = self.signal.push(line) * self.share;
        [line, signal, line - signal]
    }
}
