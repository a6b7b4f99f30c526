//! Drawdown of equity.

use super::extreme::{greatest, least};
use serde::Serialize;
use trading::time::Time;

/// Points looked at together; see [`falls`].
const BLOCK: usize = 64;

/// A fall of equity from a peak, until it was won back or history ended.
///
/// Places count the points given to the [`Meter`], from 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fall {
    /// Depth in money: peak less trough, above 0.
    pub money: f64,
    /// Depth in percent of the peak. Above 100 when equity fell below zero.
    pub percent: f64,
    /// The last point at the peak.
    pub peak: usize,
    /// The first point at the trough.
    pub trough: usize,
    /// The first point back at the peak or above; without one, the last point.
    pub end: usize,
    /// Whether it was won back.
    pub recovered: bool,
}

/// The worst falls seen.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Falls {
    /// Deepest in money; the first of equals. `None` when equity never fell.
    pub deepest: Option<Fall>,
    /// Deepest in percent; it may be another than the deepest in money.
    pub steepest: Option<Fall>,
    /// Longest from peak to recovery or end, in points.
    pub longest: Option<Fall>,
}

impl Falls {
    /// Greatest depth in account money; 0 when equity never fell.
    pub fn money(&self) -> f64 {
        self.deepest.map_or(0.0, |f| f.money)
    }

    /// Greatest depth in percent of its peak; 0 when equity never fell.
    pub fn percent(&self) -> f64 {
        self.steepest.map_or(0.0, |f| f.percent)
    }

    fn keep(&mut self, fall: Fall) {
        if self.deepest.is_none_or(|f| fall.money > f.money) {
            self.deepest = Some(fall);
        }
        if self.steepest.is_none_or(|f| fall.percent > f.percent) {
            self.steepest = Some(fall);
        }
        if self
            .longest
            .is_none_or(|f| fall.end - fall.peak > f.end - f.peak)
        {
            self.longest = Some(fall);
        }
    }
}

/// Measures drawdown as equity comes in: `peak - equity`, where the peak is the greatest equity so
/// far, the balance at the start included (a loss on the first bar is a drawdown too).
///
/// Source: "Equity Drawdown Maximal" and "Relative" of MetaTrader 5's tester, taken at bar closes
/// where MetaTrader takes every tick. Percentages are of the peak, which starts above zero and
/// never falls.
#[derive(Debug, Clone)]
pub struct Meter {
    falls: Falls,
    /// Points given so far.
    seen: usize,
    peak: f64,
    peak_at: usize,
    trough: f64,
    trough_at: usize,
}

impl Meter {
    /// A meter whose first peak is the balance at the start.
    pub fn new(initial_balance: f64) -> Self {
        Self {
            falls: Falls::default(),
            seen: 0,
            peak: initial_balance,
            peak_at: 0,
            trough: initial_balance,
            trough_at: 0,
        }
    }

    /// Adds one point.
    #[inline]
    pub fn push(&mut self, equity: f64) {
        let at = self.seen;
        self.seen += 1;
        if equity >= self.peak {
            self.close(at, true);
            self.peak = equity;
            self.peak_at = at;
            self.trough = equity;
        } else if equity < self.trough {
            self.trough = equity;
            self.trough_at = at;
        }
    }

    /// The falls after the last point.
    pub fn finish(mut self) -> Falls {
        self.close(self.seen.saturating_sub(1), false);
        self.falls
    }

    fn close(&mut self, end: usize, recovered: bool) {
        if self.trough < self.peak {
            let money = self.peak - self.trough;
            self.falls.keep(Fall {
                money,
                percent: money / self.peak * 100.0,
                peak: self.peak_at,
                trough: self.trough_at,
                end,
                recovered,
            });
        }
    }
}

/// The falls in `equity`, one point per bar.
///
/// Most of the time equity is below its peak. So a block of points is first measured as a whole,
/// which vectorises: unless it reaches the peak, its least value is all that counts. Only blocks
/// that reach the peak are walked point by point. No division happens but at the end of a fall.
pub fn falls(initial_balance: f64, equity: &[f64]) -> Falls {
    let mut meter = Meter::new(initial_balance);
    let mut start = 0;
    for block in equity.chunks(BLOCK) {
        if greatest(block, f64::NEG_INFINITY) < meter.peak {
            let low = least(block, f64::INFINITY);
            if low < meter.trough {
                meter.trough = low;
                meter.trough_at = start + block.iter().position(|e| *e == low).unwrap_or(0);
            }
            meter.seen += block.len();
        } else {
            block.iter().for_each(|e| meter.push(*e));
        }
        start += block.len();
    }
    meter.finish()
}

/// A [`Fall`] on the clock.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Drawdown {
    /// Depth in account money, above 0.
    pub money: f64,
    /// Depth in percent of the peak.
    pub percent: f64,
    /// Opening time of the last bar that closed at the peak.
    pub peak: Time,
    /// Opening time of the bar that closed lowest.
    pub trough: Time,
    /// Opening time of the bar that closed at the peak again. `None` when history ended before.
    pub recovery: Option<Time>,
    /// Bars from peak to recovery, or to the last bar.
    pub bars: usize,
    /// Milliseconds from peak to recovery, or to the last bar.
    pub millis: i64,
}

impl Drawdown {
    /// Puts a fall on the clock of bars that opened at `times`. `None` when it lies outside them.
    pub fn new(fall: &Fall, times: &[i64]) -> Option<Self> {
        let peak = *times.get(fall.peak)?;
        let end = *times.get(fall.end)?;
        Some(Self {
            money: fall.money,
            percent: fall.percent,
            peak: Time(peak),
            trough: Time(*times.get(fall.trough)?),
            recovery: fall.recovered.then_some(Time(end)),
            bars: fall.end - fall.peak,
            millis: end - peak,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn never_fell() {
        assert_eq!(falls(100.0, &[]), Falls::default());
        assert_eq!(falls(100.0, &[100.0; 200]), Falls::default());
        assert_eq!(falls(100.0, &[101.0, 102.0, 102.0]).money(), 0.0);
    }

    #[test]
    fn one_bar_that_loses() {
        let f = falls(100.0, &[90.0]).deepest.unwrap();
        assert_eq!((f.money, f.percent), (10.0, 10.0));
        assert_eq!((f.peak, f.trough, f.end, f.recovered), (0, 0, 0, false));
    }

    #[test]
    fn deepest_steepest_and_longest_differ() {
        // 100 -> 50 (50%, 50), then 1000 -> 800 (20%, 200), then a long shallow one.
        let e = [
            100.0, 50.0, 100.0, 1000.0, 800.0, 1000.0, 999.0, 999.0, 998.0, 999.0,
        ];
        let f = falls(100.0, &e);
        assert_eq!(f.money(), 200.0);
        assert_eq!(f.percent(), 50.0);
        let longest = f.longest.unwrap();
        assert_eq!((longest.peak, longest.trough, longest.end), (5, 8, 9));
        assert!(!longest.recovered);
        let deepest = f.deepest.unwrap();
        assert_eq!((deepest.peak, deepest.trough, deepest.end), (3, 4, 5));
        assert!(deepest.recovered);
    }

    #[test]
    fn below_zero_is_more_than_all() {
        assert_eq!(falls(100.0, &[-50.0]).percent(), 150.0);
    }

    #[test]
    fn on_the_clock() {
        let times = [0, 10, 20, 30];
        let f = falls(5.0, &[5.0, 4.0, 4.5, 5.0]);
        let d = Drawdown::new(&f.deepest.unwrap(), &times).unwrap();
        assert_eq!((d.bars, d.millis, d.recovery), (3, 30, Some(Time(30))));
        assert_eq!(Drawdown::new(&f.deepest.unwrap(), &times[..2]), None);
    }

    proptest! {
        #[test]
        fn blocks_change_nothing(steps in prop::collection::vec(-4..5_i32, 0..700)) {
            let mut at = 1000.0;
            let equity: Vec<f64> = steps.iter().map(|s| { at += f64::from(*s); at }).collect();
            let mut meter = Meter::new(1000.0);
            equity.iter().for_each(|e| meter.push(*e));
            let all = falls(1000.0, &equity);
            prop_assert_eq!(all, meter.finish());
            // And both are what the definition says.
            let (mut peak, mut worst) = (1000.0_f64, 0.0_f64);
            for e in &equity {
                peak = peak.max(*e);
                worst = worst.max(peak - e);
            }
            prop_assert_eq!(all.money(), worst);
            prop_assert!(all.percent() >= 0.0);
        }
    }
}
