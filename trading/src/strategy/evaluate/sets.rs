//! Many parameter sets over one history.
//!
//! What does not depend on a parameter that varies is computed once and shared. The rest is
//! computed for [`LANES`] sets side by side: indicators of one kind run in vector registers, one
//! set a lane, and comparisons collect their bits lane by lane.

use super::{
    Bits, SignalTable,
    columnar::{Comparisons, Shared, Tables, is_derived, kept_columns, may_enter, plain, warm_bar},
    compare_lanes::{Side, lane_words},
    feed::{Feed, day_of},
};
use crate::{
    bar::Bars,
    indicator::{
        Columns, Series,
        lanes::{LANES, LaneSource, Lanes, Packed},
    },
    strategy::plan::{Column, ColumnId, NodeInput, Plan, Slot, Term},
    zone::LocalClock,
};
use std::sync::Arc;

/// Bars in a block: a multiple of 64; the columns of a block, eight sets wide, fit the first cache.
const BLOCK: usize = 128;

/// What all parameter sets of a sweep share.
#[derive(Debug)]
pub struct Sets<'a> {
    plan: &'a Plan,
    bars: &'a Bars,
    sets: &'a [Vec<f64>],
    comparisons: Comparisons,
    /// For each indicator, column and shared comparison: whether it differs between sets.
    varies: Varies,
    /// Outputs of indicators that do not vary and that varying ones read.
    outputs: Vec<((usize, usize), Vec<f64>)>,
    /// Columns that do not vary, whole; empty for plain prices.
    columns: Vec<Arc<[f64]>>,
    /// Bits of comparisons that do not vary.
    bits: Vec<Bits>,
    first: Vec<Option<usize>>,
    may_enter: Bits,
    days: Vec<i32>,
}

#[derive(Debug)]
struct Varies {
    slots: Vec<bool>,
    indicators: Vec<bool>,
    columns: Vec<bool>,
    comparisons: Vec<bool>,
}

impl Varies {
    fn new(plan: &Plan, sets: &[Vec<f64>], comparisons: &Comparisons) -> Self {
        let slots: Vec<bool> = (0..plan.parameters.len())
            .map(|place| sets.iter().any(|set| set[place] != sets[0][place]))
            .collect();
        let slot = |slot: Slot| matches!(slot, Slot::Parameter(place) if slots[place]);
        let mut indicators: Vec<bool> = Vec::new();
        for node in &plan.indicators {
            let source = match node.input {
                NodeInput::Output(indicator, _) => indicators[indicator],
                _ => false,
            };
            indicators.push(source || node.slots.iter().any(|s| slot(*s)));
        }
        let columns: Vec<bool> = plan
            .columns
            .iter()
            .map(|column| match column {
                Column::Price(_) => false,
                Column::Output { indicator, .. } => indicators[*indicator],
            })
            .collect();
        let term = |term: Term| match term {
            Term::Constant(s) => slot(s),
            Term::Column { column, factor, .. } => columns[column] || factor.is_some_and(slot),
        };
        let comparisons = comparisons
            .shared
            .iter()
            .map(|shared| term(shared.a) || term(shared.b))
            .collect();
        Self {
            indicators,
            columns,
            comparisons,
            slots,
        }
    }
}

impl<'a> Sets<'a> {
    /// Computes what the sets share. `spread` gives the spread at each bar, in points.
    pub fn new(
        plan: &'a Plan,
        sets: &'a [Vec<f64>],
        bars: &'a Bars,
        spread: impl Fn(usize) -> f64,
    ) -> Self {
        let comparisons = Comparisons::of(plan);
        let no_set = Vec::new();
        let varies = Varies::new(plan, sets, &comparisons);
        let values = sets.first().unwrap_or(&no_set);
        let spread_varies =
            matches!(plan.max_spread, Some(Slot::Parameter(place)) if varies.slots[place]);
        let mut shared = Self {
            may_enter: if spread_varies || sets.is_empty() {
                Bits::default()
            } else {
                may_enter(plan, values, bars, spread)
            },
            outputs: Vec::new(),
            columns: vec![Arc::from([]); plan.columns.len()],
            bits: Vec::new(),
            first: vec![None; plan.columns.len()],
            days: Vec::new(),
            plan,
            bars,
            sets,
            comparisons,
            varies,
        };
        if !sets.is_empty() {
            shared.fill(values);
        }
        shared
    }

    /// Whether the spread filter differs between sets: then each set has an entry filter of its
    /// own, which these tables do not hold.
    pub fn filters_vary(&self) -> bool {
        matches!(self.plan.max_spread, Some(Slot::Parameter(place)) if self.varies.slots[place])
    }

    /// One walk with the first set's values gives everything that all sets have in common.
    fn fill(&mut self, values: &[f64]) {
        let plan = self.plan;
        let mut tables = Tables::new(plan, values, self.bars);
        let whole = |column: &ColumnId| {
            !self.varies.columns[*column] && !is_plain(plan, self.bars, *column)
        };
        tables.kept = (0..plan.columns.len())
            .filter(whole)
            .map(|column| (column, Vec::with_capacity(self.bars.len())))
            .collect();
        for (at, node) in plan.indicators.iter().enumerate() {
            if let NodeInput::Output(indicator, output) = node.input
                && self.varies.indicators[at]
                && !self.varies.indicators[indicator]
                && node.feed.is_none()
            {
                tables.kept_outputs.push(((indicator, output), Vec::new()));
            }
        }
        tables.walk();
        for (column, values) in tables.kept {
            self.columns[column] = values.into();
        }
        self.outputs = tables.kept_outputs;
        self.bits = tables.bits;
        self.first = tables.first;
        if plan.reads_days() {
            let mut clock = LocalClock::new(plan.zone.clone());
            self.days = self
                .bars
                .iter()
                .map(|bar| day_of(&mut clock, &bar))
                .collect();
        }
    }

    /// The signals of up to [`LANES`] sets, given by their places.
    pub fn tables(&self, places: &[usize]) -> Vec<SignalTable> {
        let Some(last) = places.last() else {
            return Vec::new();
        };
        // Lanes that are left over repeat the last set and are thrown away.
        let lanes: [&[f64]; LANES] =
            std::array::from_fn(|lane| self.sets[*places.get(lane).unwrap_or(last)].as_slice());
        let mut group = Group::new(self, lanes);
        let len = self.bars.len();
        for from in (0..len).step_by(BLOCK) {
            group.block(from, (from + BLOCK).min(len));
        }
        (0..places.len()).map(|lane| group.finish(lane)).collect()
    }
}

/// Whether a column is one of the bars' own.
fn is_plain(plan: &Plan, bars: &Bars, column: ColumnId) -> bool {
    matches!(plan.columns[column], Column::Price(price) if plain(bars, price).is_some())
}

/// Eight sets side by side.
struct Group<'a> {
    sets: &'a Sets<'a>,
    values: [&'a [f64]; LANES],
    nodes: Vec<Node>,
    feeds: Vec<[Feed; LANES]>,
    /// For each indicator that varies, and each output that is read: old values, then the block's.
    outputs: Vec<Vec<Vec<Lanes>>>,
    /// The same for varying columns on higher timeframes.
    derived: Vec<Vec<Lanes>>,
    /// For each comparison that varies, a column of bits a lane.
    bits: Vec<Vec<Bits>>,
    first: Vec<[Option<usize>; LANES]>,
    kept: Vec<(ColumnId, Vec<Lanes>)>,
    scratch: Vec<Vec<f64>>,
    source: Vec<f64>,
}

/// An indicator in eight settings.
enum Node {
    /// It does not vary, or is on a higher timeframe.
    Elsewhere,
    /// One by one: while one of them is not warm, and for kinds that have no step for lanes.
    Single(Vec<Box<dyn Series>>),
    /// Side by side.
    Packed(Box<dyn Packed>),
}

impl<'a> Group<'a> {
    fn new(sets: &'a Sets<'a>, values: [&'a [f64]; LANES]) -> Self {
        let plan = sets.plan;
        let len = sets.bars.len();
        let room = sets.comparisons.history + BLOCK;
        let own = |at: usize| sets.varies.indicators[at] && plan.indicators[at].feed.is_none();
        let read = |at: usize, output: usize| plan.indicators[at].wanted & (1 << output) != 0;
        let column = |wanted: bool| match wanted {
            true => vec![Lanes::NONE; room],
            false => Vec::new(),
        };
        let feed_varies = |feed: usize| {
            let mut nodes = plan.indicators.iter().zip(&sets.varies.indicators);
            nodes.any(|(node, varies)| *varies && node.feed == Some(feed))
        };
        Self {
            nodes: (0..plan.indicators.len())
                .map(|at| match own(at) {
                    true => Node::Single(
                        values
                            .iter()
                            .map(|values| plan.indicators[at].settings(values).build())
                            .collect(),
                    ),
                    false => Node::Elsewhere,
                })
                .collect(),
            feeds: (0..plan.feeds.len())
                .filter(|feed| feed_varies(*feed))
                .map(|feed| values.map(|values| Feed::new(plan, feed, values)))
                .collect(),
            outputs: (0..plan.indicators.len())
                .map(|at| {
                    let outputs = plan.indicators[at].settings.definition().outputs.len();
                    match own(at) {
                        true => (0..outputs).map(|o| column(read(at, o))).collect(),
                        false => Vec::new(),
                    }
                })
                .collect(),
            derived: plan
                .columns
                .iter()
                .zip(&sets.varies.columns)
                .map(|(c, varies)| column(*varies && is_derived(plan, *c)))
                .collect(),
            bits: sets
                .varies
                .comparisons
                .iter()
                .map(|varies| match varies {
                    true => vec![Bits::zeros(len); LANES],
                    false => Vec::new(),
                })
                .collect(),
            first: vec![[None; LANES]; plan.columns.len()],
            kept: kept_columns(plan)
                .into_iter()
                .filter(|column| sets.varies.columns[*column])
                .map(|column| (column, Vec::with_capacity(len)))
                .collect(),
            scratch: Vec::new(),
            source: Vec::new(),
            sets,
            values,
        }
    }

    fn block(&mut self, from: usize, to: usize) {
        for at in 0..self.nodes.len() {
            self.fill(at, from, to);
        }
        self.fill_derived(from, to);
        self.note_first(from, to);
        let mut all_bits = std::mem::take(&mut self.bits);
        let sets = self.sets;
        for (comparison, bits) in sets.comparisons.shared.iter().zip(&mut all_bits) {
            if !bits.is_empty() {
                self.compare(comparison, bits, from, to);
            }
        }
        self.bits = all_bits;
        let mut kept = std::mem::take(&mut self.kept);
        for (column, values) in &mut kept {
            values.extend_from_slice(self.lanes(*column, 0, to - from));
        }
        self.kept = kept;
        let history = sets.comparisons.history;
        if history > 0 {
            let len = to - from;
            for column in self.outputs.iter_mut().flatten().chain(&mut self.derived) {
                if !column.is_empty() {
                    column.copy_within(len..len + history, 0);
                }
            }
        }
    }

    /// Runs one indicator over the block.
    fn fill(&mut self, at: usize, from: usize, to: usize) {
        let (sets, len) = (self.sets, to - from);
        let history = sets.comparisons.history;
        let (before, rest) = self.outputs.split_at_mut(at);
        let source = match sets.plan.indicators[at].input {
            NodeInput::Bar => LaneSource::Same(&[]),
            NodeInput::Price(price) => match plain(sets.bars, price) {
                Some(column) => LaneSource::Same(&column[from..to]),
                None => {
                    self.source.clear();
                    self.source.extend((from..to).map(|i| {
                        super::feed::price_of(&super::feed::candle(&sets.bars.get(i)), price)
                    }));
                    LaneSource::Same(&self.source)
                }
            },
            NodeInput::Output(indicator, output) => match before[indicator].get(output) {
                Some(column) if !column.is_empty() => {
                    LaneSource::Each(&column[history..history + len])
                }
                _ => {
                    let mut shared = sets.outputs.iter();
                    let found = shared.find(|(key, _)| *key == (indicator, output));
                    LaneSource::Same(found.map_or(&[], |(_, values)| &values[from..to]))
                }
            },
        };
        let bars = sets.bars;
        let columns = Columns {
            open: &bars.open[from..to],
            high: &bars.high[from..to],
            low: &bars.low[from..to],
            close: &bars.close[from..to],
            volume: &bars.tick_volume[from..to],
            day: sets.days.get(from..to).unwrap_or_default(),
            source: &[],
        };
        let mut out: Vec<&mut [Lanes]> = rest[0]
            .iter_mut()
            .map(|column| column.get_mut(history..history + len).unwrap_or_default())
            .collect();
        match &mut self.nodes[at] {
            Node::Elsewhere => {}
            Node::Packed(packed) => packed.extend(&columns, source, &mut out),
            Node::Single(series) => {
                self.scratch
                    .resize(out.len().max(self.scratch.len()), Vec::new());
                for column in &mut self.scratch {
                    column.resize(len, f64::NAN);
                }
                let mut own = Vec::new();
                for (lane, series) in series.iter_mut().enumerate() {
                    let source = match source {
                        LaneSource::Same(source) => source,
                        LaneSource::Each(source) => {
                            own.clear();
                            own.extend(source.iter().map(|row| row.0[lane]));
                            &own
                        }
                    };
                    let columns = Columns { source, ..columns };
                    let mut single: Vec<&mut [f64]> = self.scratch[..out.len()]
                        .iter_mut()
                        .map(|column| &mut column[..len])
                        .collect();
                    series.extend(&columns, &mut single);
                    for (column, values) in out.iter_mut().zip(&single) {
                        for (row, value) in column.iter_mut().zip(values.iter()) {
                            row.0[lane] = *value;
                        }
                    }
                }
                let lanes: [&dyn Series; LANES] = std::array::from_fn(|lane| &*series[lane]);
                if let Some(packed) = series[0].pack(&lanes, sets.plan.indicators[at].wanted) {
                    self.nodes[at] = Node::Packed(packed);
                }
            }
        }
    }

    /// Runs the varying higher timeframes over the block.
    fn fill_derived(&mut self, from: usize, to: usize) {
        if self.feeds.is_empty() {
            return;
        }
        let (plan, history) = (self.sets.plan, self.sets.comparisons.history);
        for at in from..to {
            let bar = self.sets.bars.get(at);
            for feed in self.feeds.iter_mut().flatten() {
                feed.push(bar);
            }
            for (column, values) in plan.columns.iter().zip(&mut self.derived) {
                let Column::Output {
                    indicator,
                    output,
                    lag,
                } = *column
                else {
                    continue;
                };
                if values.is_empty() {
                    continue;
                }
                for lane in 0..LANES {
                    let mut of_feed = self.feeds.iter().map(|feed| &feed[lane]);
                    let feed = of_feed.find(|feed| feed.has(indicator));
                    values[history + at - from].0[lane] =
                        feed.map_or(f64::NAN, |f| f.value(indicator, output, lag as usize));
                }
            }
        }
    }

    fn note_first(&mut self, from: usize, to: usize) {
        for column in 0..self.first.len() {
            if !self.sets.varies.columns[column] || self.first[column].iter().all(Option::is_some) {
                continue;
            }
            let mut first = self.first[column];
            let rows = self.lanes(column, 0, to - from);
            for (lane, first) in first.iter_mut().enumerate() {
                if first.is_none() {
                    let place = rows.iter().position(|row| !row.0[lane].is_nan());
                    *first = place.map(|place| from + place);
                }
            }
            self.first[column] = first;
        }
    }

    /// A varying column over the block, `ago` bars ago.
    fn lanes(&self, column: ColumnId, ago: usize, len: usize) -> &[Lanes] {
        let start = self.sets.comparisons.history - ago;
        if !self.derived[column].is_empty() {
            return &self.derived[column][start..start + len];
        }
        match self.sets.plan.columns[column] {
            Column::Output {
                indicator, output, ..
            } => &self.outputs[indicator][output][start..start + len],
            Column::Price(_) => &[],
        }
    }

    fn slot(&self, slot: Slot) -> Lanes {
        Lanes(self.values.map(|values| slot.value(values)))
    }

    fn side<'b>(&'b self, term: Term, from: usize, to: usize, early: &'b mut Vec<f64>) -> Side<'b> {
        let Term::Column {
            column,
            ago,
            factor,
        } = term
        else {
            let Term::Constant(slot) = term else {
                return Side::Constant(Lanes::NONE);
            };
            return Side::Constant(self.slot(slot));
        };
        let ago = ago as usize;
        let factor = factor.map(|slot| self.slot(slot));
        let sets = self.sets;
        if sets.varies.columns[column] {
            return Side::each(self.lanes(column, ago, to - from), factor);
        }
        let whole = match sets.plan.columns[column] {
            Column::Price(price) => plain(sets.bars, price).unwrap_or(&sets.columns[column]),
            Column::Output { .. } => &sets.columns[column],
        };
        if from >= ago {
            return Side::same(&whole[from - ago..to - ago], factor);
        }
        early.clear();
        early.resize(ago.min(to), f64::NAN);
        early.extend_from_slice(&whole[..to - ago.min(to)]);
        Side::same(&early[from..to], factor)
    }

    fn compare(&self, comparison: &Shared, bits: &mut [Bits], from: usize, to: usize) {
        let mut early = [Vec::new(), Vec::new()];
        let [early_a, early_b] = &mut early;
        let a = self.side(comparison.a, from, to, early_a);
        let b = self.side(comparison.b, from, to, early_b);
        let mut words = [[0u64; LANES]; BLOCK / 64];
        lane_words(comparison.relation, a, b, to - from, &mut words);
        let first = from / 64;
        let count = (to - from).div_ceil(64);
        for (lane, bits) in bits.iter_mut().enumerate() {
            for (word, lanes) in bits.words_mut()[first..first + count]
                .iter_mut()
                .zip(&words)
            {
                *word = lanes[lane];
            }
        }
    }

    fn finish(&self, lane: usize) -> SignalTable {
        let (sets, len) = (self.sets, self.sets.bars.len());
        let first: Vec<Option<usize>> = (0..sets.plan.columns.len())
            .map(|column| match sets.varies.columns[column] {
                true => self.first[column][lane],
                false => sets.first[column],
            })
            .collect();
        let warm = warm_bar(sets.plan, &first, len);
        let bits = |at: usize| match self.bits[at].get(lane) {
            Some(bits) => bits,
            None => &sets.bits[at],
        };
        let mut table = sets.comparisons.combine(sets.plan, bits, len, warm);
        table.may_enter = sets.may_enter.clone();
        table.kept = kept_columns(sets.plan)
            .into_iter()
            .map(|column| {
                let own = self.kept.iter().find(|(kept, _)| *kept == column);
                let values = match own {
                    Some((_, rows)) => rows.iter().map(|row| row.0[lane]).collect(),
                    None => Arc::clone(&sets.columns[column]),
                };
                (column, values)
            })
            .collect();
        table
    }
}
