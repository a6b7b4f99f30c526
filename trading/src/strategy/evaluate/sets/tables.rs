//! From the variants of indicators and comparisons to the signals of every set.

use super::{
    BLOCK, Ground, Hands, Sets,
    far::Far,
    pack::{Pack, PackTerm, Place},
    variants::Variants,
};
use crate::{
    indicator::lanes::LANES,
    strategy::{
        evaluate::{
            Bits, Comparison, SignalTable,
            columnar::{Shared, warm_bar},
            compare::compare,
        },
        plan::{Column, ColumnId, NodeInput, Relation, Term},
    },
};
use std::sync::Arc;

/// The signals of many sets, each a combination of what several share.
#[derive(Debug)]
pub struct SetTables<'a> {
    sets: &'a Sets<'a>,
    /// For each shared comparison that varies: its variants, and the bits of each.
    answers: Vec<Option<(Variants, Vec<Bits>)>>,
    /// For each column that varies: its variants, and the first bar at which each has a value.
    first: Vec<Option<(Variants, Vec<Option<usize>>)>>,
    /// For each column that varies and that orders read: the values of each variant.
    kept: Vec<(ColumnId, Vec<Arc<[f64]>>)>,
}

impl Sets<'_> {
    /// The signals of these sets.
    pub fn tables(&self, sets: &[Vec<f64>], hands: &impl Hands) -> SetTables<'_> {
        let mut work = Work::new(&self.ground, sets);
        work.walk(hands);
        work.finish(self)
    }
}

impl SetTables<'_> {
    /// The signals of one set, by its place in the list that was asked for.
    pub fn table(&self, place: usize) -> SignalTable {
        let ground = &self.sets.ground;
        let (plan, len) = (ground.plan, ground.bars.len());
        let first: Vec<Option<usize>> = self
            .first
            .iter()
            .zip(&self.sets.first)
            .map(|(own, shared)| match own {
                Some((variants, first)) => first[variants.of_set[place]],
                None => *shared,
            })
            .collect();
        let warm = warm_bar(plan, &first, len);
        let bits = |at: usize| match &self.answers[at] {
            Some((variants, bits)) => &bits[variants.of_set[place]],
            None => &self.sets.bits[at],
        };
        let mut table = ground.comparisons.combine(plan, bits, len, warm);
        table.may_enter = self.sets.may_enter.clone();
        let kept = ground.kept().iter().map(|id| {
            let own = self.kept.iter().find(|(kept, _)| kept == id);
            let values = match (own, &self.first[*id]) {
                (Some((_, values)), Some((variants, _))) => &values[variants.of_set[place]],
                _ => &ground.columns[*id],
            };
            (*id, Arc::clone(values))
        });
        table.kept = kept.collect();
        table
    }
}

/// All variants on their way through history.
struct Work<'a> {
    ground: &'a Ground<'a>,
    /// By depth: packs read only packs of lesser depth.
    packs: Vec<Vec<Pack>>,
    far: Vec<Far>,
    /// For each indicator: its variants and where each is computed.
    indicators: Vec<Option<Placed>>,
    /// Variants of each comparison that varies.
    comparisons: Vec<Option<Variants>>,
    /// Comparisons that read more than one varying indicator, one on a higher timeframe, or none.
    mixed: Vec<Mixed>,
}

/// The variants of an indicator, and the place of each: in a pack, or among the far ones.
struct Placed {
    variants: Variants,
    places: Vec<Place>,
    is_far: bool,
}

/// One variant of a comparison of columns that lie in different places.
struct Mixed {
    comparison: usize,
    variant: usize,
    relation: Relation,
    terms: [MixedTerm; 2],
    bits: Bits,
}

#[derive(Clone, Copy)]
enum MixedTerm {
    Constant(f64),
    Column { at: At, ago: usize, factor: f64 },
}

#[derive(Clone, Copy)]
enum At {
    Shared(ColumnId),
    Pack(Place, usize),
    Far(usize, ColumnId),
}

impl<'a> Work<'a> {
    fn new(ground: &'a Ground<'a>, sets: &[Vec<f64>]) -> Self {
        let plan = ground.plan;
        let mut work = Self {
            ground,
            packs: Vec::new(),
            far: Vec::new(),
            indicators: Vec::new(),
            comparisons: Vec::new(),
            mixed: Vec::new(),
        };
        for indicator in 0..plan.indicators.len() {
            let placed = work.place(indicator, sets);
            work.indicators.push(placed);
        }
        for (at, shared) in ground.comparisons.shared.iter().enumerate() {
            let on = ground.dependence.of_terms(plan, [shared.a, shared.b]);
            let variants = (!on.is_empty()).then(|| Variants::new(sets, &on));
            if let Some(variants) = &variants {
                for (variant, example) in variants.examples.iter().enumerate() {
                    work.ask(at, *shared, variant, *example, &sets[*example]);
                }
            }
            work.comparisons.push(variants);
        }
        work
    }

    /// Puts the variants of an indicator into packs.
    fn place(&mut self, indicator: usize, sets: &[Vec<f64>]) -> Option<Placed> {
        let ground = self.ground;
        let node = &ground.plan.indicators[indicator];
        let on = ground.dependence.of_indicator(indicator);
        if on.is_empty() {
            return None;
        }
        let variants = Variants::new(sets, on);
        if let Some(timeframe) = node.feed {
            let mut columns = ground.plan.columns.iter();
            let is_read = columns
                .any(|c| matches!(c, Column::Output { indicator: of, .. } if *of == indicator));
            let mut places = Vec::new();
            for example in variants.examples.iter().filter(|_| is_read) {
                places.push(Place {
                    pack: self.far.len(),
                    ..Place::default()
                });
                let far = Far::new(ground, indicator, timeframe, &sets[*example]);
                self.far.push(far);
            }
            return Some(Placed {
                variants,
                places,
                is_far: true,
            });
        }
        let source = match node.input {
            NodeInput::Output(source, _) => self.indicators[source].as_ref(),
            _ => None,
        };
        let depth = source
            .and_then(|source| source.places.first())
            .map_or(0, |place| place.depth + 1);
        let sources: Vec<Place> = source.map_or_else(Vec::new, |source| {
            let examples = variants.examples.iter();
            examples
                .map(|set| source.places[source.variants.of_set[*set]])
                .collect()
        });
        if self.packs.len() == depth {
            self.packs.push(Vec::new());
        }
        let is_read = self.is_read_by_others(indicator);
        let mut places = Vec::new();
        for (number, examples) in variants.examples.chunks(LANES).enumerate() {
            let pack = self.packs[depth].len();
            let own: Vec<&[f64]> = examples.iter().map(|set| sets[*set].as_slice()).collect();
            let mut of_pack = sources.chunks(LANES).skip(number);
            let sources = of_pack.next().unwrap_or_default().to_vec();
            places.extend((0..own.len()).map(|lane| Place { pack, lane, depth }));
            self.packs[depth].push(Pack::new(ground, indicator, &own, sources, is_read));
        }
        Some(Placed {
            variants,
            places,
            is_far: false,
        })
    }

    /// Whether another varying indicator reads this one, or a comparison reads it beside another.
    fn is_read_by_others(&self, indicator: usize) -> bool {
        let ground = self.ground;
        let by_indicator =
            ground.plan.indicators.iter().any(
                |node| matches!(node.input, NodeInput::Output(source, _) if source == indicator),
            );
        let shared = &ground.comparisons.shared;
        by_indicator
            || shared.iter().any(|shared| {
                let varying = self.varying_indicators(shared);
                varying.contains(&indicator) && self.pack_of(shared).is_none()
            })
    }

    /// The varying indicators that a comparison reads.
    fn varying_indicators(&self, shared: &Shared) -> Vec<usize> {
        let terms = [shared.a, shared.b].into_iter();
        let mut indicators: Vec<usize> = terms
            .filter_map(|term| match term {
                Term::Column { column, .. } if self.ground.varies(column) => {
                    match self.ground.plan.columns[column] {
                        Column::Output { indicator, .. } => Some(indicator),
                        Column::Price(_) => None,
                    }
                }
                _ => None,
            })
            .collect();
        indicators.dedup();
        indicators
    }

    /// The indicator in whose packs a comparison can be made: the only one that it reads, if that
    /// is on the strategy's own timeframe.
    fn pack_of(&self, shared: &Shared) -> Option<usize> {
        match self.varying_indicators(shared)[..] {
            [indicator] if self.ground.plan.indicators[indicator].feed.is_none() => Some(indicator),
            _ => None,
        }
    }

    /// Sees to it that a variant of a comparison is answered.
    fn ask(&mut self, at: usize, shared: Shared, variant: usize, example: usize, set: &[f64]) {
        let len = self.ground.bars.len();
        let bits = Bits::zeros(len);
        if let Some(indicator) = self.pack_of(&shared)
            && let Some(placed) = &self.indicators[indicator]
        {
            let place = placed.places[placed.variants.of_set[example]];
            let terms = [shared.a, shared.b].map(|term| self.pack_term(term, set));
            let pack = &mut self.packs[place.depth][place.pack];
            let answers = &mut pack.comparison(at, shared.relation, terms).bits;
            answers[place.lane] = Some((variant, bits));
            return;
        }
        let terms = [shared.a, shared.b].map(|term| self.mixed_term(term, example, set));
        self.mixed.push(Mixed {
            comparison: at,
            variant,
            relation: shared.relation,
            terms,
            bits,
        });
    }

    fn pack_term(&self, term: Term, set: &[f64]) -> PackTerm {
        match term {
            Term::Constant(slot) => PackTerm::Constant(slot.value(set)),
            Term::Column {
                column,
                ago,
                factor,
            } => {
                let (ago, factor) = (ago as usize, factor.map(|slot| slot.value(set)));
                match self.ground.plan.columns[column] {
                    Column::Output { output, .. } if self.ground.varies(column) => PackTerm::Own {
                        output,
                        ago,
                        factor,
                    },
                    _ => PackTerm::Shared {
                        column,
                        ago,
                        factor,
                    },
                }
            }
        }
    }

    fn mixed_term(&self, term: Term, example: usize, set: &[f64]) -> MixedTerm {
        let Term::Column {
            column,
            ago,
            factor,
        } = term
        else {
            let Term::Constant(slot) = term else {
                return MixedTerm::Constant(f64::NAN);
            };
            return MixedTerm::Constant(slot.value(set));
        };
        let at = match self.ground.plan.columns[column] {
            Column::Output {
                indicator, output, ..
            } => match &self.indicators[indicator] {
                Some(placed) => {
                    let place = placed.places[placed.variants.of_set[example]];
                    match placed.is_far {
                        true => At::Far(place.pack, column),
                        false => At::Pack(place, output),
                    }
                }
                None => At::Shared(column),
            },
            Column::Price(_) => At::Shared(column),
        };
        MixedTerm::Column {
            at,
            ago: ago as usize,
            factor: factor.map_or(1.0, |slot| slot.value(set)),
        }
    }

    fn walk(&mut self, hands: &impl Hands) {
        let ground = self.ground;
        let len = ground.bars.len();
        let blocks = || {
            (0..len)
                .step_by(BLOCK)
                .map(|from| (from, (from + BLOCK).min(len)))
        };
        // Where no pack reads another and nothing reads two, each walks through history alone.
        if self.packs.len() <= 1 && self.mixed.is_empty() {
            hands.each(&mut self.far, |far| {
                blocks().for_each(|(from, to)| far.block(ground, from, to));
            });
            for packs in &mut self.packs {
                hands.each(packs, |pack| {
                    blocks().for_each(|(from, to)| pack.block(ground, &[], from, to));
                });
            }
            return;
        }
        for (from, to) in blocks() {
            hands.each(&mut self.far, |far| far.block(ground, from, to));
            for depth in 0..self.packs.len() {
                let (below, own) = self.packs.split_at_mut(depth);
                hands.each(&mut own[0], |pack| pack.block(ground, below, from, to));
            }
            let (packs, far) = (&self.packs, &self.far);
            hands.each(&mut self.mixed, |mixed| {
                mixed.block(ground, packs, far, from, to);
            });
        }
    }

    fn finish<'b>(mut self, sets: &'b Sets<'_>) -> SetTables<'b> {
        let plan = self.ground.plan;
        let mut first = Vec::new();
        let mut kept = Vec::new();
        for (id, column) in plan.columns.iter().enumerate() {
            let Column::Output {
                indicator, output, ..
            } = *column
            else {
                first.push(None);
                continue;
            };
            let Some(placed) = &self.indicators[indicator] else {
                first.push(None);
                continue;
            };
            let of_place = |place: &Place| match placed.is_far {
                true => self.far[place.pack].first(id),
                false => self.packs[place.depth][place.pack].first(output, place.lane),
            };
            let firsts = placed.places.iter().map(of_place).collect();
            first.push(Some((placed.variants.clone(), firsts)));
            if self.ground.is_kept(id) {
                let values = placed.places.iter().map(|place| {
                    let values = match placed.is_far {
                        true => self.far[place.pack].take_kept(id),
                        false => self.packs[place.depth][place.pack].take_kept(id, place.lane),
                    };
                    Arc::from(values.unwrap_or_default())
                });
                kept.push((id, values.collect()));
            }
        }
        let mut answers: Vec<Option<(Variants, Vec<Bits>)>> = self
            .comparisons
            .into_iter()
            .map(|variants| {
                variants.map(|variants| {
                    let bits = vec![Bits::default(); variants.examples.len()];
                    (variants, bits)
                })
            })
            .collect();
        let mut answer = |comparison: usize, variant: usize, bits: Bits| {
            if let Some((_, all)) = &mut answers[comparison] {
                all[variant] = bits;
            }
        };
        for mixed in self.mixed {
            answer(mixed.comparison, mixed.variant, mixed.bits);
        }
        for pack in self.packs.into_iter().flatten() {
            for comparison in pack.into_answers() {
                for (variant, bits) in comparison.bits.into_iter().flatten() {
                    answer(comparison.comparison, variant, bits);
                }
            }
        }
        SetTables {
            sets,
            answers,
            first,
            kept,
        }
    }
}

impl Mixed {
    fn block(
        &mut self,
        ground: &Ground<'_>,
        packs: &[Vec<Pack>],
        far: &[Far],
        from: usize,
        to: usize,
    ) {
        let (history, len) = (ground.history(), to - from);
        let mut early = [Vec::new(), Vec::new()];
        let [early_a, early_b] = &mut early;
        let side = |term, early| match term {
            MixedTerm::Constant(value) => Comparison::Constant(value),
            MixedTerm::Column { at, ago, factor } => {
                let start = history - ago.min(history);
                let column = match at {
                    At::Shared(id) => ground.shared(id, ago, from, to, early),
                    At::Pack(place, output) => {
                        let pack = &packs[place.depth][place.pack];
                        &pack.column(output, place.lane)[start..start + len]
                    }
                    At::Far(place, id) => &far[place].column(id)[start..start + len],
                };
                Comparison::Column(column, factor)
            }
        };
        let (a, b) = (side(self.terms[0], early_a), side(self.terms[1], early_b));
        compare(
            self.relation,
            a,
            b,
            len,
            &mut self.bits.words_mut()[from / 64..],
        );
    }
}
