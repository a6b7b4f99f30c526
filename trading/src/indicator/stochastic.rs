//! Stochastic oscillator.
//!
//! Where the close lies between the lowest low and the highest high of `k` bars, in percent, smoothed
//! over `slowing` bars; the signal is an average of that over `d` bars.
//!
//! - `classic`: the mean of the last `slowing` ratios, 0 where a window is flat (TA-Lib's STOCH with
//!   simple averages).
//! - `mt5`: the sum of `close - lowest` over the sum of `highest - lowest`, 100 where all windows are
//!   flat (MetaTrader 5's iStochastic, as in its Stochastic.mq5).
//!
//! Main from bar k+slowing-2, signal from d-1 bars later, in MetaTrader as in TA-Lib. `price` chooses
//! between lows with highs and closes as the bounds of the window, `average` the signal's average;
//! both are MetaTrader's.

use super::{
    Candle, Choice, ChoiceValue, Definition, Indicator, InputKind, Output, Parameter, Placement,
    Settings, Text,
    average::{AVERAGE, Average},
    boxed,
    recent::Recent,
    sma::Sma,
    window::{Highest, Lowest},
};

/// The catalogue entry.
pub static DEFINITION: Definition = Definition {
    kind: "stochastic",
    name: "Stochastic",
    summary: Text {
        en: "Shows where the close lies in the recent range from 0 to 100: high is overbought, low is oversold.",
        id: "Menunjukkan posisi harga penutupan dalam rentang terakhir dari 0 sampai 100: tinggi berarti jenuh beli, rendah jenuh jual.",
    },
    input: InputKind::Bar,
    parameters: &[
        Parameter::period("k", 5, 1),
        Parameter::period("slowing", 3, 1),
        Parameter::period("d", 3, 1),
    ],
    choices: &[
        Choice {
            name: "method",
            values: &[
                ChoiceValue {
                    name: "classic",
                    summary: Text {
                        en: "mean of the ratios, as TA-Lib does",
                        id: "rata-rata rasio, seperti TA-Lib",
                    },
                    is_mt5: false,
                },
                ChoiceValue {
                    name: "mt5",
                    summary: Text {
                        en: "ratio of the sums, as MetaTrader 5 draws it",
                        id: "rasio jumlah, seperti yang digambar MetaTrader 5",
                    },
                    is_mt5: true,
                },
            ],
        },
        AVERAGE,
        Choice {
            name: "price",
            values: &[
                ChoiceValue {
                    name: "low_high",
                    summary: Text {
                        en: "lows and highs bound the range",
                        id: "rentang dibatasi harga terendah dan tertinggi",
                    },
                    is_mt5: true,
                },
                ChoiceValue {
                    name: "close_close",
                    summary: Text {
                        en: "closes bound the range",
                        id: "rentang dibatasi harga penutupan",
                    },
                    is_mt5: true,
                },
            ],
        },
    ],
    outputs: &[
        Output {
            name: "main",
            label: Text {
                en: "Stochastic",
                id: "Stochastic",
            },
        },
        Output {
            name: "signal",
            label: Text {
                en: "Stochastic signal",
                id: "sinyal Stochastic",
            },
        },
    ],
    placement: Placement::Pane,
    build: seldom!(|s| boxed(Stochastic::new(s))),
    warm_up: |s| s.period("k") + s.period("slowing") + s.period("d") - 3,
};

/// See the [module](self).
#[derive(Debug, Clone)]
pub struct Stochastic {
    by_close: bool,
    highest: Highest,
    lowest: Lowest,
    main: Main,
    signal: Average,
}

/// How the ratios of several bars become one.
#[derive(Debug, Clone)]
enum Main {
    /// The mean of the ratios.
    Mean(Sma),
    /// The ratio of the sums of (close above the lowest, range), summed oldest first as in
    /// Stochastic.mq5.
    Sums(Recent<(f64, f64)>),
}

impl Stochastic {
    /// From its settings.
    pub fn new(settings: &Settings) -> Self {
        let k = settings.period("k");
        let slowing = settings.period("slowing");
        Self {
            by_close: settings.choice("price") == "close_close",
            highest: Highest::new(k),
            lowest: Lowest::new(k),
            main: match settings.choice("method") {
                "mt5" => Main::Sums(Recent::new(slowing)),
                _ => Main::Mean(Sma::new(slowing)),
            },
            signal: Average::new(settings.choice("average"), settings.period("d")),
        }
    }
}

impl Main {
    /// From the close above the lowest price and the range.
    #[inline]
    fn update(&mut self, above: f64, range: f64) -> f64 {
        match self {
            Self::Mean(mean) => {
                let ratio = if range > 0.0 {
                    100.0 * above / range
                } else {
                    0.0
                };
                mean.update(ratio)[0]
            }
            Self::Sums(recent) => {
                let Some(window) = recent.push((above, range)) else {
                    return f64::NAN;
                };
                let (mut above, mut range) = (0.0, 0.0);
                for (a, r) in window {
                    above += a;
                    range += r;
                }
                if range == 0.0 {
                    100.0
                } else {
                    above / range * 100.0
                }
            }
        }
    }
}

impl Indicator for Stochastic {
    type Input = Candle;
    type Output = [f64; 2];

    #[inline]
    fn update(&mut self, bar: Candle) -> [f64; 2] {
        let (high, low) = if self.by_close {
            (bar.close, bar.close)
        } else {
            (bar.high, bar.low)
        };
        let highest = self.highest.push(high);
        let lowest = self.lowest.push(low);
        if highest.is_nan() {
            return [f64::NAN; 2];
        }
        let main = self.main.update(bar.close - lowest, highest - lowest);
        if main.is_nan() {
            return [f64::NAN; 2];
        }
        [main, self.signal.update(main)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indicator::testing::{candle, flat, run};

    fn stochastic(method: &str) -> Stochastic {
        let settings = Settings::defaults(&DEFINITION)
            .with("k", 2.0)
            .with("slowing", 2.0)
            .with("d", 1.0)
            .choosing("method", method);
        Stochastic::new(&settings)
    }

    #[test]
    fn by_hand() {
        // Windows of two bars: 1.5 of 8, then 1 of 2 above the low.
        let bars = [
            candle([0.0, 8.0, 0.0, 2.0, 1.0]),
            candle([2.0, 2.0, 1.0, 1.5, 1.0]),
            candle([2.0, 3.0, 2.0, 2.0, 1.0]),
        ];
        assert_eq!(run(stochastic("classic"), bars)[2], [34.375; 2]);
        assert_eq!(run(stochastic("mt5"), bars)[2], [25.0; 2]);
        assert!(run(stochastic("mt5"), bars)[1][0].is_nan());
    }

    #[test]
    fn a_flat_market() {
        assert_eq!(run(stochastic("classic"), [flat(5.0); 4])[3], [0.0; 2]);
        assert_eq!(run(stochastic("mt5"), [flat(5.0); 4])[3], [100.0; 2]);
    }
}
