//! The `mt5` method: exponential averages, as in MetaTrader 5's iADX.

use super::{drawn, moves, percent};
use crate::indicator::{Candle, Indicator, atr::true_range};

/// The `mt5` method, in the order of operations of ADX.mq5.
#[derive(Debug, Clone)]
pub struct AdxMt5 {
    period: usize,
    weight: f64,
    plus: f64,
    minus: f64,
    adx: f64,
    before: Candle,
    /// Bars seen, up to 2n + 1.
    seen: usize,
}

impl AdxMt5 {
    /// Over `period` bars.
    pub fn new(period: usize) -> Self {
        Self {
            period,
            weight: 2.0 / (period as f64 + 1.0),
            plus: 0.0,
            minus: 0.0,
            adx: 0.0,
            before: Candle::default(),
            seen: 0,
        }
    }

    #[inline(always)]
    fn smooth(&self, before: f64, x: f64) -> f64 {
        x * self.weight + before * (1.0 - self.weight)
    }
}

impl Indicator for AdxMt5 {
    type Input = Candle;
    type Output = [f64; 3];

    #[inline]
    fn update(&mut self, bar: Candle) -> [f64; 3] {
        let index = self.seen;
        self.seen = (index + 1).min(2 * self.period + 1);
        if index > 0 {
            let (up, down) = moves((self.before.high, self.before.low), (bar.high, bar.low));
            let range = true_range(&bar, self.before.close);
            self.plus = self.smooth(self.plus, percent(up, range));
            self.minus = self.smooth(self.minus, percent(down, range));
            let sum = self.plus + self.minus;
            let dx = if sum != 0.0 {
                100.0 * ((self.plus - self.minus) / sum).abs()
            } else {
                0.0
            };
            self.adx = self.smooth(self.adx, dx);
        }
        self.before = bar;
        drawn(
            [self.adx, self.plus, self.minus],
            index >= 2 * self.period,
            index >= self.period,
        )
    }
}
