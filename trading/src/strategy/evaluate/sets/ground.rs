//! What all parameter sets of a sweep share.

use super::variants::Dependence;
use crate::{
    bar::{Bar, Bars},
    indicator::Columns,
    resample::Resampler,
    strategy::{
        evaluate::{
            Bits,
            columnar::{Comparisons, Tables, kept_columns, may_enter, plain},
            feed::day_of,
        },
        plan::{Column, ColumnId, NodeInput, Plan},
    },
    zone::LocalClock,
};
use std::sync::Arc;

/// Parameter sets over one history, and what they have in common.
#[derive(Debug)]
pub struct Sets<'a> {
    pub(super) ground: Ground<'a>,
    pub(super) may_enter: Bits,
    /// For each column that does not vary the first bar at which it has a value.
    pub(super) first: Vec<Option<usize>>,
    /// Bits of comparisons that do not vary.
    pub(super) bits: Vec<Bits>,
    filters_vary: bool,
}

/// What indicators and comparisons of any variant read.
#[derive(Debug)]
pub(super) struct Ground<'a> {
    pub(super) plan: &'a Plan,
    pub(super) bars: &'a Bars,
    pub(super) comparisons: Comparisons,
    pub(super) dependence: Dependence,
    /// Outputs of indicators that do not vary and that varying ones read.
    outputs: Vec<((usize, usize), Vec<f64>)>,
    /// Columns that do not vary, whole; empty for plain prices.
    pub(super) columns: Vec<Arc<[f64]>>,
    /// For each higher timeframe its closed bars, and the bar at whose close each is known. Empty
    /// where nothing on it varies.
    pub(super) closings: Vec<Vec<(usize, Bar)>>,
    days: Vec<i32>,
    kept: Vec<ColumnId>,
}

impl<'a> Sets<'a> {
    /// Computes what the sets share. `spread` gives the spread at each bar, in points. Only what
    /// differs between these sets may differ in [`Sets::tables`].
    pub fn new(
        plan: &'a Plan,
        sets: &[Vec<f64>],
        bars: &'a Bars,
        spread: impl Fn(usize) -> f64,
    ) -> Self {
        let dependence = Dependence::new(plan, sets);
        let filters_vary = plan
            .max_spread
            .is_some_and(|slot| dependence.of_slot(slot).is_some());
        let mut made = Self {
            ground: Ground {
                comparisons: Comparisons::of(plan),
                outputs: Vec::new(),
                columns: vec![Arc::from([]); plan.columns.len()],
                closings: vec![Vec::new(); plan.feeds.len()],
                days: Vec::new(),
                kept: kept_columns(plan),
                plan,
                bars,
                dependence,
            },
            may_enter: Bits::default(),
            first: vec![None; plan.columns.len()],
            bits: Vec::new(),
            filters_vary,
        };
        if let Some(values) = sets.first() {
            if !filters_vary {
                made.may_enter = may_enter(plan, values, bars, spread);
            }
            made.fill(values);
        }
        made
    }

    /// Whether the spread filter differs between sets: then each set has an entry filter of its
    /// own, which these tables do not hold.
    pub const fn filters_vary(&self) -> bool {
        self.filters_vary
    }

    /// How many sets may be asked for at once so that their tables keep within this many bytes.
    pub fn at_once(&self, bytes: usize) -> usize {
        let ground = &self.ground;
        let shared = ground.comparisons.shared.iter();
        let varying = shared.filter(|s| {
            let on = ground.dependence.of_terms(ground.plan, [s.a, s.b]);
            !on.is_empty()
        });
        let kept = ground.kept.iter().filter(|id| ground.varies(**id));
        let of_set = varying.count() * ground.bars.len() / 8 + kept.count() * ground.bars.len() * 8;
        (bytes / of_set.max(1)).max(1)
    }

    /// One walk with the first set's values gives everything that all sets have in common.
    fn fill(&mut self, values: &[f64]) {
        let ground = &mut self.ground;
        let (plan, bars) = (ground.plan, ground.bars);
        let mut tables = Tables::new(plan, values, bars);
        let varies = |indicator: usize| !ground.dependence.of_indicator(indicator).is_empty();
        let whole = |column: &ColumnId| {
            let is_plain = matches!(plan.columns[*column], Column::Price(price) if plain(bars, price).is_some());
            !ground.varies(*column) && !is_plain
        };
        tables.kept = (0..plan.columns.len())
            .filter(whole)
            .map(|column| (column, Vec::with_capacity(bars.len())))
            .collect();
        for (at, node) in plan.indicators.iter().enumerate() {
            if let NodeInput::Output(indicator, output) = node.input
                && varies(at)
                && !varies(indicator)
                && node.feed.is_none()
            {
                tables.kept_outputs.push(((indicator, output), Vec::new()));
            }
        }
        tables.walk();
        for feed in 0..plan.feeds.len() {
            let mut nodes = plan.indicators.iter().enumerate();
            if nodes.any(|(at, node)| node.feed == Some(feed) && varies(at)) {
                ground.closings[feed] = closings(plan, feed, bars);
            }
        }
        for (column, values) in tables.kept {
            ground.columns[column] = values.into();
        }
        ground.outputs = tables.kept_outputs;
        self.bits = tables.bits;
        self.first = tables.first;
        if plan.reads_days() {
            let mut clock = LocalClock::new(plan.zone.clone());
            ground.days = bars.iter().map(|bar| day_of(&mut clock, &bar)).collect();
        }
    }
}

/// The closed bars of a higher timeframe, and the bar at whose close each is known.
fn closings(plan: &Plan, feed: usize, bars: &Bars) -> Vec<(usize, Bar)> {
    let mut resampler = Resampler::new(plan.timeframe, plan.feeds[feed], plan.zone.clone());
    let mut closings = Vec::new();
    for (at, bar) in bars.iter().enumerate() {
        let closed = resampler.push(bar);
        let both = [closed.before, closed.with].into_iter().flatten();
        closings.extend(both.map(|closed| (at, closed)));
    }
    closings
}

impl Ground<'_> {
    /// How many old values stand in front of every block's.
    pub(super) const fn history(&self) -> usize {
        self.comparisons.history
    }

    pub(super) fn varies(&self, column: ColumnId) -> bool {
        let column = self.plan.columns[column];
        !self.dependence.of_column(column).is_empty()
    }

    /// Whether orders read the column at the moment of an entry.
    pub(super) fn is_kept(&self, column: ColumnId) -> bool {
        self.kept.contains(&column)
    }

    pub(super) fn kept(&self) -> &[ColumnId] {
        &self.kept
    }

    /// The bars of a block as indicators read them.
    pub(super) fn columns<'b>(&'b self, from: usize, to: usize, source: &'b [f64]) -> Columns<'b> {
        let bars = self.bars;
        Columns {
            open: &bars.open[from..to],
            high: &bars.high[from..to],
            low: &bars.low[from..to],
            close: &bars.close[from..to],
            volume: &bars.tick_volume[from..to],
            day: self.days.get(from..to).unwrap_or_default(),
            source,
        }
    }

    /// The output of an indicator that does not vary.
    pub(super) fn output(&self, indicator: usize, output: usize) -> Option<&[f64]> {
        let mut outputs = self.outputs.iter();
        let found = outputs.find(|(key, _)| *key == (indicator, output));
        found.map(|(_, values)| values.as_slice())
    }

    /// A column that does not vary over `from..to`, `ago` bars ago.
    pub(super) fn shared<'b>(
        &'b self,
        column: ColumnId,
        ago: usize,
        from: usize,
        to: usize,
        early: &'b mut Vec<f64>,
    ) -> &'b [f64] {
        let whole = match self.plan.columns[column] {
            Column::Price(price) => plain(self.bars, price).unwrap_or(&self.columns[column]),
            Column::Output { .. } => &self.columns[column],
        };
        if from >= ago {
            return &whole[from - ago..to - ago];
        }
        // The first block looks back to before the first bar: no value there.
        early.clear();
        early.resize(ago.min(to), f64::NAN);
        early.extend_from_slice(&whole[..to - ago.min(to)]);
        &early[from..to]
    }
}
