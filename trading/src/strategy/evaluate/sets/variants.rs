//! Which parameter sets share what: a thing that depends on few parameters has few variants,
//! however many sets there are.

use crate::strategy::plan::{Column, NodeInput, Plan, Slot, Term};
use std::collections::BTreeMap;

/// The distinct combinations of values that some parameters take over a list of sets.
#[derive(Debug, Clone)]
pub(super) struct Variants {
    /// For each variant a set that has it.
    pub(super) examples: Vec<usize>,
    /// For each set its variant.
    pub(super) of_set: Vec<usize>,
}

impl Variants {
    pub(super) fn new(sets: &[Vec<f64>], parameters: &[usize]) -> Self {
        let mut known: BTreeMap<Vec<u64>, usize> = BTreeMap::new();
        let mut examples = Vec::new();
        let of_set = sets
            .iter()
            .enumerate()
            .map(|(place, set)| {
                let key = parameters.iter().map(|p| set[*p].to_bits()).collect();
                *known.entry(key).or_insert_with(|| {
                    examples.push(place);
                    examples.len() - 1
                })
            })
            .collect();
        Self { examples, of_set }
    }
}

/// The parameters that things depend on, as far as they differ between sets; in order, each once.
#[derive(Debug)]
pub(super) struct Dependence {
    varying: Vec<bool>,
    indicators: Vec<Vec<usize>>,
}

impl Dependence {
    pub(super) fn new(plan: &Plan, sets: &[Vec<f64>]) -> Self {
        let varying: Vec<bool> = (0..plan.parameters.len())
            .map(|place| sets.iter().any(|set| set[place] != sets[0][place]))
            .collect();
        let mut indicators: Vec<Vec<usize>> = Vec::new();
        for node in &plan.indicators {
            let mut on = match node.input {
                NodeInput::Output(source, _) => indicators[source].clone(),
                _ => Vec::new(),
            };
            on.extend(node.slots.iter().filter_map(|slot| place(*slot, &varying)));
            indicators.push(ordered(on));
        }
        Self {
            varying,
            indicators,
        }
    }

    pub(super) fn of_indicator(&self, indicator: usize) -> &[usize] {
        &self.indicators[indicator]
    }

    pub(super) fn of_column(&self, column: Column) -> &[usize] {
        match column {
            Column::Price(_) => &[],
            Column::Output { indicator, .. } => &self.indicators[indicator],
        }
    }

    pub(super) fn of_slot(&self, slot: Slot) -> Option<usize> {
        place(slot, &self.varying)
    }

    pub(super) fn of_terms(&self, plan: &Plan, terms: [Term; 2]) -> Vec<usize> {
        let mut on = Vec::new();
        for term in terms {
            match term {
                Term::Constant(slot) => on.extend(self.of_slot(slot)),
                Term::Column { column, factor, .. } => {
                    on.extend(self.of_column(plan.columns[column]));
                    on.extend(factor.and_then(|slot| self.of_slot(slot)));
                }
            }
        }
        ordered(on)
    }
}

fn place(slot: Slot, varying: &[bool]) -> Option<usize> {
    match slot {
        Slot::Parameter(place) if varying[place] => Some(place),
        _ => None,
    }
}

fn ordered(mut places: Vec<usize>) -> Vec<usize> {
    places.sort_unstable();
    places.dedup();
    places
}
