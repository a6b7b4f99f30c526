//! Every indicator of the catalogue over the same bars.

use crate::Hash;
use std::collections::BTreeMap;
use trading::{
    bar::Bars,
    indicator::{self, Columns, Definition, Settings},
};

const DAY: i64 = 86_400_000;

/// The hash of every output of every indicator with default parameters, and again for every other
/// value of its choices, named such as `macd.signal` and `macd[method=mt5].signal`.
pub fn indicator_hashes(bars: &Bars) -> BTreeMap<String, u64> {
    let day: Vec<i32> = bars.time.iter().map(|t| t.div_euclid(DAY) as i32).collect();
    let columns = Columns {
        open: &bars.open,
        high: &bars.high,
        low: &bars.low,
        close: &bars.close,
        volume: &bars.tick_volume,
        day: &day,
        source: &bars.close,
    };
    let mut hashes = BTreeMap::new();
    for definition in indicator::all() {
        for (name, settings) in variants(definition) {
            let outputs = run(&settings, &columns);
            for (output, values) in definition.outputs.iter().zip(outputs) {
                let mut hash = Hash::default();
                hash.numbers(&values);
                hashes.insert(format!("{name}.{}", output.name), hash.value());
            }
        }
    }
    hashes
}

/// The defaults, then one choice at a time away from them.
fn variants(definition: &'static Definition) -> Vec<(String, Settings)> {
    let mut variants = vec![(definition.kind.to_owned(), Settings::defaults(definition))];
    for choice in definition.choices {
        for value in choice.values.iter().skip(1) {
            variants.push((
                format!("{}[{}={}]", definition.kind, choice.name, value.name),
                Settings::defaults(definition).choosing(choice.name, value.name),
            ));
        }
    }
    variants
}

fn run(settings: &Settings, columns: &Columns<'_>) -> Vec<Vec<f64>> {
    let count = settings.definition().outputs.len();
    let mut outputs = vec![vec![f64::NAN; columns.len()]; count];
    let mut slices: Vec<&mut [f64]> = outputs.iter_mut().map(Vec::as_mut_slice).collect();
    settings.build().extend(columns, &mut slices);
    outputs
}
