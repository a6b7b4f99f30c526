//! Bars: one, and columns of them.

use crate::{time::Time, timeframe::Timeframe};

/// One closed bar. Prices are bid prices, as MetaTrader's charts are.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Bar {
    /// Opening time.
    pub time: Time,
    /// First price.
    pub open: f64,
    /// Highest price.
    pub high: f64,
    /// Lowest price.
    pub low: f64,
    /// Last price.
    pub close: f64,
    /// Number of ticks; 0 where the source does not say.
    pub tick_volume: f64,
    /// Spread in points; 0 where the source does not say.
    pub spread: f64,
}

/// Bars of one symbol and timeframe as columns of equal length, oldest first, times strictly rising.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bars {
    /// Opening times, milliseconds since the epoch (UTC).
    pub time: Vec<i64>,
    /// First prices.
    pub open: Vec<f64>,
    /// Highest prices.
    pub high: Vec<f64>,
    /// Lowest prices.
    pub low: Vec<f64>,
    /// Last prices.
    pub close: Vec<f64>,
    /// Tick counts.
    pub tick_volume: Vec<f64>,
    /// Spreads in points.
    pub spread: Vec<f64>,
}

impl Bars {
    /// Number of bars.
    pub fn len(&self) -> usize {
        self.time.len()
    }

    /// Whether there is no bar.
    pub fn is_empty(&self) -> bool {
        self.time.is_empty()
    }

    /// Appends a bar. The caller keeps times rising; see [`Bars::fault`].
    pub fn push(&mut self, bar: Bar) {
        self.time.push(bar.time.0);
        self.open.push(bar.open);
        self.high.push(bar.high);
        self.low.push(bar.low);
        self.close.push(bar.close);
        self.tick_volume.push(bar.tick_volume);
        self.spread.push(bar.spread);
    }

    /// The bar at `index`.
    ///
    /// # Panics
    /// When `index` is not below [`Bars::len`].
    pub fn get(&self, index: usize) -> Bar {
        Bar {
            time: Time(self.time[index]),
            open: self.open[index],
            high: self.high[index],
            low: self.low[index],
            close: self.close[index],
            tick_volume: self.tick_volume[index],
            spread: self.spread[index],
        }
    }

    /// All bars, oldest first.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Bar> + '_ {
        (0..self.len()).map(|i| self.get(i))
    }

    /// The first `len` bars.
    pub fn head(&self, len: usize) -> Self {
        self.slice(0, len.min(self.len()))
    }

    /// Bars `from..to`.
    pub fn slice(&self, from: usize, to: usize) -> Self {
        Self {
            time: self.time[from..to].to_vec(),
            open: self.open[from..to].to_vec(),
            high: self.high[from..to].to_vec(),
            low: self.low[from..to].to_vec(),
            close: self.close[from..to].to_vec(),
            tick_volume: self.tick_volume[from..to].to_vec(),
            spread: self.spread[from..to].to_vec(),
        }
    }

    /// What is wrong with the first bar that breaks a rule that every consumer relies on: times
    /// rise, prices are finite and above zero, low is lowest and high is highest.
    pub fn fault(&self) -> Option<BarFault> {
        let mut before = i64::MIN;
        for (index, bar) in self.iter().enumerate() {
            let kind = if bar.time.0 <= before {
                Some(BarFaultKind::TimeNotRising)
            } else {
                bar.price_fault()
            };
            if let Some(kind) = kind {
                return Some(BarFault { index, kind });
            }
            before = bar.time.0;
        }
        None
    }

    /// The most frequent distance between neighbours, as a timeframe. `None` with fewer than two
    /// bars or when that distance is not a timeframe's length.
    pub fn detect_timeframe(&self) -> Option<Timeframe> {
        let mut counts = std::collections::BTreeMap::<i64, usize>::new();
        for pair in self.time.windows(2) {
            *counts.entry(pair[1] - pair[0]).or_default() += 1;
        }
        let (&step, _) = counts.iter().max_by_key(|&(_, n)| *n)?;
        Timeframe::from_millis(step)
    }
}

impl FromIterator<Bar> for Bars {
    fn from_iter<I: IntoIterator<Item = Bar>>(bars: I) -> Self {
        let mut columns = Self::default();
        for bar in bars {
            columns.push(bar);
        }
        columns
    }
}

impl Bar {
    /// The rule on prices that this bar breaks, if any.
    pub fn price_fault(&self) -> Option<BarFaultKind> {
        let prices = [self.open, self.high, self.low, self.close];
        if prices.iter().any(|p| !p.is_finite()) {
            Some(BarFaultKind::NotFinite)
        } else if prices.iter().any(|p| *p <= 0.0) {
            Some(BarFaultKind::NotPositive)
        } else if self.high < self.low {
            Some(BarFaultKind::HighBelowLow)
        } else if self.open > self.high
            || self.close > self.high
            || self.open < self.low
            || self.close < self.low
        {
            Some(BarFaultKind::OutsideRange)
        } else if [self.tick_volume, self.spread]
            .iter()
            .any(|x| !x.is_finite() || *x < 0.0)
        {
            Some(BarFaultKind::BadVolumeOrSpread)
        } else {
            None
        }
    }
}

/// A bar that breaks a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("bar {index}: {kind}")]
pub struct BarFault {
    /// Place of the bar, from 0.
    pub index: usize,
    /// The rule.
    pub kind: BarFaultKind,
}

/// The rule that a bar breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BarFaultKind {
    /// The time is not after the bar before.
    #[error("its time is not after the bar before it")]
    TimeNotRising,
    /// A price is NaN or infinite.
    #[error("a price is not a number")]
    NotFinite,
    /// A price is zero or below.
    #[error("a price is zero or below")]
    NotPositive,
    /// High is below low.
    #[error("the high is below the low")]
    HighBelowLow,
    /// Open or close is outside low to high.
    #[error("open or close lies outside low to high")]
    OutsideRange,
    /// Volume or spread is negative or not a number.
    #[error("volume or spread is negative or not a number")]
    BadVolumeOrSpread,
}
