//! Price history as the terminal shows it: the bar at position 0 is still forming.

use crate::{constant, terminal::Terminal};
use trading::timeframe::Timeframe;

/// `MqlRates`.
#[derive(Debug, Clone, Copy, Default)]
#[repr(C)]
pub(crate) struct Rate {
    time: i64,
    open: f64,
    high: f64,
    low: f64,
    close: f64,
    tick_volume: i64,
    spread: i32,
    real_volume: i64,
}

impl Terminal {
    fn has_rates(&self, symbol: &str, timeframe: i32) -> bool {
        self.is_traded(symbol) && number_of(self.timeframe) == timeframe && self.broker.has_begun()
    }

    /// Server seconds of a bar's opening.
    fn opened(&self, bar: usize) -> i64 {
        let utc = self.broker.market().bars.time[bar];
        self.clock.to_server(utc).div_euclid(1_000)
    }

    /// `iTime`.
    pub(crate) fn bar_time(&self, symbol: &str, timeframe: i32, shift: i32) -> i64 {
        let shift = usize::try_from(shift).unwrap_or(usize::MAX);
        if !self.has_rates(symbol, timeframe) {
            return 0;
        }
        let bar = self.broker.bar().checked_sub(shift);
        bar.map_or(0, |bar| self.opened(bar))
    }

    fn rate(&self, bar: usize) -> Rate {
        let market = self.broker.market();
        let mut shown = market.bars.get(bar);
        if bar == self.broker.bar() && !self.broker.is_at_close() {
            // One tick so far.
            shown.high = shown.open;
            shown.low = shown.open;
            shown.close = shown.open;
            shown.tick_volume = 1.0;
        }
        Rate {
            time: self.opened(bar),
            open: shown.open,
            high: shown.high,
            low: shown.low,
            close: shown.close,
            tick_volume: shown.tick_volume as i64,
            spread: market.spread(bar) as i32,
            real_volume: 0,
        }
    }

    /// How many bars opened up to this time, in server seconds.
    fn count_until(&self, seconds: i64) -> usize {
        let bars = 0..=self.broker.bar();
        let (mut low, mut high) = (*bars.start(), *bars.end() + 1);
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.opened(middle) <= seconds {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// `CopyRates` by the newest bar's time and a count.
    pub(crate) fn rates_back(
        &mut self,
        symbol: &str,
        timeframe: i32,
        start: i64,
        count: i32,
    ) -> i32 {
        let count = usize::try_from(count).unwrap_or_default();
        self.copy(symbol, timeframe, |terminal| {
            let end = terminal.count_until(start);
            end.saturating_sub(count)..end
        })
    }

    /// `CopyRates` between two times, both included.
    pub(crate) fn rates_between(
        &mut self,
        symbol: &str,
        timeframe: i32,
        start: i64,
        stop: i64,
    ) -> i32 {
        self.copy(symbol, timeframe, |terminal| {
            let end = terminal.count_until(stop);
            terminal.count_until(start - 1).min(end)..end
        })
    }

    fn copy(
        &mut self,
        symbol: &str,
        timeframe: i32,
        which: impl Fn(&Self) -> std::ops::Range<usize>,
    ) -> i32 {
        let is_first = self.loaded.insert(format!("{symbol} {timeframe}"));
        if !self.has_rates(symbol, timeframe) || (is_first && self.scenario.loads_history) {
            self.fail(constant::ERR_HISTORY_NOT_FOUND);
            return -1;
        }
        let range = which(self);
        let rates = range.map(|bar| self.rate(bar)).collect();
        self.rates = rates;
        self.rates.len() as i32
    }
}

/// MetaTrader's number of a timeframe.
fn number_of(timeframe: Timeframe) -> i32 {
    match timeframe {
        Timeframe::M1 => constant::PERIOD_M1,
        Timeframe::M2 => constant::PERIOD_M2,
        Timeframe::M3 => constant::PERIOD_M3,
        Timeframe::M4 => constant::PERIOD_M4,
        Timeframe::M5 => constant::PERIOD_M5,
        Timeframe::M6 => constant::PERIOD_M6,
        Timeframe::M10 => constant::PERIOD_M10,
        Timeframe::M12 => constant::PERIOD_M12,
        Timeframe::M15 => constant::PERIOD_M15,
        Timeframe::M20 => constant::PERIOD_M20,
        Timeframe::M30 => constant::PERIOD_M30,
        Timeframe::H1 => constant::PERIOD_H1,
        Timeframe::H2 => constant::PERIOD_H2,
        Timeframe::H3 => constant::PERIOD_H3,
        Timeframe::H4 => constant::PERIOD_H4,
        Timeframe::H6 => constant::PERIOD_H6,
        Timeframe::H8 => constant::PERIOD_H8,
        Timeframe::H12 => constant::PERIOD_H12,
        Timeframe::D1 => constant::PERIOD_D1,
        Timeframe::W1 => constant::PERIOD_W1,
        Timeframe::MN1 => constant::PERIOD_MN1,
    }
}
