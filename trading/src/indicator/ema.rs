//! Exponential moving average.
//!
//! `ema = k * x + (1 - k) * ema'`, `k = 2 / (n + 1)`.
//!
//! - `classic`: the first value, at bar n-1, is the mean of the first n (TA-Lib's EMA).
//! - `mt5`: starts at bar 0 with the first value itself (MetaTrader 5's iMA, MODE_EMA, as in its
//!   MovingAverages.mqh); drawn from bar n-1. Both agree to 1e-6 after about 8n bars.

use super::{
    Choice, ChoiceValue, Definition, Indicator, InputKind, Output, Parameter, Placement, Text,
    boxed,
    lanes::{LANES, Lanes, Packed, PackedSource, Real, SourceStep},
};

/// The choice between the textbook's seed and MetaTrader's.
pub(super) const SEED: Choice = Choice {
    name: "method",
    values: &[
        ChoiceValue {
            name: "classic",
            summary: Text {
                en: "seeded with the mean of the first values, as TA-Lib does",
                id: "diawali dengan rata-rata nilai pertama, seperti TA-Lib",
            },
            is_mt5: false,
        },
        ChoiceValue {
            name: "mt5",
            summary: Text {
                en: "seeded with the first value, as MetaTrader 5 draws it",
                id: "diawali dengan nilai pertama, seperti yang digambar MetaTrader 5",
            },
            is_mt5: true,
        },
    ],
};

/// The catalogue entry.
pub static DEFINITION: Definition = Definition {
    kind: "ema",
    name: "EMA",
    summary: Text {
        en: "Average price that gives recent bars more weight and reacts faster than the SMA.",
        id: "Rata-rata harga yang memberi bobot lebih pada bar terbaru sehingga lebih cepat bereaksi daripada SMA.",
    },
    input: InputKind::Source,
    parameters: &[Parameter::period("period", 20, 1)],
    choices: &[SEED],
    outputs: &[Output {
        name: "value",
        label: Text {
            en: "EMA",
            id: "EMA",
        },
    }],
    placement: Placement::Overlay,
    build: seldom!(|s| match s.choice("method") {
        "mt5" => boxed(Ema::seeded_by_first(s.period("period"))),
        _ => boxed(Ema::seeded_by_mean(s.period("period"))),
    }),
    warm_up: |s| s.period("period") - 1,
};

/// See the [module](self).
#[derive(Debug, Clone)]
pub struct Ema {
    average: Average<f64>,
    /// Values still missing before the average exists.
    missing: usize,
    seed: Seed,
}

/// The average once it exists.
#[derive(Debug, Clone)]
struct Average<F> {
    /// Weight of the newest value, and what is left for the past.
    weight: F,
    rest: F,
    value: F,
}

impl<F: Real> Average<F> {
    #[inline(always)]
    fn step(&mut self, x: F) -> F {
        self.value = x * self.weight + self.value * self.rest;
        self.value
    }
}

impl SourceStep<1> for Average<Lanes> {
    #[inline(always)]
    fn step(&mut self, x: Lanes) -> [Lanes; 1] {
        [Self::step(self, x)]
    }
}

#[derive(Debug, Clone, Copy)]
enum Seed {
    Mean { sum: f64, count: f64 },
    First { is_first: bool },
}

impl Ema {
    /// Starts with the mean of the first `period` values.
    pub fn seeded_by_mean(period: usize) -> Self {
        Self::new(
            period,
            Seed::Mean {
                sum: 0.0,
                count: period as f64,
            },
        )
    }

    /// Starts with the first value.
    pub fn seeded_by_first(period: usize) -> Self {
        Self::new(period, Seed::First { is_first: true })
    }

    fn new(period: usize, seed: Seed) -> Self {
        let weight = 2.0 / (period as f64 + 1.0);
        Self {
            average: Average {
                weight,
                rest: 1.0 - weight,
                value: f64::NAN,
            },
            missing: period,
            seed,
        }
    }

    /// By value, so that the state of the loop around it can live in registers.
    #[cold]
    fn warm(mut self, x: f64) -> (Self, f64) {
        self.missing -= 1;
        let average = &mut self.average;
        match &mut self.seed {
            Seed::Mean { sum, count } => {
                *sum += x;
                if self.missing == 0 {
                    average.value = *sum / *count;
                }
            }
            Seed::First { is_first } => {
                if std::mem::take(is_first) {
                    average.value = x;
                } else {
                    average.step(x);
                }
            }
        }
        let value = if self.missing == 0 {
            average.value
        } else {
            f64::NAN
        };
        (self, value)
    }
}

impl Indicator for Ema {
    type Input = f64;
    type Output = [f64; 1];

    #[inline]
    fn update(&mut self, x: f64) -> [f64; 1] {
        if self.missing == 0 {
            return [self.average.step(x)];
        }
        let (warmer, value) = self.clone().warm(x);
        *self = warmer;
        [value]
    }

    fn pack(lanes: &[&Self; LANES], _: u32) -> Option<Box<dyn Packed>> {
        lanes.iter().all(|lane| lane.missing == 0).then(|| {
            PackedSource::boxed(Average {
                weight: Lanes(lanes.map(|lane| lane.average.weight)),
                rest: Lanes(lanes.map(|lane| lane.average.rest)),
                value: Lanes(lanes.map(|lane| lane.average.value)),
            })
        })
    }
}
