//! A higher timeframe within a strategy: its bars, the indicators on them and their past values.

use crate::{
    bar::Bar,
    indicator::{Candle, DayCandle, Series},
    resample::Resampler,
    strategy::{
        operand::Price,
        plan::{Column, NodeInput, Plan},
    },
    time::DAY,
    zone::LocalClock,
};
use std::collections::VecDeque;

/// Indicators on the closed bars of one higher timeframe.
#[derive(Debug, Clone)]
pub(super) struct Feed {
    resampler: Resampler,
    clock: LocalClock,
    nodes: Vec<Node>,
    /// How many past outputs are kept: the greatest lag and one.
    keep: usize,
}

#[derive(Debug, Clone)]
struct Node {
    /// Place among the plan's indicators.
    indicator: usize,
    input: NodeInput,
    series: Box<dyn Series>,
    /// Outputs at past closed bars, newest first.
    past: VecDeque<Vec<f64>>,
    outputs: usize,
}

impl Feed {
    /// All indicators on this higher timeframe.
    pub(super) fn new(plan: &Plan, feed: usize, values: &[f64]) -> Self {
        Self::with(plan, feed, values, |_| true)
    }

    /// One indicator, and what it reads.
    pub(super) fn of_indicator(plan: &Plan, feed: usize, values: &[f64], indicator: usize) -> Self {
        let mut chain = vec![indicator];
        while let NodeInput::Output(source, _) = plan.indicators[chain[chain.len() - 1]].input {
            chain.push(source);
        }
        Self::with(plan, feed, values, |at| chain.contains(&at))
    }

    fn with(plan: &Plan, feed: usize, values: &[f64], wanted: impl Fn(usize) -> bool) -> Self {
        let keep = plan
            .columns
            .iter()
            .map(|column| match column {
                Column::Output { lag, .. } => *lag as usize + 1,
                Column::Price(_) => 1,
            })
            .max()
            .unwrap_or(1);
        let nodes = plan
            .indicators
            .iter()
            .enumerate()
            .filter(|(at, node)| node.feed == Some(feed) && wanted(*at))
            .map(|(indicator, node)| {
                let settings = node.settings(values);
                Node {
                    indicator,
                    input: node.input,
                    series: settings.build(),
                    past: VecDeque::with_capacity(keep),
                    outputs: settings.definition().outputs.len(),
                }
            })
            .collect();
        Self {
            resampler: Resampler::new(plan.timeframe, plan.feeds[feed], plan.zone.clone()),
            clock: LocalClock::new(plan.zone.clone()),
            nodes,
            keep,
        }
    }

    /// Takes the next closed bar of the strategy's timeframe. True when a higher bar closed.
    pub(super) fn push(&mut self, bar: Bar) -> bool {
        let closed = self.resampler.push(bar);
        for bar in [closed.before, closed.with].into_iter().flatten() {
            self.close(&bar);
        }
        closed.before.is_some() || closed.with.is_some()
    }

    /// The output of an indicator at the last closed bar, or `lag` bars before it.
    pub(super) fn value(&self, indicator: usize, output: usize, lag: usize) -> f64 {
        self.nodes
            .iter()
            .find(|node| node.indicator == indicator)
            .and_then(|node| node.past.get(lag))
            .map_or(f64::NAN, |outputs| outputs[output])
    }

    /// Takes a closed bar of this timeframe.
    pub(super) fn close(&mut self, bar: &Bar) {
        let row = DayCandle {
            candle: candle(bar),
            day: day_of(&mut self.clock, bar),
        };
        for at in 0..self.nodes.len() {
            let source = match self.nodes[at].input {
                NodeInput::Bar => f64::NAN,
                NodeInput::Price(price) => price_of(&row.candle, price),
                NodeInput::Output(indicator, output) => self.value(indicator, output, 0),
            };
            let node = &mut self.nodes[at];
            // The oldest row is used again: no allocation once the feed is warm.
            let mut row_out = if node.past.len() == self.keep {
                node.past.pop_back().unwrap_or_default()
            } else {
                vec![f64::NAN; node.outputs]
            };
            node.series.update(&row, source, &mut row_out);
            node.past.push_front(row_out);
        }
    }
}

pub(super) const fn candle(bar: &Bar) -> Candle {
    Candle {
        open: bar.open,
        high: bar.high,
        low: bar.low,
        close: bar.close,
        volume: bar.tick_volume,
    }
}

/// The day number of a bar in the clock's zone.
pub(super) fn day_of(clock: &mut LocalClock, bar: &Bar) -> i32 {
    // Fits: the number of a day is far below 2^31 for every time that a calendar knows.
    clock.local(bar.time).0.div_euclid(DAY) as i32
}

/// A price of a bar.
#[inline]
pub(super) fn price_of(bar: &Candle, price: Price) -> f64 {
    match price {
        Price::Open => bar.open,
        Price::High => bar.high,
        Price::Low => bar.low,
        Price::Close => bar.close,
        Price::Median => (bar.high + bar.low) / 2.0,
        Price::Typical => (bar.high + bar.low + bar.close) / 3.0,
        Price::Weighted => (bar.high + bar.low + bar.close + bar.close) / 4.0,
        Price::Volume => bar.volume,
    }
}
