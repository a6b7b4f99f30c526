//! Keltner channel: an EMA and lines some average true ranges above and below it.
//!
//! `middle +- multiple * ATR`, the ATR as Wilder smooths it. Both averages begin with means, and so
//! late that both have their first value at bar max(period-1, atr_period).
//!
//! - `typical`: EMA of (high + low + close) / 3 (Chester Keltner; TA-Lib's KC).
//! - `close`: EMA of the close, as most chart sites draw it.
//!
//! MetaTrader 5 ships none.

use super::{
    Candle, Choice, ChoiceValue, Definition, Indicator, InputKind, Output, Parameter, Placement,
    Text, atr::true_range, boxed, ema::Ema, smma::Smma,
};

/// The catalogue entry.
pub static DEFINITION: Definition = Definition {
    kind: "keltner",
    name: "Keltner Channel",
    summary: Text {
        en: "Channel around an average, as wide as bars usually are.",
        id: "Kanal di sekitar rata-rata, selebar rentang bar yang biasa.",
    },
    input: InputKind::Bar,
    parameters: &[
        Parameter::period("period", 20, 1),
        Parameter::period("atr_period", 10, 1),
        Parameter::real("multiple", 2.0, 0.0, 100.0),
    ],
    choices: &[Choice {
        name: "method",
        values: &[
            ChoiceValue {
                name: "typical",
                summary: Text {
                    en: "around the average of the typical price, as TA-Lib does",
                    id: "di sekitar rata-rata harga tipikal, seperti TA-Lib",
                },
                is_mt5: false,
            },
            ChoiceValue {
                name: "close",
                summary: Text {
                    en: "around the average of the close",
                    id: "di sekitar rata-rata harga penutupan",
                },
                is_mt5: false,
            },
        ],
    }],
    outputs: &[
        Output {
            name: "middle",
            label: Text {
                en: "middle of the Keltner channel",
                id: "tengah kanal Keltner",
            },
        },
        Output {
            name: "upper",
            label: Text {
                en: "upper Keltner line",
                id: "garis atas Keltner",
            },
        },
        Output {
            name: "lower",
            label: Text {
                en: "lower Keltner line",
                id: "garis bawah Keltner",
            },
        },
    ],
    placement: Placement::Overlay,
    build: seldom!(|s| {
        boxed(Keltner::new(
            s.choice("method") == "close",
            s.period("period"),
            s.period("atr_period"),
            s.real("multiple"),
        ))
    }),
    warm_up: |s| (s.period("period") - 1).max(s.period("atr_period")),
};

/// See the [module](self).
#[derive(Debug, Clone)]
pub struct Keltner {
    is_of_close: bool,
    middle: Ema,
    range: Smma,
    multiple: f64,
    before: f64,
    /// Bars to pass over before each average begins.
    middle_waits: usize,
    range_waits: usize,
}

impl Keltner {
    /// Lines `multiple` ranges over `atr_period` bars away from the EMA over `period` bars.
    pub fn new(is_of_close: bool, period: usize, atr_period: usize, multiple: f64) -> Self {
        let first = (period - 1).max(atr_period);
        Self {
            is_of_close,
            middle: Ema::seeded_by_mean(period),
            range: Smma::new(atr_period),
            multiple,
            before: f64::NAN,
            middle_waits: first + 1 - period,
            range_waits: first + 1 - atr_period,
        }
    }
}

impl Indicator for Keltner {
    type Input = Candle;
    type Output = [f64; 3];

    #[inline]
    fn update(&mut self, bar: Candle) -> [f64; 3] {
        let price = if self.is_of_close {
            bar.close
        } else {
            (bar.high + bar.low + bar.close) / 3.0
        };
        let before = std::mem::replace(&mut self.before, bar.close);
        let range = true_range(&bar, before);
        let mut value = [f64::NAN; 2];
        if self.middle_waits > 0 {
            self.middle_waits -= 1;
        } else {
            [value[0]] = self.middle.update(price);
        }
        if self.range_waits > 0 {
            self.range_waits -= 1;
        } else {
            [value[1]] = self.range.update(range);
        }
        let [middle, range] = value;
        let reach = self.multiple * range;
        [middle, middle + reach, middle - reach]
    }
}
