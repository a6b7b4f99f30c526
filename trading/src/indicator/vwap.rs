//! Volume weighted average price of the day.
//!
//! The mean of the typical price `(high + low + close) / 3`, weighed by tick volume, over the bars of
//! the calendar day in the strategy's time zone so far. While the day has no volume at all, every bar
//! weighs the same. The bands lie `deviations` standard deviations, weighed alike, above and below.
//!
//! A value from the first bar. The first day of a history may be incomplete. Neither MetaTrader 5 nor
//! TA-Lib has one.

use super::{
    DayCandle, Definition, Indicator, InputKind, Output, Parameter, Placement, Text, boxed,
};

/// The catalogue entry.
pub static DEFINITION: Definition = Definition {
    kind: "vwap",
    name: "VWAP",
    summary: Text {
        en: "Average price of the day so far, weighed by volume: what the average trader of today has paid.",
        id: "Harga rata-rata hari ini yang ditimbang volume: harga yang rata-rata dibayar pelaku pasar hari ini.",
    },
    input: InputKind::DayBar,
    parameters: &[Parameter::real("deviations", 1.0, 0.0, 100.0)],
    choices: &[],
    outputs: &[
        Output {
            name: "value",
            label: Text {
                en: "VWAP",
                id: "VWAP",
            },
        },
        Output {
            name: "upper",
            label: Text {
                en: "upper VWAP band",
                id: "pita atas VWAP",
            },
        },
        Output {
            name: "lower",
            label: Text {
                en: "lower VWAP band",
                id: "pita bawah VWAP",
            },
        },
    ],
    placement: Placement::Overlay,
    build: seldom!(|s| boxed(Vwap::new(s.real("deviations")))),
    warm_up: |_| 0,
};

/// See the [module](self).
#[derive(Debug, Clone)]
pub struct Vwap {
    deviations: f64,
    day: Option<i32>,
    by_volume: Moments,
    plain: Moments,
}

impl Vwap {
    /// With bands this many deviations away.
    pub fn new(deviations: f64) -> Self {
        Self {
            deviations,
            day: None,
            by_volume: Moments::default(),
            plain: Moments::default(),
        }
    }
}

/// Weighed mean and squared deviations from it (West's update: nothing large cancels).
#[derive(Debug, Clone, Default)]
struct Moments {
    weight: f64,
    mean: f64,
    squares: f64,
}

impl Moments {
    #[inline(always)]
    fn add(&mut self, x: f64, weight: f64) {
        if weight > 0.0 {
            self.weight += weight;
            let apart = x - self.mean;
            self.mean += apart * (weight / self.weight);
            self.squares += weight * apart * (x - self.mean);
        }
    }

    /// Never below 0: both factors of each square have the same sign.
    #[inline(always)]
    fn deviation(&self) -> f64 {
        (self.squares / self.weight).sqrt()
    }
}

impl Indicator for Vwap {
    type Input = DayCandle;
    type Output = [f64; 3];

    #[inline]
    fn update(&mut self, bar: DayCandle) -> [f64; 3] {
        if self.day.replace(bar.day) != Some(bar.day) {
            self.by_volume = Moments::default();
            self.plain = Moments::default();
        }
        let typical = (bar.candle.high + bar.candle.low + bar.candle.close) / 3.0;
        self.by_volume.add(typical, bar.candle.volume);
        self.plain.add(typical, 1.0);
        let moments = if self.by_volume.weight > 0.0 {
            &self.by_volume
        } else {
            &self.plain
        };
        let band = self.deviations * moments.deviation();
        [moments.mean, moments.mean + band, moments.mean - band]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indicator::testing::{candle, run};

    fn bar(day: i32, price: f64, volume: f64) -> DayCandle {
        DayCandle {
            candle: candle([price, price, price, price, volume]),
            day,
        }
    }

    #[test]
    fn starts_anew_each_day() {
        let bars = [bar(1, 10.0, 1.0), bar(1, 14.0, 3.0), bar(2, 20.0, 5.0)];
        let values = run(Vwap::new(2.0), bars);
        assert_eq!(values[0], [10.0; 3]);
        // Squares 9 * 1 + 1 * 3 over 4.
        let band = 2.0 * 3.0_f64.sqrt();
        assert_eq!(values[1], [13.0, 13.0 + band, 13.0 - band]);
        assert_eq!(values[2], [20.0; 3]);
    }

    #[test]
    fn bars_weigh_the_same_until_there_is_volume() {
        let bars = [bar(1, 10.0, 0.0), bar(1, 20.0, 0.0), bar(1, 30.0, 2.0)];
        let values = run(Vwap::new(1.0), bars);
        assert_eq!(values[1], [15.0, 20.0, 10.0]);
        assert_eq!(values[2], [30.0; 3]);
    }
}
