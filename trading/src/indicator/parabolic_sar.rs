//! Parabolic SAR: a stop that closes in on the price the longer a trend lasts.
//!
//! `sar += af (extreme - sar)`, never into the range of the last two bars; af grows by `step` at each
//! new extreme, up to `maximum`. When the price reaches the stop the trend turns, the stop jumps to
//! the extreme and af starts again (Welles Wilder, 1978).
//!
//! - `classic`: turns when the price touches the stop; the first direction is that of the greater
//!   move of the first two bars; first value at bar 1 (TA-Lib's SAR).
//! - `mt5`: turns when the price is beyond the stop; starts short with the first high; the bar of a
//!   turn shows the extreme since the turn before; first value at bar 0 (MetaTrader 5's iSAR).

use super::{
    Candle, Choice, ChoiceValue, Definition, Indicator, InputKind, Output, Parameter, Placement,
    Text, boxed,
};

/// The catalogue entry.
pub static DEFINITION: Definition = Definition {
    kind: "parabolic_sar",
    name: "Parabolic SAR",
    summary: Text {
        en: "Trailing stop points that tighten as the trend goes on and flip when it is hit.",
        id: "Titik trailing stop yang makin rapat seiring tren berjalan dan berbalik saat tersentuh.",
    },
    input: InputKind::Bar,
    parameters: &[
        Parameter::real("step", 0.02, 0.0, 1.0),
        Parameter::real("maximum", 0.2, 0.0, 1.0),
    ],
    choices: &[Choice {
        name: "method",
        values: &[
            ChoiceValue {
                name: "classic",
                summary: Text {
                    en: "turns when touched, as TA-Lib does",
                    id: "berbalik saat tersentuh, seperti TA-Lib",
                },
                is_mt5: false,
            },
            ChoiceValue {
                name: "mt5",
                summary: Text {
                    en: "turns when crossed, as MetaTrader 5 draws it",
                    id: "berbalik saat terlewati, seperti yang digambar MetaTrader 5",
                },
                is_mt5: true,
            },
        ],
    }],
    outputs: &[Output {
        name: "value",
        label: Text {
            en: "Parabolic SAR",
            id: "Parabolic SAR",
        },
    }],
    placement: Placement::Overlay,
    build: seldom!(|s| {
        let (step, maximum) = (s.real("step"), s.real("maximum"));
        match s.choice("method") {
            "mt5" => boxed(Mt5Sar::new(step, maximum)),
            _ => boxed(Sar::new(step, maximum)),
        }
    }),
    warm_up: |s| usize::from(s.choice("method") != "mt5"),
};

/// `classic`; see the [module](self).
#[derive(Debug, Clone)]
pub struct Sar {
    step: f64,
    maximum: f64,
    /// The bar before; none at the first.
    before: Option<Candle>,
    has_begun: bool,
    trend: Trend,
}

/// A stop and the trend that it follows.
#[derive(Debug, Clone)]
struct Trend {
    is_up: bool,
    /// The stop for the next bar.
    stop: f64,
    extreme: f64,
    factor: f64,
}

impl Trend {
    /// Moves the stop towards the extreme, not into the last two bars.
    #[inline(always)]
    fn advance(&mut self, bar: &Candle, before: &Candle) {
        self.stop += self.factor * (self.extreme - self.stop);
        self.keep_out(bar, before);
    }

    #[inline(always)]
    fn keep_out(&mut self, bar: &Candle, before: &Candle) {
        self.stop = if self.is_up {
            self.stop.min(before.low).min(bar.low)
        } else {
            self.stop.max(before.high).max(bar.high)
        };
    }
}

impl Sar {
    /// Acceleration by `step` up to `maximum`.
    pub fn new(step: f64, maximum: f64) -> Self {
        let step = step.min(maximum);
        Self {
            step,
            maximum,
            before: None,
            has_begun: false,
            trend: Trend {
                is_up: true,
                stop: 0.0,
                extreme: 0.0,
                factor: step,
            },
        }
    }

    /// Sets the first direction at bar 1.
    #[cold]
    fn begin(&mut self, bar: &Candle, before: &Candle) {
        let (up, down) = (bar.high - before.high, before.low - bar.low);
        self.has_begun = true;
        self.trend.is_up = !(down > up && down > 0.0);
        (self.trend.stop, self.trend.extreme) = if self.trend.is_up {
            (before.low, bar.high)
        } else {
            (before.high, bar.low)
        };
    }
}

impl Indicator for Sar {
    type Input = Candle;
    type Output = [f64; 1];

    #[inline]
    fn update(&mut self, bar: Candle) -> [f64; 1] {
        let Some(mut before) = self.before.replace(bar) else {
            return [f64::NAN];
        };
        if !self.has_begun {
            self.begin(&bar, &before);
            // From here on TA-Lib takes the second bar for its own predecessor.
            before = bar;
        }
        let trend = &mut self.trend;
        let is_hit = if trend.is_up {
            bar.low <= trend.stop
        } else {
            bar.high >= trend.stop
        };
        if is_hit {
            trend.is_up = !trend.is_up;
            trend.stop = trend.extreme;
            trend.keep_out(&bar, &before);
            trend.factor = self.step;
            trend.extreme = if trend.is_up { bar.high } else { bar.low };
        } else if trend.is_up && bar.high > trend.extreme {
            trend.extreme = bar.high;
            trend.factor = (trend.factor + self.step).min(self.maximum);
        } else if !trend.is_up && bar.low < trend.extreme {
            trend.extreme = bar.low;
            trend.factor = (trend.factor + self.step).min(self.maximum);
        }
        let shown = trend.stop;
        trend.advance(&bar, &before);
        [shown]
    }
}

/// `mt5`; see the [module](self).
#[derive(Debug, Clone)]
pub struct Mt5Sar {
    step: f64,
    maximum: f64,
    /// The bar before; none at the first.
    before: Option<Candle>,
    trend: Trend,
    /// Extremes since the last turn, its bar included.
    highest: f64,
    lowest: f64,
}

impl Mt5Sar {
    /// Acceleration by `step` up to `maximum`.
    pub fn new(step: f64, maximum: f64) -> Self {
        Self {
            step,
            maximum,
            before: None,
            trend: Trend {
                is_up: false,
                stop: 0.0,
                extreme: 0.0,
                factor: step,
            },
            highest: 0.0,
            lowest: 0.0,
        }
    }
}

impl Indicator for Mt5Sar {
    type Input = Candle;
    type Output = [f64; 1];

    #[inline]
    fn update(&mut self, bar: Candle) -> [f64; 1] {
        let Some(before) = self.before.replace(bar) else {
            (self.highest, self.lowest) = (bar.high, bar.low);
            self.trend.stop = bar.high;
            self.trend.extreme = f64::NAN;
            return [bar.high];
        };
        self.highest = self.highest.max(bar.high);
        self.lowest = self.lowest.min(bar.low);
        let trend = &mut self.trend;
        if trend.extreme.is_nan() {
            // Bar 1: the stop is the highest high so far, the extreme this bar's low.
            trend.stop = self.highest;
            trend.extreme = bar.low;
        }
        let is_crossed = if trend.is_up {
            trend.stop > bar.low
        } else {
            trend.stop < bar.high
        };
        if is_crossed {
            trend.is_up = !trend.is_up;
            (trend.stop, trend.extreme) = if trend.is_up {
                (self.lowest, bar.high)
            } else {
                (self.highest, bar.low)
            };
            trend.factor = self.step;
            (self.highest, self.lowest) = (bar.high, bar.low);
        } else if trend.is_up && bar.high > trend.extreme {
            trend.extreme = bar.high;
            trend.factor = (trend.factor + self.step).min(self.maximum);
        } else if !trend.is_up && bar.low < trend.extreme {
            trend.extreme = bar.low;
            trend.factor = (trend.factor + self.step).min(self.maximum);
        }
        let shown = trend.stop;
        trend.advance(&bar, &before);
        [shown]
    }
}
