//! FRAMA: an EMA whose weight follows the fractal dimension of the price.
//!
//! With r1 and r2 the ranges (highest high - lowest low) of the newest n bars and of the n before,
//! and r3 that of both together, `D = log2((r1 + r2) / n / (r3 / 2n))`, `weight = exp(-4.6 (D - 1))`
//! and `frama = weight p + (1 - weight) frama'` (John Ehlers, 2005). Starts with the price at bar
//! 2n-2; first value at bar 2n-1.
//!
//! - `classic`: p is the median price and the weight is kept within 0.01 and 1, as in Ehlers' paper.
//! - `mt5`: p is the close and the weight is free, above 1 after gaps (MetaTrader 5's iFrAMA).
//!
//! Where nothing moved in either half there is no dimension and the weight is 1.

use super::{
    Candle, Choice, ChoiceValue, Definition, Indicator, InputKind, Output, Parameter, Placement,
    Text, boxed,
    window::{Delay, Highest, Lowest},
};

/// The catalogue entry.
pub static DEFINITION: Definition = Definition {
    kind: "frama",
    name: "FRAMA",
    summary: Text {
        en: "Fractal adaptive average: quick in trends, almost flat in ranges.",
        id: "Rata-rata adaptif fraktal: cepat saat tren, hampir datar saat pasar menyamping.",
    },
    input: InputKind::Bar,
    parameters: &[Parameter::period("period", 14, 1)],
    choices: &[Choice {
        name: "method",
        values: &[
            ChoiceValue {
                name: "classic",
                summary: Text {
                    en: "median price, weight from 0.01 to 1, as in Ehlers' paper",
                    id: "harga median, bobot 0,01 sampai 1, seperti makalah Ehlers",
                },
                is_mt5: false,
            },
            ChoiceValue {
                name: "mt5",
                summary: Text {
                    en: "close, weight without limits, as MetaTrader 5 draws it",
                    id: "harga penutupan, bobot tanpa batas, seperti yang digambar MetaTrader 5",
                },
                is_mt5: true,
            },
        ],
    }],
    outputs: &[Output {
        name: "value",
        label: Text {
            en: "FRAMA",
            id: "FRAMA",
        },
    }],
    placement: Placement::Overlay,
    build: seldom!(|s| boxed(Frama::new(s.period("period"), s.choice("method") == "mt5"))),
    warm_up: |s| 2 * s.period("period") - 1,
};

/// See the [module](self).
#[derive(Debug, Clone)]
pub struct Frama {
    highest: Highest,
    lowest: Lowest,
    /// The same of the half before.
    older_highest: Delay,
    older_lowest: Delay,
    value: f64,
    missing: usize,
    is_mt5: bool,
}

impl Frama {
    /// Two halves of `period` bars each.
    pub fn new(period: usize, is_mt5: bool) -> Self {
        Self {
            highest: Highest::new(period),
            lowest: Lowest::new(period),
            older_highest: Delay::new(period),
            older_lowest: Delay::new(period),
            value: f64::NAN,
            missing: 2 * period - 1,
            is_mt5,
        }
    }
}

impl Indicator for Frama {
    type Input = Candle;
    type Output = [f64; 1];

    #[inline]
    fn update(&mut self, bar: Candle) -> [f64; 1] {
        let price = if self.is_mt5 {
            bar.close
        } else {
            (bar.high + bar.low) / 2.0
        };
        let (high, low) = (self.highest.push(bar.high), self.lowest.push(bar.low));
        let older_high = self.older_highest.push(high);
        let older_low = self.older_lowest.push(low);
        if self.missing > 0 {
            self.missing -= 1;
            self.value = price;
            return [f64::NAN];
        }
        let halves = (high - low) + (older_high - older_low);
        let whole = high.max(older_high) - low.min(older_low);
        let mut weight = if halves == 0.0 || whole == 0.0 {
            1.0
        } else {
            let dimension = libm::log(2.0 * halves / whole) / std::f64::consts::LN_2;
            libm::exp(-4.6 * (dimension - 1.0))
        };
        if !self.is_mt5 {
            weight = weight.clamp(0.01, 1.0);
        }
        let value = weight * price + (1.0 - weight) * self.value;
        // A gap between two all but flat halves gives a weight that no number can hold.
        self.value = if value.is_finite() { value } else { price };
        [self.value]
    }
}
