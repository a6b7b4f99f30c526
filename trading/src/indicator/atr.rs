//! Average true range.
//!
//! The true range of a bar is its range stretched to the close before it:
//! `tr = max(high, close') - min(low, close')`.
//!
//! - `wilder`: the first value, at bar n, is the mean of the ranges of bars 1 to n; from then on
//!   `atr = atr' * (n - 1) / n + tr / n` (Wilder 1978; TA-Lib's ATR).
//! - `mt5`: the plain mean of the last n ranges, kept as `atr' + (tr - tr[n ago]) / n`, drawn from
//!   bar n (MetaTrader 5's iATR, as in its ATR.mq5).

use super::{
    Candle, Choice, ChoiceValue, Definition, Indicator, InputKind, Output, Parameter, Placement,
    Settings, Text, boxed,
};

/// The catalogue entry.
pub static DEFINITION: Definition = Definition {
    kind: "atr",
    name: "ATR",
    summary: Text {
        en: "How far price usually travels in one bar, gaps included: a measure of volatility.",
        id: "Seberapa jauh harga biasanya bergerak dalam satu bar, termasuk gap: ukuran volatilitas.",
    },
    input: InputKind::Bar,
    parameters: &[Parameter::period("period", 14, 1)],
    choices: &[Choice {
        name: "method",
        values: &[
            ChoiceValue {
                name: "wilder",
                summary: Text {
                    en: "Wilder's smoothing, as TA-Lib does",
                    id: "penghalusan Wilder, seperti TA-Lib",
                },
                is_mt5: false,
            },
            ChoiceValue {
                name: "mt5",
                summary: Text {
                    en: "simple mean of the true ranges, as MetaTrader 5 draws it",
                    id: "rata-rata sederhana true range, seperti yang digambar MetaTrader 5",
                },
                is_mt5: true,
            },
        ],
    }],
    outputs: &[Output {
        name: "value",
        label: Text {
            en: "ATR",
            id: "ATR",
        },
    }],
    placement: Placement::Pane,
    build: |s: &Settings| match s.choice("method") {
        "mt5" => boxed(AtrMt5::new(s.period("period"))),
        _ => boxed(Atr::new(s.period("period"))),
    },
    warm_up: |s| s.period("period"),
};

/// The range of `bar` stretched to the close before it. Plain comparisons: `f64::max` also orders
/// NaN, which costs time and never happens here.
#[inline(always)]
pub(super) fn true_range(bar: &Candle, close_before: f64) -> f64 {
    let top = if bar.high > close_before {
        bar.high
    } else {
        close_before
    };
    let bottom = if bar.low < close_before {
        bar.low
    } else {
        close_before
    };
    top - bottom
}

/// The `wilder` method.
#[derive(Debug, Clone)]
pub struct Atr {
    /// What stays of the average, and the weight of the newest range.
    keep: f64,
    share: f64,
    value: f64,
    close: f64,
    /// Bars still missing before the average exists.
    missing: usize,
    is_first: bool,
}

impl Atr {
    /// Over `period` bars.
    pub fn new(period: usize) -> Self {
        let n = period as f64;
        Self {
            keep: (n - 1.0) / n,
            share: 1.0 / n,
            value: 0.0,
            close: f64::NAN,
            missing: period,
            is_first: true,
        }
    }

    /// Sums the first ranges in `value`, then makes it their mean.
    /// By value, so that the state of the loop around it can live in registers.
    #[cold]
    fn warm(mut self, bar: Candle) -> (Self, f64) {
        let value = self.warm_step(bar);
        (self, value)
    }

    fn warm_step(&mut self, bar: Candle) -> f64 {
        if std::mem::take(&mut self.is_first) {
            return f64::NAN;
        }
        self.value += true_range(&bar, self.close);
        self.missing -= 1;
        if self.missing > 0 {
            return f64::NAN;
        }
        self.value *= self.share;
        self.value
    }
}

impl Indicator for Atr {
    type Input = Candle;
    type Output = [f64; 1];

    #[inline]
    fn update(&mut self, bar: Candle) -> [f64; 1] {
        let value = if self.missing == 0 {
            self.value = self.value * self.keep + true_range(&bar, self.close) * self.share;
            self.value
        } else {
            let (warmer, value) = self.clone().warm(bar);
            *self = warmer;
            value
        };
        self.close = bar.close;
        [value]
    }
}

/// The `mt5` method.
#[derive(Debug, Clone)]
pub struct AtrMt5 {
    /// The last n true ranges as a ring; the range of bar 0 is taken as 0 and never summed.
    ranges: Vec<f64>,
    oldest: usize,
    value: f64,
    close: f64,
    missing: usize,
}

impl AtrMt5 {
    /// Over `period` bars.
    pub fn new(period: usize) -> Self {
        Self {
            ranges: vec![0.0; period],
            oldest: 0,
            value: 0.0,
            close: f64::NAN,
            missing: period + 1,
        }
    }

    fn count(&self) -> f64 {
        self.ranges.len() as f64
    }
}

impl Indicator for AtrMt5 {
    type Input = Candle;
    type Output = [f64; 1];

    #[inline]
    fn update(&mut self, bar: Candle) -> [f64; 1] {
        if self.close.is_nan() {
            self.close = bar.close;
            self.missing -= 1;
            return [f64::NAN];
        }
        let range = true_range(&bar, self.close);
        self.close = bar.close;
        let leaving = std::mem::replace(&mut self.ranges[self.oldest], range);
        self.oldest += 1;
        if self.oldest == self.ranges.len() {
            self.oldest = 0;
        }
        if self.missing == 0 {
            self.value += (range - leaving) / self.count();
            return [self.value];
        }
        self.value += range;
        self.missing -= 1;
        if self.missing > 0 {
            return [f64::NAN];
        }
        self.value /= self.count();
        [self.value]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(high: f64, low: f64, close: f64) -> Candle {
        Candle {
            open: close,
            high,
            low,
            close,
            volume: 1.0,
        }
    }

    /// True ranges 2, 4 (a gap up), 1, 3 (a gap down).
    const BARS: [(f64, f64, f64); 5] = [
        (11.0, 9.0, 10.0),
        (11.0, 9.0, 10.0),
        (14.0, 13.0, 14.0),
        (14.0, 13.0, 14.0),
        (12.0, 11.0, 11.0),
    ];

    fn run(mut atr: impl Indicator<Input = Candle, Output = [f64; 1]>) -> Vec<f64> {
        BARS.iter()
            .map(|&(h, l, c)| atr.update(bar(h, l, c))[0])
            .collect()
    }

    #[test]
    fn wilder_keeps_part_of_the_mean() {
        let values = run(Atr::new(2));
        assert!(values[0].is_nan() && values[1].is_nan());
        assert_eq!(values[2..], [3.0, 2.0, 2.5]);
    }

    #[test]
    fn mt5_is_the_plain_mean() {
        let values = run(AtrMt5::new(2));
        assert!(values[0].is_nan() && values[1].is_nan());
        assert_eq!(values[2..], [3.0, 2.5, 2.0]);
    }

    #[test]
    fn a_flat_market_has_no_range() {
        let mut wilder = Atr::new(3);
        let mut mt5 = AtrMt5::new(3);
        for i in 0..10 {
            let (a, b) = (
                wilder.update(bar(5.0, 5.0, 5.0))[0],
                mt5.update(bar(5.0, 5.0, 5.0))[0],
            );
            if i >= 3 {
                assert_eq!((a, b), (0.0, 0.0));
            }
        }
    }
}
