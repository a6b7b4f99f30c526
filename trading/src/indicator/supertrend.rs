//! Supertrend: a stop line that trails the price at some average true ranges.
//!
//! Bands at `median +- multiple * ATR` (Wilder's ATR). In an up trend the lower band holds, and only
//! rises; when the close falls below it the trend is down and the upper band holds, and only falls,
//! until the close rises above it. A band is set anew when the close before was beyond it.
//! `direction` is 1 (up) or -1 (down). First value at bar n, in an up trend (Olivier Seban; TA-Lib's
//! SUPERTREND). MetaTrader 5 ships none.

use super::{
    Candle, Definition, Indicator, InputKind, Output, Parameter, Placement, Text, atr::true_range,
    boxed, smma::Smma,
};

/// The catalogue entry.
pub static DEFINITION: Definition = Definition {
    kind: "supertrend",
    name: "Supertrend",
    summary: Text {
        en: "Trailing line that is below the price in an up trend and above it in a down trend.",
        id: "Garis pengikut yang berada di bawah harga saat tren naik dan di atas harga saat tren turun.",
    },
    input: InputKind::Bar,
    parameters: &[
        Parameter::period("period", 10, 1),
        Parameter::real("multiple", 3.0, 0.0, 100.0),
    ],
    choices: &[],
    outputs: &[
        Output {
            name: "value",
            label: Text {
                en: "Supertrend",
                id: "Supertrend",
            },
        },
        Output {
            name: "direction",
            label: Text {
                en: "Supertrend direction",
                id: "arah Supertrend",
            },
        },
    ],
    placement: Placement::Overlay,
    build: seldom!(|s| boxed(Supertrend::new(s.period("period"), s.real("multiple")))),
    warm_up: |s| s.period("period"),
};

/// See the [module](self).
#[derive(Debug, Clone)]
pub struct Supertrend {
    range: Smma,
    multiple: f64,
    /// The close before; NaN at the first bar.
    before: f64,
    upper: f64,
    lower: f64,
    is_up: bool,
}

impl Supertrend {
    /// A line `multiple` ranges over `period` bars away.
    pub fn new(period: usize, multiple: f64) -> Self {
        Self {
            range: Smma::new(period),
            multiple,
            before: f64::NAN,
            upper: f64::INFINITY,
            lower: f64::NEG_INFINITY,
            is_up: true,
        }
    }
}

impl Indicator for Supertrend {
    type Input = Candle;
    type Output = [f64; 2];

    #[inline]
    fn update(&mut self, bar: Candle) -> [f64; 2] {
        let before = std::mem::replace(&mut self.before, bar.close);
        if before.is_nan() {
            return [f64::NAN; 2];
        }
        let [range] = self.range.update(true_range(&bar, before));
        if range.is_nan() {
            return [f64::NAN; 2];
        }
        let median = (bar.high + bar.low) / 2.0;
        let reach = self.multiple * range;
        let (upper, lower) = (median + reach, median - reach);
        if upper < self.upper || before > self.upper {
            self.upper = upper;
        }
        if lower > self.lower || before < self.lower {
            self.lower = lower;
        }
        if self.is_up {
            self.is_up = bar.close >= self.lower;
        } else {
            self.is_up = bar.close > self.upper;
        }
        if self.is_up {
            [self.lower, 1.0]
        } else {
            [self.upper, -1.0]
        }
    }
}
