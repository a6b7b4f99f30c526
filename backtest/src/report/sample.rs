//! A run for the tests of reports.

use super::Report;
use crate::statistics::{Input, Statistics};
use trading::{
    bar::{Bar, Bars},
    symbol::{ExitReason, Side, Trade},
    time::{HOUR, Time},
};

/// Owns what a report borrows.
pub(super) struct Sample {
    bars: Bars,
    equity: Vec<f64>,
    trades: Vec<Trade>,
    statistics: Statistics,
    sentences: Vec<String>,
}

impl Sample {
    /// A run with so many trades of ten hours each.
    pub(super) fn new(count: u32) -> Self {
        let start = Time::from_civil(2021, 11, 3, 0, 0, 0).0;
        // A bounded walk without randomness: neighbours differ, nothing repeats soon.
        let price = |i: u32| 1_800.0 + f64::from(i.wrapping_mul(2_654_435_761) >> 20) / 100.0;
        let bars: Bars = (0..count * 10 + 5)
            .map(|i| {
                let (open, close) = (price(i), price(i + 1));
                let (high, low) = if open > close {
                    (open, close)
                } else {
                    (close, open)
                };
                Bar {
                    time: Time(start + i64::from(i) * HOUR),
                    open,
                    high,
                    low,
                    close,
                    ..Bar::default()
                }
            })
            .collect();
        let mut equity = vec![10_000.0; bars.len()];
        let trades: Vec<Trade> = (0..count)
            .map(|i| {
                let (entry_bar, exit_bar) = (i * 10, i * 10 + 10);
                let side = if i % 2 == 0 { Side::Buy } else { Side::Sell };
                let (entry_price, exit_price) = (price(entry_bar), price(exit_bar));
                let profit = (exit_price - entry_price) * side.sign();
                equity[exit_bar as usize..]
                    .iter_mut()
                    .for_each(|e| *e += profit);
                Trade {
                    side,
                    volume: 1.0,
                    entry_time: bars.get(entry_bar as usize).time,
                    exit_time: bars.get(exit_bar as usize).time,
                    entry_bar,
                    exit_bar,
                    entry_price,
                    exit_price,
                    gross: profit,
                    commission: 0.0,
                    swap: 0.0,
                    profit,
                    exit: if i % 3 == 0 {
                        ExitReason::StopLoss
                    } else {
                        ExitReason::OppositeSignal
                    },
                }
            })
            .collect();
        let statistics = Statistics::compute(&Input {
            trades: &trades,
            bars: &bars,
            equity: &equity,
            initial_balance: 10_000.0,
            lot_value: 1.0,
        });
        Self {
            bars,
            equity,
            trades,
            statistics,
            sentences: vec!["Buy when it rises.".into()],
        }
    }

    /// Its report.
    pub(super) fn report(&self) -> Report<'_> {
        Report {
            title: "Sample",
            symbol: "XAUUSD",
            timeframe: "H1",
            currency: "USD",
            digits: 2,
            strategy_sentences: &self.sentences,
            statistics: &self.statistics,
            trades: &self.trades,
            equity: &self.equity,
            times: &self.bars.time,
            in_sample: false,
            notes: &[],
        }
    }
}
