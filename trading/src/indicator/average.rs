//! The four averages that MetaTrader 5 offers wherever an indicator smooths something.

use super::{Choice, ChoiceValue, Indicator, Text, ema::Ema, sma::Sma, smma::Smma, wma::Wma};

/// The choice `average` for a definition's catalogue entry.
pub(super) const AVERAGE: Choice = Choice {
    name: "average",
    values: &[
        ChoiceValue {
            name: "sma",
            summary: Text {
                en: "simple average",
                id: "rata-rata sederhana",
            },
            is_mt5: true,
        },
        ChoiceValue {
            name: "ema",
            summary: Text {
                en: "exponential average, seeded with the first value",
                id: "rata-rata eksponensial, diawali dengan nilai pertama",
            },
            is_mt5: true,
        },
        ChoiceValue {
            name: "smma",
            summary: Text {
                en: "smoothed average (Wilder)",
                id: "rata-rata dihaluskan (Wilder)",
            },
            is_mt5: true,
        },
        ChoiceValue {
            name: "lwma",
            summary: Text {
                en: "linearly weighted average",
                id: "rata-rata berbobot linear",
            },
            is_mt5: true,
        },
    ],
};

/// The next stage of a chain: begins when the stage before has its first value.
#[inline(always)]
pub(super) fn follow<I>(stage: &mut I, x: f64) -> f64
where
    I: Indicator<Input = f64, Output = [f64; 1]>,
{
    if x.is_nan() {
        return f64::NAN;
    }
    let [value] = stage.update(x);
    value
}

/// An EMA that starts with its first value and gives one from there on, as the stages inside
/// MetaTrader 5's indicators do.
#[derive(Debug, Clone)]
pub(super) struct RunningEma {
    weight: f64,
    /// Between its two weights, so that the compiler does not pair them: packing and unpacking
    /// would take longer.
    value: f64,
    rest: f64,
}

impl RunningEma {
    /// Smooths over `period` values.
    pub(super) fn new(period: usize) -> Self {
        let weight = 2.0 / (period as f64 + 1.0);
        Self {
            weight,
            rest: 1.0 - weight,
            value: f64::NAN,
        }
    }

    /// Takes the next value.
    #[inline(always)]
    pub(super) fn update(&mut self, x: f64) -> f64 {
        self.value = if self.value.is_nan() {
            x
        } else {
            x * self.weight + self.value * self.rest
        };
        self.value
    }
}

/// An average as MetaTrader 5 computes it: NaN until it has seen `period` values.
#[derive(Debug, Clone)]
pub(super) enum Average {
    /// See [`Sma`].
    Simple(Sma),
    /// See [`Ema::seeded_by_first`].
    Exponential(Ema),
    /// See [`Smma`].
    Smoothed(Smma),
    /// See [`Wma`].
    Weighted(Wma),
}

impl Average {
    /// The average of this name in [`AVERAGE`]; any other is the simple one.
    pub(super) fn new(name: &str, period: usize) -> Self {
        match name {
            "ema" => Self::Exponential(Ema::seeded_by_first(period)),
            "smma" => Self::Smoothed(Smma::new(period)),
            "lwma" => Self::Weighted(Wma::new(period)),
            _ => Self::Simple(Sma::new(period)),
        }
    }

    /// Takes the next value.
    #[inline]
    pub(super) fn update(&mut self, x: f64) -> f64 {
        let [value] = match self {
            Self::Simple(a) => a.update(x),
            Self::Exponential(a) => a.update(x),
            Self::Smoothed(a) => a.update(x),
            Self::Weighted(a) => a.update(x),
        };
        value
    }
}
