//! Relative strength index.
//!
//! `rsi = 100 * gains / (gains + losses)`, where both are Wilder's averages of the moves up and
//! down from one value to the next: the first, at bar n, is the mean of n moves, then
//! `average = (average' * (n - 1) + move) / n` (Wilder 1978).
//!
//! - `classic`: 0 where price never moved (TA-Lib's RSI).
//! - `mt5`: `100 - 100 / (1 + gains / losses)`, 100 where there is no loss, 50 where price never
//!   moved, drawn from bar n (MetaTrader 5's iRSI, as in its RSI.mq5). Where price moves, both
//!   agree to the last digits.

use super::{
    Choice, ChoiceValue, Definition, Indicator, InputKind, Output, Parameter, Placement, Text,
    boxed,
};

/// The catalogue entry.
pub static DEFINITION: Definition = Definition {
    kind: "rsi",
    name: "RSI",
    summary: Text {
        en: "Compares recent gains with recent losses on a scale of 0 to 100: high is overbought, low is oversold.",
        id: "Membandingkan kenaikan dan penurunan terakhir pada skala 0 sampai 100: tinggi berarti jenuh beli, rendah jenuh jual.",
    },
    input: InputKind::Source,
    parameters: &[Parameter::period("period", 14, 1)],
    choices: &[Choice {
        name: "method",
        values: &[
            ChoiceValue {
                name: "classic",
                summary: Text {
                    en: "0 in a market that never moved, as TA-Lib does",
                    id: "0 jika harga sama sekali tidak bergerak, seperti TA-Lib",
                },
                is_mt5: false,
            },
            ChoiceValue {
                name: "mt5",
                summary: Text {
                    en: "50 in a market that never moved, as MetaTrader 5 draws it",
                    id: "50 jika harga sama sekali tidak bergerak, seperti yang digambar MetaTrader 5",
                },
                is_mt5: true,
            },
        ],
    }],
    outputs: &[Output {
        name: "value",
        label: Text {
            en: "RSI",
            id: "RSI",
        },
    }],
    placement: Placement::Pane,
    build: seldom!(|s| match s.choice("method") {
        "mt5" => boxed(RsiMt5::new(s.period("period"))),
        _ => boxed(Rsi::new(s.period("period"))),
    }),
    warm_up: |s| s.period("period"),
};

/// The move from one value to the next as a gain and a loss, one of them 0. Doubling and halving
/// are exact, so this equals a comparison, which the processor would guess wrong half the time.
#[inline(always)]
fn gain_and_loss(before: f64, now: f64) -> (f64, f64) {
    let change = now - before;
    let size = change.abs();
    (0.5 * (size + change), 0.5 * (size - change))
}

/// The `classic` method.
#[derive(Debug, Clone)]
pub struct Rsi {
    /// What stays of a sum from bar to bar.
    keep: f64,
    /// Wilder's sums, n times his averages: their ratio is the same and needs no division by n.
    gains: f64,
    losses: f64,
    before: f64,
    /// Moves still missing before the averages exist.
    missing: usize,
}

impl Rsi {
    /// Over `period` moves.
    pub fn new(period: usize) -> Self {
        let n = period as f64;
        Self {
            keep: (n - 1.0) / n,
            gains: 0.0,
            losses: 0.0,
            before: f64::NAN,
            missing: period,
        }
    }

    #[inline(always)]
    fn value(&self) -> f64 {
        let sum = self.gains + self.losses;
        if sum > 0.0 {
            100.0 * self.gains / sum
        } else {
            0.0
        }
    }

    /// By value, so that the state of the loop around it can live in registers.
    #[cold]
    fn warm(mut self, x: f64) -> (Self, f64) {
        let value = self.warm_step(x);
        (self, value)
    }

    fn warm_step(&mut self, x: f64) -> f64 {
        if self.before.is_nan() {
            return f64::NAN;
        }
        let (gain, loss) = gain_and_loss(self.before, x);
        self.gains += gain;
        self.losses += loss;
        self.missing -= 1;
        if self.missing == 0 {
            self.value()
        } else {
            f64::NAN
        }
    }
}

impl Indicator for Rsi {
    type Input = f64;
    type Output = [f64; 1];

    #[inline]
    fn update(&mut self, x: f64) -> [f64; 1] {
        let value = if self.missing == 0 {
            let (gain, loss) = gain_and_loss(self.before, x);
            self.gains = self.gains * self.keep + gain;
            self.losses = self.losses * self.keep + loss;
            self.value()
        } else {
            let (warmer, value) = self.clone().warm(x);
            *self = warmer;
            value
        };
        self.before = x;
        [value]
    }
}

/// The `mt5` method, in the order of operations of RSI.mq5.
#[derive(Debug, Clone)]
pub struct RsiMt5 {
    count: f64,
    gain: f64,
    loss: f64,
    before: f64,
    missing: usize,
}

impl RsiMt5 {
    /// Over `period` moves.
    pub fn new(period: usize) -> Self {
        Self {
            count: period as f64,
            gain: 0.0,
            loss: 0.0,
            before: f64::NAN,
            missing: period,
        }
    }

    fn value(&self) -> f64 {
        if self.loss > 0.0 {
            100.0 - 100.0 / (1.0 + self.gain / self.loss)
        } else if self.gain > 0.0 {
            100.0
        } else {
            50.0
        }
    }
}

impl Indicator for RsiMt5 {
    type Input = f64;
    type Output = [f64; 1];

    #[inline]
    fn update(&mut self, x: f64) -> [f64; 1] {
        if self.before.is_nan() {
            self.before = x;
            return [f64::NAN];
        }
        let (gain, loss) = gain_and_loss(self.before, x);
        self.before = x;
        if self.missing == 0 {
            self.gain = (self.gain * (self.count - 1.0) + gain) / self.count;
            self.loss = (self.loss * (self.count - 1.0) + loss) / self.count;
            return [self.value()];
        }
        self.gain += gain;
        self.loss += loss;
        self.missing -= 1;
        if self.missing > 0 {
            return [f64::NAN];
        }
        self.gain /= self.count;
        self.loss /= self.count;
        [self.value()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(mut rsi: impl Indicator<Input = f64, Output = [f64; 1]>, values: &[f64]) -> Vec<f64> {
        values.iter().map(|&x| rsi.update(x)[0]).collect()
    }

    #[test]
    fn by_hand() {
        // Moves +3, -1, +2: averages 1.5 and 0.5, then 1.75 and 0.25.
        let prices = [10.0, 13.0, 12.0, 14.0];
        for values in [run(Rsi::new(2), &prices), run(RsiMt5::new(2), &prices)] {
            assert!(values[0].is_nan() && values[1].is_nan());
            assert_eq!(values[2..], [75.0, 87.5]);
        }
    }

    #[test]
    fn markets_that_go_one_way_or_nowhere() {
        assert_eq!(run(Rsi::new(2), &[1.0, 2.0, 3.0])[2], 100.0);
        assert_eq!(run(RsiMt5::new(2), &[1.0, 2.0, 3.0])[2], 100.0);
        assert_eq!(run(Rsi::new(2), &[3.0, 2.0, 1.0])[2], 0.0);
        assert_eq!(run(RsiMt5::new(2), &[3.0, 2.0, 1.0])[2], 0.0);
        assert_eq!(run(Rsi::new(2), &[5.0; 4])[3], 0.0);
        assert_eq!(run(RsiMt5::new(2), &[5.0; 4])[3], 50.0);
    }
}
