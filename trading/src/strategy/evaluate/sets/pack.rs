//! Up to eight variants of one indicator, side by side.

use super::{
    BLOCK, Ground,
    compare_lanes::{Side, lane_words},
};
use crate::{
    indicator::{
        Series,
        lanes::{LANES, LaneSource, Lanes, Packed},
    },
    strategy::{
        evaluate::{Bits, Comparison, columnar::plain, compare::compare, feed},
        plan::{Column, ColumnId, NodeInput, Relation},
    },
};

/// Bars that a packed indicator takes at once: a multiple of 64; its columns, eight variants wide,
/// fit the first cache.
const STEP: usize = 128;

/// Fewer variants than this are quicker one by one.
const WORTH_PACKING: usize = 3;

/// Variants of one indicator, and the comparisons that read no other indicator that varies.
#[derive(Debug)]
pub(super) struct Pack {
    indicator: usize,
    form: Form,
    /// Where each variant's source lies, if that varies too.
    sources: Vec<Place>,
    /// For each output and variant: old values, then the block's. Only those that are wanted.
    columns: Vec<Vec<Vec<f64>>>,
    /// For each output: old values, then the step's, in the packed form.
    rows: Vec<Vec<Lanes>>,
    /// Whether others read the columns, or orders do.
    is_read: bool,
    comparisons: Vec<PackComparison>,
    /// For each output and variant the first bar with a value.
    first: Vec<Vec<Option<usize>>>,
    /// For each column that orders read: everything so far, for each variant.
    kept: Vec<(ColumnId, usize, Vec<Vec<f64>>)>,
    scratch: Scratch,
}

/// Where a variant of an indicator is computed.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place {
    /// Place of the pack among those of its depth.
    pub(super) pack: usize,
    /// Its place in the pack.
    pub(super) lane: usize,
    /// How many varying indicators lie below it.
    pub(super) depth: usize,
}

#[derive(Debug)]
enum Form {
    /// One by one: while one of them is not warm, and for kinds that have no step for lanes.
    Single(Vec<Box<dyn Series>>),
    /// Side by side.
    Packed(Box<dyn Packed>),
}

#[derive(Debug, Default)]
struct Scratch {
    price: Vec<f64>,
    source: Vec<Lanes>,
}

/// A comparison of a pack's outputs with numbers and with columns that do not vary.
#[derive(Debug)]
pub(super) struct PackComparison {
    pub(super) relation: Relation,
    pub(super) terms: [PackTerm; 2],
    /// For each lane the variant of the comparison that it answers, and its bits.
    pub(super) bits: [Option<(usize, Bits)>; LANES],
    /// Place among the plan's comparisons.
    pub(super) comparison: usize,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum PackTerm {
    Constant(f64),
    Own {
        output: usize,
        ago: usize,
        factor: Option<f64>,
    },
    Shared {
        column: ColumnId,
        ago: usize,
        factor: Option<f64>,
    },
}

impl Pack {
    /// The indicator in the variants that these sets have.
    pub(super) fn new(
        ground: &Ground<'_>,
        indicator: usize,
        sets: &[&[f64]],
        sources: Vec<Place>,
        is_read: bool,
    ) -> Self {
        let node = &ground.plan.indicators[indicator];
        let outputs = node.settings.definition().outputs.len();
        let room = ground.history() + BLOCK;
        let kept = ground.plan.columns.iter().enumerate();
        let kept: Vec<_> = kept
            .filter(|(id, _)| ground.is_kept(*id))
            .filter_map(|(id, column)| match column {
                Column::Output {
                    indicator: of,
                    output,
                    ..
                } if *of == indicator => Some((id, *output, vec![Vec::new(); sets.len()])),
                _ => None,
            })
            .collect();
        Self {
            indicator,
            form: Form::Single(sets.iter().map(|set| node.settings(set).build()).collect()),
            sources,
            columns: vec![vec![vec![f64::NAN; room]; sets.len()]; outputs],
            rows: Vec::new(),
            is_read: is_read || !kept.is_empty(),
            comparisons: Vec::new(),
            first: vec![vec![None; sets.len()]; outputs],
            kept,
            scratch: Scratch::default(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.first[0].len()
    }

    /// The comparison of these terms that still has room in this lane.
    pub(super) fn comparison(
        &mut self,
        comparison: usize,
        relation: Relation,
        terms: [PackTerm; 2],
    ) -> &mut PackComparison {
        let mut known = self.comparisons.iter();
        let known = known.position(|c| c.comparison == comparison && c.terms == terms);
        let at = known.unwrap_or_else(|| {
            self.comparisons.push(PackComparison {
                relation,
                terms,
                bits: [const { None }; LANES],
                comparison,
            });
            self.comparisons.len() - 1
        });
        &mut self.comparisons[at]
    }

    pub(super) fn into_answers(self) -> Vec<PackComparison> {
        self.comparisons
    }

    pub(super) fn first(&self, output: usize, lane: usize) -> Option<usize> {
        self.first[output][lane]
    }

    pub(super) fn take_kept(&mut self, id: ColumnId, lane: usize) -> Option<Vec<f64>> {
        let mut kept = self.kept.iter_mut();
        let (_, _, lanes) = kept.find(|(kept, ..)| *kept == id)?;
        Some(std::mem::take(&mut lanes[lane]))
    }

    /// Old values, then the block's.
    pub(super) fn column(&self, output: usize, lane: usize) -> &[f64] {
        &self.columns[output][lane]
    }

    /// Takes a block of bars. `below` are the packs that this one may read, by depth.
    pub(super) fn block(
        &mut self,
        ground: &Ground<'_>,
        below: &[Vec<Self>],
        from: usize,
        to: usize,
    ) {
        let history = ground.history();
        let is_packed = matches!(self.form, Form::Packed(_));
        if from > 0 && (self.is_read || !is_packed) {
            for column in self.columns.iter_mut().flatten() {
                column.copy_within(BLOCK..BLOCK + history, 0);
            }
        }
        if is_packed {
            let mut at = from;
            while at < to {
                let end = (at + STEP).min(to);
                self.step_packed(ground, below, from, at, end);
                at = end;
            }
        } else {
            self.step_single(ground, below, from, to);
            self.try_to_pack(ground, to - from);
        }
        for (_, output, lanes) in &mut self.kept {
            for (lane, kept) in lanes.iter_mut().enumerate() {
                kept.extend_from_slice(&self.columns[*output][lane][history..history + to - from]);
            }
        }
    }

    /// The whole block, one variant after another.
    fn step_single(&mut self, ground: &Ground<'_>, below: &[Vec<Self>], from: usize, to: usize) {
        let (history, len) = (ground.history(), to - from);
        let Form::Single(all) = &mut self.form else {
            return;
        };
        let input = ground.plan.indicators[self.indicator].input;
        let shared = shared_source(ground, input, from, to, &mut self.scratch.price);
        for (lane, series) in all.iter_mut().enumerate() {
            let source = match (self.sources.get(lane), input) {
                (Some(place), NodeInput::Output(_, output)) => {
                    let column = below[place.depth][place.pack].column(output, place.lane);
                    &column[history..history + len]
                }
                _ => shared,
            };
            let columns = ground.columns(from, to, source);
            let mut out: Vec<&mut [f64]> = self
                .columns
                .iter_mut()
                .map(|lanes| &mut lanes[lane][history..history + len])
                .collect();
            series.extend(&columns, &mut out);
        }
        for (first, lanes) in self.first.iter_mut().zip(&self.columns) {
            for (first, column) in first.iter_mut().zip(lanes) {
                if first.is_none() {
                    let mut values = column[history..history + len].iter();
                    *first = values.position(|x| !x.is_nan()).map(|place| from + place);
                }
            }
        }
        let columns = &self.columns;
        for comparison in &mut self.comparisons {
            let terms = comparison.terms;
            for (lane, answer) in comparison.bits.iter_mut().enumerate() {
                let Some((_, bits)) = answer else { continue };
                let mut early = [Vec::new(), Vec::new()];
                let [early_a, early_b] = &mut early;
                let side = |term, early| match term {
                    PackTerm::Constant(value) => Comparison::Constant(value),
                    PackTerm::Own {
                        output,
                        ago,
                        factor,
                    } => {
                        let start = history - ago;
                        let column = &columns[output][lane][start..start + len];
                        Comparison::Column(column, factor.unwrap_or(1.0))
                    }
                    PackTerm::Shared {
                        column,
                        ago,
                        factor,
                    } => {
                        let column = ground.shared(column, ago, from, to, early);
                        Comparison::Column(column, factor.unwrap_or(1.0))
                    }
                };
                let (a, b) = (side(terms[0], early_a), side(terms[1], early_b));
                compare(
                    comparison.relation,
                    a,
                    b,
                    len,
                    &mut bits.words_mut()[from / 64..],
                );
            }
        }
    }

    /// Turns to the packed form, if the kind has one and all variants are warm.
    fn try_to_pack(&mut self, ground: &Ground<'_>, len: usize) {
        let Form::Single(all) = &self.form else {
            return;
        };
        let wanted = ground.plan.indicators[self.indicator].wanted;
        let is_known = self.first.iter().enumerate().all(|(output, first)| {
            wanted & (1 << output) == 0 || first.iter().all(Option::is_some)
        });
        if all.len() < WORTH_PACKING || !is_known {
            return;
        }
        // Lanes that are left over repeat the last variant, and nobody reads them.
        let lanes: [&dyn Series; LANES] =
            std::array::from_fn(|lane| &*all[lane.min(all.len() - 1)]);
        let Some(packed) = all[0].pack(&lanes, wanted) else {
            return;
        };
        let history = ground.history();
        self.rows = self
            .columns
            .iter()
            .enumerate()
            .map(|(output, lanes)| {
                if wanted & (1 << output) == 0 {
                    return Vec::new();
                }
                let old = |row: usize| {
                    Lanes(std::array::from_fn(|lane| {
                        lanes[lane.min(lanes.len() - 1)][len + row]
                    }))
                };
                let mut rows: Vec<Lanes> = (0..history).map(old).collect();
                rows.resize(history + STEP, Lanes::NONE);
                rows
            })
            .collect();
        self.form = Form::Packed(packed);
    }

    /// A few bars, all variants at once. `block` is the first bar of the block that they are of.
    fn step_packed(
        &mut self,
        ground: &Ground<'_>,
        below: &[Vec<Self>],
        block: usize,
        from: usize,
        to: usize,
    ) {
        let (history, len) = (ground.history(), to - from);
        let lanes = self.len();
        let Form::Packed(packed) = &mut self.form else {
            return;
        };
        let input = ground.plan.indicators[self.indicator].input;
        let source = match input {
            NodeInput::Output(_, output) if !self.sources.is_empty() => {
                let start = history + from - block;
                let columns: [&[f64]; LANES] = std::array::from_fn(|lane| {
                    let place = self.sources[lane.min(lanes - 1)];
                    let column = below[place.depth][place.pack].column(output, place.lane);
                    &column[start..start + len]
                });
                self.scratch.source.clear();
                let row = |i: usize| Lanes(std::array::from_fn(|lane| columns[lane][i]));
                self.scratch.source.extend((0..len).map(row));
                LaneSource::Each(&self.scratch.source)
            }
            _ => LaneSource::Same(shared_source(
                ground,
                input,
                from,
                to,
                &mut self.scratch.price,
            )),
        };
        let mut out: Vec<&mut [Lanes]> = self
            .rows
            .iter_mut()
            .map(|rows| rows.get_mut(history..history + len).unwrap_or_default())
            .collect();
        packed.extend(&ground.columns(from, to, &[]), source, &mut out);
        if self.is_read {
            let start = history + from - block;
            for (rows, columns) in self.rows.iter().zip(&mut self.columns) {
                for (lane, column) in columns.iter_mut().enumerate() {
                    if rows.is_empty() {
                        continue;
                    }
                    let values = rows[history..history + len].iter().map(|row| row.0[lane]);
                    for (slot, value) in column[start..start + len].iter_mut().zip(values) {
                        *slot = value;
                    }
                }
            }
        }
        let rows = &self.rows;
        for comparison in &mut self.comparisons {
            let mut early = [Vec::new(), Vec::new()];
            let [early_a, early_b] = &mut early;
            let side = |term, early| match term {
                PackTerm::Constant(value) => Side::Constant(Lanes::all(value)),
                PackTerm::Own {
                    output,
                    ago,
                    factor,
                } => {
                    let start = history - ago;
                    Side::each(&rows[output][start..start + len], factor.map(Lanes::all))
                }
                PackTerm::Shared {
                    column,
                    ago,
                    factor,
                } => {
                    let column = ground.shared(column, ago, from, to, early);
                    Side::same(column, factor.map(Lanes::all))
                }
            };
            let (a, b) = (
                side(comparison.terms[0], early_a),
                side(comparison.terms[1], early_b),
            );
            let mut words = [[0u64; LANES]; STEP / 64];
            lane_words(comparison.relation, a, b, len, &mut words);
            for (lane, answer) in comparison.bits.iter_mut().enumerate() {
                let Some((_, bits)) = answer else { continue };
                let own = &mut bits.words_mut()[from / 64..to.div_ceil(64)];
                for (word, lanes) in own.iter_mut().zip(&words) {
                    *word = lanes[lane];
                }
            }
        }
        for rows in &mut self.rows {
            if !rows.is_empty() {
                rows.copy_within(len..len + history, 0);
            }
        }
    }
}

/// What an indicator reads where that does not vary.
fn shared_source<'b>(
    ground: &'b Ground<'_>,
    input: NodeInput,
    from: usize,
    to: usize,
    made: &'b mut Vec<f64>,
) -> &'b [f64] {
    match input {
        NodeInput::Bar => &[],
        NodeInput::Price(price) => match plain(ground.bars, price) {
            Some(column) => &column[from..to],
            None => {
                made.clear();
                made.extend((from..to).map(|i| {
                    let candle = feed::candle(&ground.bars.get(i));
                    feed::price_of(&candle, price)
                }));
                made
            }
        },
        NodeInput::Output(indicator, output) => ground
            .output(indicator, output)
            .map_or(&[], |values| &values[from..to]),
    }
}
