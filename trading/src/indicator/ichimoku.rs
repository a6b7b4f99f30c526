//! Ichimoku Kinko Hyo: midpoints of the highest high and the lowest low over three lengths.
//!
//! - tenkan and kijun: midpoints of the last 9 and 26 bars.
//! - span_a: the mean of tenkan and kijun; span_b: the midpoint of the last 52 bars. Both are drawn
//!   `shift` bars later: the value at a bar is what the chart shows at that bar.
//! - chikou: the close. The chart draws it `shift` bars earlier, so compare it with prices of that
//!   many bars ago.
//!
//! MetaTrader 5's iIchimoku, whose midpoints are the textbook's. Tenkan and kijun from the bar that
//! is their length on, one later than their first full window; the spans, before their shift, from
//! the first bar on which all windows are full.

use super::{
    Candle, Definition, Indicator, InputKind, Output, Parameter, Placement, Text, boxed,
    window::{Delay, Highest, Lowest},
};

/// The catalogue entry.
pub static DEFINITION: Definition = Definition {
    kind: "ichimoku",
    name: "Ichimoku",
    summary: Text {
        en: "Trend, support and momentum at one glance: the cloud and its lines.",
        id: "Tren, support, dan momentum dalam sekali pandang: awan beserta garis-garisnya.",
    },
    input: InputKind::Bar,
    parameters: &[
        Parameter::period("tenkan", 9, 1),
        Parameter::period("kijun", 26, 1),
        Parameter::period("span_b", 52, 1),
        Parameter::period("shift", 26, 0),
    ],
    choices: &[],
    outputs: &[
        Output {
            name: "tenkan",
            label: Text {
                en: "Ichimoku tenkan",
                id: "tenkan Ichimoku",
            },
        },
        Output {
            name: "kijun",
            label: Text {
                en: "Ichimoku kijun",
                id: "kijun Ichimoku",
            },
        },
        Output {
            name: "span_a",
            label: Text {
                en: "Ichimoku span A",
                id: "span A Ichimoku",
            },
        },
        Output {
            name: "span_b",
            label: Text {
                en: "Ichimoku span B",
                id: "span B Ichimoku",
            },
        },
        Output {
            name: "chikou",
            label: Text {
                en: "Ichimoku chikou",
                id: "chikou Ichimoku",
            },
        },
    ],
    placement: Placement::Overlay,
    build: seldom!(|s| {
        boxed(Ichimoku::new(
            s.period("tenkan"),
            s.period("kijun"),
            s.period("span_b"),
            s.period("shift"),
        ))
    }),
    warm_up: |s| {
        let (tenkan, kijun) = (s.period("tenkan"), s.period("kijun"));
        let spans = tenkan.max(kijun).max(s.period("span_b")) - 1;
        tenkan.max(kijun).max(spans + s.period("shift"))
    },
};

/// See the [module](self).
#[derive(Debug, Clone)]
pub struct Ichimoku {
    tenkan: Midpoint,
    kijun: Midpoint,
    long: Midpoint,
    is_tenkan_drawn: bool,
    is_kijun_drawn: bool,
    span_a: Delay,
    span_b: Delay,
}

#[derive(Debug, Clone)]
struct Midpoint {
    highest: Highest,
    lowest: Lowest,
}

impl Midpoint {
    fn new(period: usize) -> Self {
        Self {
            highest: Highest::new(period),
            lowest: Lowest::new(period),
        }
    }

    #[inline(always)]
    fn push(&mut self, bar: &Candle) -> f64 {
        (self.highest.push(bar.high) + self.lowest.push(bar.low)) / 2.0
    }
}

impl Ichimoku {
    /// Lines over `tenkan`, `kijun` and `span_b` bars, the spans `shift` bars later.
    pub fn new(tenkan: usize, kijun: usize, span_b: usize, shift: usize) -> Self {
        Self {
            tenkan: Midpoint::new(tenkan),
            kijun: Midpoint::new(kijun),
            long: Midpoint::new(span_b),
            is_tenkan_drawn: false,
            is_kijun_drawn: false,
            span_a: Delay::new(shift),
            span_b: Delay::new(shift),
        }
    }
}

impl Indicator for Ichimoku {
    type Input = Candle;
    type Output = [f64; 5];

    #[inline]
    fn update(&mut self, bar: Candle) -> [f64; 5] {
        let tenkan = self.tenkan.push(&bar);
        let kijun = self.kijun.push(&bar);
        let long = self.long.push(&bar);
        let mean = (tenkan + kijun) / 2.0;
        let (span_a, span_b) = if mean.is_nan() || long.is_nan() {
            (f64::NAN, f64::NAN)
        } else {
            (mean, long)
        };
        [
            drawn(tenkan, &mut self.is_tenkan_drawn),
            drawn(kijun, &mut self.is_kijun_drawn),
            self.span_a.push(span_a),
            self.span_b.push(span_b),
            bar.close,
        ]
    }
}

/// Hides the first value.
#[inline(always)]
fn drawn(x: f64, is_drawn: &mut bool) -> f64 {
    if *is_drawn {
        return x;
    }
    *is_drawn = !x.is_nan();
    f64::NAN
}
