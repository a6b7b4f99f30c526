//! The streaming face: one closed bar in, what the rules say out.

use super::{
    Signals,
    feed::{Feed, candle, day_of, price_of},
};
use crate::{
    bar::Bar,
    indicator::{DayCandle, Series},
    strategy::plan::{Column, ColumnId, NodeInput, Plan, Term, Test, TestId},
    time::Time,
    zone::{LocalClock, Zone},
};
use std::{collections::VecDeque, sync::Arc};

/// Evaluates a plan bar by bar. Work and memory for a bar do not depend on how many came before.
#[derive(Debug, Clone)]
pub struct Stream {
    plan: Arc<Plan>,
    values: Vec<f64>,
    indicators: Vec<Option<Box<dyn Series>>>,
    /// Each indicator's outputs at the newest bar.
    outputs: Vec<Vec<f64>>,
    feeds: Vec<Feed>,
    /// For each column its newest values, newest first, as many as the plan reaches back.
    past: Vec<VecDeque<f64>>,
    /// For each column, bars since it had its first value, counting that bar.
    defined: Vec<u64>,
    day_clock: LocalClock,
    session_clock: LocalClock,
    /// Truth of each test at the newest bar.
    truth: Vec<bool>,
}

impl Stream {
    /// A stream at the start of history, with these parameter values.
    pub fn new(plan: Arc<Plan>, values: Vec<f64>) -> Self {
        let settings: Vec<_> = plan
            .indicators
            .iter()
            .map(|n| n.settings(&values))
            .collect();
        Self {
            indicators: plan
                .indicators
                .iter()
                .zip(&settings)
                .map(|(node, settings)| node.feed.is_none().then(|| settings.build()))
                .collect(),
            outputs: settings
                .iter()
                .map(|s| vec![f64::NAN; s.definition().outputs.len()])
                .collect(),
            feeds: (0..plan.feeds.len())
                .map(|feed| Feed::new(&plan, feed, &values))
                .collect(),
            past: plan
                .reach
                .iter()
                .map(|reach| VecDeque::from(vec![f64::NAN; *reach as usize + 1]))
                .collect(),
            defined: vec![0; plan.columns.len()],
            day_clock: LocalClock::new(plan.zone.clone()),
            session_clock: LocalClock::new(
                plan.hours
                    .as_ref()
                    .map_or_else(Zone::utc, |hours| hours.zone.clone()),
            ),
            truth: vec![false; plan.tests.len()],
            plan,
            values,
        }
    }

    /// Takes the next closed bar.
    pub fn push(&mut self, bar: &Bar) -> Signals {
        self.update(bar);
        let plan = Arc::clone(&self.plan);
        let may_enter = self.may_enter(&plan, bar);
        if !self.is_warm() {
            return Signals {
                may_enter,
                ..Signals::default()
            };
        }
        for (at, test) in plan.tests.iter().enumerate() {
            self.truth[at] = match test {
                Test::Compare(relation, a, b) => relation.holds(self.term(*a), self.term(*b)),
                Test::All(tests) => tests.iter().all(|t| self.truth[*t]),
                Test::Any(tests) => tests.iter().any(|t| self.truth[*t]),
                Test::Not(test) => !self.truth[*test],
            };
        }
        let rule = |rule: Option<TestId>| rule.is_some_and(|test| self.truth[test]);
        Signals {
            long: rule(plan.rules.long),
            short: rule(plan.rules.short),
            exit_long: rule(plan.rules.exit_long),
            exit_short: rule(plan.rules.exit_short),
            may_enter,
        }
    }

    /// The newest value of a column.
    pub fn value(&self, column: ColumnId) -> f64 {
        self.past[column][0]
    }

    /// The plan.
    pub fn plan(&self) -> &Arc<Plan> {
        &self.plan
    }

    /// The parameters' values.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// Whether every column has a value as far back as it is read. No rule is asked before.
    pub fn is_warm(&self) -> bool {
        let mut columns = self.defined.iter().zip(&self.plan.reach);
        columns.all(|(defined, reach)| *defined > u64::from(*reach))
    }

    fn update(&mut self, bar: &Bar) {
        let plan = Arc::clone(&self.plan);
        let row = DayCandle {
            candle: candle(bar),
            day: day_of(&mut self.day_clock, bar),
        };
        for (at, node) in plan.indicators.iter().enumerate() {
            let Some(series) = &mut self.indicators[at] else {
                continue;
            };
            let source = match node.input {
                NodeInput::Bar => f64::NAN,
                NodeInput::Price(price) => price_of(&row.candle, price),
                NodeInput::Output(indicator, output) => self.outputs[indicator][output],
            };
            series.update(&row, source, &mut self.outputs[at]);
        }
        for feed in &mut self.feeds {
            feed.push(*bar);
        }
        for (at, column) in plan.columns.iter().enumerate() {
            let value = match *column {
                Column::Price(price) => price_of(&row.candle, price),
                Column::Output {
                    indicator,
                    output,
                    lag,
                } => match plan.indicators[indicator].feed {
                    Some(feed) => self.feeds[feed].value(indicator, output, lag as usize),
                    None => self.outputs[indicator][output],
                },
            };
            self.past[at].pop_back();
            self.past[at].push_front(value);
            if self.defined[at] > 0 || !value.is_nan() {
                self.defined[at] += 1;
            }
        }
    }

    fn may_enter(&mut self, plan: &Plan, bar: &Bar) -> bool {
        let in_session = plan.hours.as_ref().is_none_or(|hours| {
            let close = Time(bar.time.0.saturating_add(plan.timeframe.millis()));
            hours.allow(self.session_clock.local(close))
        });
        let spread_fits = plan
            .max_spread
            .is_none_or(|limit| bar.spread <= limit.value(&self.values));
        in_session && spread_fits
    }

    fn term(&self, term: Term) -> f64 {
        match term {
            Term::Constant(slot) => slot.value(&self.values),
            Term::Column {
                column,
                ago,
                factor,
            } => {
                let factor = factor.map_or(1.0, |slot| slot.value(&self.values));
                self.past[column][ago as usize] * factor
            }
        }
    }
}
