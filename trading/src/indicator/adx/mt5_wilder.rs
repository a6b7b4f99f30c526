//! The `mt5_wilder` method: Wilder's smoothing from 0, as in MetaTrader 5's iADXWilder.

use super::{drawn, moves, percent};
use crate::indicator::{Candle, Indicator, atr::true_range};

/// The `mt5_wilder` method, in the order of operations of ADXW.mq5.
#[derive(Debug, Clone)]
pub struct AdxWilderMt5 {
    period: usize,
    up: f64,
    down: f64,
    range: f64,
    adx: f64,
    before: Candle,
    /// Bars seen, up to 2n + 1.
    seen: usize,
}

impl AdxWilderMt5 {
    /// Over `period` bars.
    pub fn new(period: usize) -> Self {
        Self {
            period,
            up: 0.0,
            down: 0.0,
            range: 0.0,
            adx: 0.0,
            before: Candle::default(),
            seen: 0,
        }
    }

    #[inline(always)]
    fn smooth(&self, before: f64, x: f64) -> f64 {
        let n = self.period as f64;
        (before * (n - 1.0) + x) / n
    }
}

impl Indicator for AdxWilderMt5 {
    type Input = Candle;
    type Output = [f64; 3];

    #[inline]
    fn update(&mut self, bar: Candle) -> [f64; 3] {
        let index = self.seen;
        self.seen = (index + 1).min(2 * self.period + 1);
        let (mut plus, mut minus) = (0.0, 0.0);
        if index >= self.period {
            let (up, down) = moves((self.before.high, self.before.low), (bar.high, bar.low));
            self.up = self.smooth(self.up, up);
            self.down = self.smooth(self.down, down);
            self.range = self.smooth(self.range, true_range(&bar, self.before.close));
            plus = percent(self.up, self.range);
            minus = percent(self.down, self.range);
            let dx = percent((plus - minus).abs(), plus + minus);
            self.adx = self.smooth(self.adx, dx);
        }
        self.before = bar;
        drawn(
            [self.adx, plus, minus],
            index >= 2 * self.period,
            index > self.period,
        )
    }
}
