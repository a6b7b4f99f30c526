//! The columnar face: a whole history in, what the rules say at every bar out.
//!
//! History is walked in blocks that fit the processor's cache. Within a block every indicator
//! writes a column, comparisons turn columns into bits, and the columns are forgotten; only bits,
//! and the few columns that orders need, are kept for the whole history.

mod comparisons;

pub(super) use comparisons::{Comparisons, Shared};

use super::{
    Bits, Comparison, Signals,
    compare::compare,
    feed::{Feed, candle, day_of, price_of},
};
use crate::{
    bar::Bars,
    few,
    indicator::{Columns, Series},
    strategy::{
        operand::Price,
        plan::{Column, ColumnId, DistancePlan, NodeInput, Plan, Slot, Term},
    },
    time::Time,
    zone::LocalClock,
};
use std::sync::Arc;

/// Bars in a block: a multiple of 64, small enough that all columns of a block stay in the cache.
const BLOCK: usize = 1_024;

/// What the rules say at every bar of a history.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SignalTable {
    /// Where the rule to buy holds.
    pub long: Bits,
    /// Where the rule to sell holds.
    pub short: Bits,
    /// Where the rule to close long positions holds; empty when there is none.
    pub exit_long: Bits,
    /// Where the rule to close short positions holds; empty when there is none.
    pub exit_short: Bits,
    /// Where session and spread allow an entry; empty when they always do.
    pub may_enter: Bits,
    /// The first bar at which rules are asked; the number of bars when there is none.
    pub warm: usize,
    /// The columns that orders read, whole; shared between tables where they are the same.
    pub kept: Vec<(ColumnId, Arc<[f64]>)>,
}

impl SignalTable {
    /// What the rules say at a bar.
    #[inline]
    pub fn at(&self, index: usize) -> Signals {
        let get = |bits: &Bits| !bits.is_empty() && bits.get(index);
        Signals {
            long: get(&self.long),
            short: get(&self.short),
            exit_long: get(&self.exit_long),
            exit_short: get(&self.exit_short),
            may_enter: self.may_enter.is_empty() || self.may_enter.get(index),
        }
    }

    /// The value of a kept column at a bar; NaN for a column that was not kept.
    pub fn value(&self, column: ColumnId, index: usize) -> f64 {
        self.kept
            .iter()
            .find(|(kept, _)| *kept == column)
            .map_or(f64::NAN, |(_, values)| values[index])
    }
}

/// Evaluates a plan over a history. `spread` gives the spread at each bar, in points.
pub fn evaluate(
    plan: &Plan,
    values: &[f64],
    bars: &Bars,
    spread: impl Fn(usize) -> f64,
) -> SignalTable {
    let mut table = Tables::new(plan, values, bars).run();
    table.may_enter = may_enter(plan, values, bars, spread);
    table
}

/// All columns of a plan over a history, whole: for charts and for comparison with other programs.
pub fn tabulate(plan: &Plan, values: &[f64], bars: &Bars) -> Vec<Vec<f64>> {
    let mut tables = Tables::new(plan, values, bars);
    tables.kept = (0..plan.columns.len())
        .map(|column| (column, Vec::with_capacity(bars.len())))
        .collect();
    tables.walk();
    tables.kept.into_iter().map(|(_, values)| values).collect()
}

/// Where session and spread allow an entry; empty when they always do.
pub fn may_enter(plan: &Plan, values: &[f64], bars: &Bars, spread: impl Fn(usize) -> f64) -> Bits {
    if plan.hours.is_none() && plan.max_spread.is_none() {
        return Bits::default();
    }
    let mut allowed = Bits::ones(bars.len());
    if let Some(hours) = &plan.hours {
        let mut clock = LocalClock::new(hours.zone.clone());
        let length = plan.timeframe.millis();
        for (at, time) in bars.time.iter().enumerate() {
            let close = Time(time.saturating_add(length));
            if !hours.allow(clock.local(close)) {
                allowed.set(at, false);
            }
        }
    }
    if let Some(limit) = plan.max_spread {
        let limit = limit.value(values);
        for at in 0..bars.len() {
            let fits = spread(at) <= limit;
            if !fits {
                allowed.set(at, false);
            }
        }
    }
    allowed
}

/// The first bar at which every column has a value as far back as it is read.
pub(super) fn warm_bar(plan: &Plan, first: &[Option<usize>], len: usize) -> usize {
    plan.reach
        .iter()
        .zip(first)
        .map(|(reach, first)| first.map_or(len, |first| first + *reach as usize))
        .max()
        .unwrap_or(0)
        .min(len)
}

/// The working memory of one evaluation.
#[derive(Debug)]
pub(super) struct Tables<'a> {
    plan: &'a Plan,
    values: &'a [f64],
    bars: &'a Bars,
    comparisons: Comparisons,
    nodes: Vec<Option<Box<dyn Series>>>,
    /// For each indicator and output, `history` old values and then the block's.
    outputs: Vec<Vec<Vec<f64>>>,
    /// The same for columns that are neither a plain price nor an output of the own timeframe.
    derived: Vec<Vec<f64>>,
    feeds: Vec<Feed>,
    day_clock: LocalClock,
    days: Vec<i32>,
    /// One for each shared comparison.
    pub(super) bits: Vec<Bits>,
    /// Columns that are kept whole.
    pub(super) kept: Vec<(ColumnId, Vec<f64>)>,
    /// Outputs (indicator, which) that are kept whole.
    pub(super) kept_outputs: Vec<((usize, usize), Vec<f64>)>,
    /// For each column the first bar at which it has a value.
    pub(super) first: Vec<Option<usize>>,
}

impl<'a> Tables<'a> {
    pub(super) fn new(plan: &'a Plan, values: &'a [f64], bars: &'a Bars) -> Self {
        let comparisons = Comparisons::of(plan);
        let history = comparisons.history;
        let room = history + BLOCK.min(bars.len());
        Self {
            bits: vec![Bits::zeros(bars.len()); comparisons.shared.len()],
            comparisons,
            kept_outputs: Vec::new(),
            nodes: plan
                .indicators
                .iter()
                .map(|node| node.feed.is_none().then(|| node.settings(values).build()))
                .collect(),
            outputs: plan
                .indicators
                .iter()
                .map(|node| match node.feed {
                    Some(_) => Vec::new(),
                    None => vec![vec![f64::NAN; room]; node.settings.definition().outputs.len()],
                })
                .collect(),
            derived: plan
                .columns
                .iter()
                .map(|column| match is_derived(plan, *column) {
                    true => vec![f64::NAN; room],
                    false => Vec::new(),
                })
                .collect(),
            feeds: (0..plan.feeds.len())
                .map(|feed| Feed::new(plan, feed, values))
                .collect(),
            day_clock: LocalClock::new(plan.zone.clone()),
            days: Vec::new(),
            kept: kept_columns(plan)
                .into_iter()
                .map(|column| (column, Vec::with_capacity(bars.len())))
                .collect(),
            first: vec![None; plan.columns.len()],
            plan,
            values,
            bars,
        }
    }

    fn run(mut self) -> SignalTable {
        self.walk();
        self.finish()
    }

    /// Walks all of history.
    pub(super) fn walk(&mut self) {
        let len = self.bars.len();
        for from in (0..len).step_by(BLOCK) {
            self.block(from, (from + BLOCK).min(len));
        }
    }

    fn block(&mut self, from: usize, to: usize) {
        let len = to - from;
        self.fill_indicators(from, to);
        self.fill_derived(from, to);
        for column in 0..self.plan.columns.len() {
            if self.first[column].is_none() {
                let place = self
                    .column(column, 0, from, to)
                    .iter()
                    .position(|x| !x.is_nan());
                self.first[column] = place.map(|p| from + p);
            }
        }
        let mut all_bits = std::mem::take(&mut self.bits);
        for (comparison, bits) in self.comparisons.shared.iter().zip(&mut all_bits) {
            let mut early = [Vec::new(), Vec::new()];
            let [early_a, early_b] = &mut early;
            let a = self.side(comparison.a, from, to, early_a);
            let b = self.side(comparison.b, from, to, early_b);
            let words = &mut bits.words_mut()[from / 64..];
            compare(comparison.relation, a, b, len, words);
        }
        self.bits = all_bits;
        let mut kept = std::mem::take(&mut self.kept);
        for (column, values) in &mut kept {
            values.extend_from_slice(self.column(*column, 0, from, to));
        }
        self.kept = kept;
        let history = self.comparisons.history;
        for ((indicator, output), values) in &mut self.kept_outputs {
            let column = &self.outputs[*indicator][*output];
            values.extend_from_slice(&column[history..history + len]);
        }
        self.slide(len);
    }

    fn fill_indicators(&mut self, from: usize, to: usize) {
        let (plan, bars, history) = (self.plan, self.bars, self.comparisons.history);
        if plan.reads_days() {
            self.days.clear();
            for at in from..to {
                self.days.push(day_of(&mut self.day_clock, &bars.get(at)));
            }
        }
        let mut made = Vec::new();
        for (at, node) in plan.indicators.iter().enumerate() {
            let Some(series) = &mut self.nodes[at] else {
                continue;
            };
            let (before, rest) = self.outputs.split_at_mut(at);
            let source: &[f64] = match node.input {
                NodeInput::Bar => &[],
                NodeInput::Price(price) => match plain(bars, price) {
                    Some(column) => &column[from..to],
                    None => {
                        made.clear();
                        made.extend((from..to).map(|i| price_of(&candle(&bars.get(i)), price)));
                        &made
                    }
                },
                NodeInput::Output(indicator, output) => {
                    &before[indicator][output][history..history + to - from]
                }
            };
            let columns = Columns {
                open: &bars.open[from..to],
                high: &bars.high[from..to],
                low: &bars.low[from..to],
                close: &bars.close[from..to],
                volume: &bars.tick_volume[from..to],
                day: &self.days,
                source,
            };
            let mut out: Vec<&mut [f64]> = rest[0]
                .iter_mut()
                .map(|column| &mut column[history..history + to - from])
                .collect();
            series.extend(&columns, &mut out);
        }
    }

    fn fill_derived(&mut self, from: usize, to: usize) {
        let (plan, bars, history) = (self.plan, self.bars, self.comparisons.history);
        for at in from..to {
            let row = history + at - from;
            let bar = (!self.feeds.is_empty()).then(|| bars.get(at));
            for feed in &mut self.feeds {
                if let Some(bar) = bar {
                    feed.push(bar);
                }
            }
            for (column, values) in plan.columns.iter().zip(&mut self.derived) {
                if values.is_empty() {
                    continue;
                }
                values[row] = match *column {
                    Column::Price(price) => price_of(&candle(&bars.get(at)), price),
                    Column::Output {
                        indicator,
                        output,
                        lag,
                    } => match plan.indicators[indicator].feed {
                        Some(feed) => self.feeds[feed].value(indicator, output, lag as usize),
                        None => f64::NAN,
                    },
                };
            }
            if self.feeds.is_empty() && self.derived.iter().all(Vec::is_empty) {
                return;
            }
        }
    }

    /// A column over `from..to`, `ago` bars ago. Before the first bar, only `ago = 0` is asked.
    fn column(&self, column: ColumnId, ago: usize, from: usize, to: usize) -> &[f64] {
        let history = self.comparisons.history;
        let start = history - ago.min(history);
        let range = start..start + to - from;
        if !self.derived[column].is_empty() {
            return &self.derived[column][range];
        }
        match self.plan.columns[column] {
            Column::Price(price) => match plain(self.bars, price) {
                Some(values) => &values[from - ago..to - ago],
                None => &[],
            },
            Column::Output {
                indicator, output, ..
            } => &self.outputs[indicator][output][range],
        }
    }

    fn side<'b>(
        &'b self,
        term: Term,
        from: usize,
        to: usize,
        early: &'b mut Vec<f64>,
    ) -> Comparison<'b> {
        match term {
            Term::Constant(slot) => Comparison::Constant(slot.value(self.values)),
            Term::Column {
                column,
                ago,
                factor,
            } => {
                let factor = factor.map_or(1.0, |slot: Slot| slot.value(self.values));
                let ago = ago as usize;
                let is_price = matches!(self.plan.columns[column], Column::Price(_)) && from < ago;
                if is_price && self.derived[column].is_empty() {
                    // The first block looks back to before the first bar: no value there.
                    early.resize(ago.min(to), f64::NAN);
                    let known = self.column(column, 0, 0, to);
                    early.extend_from_slice(&known[..to - ago.min(to)]);
                    return Comparison::Column(&early[from..to], factor);
                }
                Comparison::Column(self.column(column, ago, from, to), factor)
            }
        }
    }

    /// Keeps the newest `history` values in front of the next block.
    fn slide(&mut self, len: usize) {
        let history = self.comparisons.history;
        if history == 0 {
            return;
        }
        for column in self.outputs.iter_mut().flatten().chain(&mut self.derived) {
            if !column.is_empty() {
                column.copy_within(len..len + history, 0);
            }
        }
    }

    fn finish(self) -> SignalTable {
        let len = self.bars.len();
        let warm = warm_bar(self.plan, &self.first, len);
        let mut table = self
            .comparisons
            .combine(self.plan, |at| &self.bits[at], len, warm);
        table.kept = self
            .kept
            .into_iter()
            .map(|(column, values)| (column, values.into()))
            .collect();
        table
    }
}

/// The columns that orders read at the moment of an entry.
pub(super) fn kept_columns(plan: &Plan) -> Vec<ColumnId> {
    let orders = &plan.orders;
    let distances = [orders.stop_loss, orders.take_profit]
        .into_iter()
        .chain(orders.break_even.map(|(after, _)| Some(after)))
        .chain(orders.break_even.map(|(_, plus)| plus))
        .chain(orders.trailing_stop.map(|trail| Some(trail.distance)))
        .chain(orders.trailing_stop.map(|trail| trail.activate_after))
        .flatten();
    let mut columns: Vec<ColumnId> = distances
        .filter_map(|distance| match distance {
            DistancePlan::Atr { column, .. } => Some(column),
            _ => None,
        })
        .collect();
    few::sort_by_key(&mut columns, |column| *column);
    columns.dedup();
    columns
}

/// The bars' own column for a price, if they have one.
pub(super) fn plain(bars: &Bars, price: Price) -> Option<&[f64]> {
    match price {
        Price::Open => Some(&bars.open),
        Price::High => Some(&bars.high),
        Price::Low => Some(&bars.low),
        Price::Close => Some(&bars.close),
        Price::Volume => Some(&bars.tick_volume),
        Price::Median | Price::Typical | Price::Weighted => None,
    }
}

pub(super) fn is_derived(plan: &Plan, column: Column) -> bool {
    match column {
        Column::Price(price) => {
            matches!(price, Price::Median | Price::Typical | Price::Weighted)
        }
        Column::Output { indicator, .. } => plan.indicators[indicator].feed.is_some(),
    }
}
