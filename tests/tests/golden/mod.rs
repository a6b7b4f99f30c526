//! Indicators against a golden file: one column, one indicator output.

use phoenix_tests::{gold_h1, read_text};
use std::{collections::BTreeMap, path::Path};
use trading::{
    bar::Bars,
    indicator::{self, Columns, Definition, Settings},
};

/// A golden column and the output of ours that must equal it.
pub(crate) struct Row {
    /// Name in the golden file.
    pub(crate) column: &'static str,
    /// Our indicator.
    pub(crate) kind: &'static str,
    /// Parameters that are not the default.
    pub(crate) parameters: &'static [(&'static str, f64)],
    /// Choices that are not the default.
    pub(crate) choices: &'static [(&'static str, &'static str)],
    /// Our output.
    pub(crate) output: &'static str,
    /// Bars after which ours says what the golden file has: 0 unless the column looks ahead.
    pub(crate) delay: usize,
    /// Whether only the golden file's numbers are compared, not its gaps.
    pub(crate) only_numbers: bool,
    /// Relative difference allowed.
    pub(crate) tolerance: f64,
}

/// A row that must be equal everywhere.
pub(crate) const fn row(
    column: &'static str,
    kind: &'static str,
    parameters: &'static [(&'static str, f64)],
    choices: &'static [(&'static str, &'static str)],
    output: &'static str,
) -> Row {
    Row {
        column,
        kind,
        parameters,
        choices,
        output,
        delay: 0,
        only_numbers: false,
        tolerance: 1e-9,
    }
}

/// Compares every column of `file` (but for those named in `besides`) with its row.
///
/// # Panics
/// With the list of all columns that differ, have no row or no indicator yet.
pub(crate) fn compare(file: &Path, besides: &[&str], rows: &[Row]) {
    let golden = read_golden(file);
    let bars = gold_h1();
    let mut faults: Vec<String> = Vec::new();
    for column in golden.columns.keys() {
        if !besides.contains(&column.as_str()) && !rows.iter().any(|r| r.column == column) {
            faults.push(format!("{column}: no row in the test's table"));
        }
    }
    for row in rows {
        let fault = match golden.columns.get(row.column) {
            Some(expected) => check(row, &golden.bars, expected, &bars),
            None => Err("not in the golden file".to_owned()),
        };
        if let Err(fault) = fault {
            faults.push(format!("{}: {fault}", row.column));
        }
    }
    assert!(
        faults.is_empty(),
        "{} of {} columns differ:\n{}",
        faults.len(),
        golden.columns.len(),
        faults.join("\n")
    );
}

struct Golden {
    bars: Vec<usize>,
    columns: BTreeMap<String, Vec<f64>>,
}

fn read_golden(file: &Path) -> Golden {
    let text = read_text(file);
    // A name such as `MACD(12,26,9).line` is quoted.
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let names: Vec<String> = reader
        .headers()
        .expect("a header")
        .iter()
        .map(str::to_owned)
        .collect();
    let mut bars = Vec::new();
    let mut columns: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for record in reader.records() {
        let record = record.expect("a row of the golden file");
        bars.push(record[0].parse().expect("a bar number"));
        for (name, cell) in names.iter().zip(&record).skip(1) {
            let value = if cell.is_empty() {
                f64::NAN
            } else {
                // The time column is no number.
                cell.parse().unwrap_or(f64::NAN)
            };
            columns.entry(name.clone()).or_default().push(value);
        }
    }
    Golden { bars, columns }
}

fn check(row: &Row, at: &[usize], expected: &[f64], bars: &Bars) -> Result<(), String> {
    let settings = settings(row)?;
    let got = values(&settings, row.output, bars)?;
    let present = || expected.iter().filter(|x| !x.is_nan());
    // A value that passes through 0 is a difference of greater ones: its own size says nothing.
    let usual = present().map(|x| x.abs()).sum::<f64>() / present().count().max(1) as f64;
    let mut worst: Option<(f64, usize, f64, f64)> = None;
    let mut count = 0;
    for (&bar, &expected) in at.iter().zip(expected) {
        let Some(&got) = got.get(bar + row.delay) else {
            continue;
        };
        if row.only_numbers && expected.is_nan() {
            continue;
        }
        let error = if expected.is_nan() && got.is_nan() {
            0.0
        } else if expected.is_nan() || got.is_nan() {
            f64::INFINITY
        } else {
            (got - expected).abs() / expected.abs().max(usual.min(1.0)).max(f64::MIN_POSITIVE)
        };
        if error > row.tolerance {
            count += 1;
            if worst.is_none_or(|(w, ..)| error > w) {
                worst = Some((error, bar, expected, got));
            }
        }
    }
    match worst {
        None => Ok(()),
        Some((error, bar, expected, got)) => Err(format!(
            "{count} bars differ, worst at bar {bar}: expected {expected}, got {got} ({error:.1e})"
        )),
    }
}

fn settings(row: &Row) -> Result<Settings, String> {
    let definition: &Definition =
        indicator::find(row.kind).ok_or_else(|| format!("no indicator {:?} yet", row.kind))?;
    let mut settings = Settings::defaults(definition);
    for &(name, value) in row.parameters {
        let parameter = definition
            .parameters
            .iter()
            .find(|p| p.name == name)
            .ok_or_else(|| format!("{} has no parameter {name:?}", row.kind))?;
        if let Some(fault) = parameter.fault(value) {
            return Err(format!("{}: {fault}", row.kind));
        }
        settings = settings.with(name, value);
    }
    for &(name, value) in row.choices {
        let known = definition
            .choices
            .iter()
            .any(|c| c.name == name && c.values.iter().any(|v| v.name == value));
        if !known {
            return Err(format!("{} has no {name} {value:?}", row.kind));
        }
        settings = settings.choosing(name, value);
    }
    Ok(settings)
}

fn values(settings: &Settings, output: &str, bars: &Bars) -> Result<Vec<f64>, String> {
    let definition = settings.definition();
    let index = definition
        .output(output)
        .ok_or_else(|| format!("{} has no output {output:?}", definition.kind))?;
    let day: Vec<i32> = bars
        .time
        .iter()
        .map(|t| t.div_euclid(86_400_000) as i32)
        .collect();
    let columns = Columns {
        open: &bars.open,
        high: &bars.high,
        low: &bars.low,
        close: &bars.close,
        volume: &bars.tick_volume,
        day: &day,
        source: &bars.close,
    };
    let mut out = vec![vec![f64::NAN; bars.len()]; definition.outputs.len()];
    let mut slices: Vec<&mut [f64]> = out.iter_mut().map(Vec::as_mut_slice).collect();
    settings.build().extend(&columns, &mut slices);
    Ok(out.swap_remove(index))
}
