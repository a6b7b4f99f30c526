//! Daily pivot points.
//!
//! From high H, low L and close C of the day before (calendar days of the strategy's time zone), R
//! being H - L:
//!
//! - `classic`: p = (H + L + C) / 3; r1 = 2p - L, s1 = 2p - H; r2, s2 = p +- R; r3 = H + 2 (p - L),
//!   s3 = L - 2 (H - p).
//! - `fibonacci`: the same p; p +- 0.382 R, 0.618 R and R.
//! - `camarilla`: the same p; C +- 1.1 R / 12, / 6 and / 4.
//! - `woodie`: p = (H + L + 2C) / 4, the rest as in `classic`.
//!
//! A day is the bars that history has of it: the first may be incomplete, and a short Sunday session
//! counts as a day. Neither MetaTrader 5 nor TA-Lib has them.
//!
//! **NaN after the warm-up:** all values are NaN during the first day.

use super::{
    Candle, Choice, ChoiceValue, DayCandle, Definition, Indicator, InputKind, Output, Placement,
    Text, boxed,
};

/// The catalogue entry.
pub static DEFINITION: Definition = Definition {
    kind: "pivot",
    name: "Pivot points",
    summary: Text {
        en: "Levels for the day from yesterday's high, low and close, where price often turns.",
        id: "Level harian dari harga tertinggi, terendah, dan penutupan kemarin, tempat harga sering berbalik.",
    },
    input: InputKind::DayBar,
    parameters: &[],
    choices: &[Choice {
        name: "method",
        values: &[
            ChoiceValue {
                name: "classic",
                summary: Text {
                    en: "the floor traders' formula",
                    id: "rumus pedagang lantai bursa",
                },
                is_mt5: false,
            },
            ChoiceValue {
                name: "fibonacci",
                summary: Text {
                    en: "Fibonacci ratios of yesterday's range",
                    id: "rasio Fibonacci dari rentang kemarin",
                },
                is_mt5: false,
            },
            ChoiceValue {
                name: "camarilla",
                summary: Text {
                    en: "narrow levels around yesterday's close",
                    id: "level rapat di sekitar penutupan kemarin",
                },
                is_mt5: false,
            },
            ChoiceValue {
                name: "woodie",
                summary: Text {
                    en: "the close counts twice",
                    id: "penutupan dihitung dua kali",
                },
                is_mt5: false,
            },
        ],
    }],
    outputs: &[
        Output {
            name: "p",
            label: Text {
                en: "pivot",
                id: "pivot",
            },
        },
        Output {
            name: "r1",
            label: Text {
                en: "resistance 1",
                id: "resistance 1",
            },
        },
        Output {
            name: "r2",
            label: Text {
                en: "resistance 2",
                id: "resistance 2",
            },
        },
        Output {
            name: "r3",
            label: Text {
                en: "resistance 3",
                id: "resistance 3",
            },
        },
        Output {
            name: "s1",
            label: Text {
                en: "support 1",
                id: "support 1",
            },
        },
        Output {
            name: "s2",
            label: Text {
                en: "support 2",
                id: "support 2",
            },
        },
        Output {
            name: "s3",
            label: Text {
                en: "support 3",
                id: "support 3",
            },
        },
    ],
    placement: Placement::Overlay,
    build: seldom!(|s| boxed(Pivot::new(Method::of(s.choice("method"))))),
    warm_up: |_| 0,
};

/// How the levels follow from the day before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// The floor traders' formula.
    Classic,
    /// Fibonacci ratios of the range.
    Fibonacci,
    /// Narrow levels around the close.
    Camarilla,
    /// The close counts twice.
    Woodie,
}

impl Method {
    fn of(name: &str) -> Self {
        match name {
            "fibonacci" => Self::Fibonacci,
            "camarilla" => Self::Camarilla,
            "woodie" => Self::Woodie,
            _ => Self::Classic,
        }
    }

    /// p, r1 to r3, s1 to s3.
    fn levels(self, day: &Day) -> [f64; 7] {
        let Day { high, low, close } = *day;
        let range = high - low;
        let around = |p: f64, middle: f64, [a, b, c]: [f64; 3]| {
            let (a, b, c) = (a * range, b * range, c * range);
            [
                p,
                middle + a,
                middle + b,
                middle + c,
                middle - a,
                middle - b,
                middle - c,
            ]
        };
        let p = match self {
            Self::Woodie => (high + low + 2.0 * close) / 4.0,
            _ => (high + low + close) / 3.0,
        };
        match self {
            Self::Fibonacci => around(p, p, [0.382, 0.618, 1.0]),
            Self::Camarilla => around(p, close, [1.1 / 12.0, 1.1 / 6.0, 1.1 / 4.0]),
            Self::Classic | Self::Woodie => [
                p,
                2.0 * p - low,
                p + range,
                high + 2.0 * (p - low),
                2.0 * p - high,
                p - range,
                low - 2.0 * (high - p),
            ],
        }
    }
}

/// The prices of one day.
#[derive(Debug, Clone, Copy)]
struct Day {
    high: f64,
    low: f64,
    close: f64,
}

/// See the [module](self).
#[derive(Debug, Clone)]
pub struct Pivot {
    method: Method,
    /// The day so far and its number; none before the first bar.
    today: Option<(i32, Day)>,
    levels: [f64; 7],
}

impl Pivot {
    /// By this method.
    pub const fn new(method: Method) -> Self {
        Self {
            method,
            today: None,
            levels: [f64::NAN; 7],
        }
    }
}

impl Indicator for Pivot {
    type Input = DayCandle;
    type Output = [f64; 7];

    #[inline]
    fn update(&mut self, bar: DayCandle) -> [f64; 7] {
        let Candle {
            high, low, close, ..
        } = bar.candle;
        match &mut self.today {
            Some((number, day)) if *number == bar.day => {
                day.high = if high > day.high { high } else { day.high };
                day.low = if low < day.low { low } else { day.low };
                day.close = close;
            }
            today => {
                if let Some((_, yesterday)) = today {
                    self.levels = self.method.levels(yesterday);
                }
                *today = Some((bar.day, Day { high, low, close }));
            }
        }
        self.levels
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indicator::testing::{candle, run};

    fn second_day(method: Method) -> [f64; 7] {
        let bar = |day, high, low, close| DayCandle {
            candle: candle([close, high, low, close, 1.0]),
            day,
        };
        // Day 1: high 14, low 2, close 11.
        let bars = [
            bar(1, 14.0, 8.0, 9.0),
            bar(1, 12.0, 2.0, 11.0),
            bar(2, 99.0, 50.0, 70.0),
            bar(2, 99.0, 50.0, 60.0),
        ];
        let values = run(Pivot::new(method), bars);
        assert!(values[..2].iter().flatten().all(|x| x.is_nan()));
        assert_eq!(values[2], values[3]);
        values[2]
    }

    #[test]
    fn by_hand() {
        let same = |a: [f64; 7], b: [f64; 7]| {
            assert!(
                a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-12),
                "{a:?} {b:?}"
            );
        };
        same(
            second_day(Method::Classic),
            [9.0, 16.0, 21.0, 28.0, 4.0, -3.0, -8.0],
        );
        same(
            second_day(Method::Fibonacci),
            [9.0, 13.584, 16.416, 21.0, 4.416, 1.584, -3.0],
        );
        same(
            second_day(Method::Camarilla),
            [9.0, 12.1, 13.2, 14.3, 9.9, 8.8, 7.7],
        );
        same(
            second_day(Method::Woodie),
            [9.5, 17.0, 21.5, 29.0, 5.0, -2.5, -7.0],
        );
    }
}
