//! `phoenix sweep`: many parameter sets over the same history.

mod rank;
mod table;
mod words;

use crate::{
    failure::{Failure, Result},
    files,
    interrupt::Watch,
    output,
    partial::Partial,
    prepare::{self, Inside, Prepared, TestArgs, millis},
    problem::Problem,
};
use backtest::{
    market::Market,
    run,
    sweep::{self, Axis, Grid, Row},
};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use rank::{By, best};
use serde::Serialize;
use std::{collections::BTreeMap, path::PathBuf, time::Instant};
use trading::{language::Language, time::Time};

/// Sets that are tested without having been asked for one by one.
const MAX_UNASKED: usize = 10_000;

/// Options of `phoenix sweep`.
#[derive(Debug, Args)]
pub(crate) struct Sweep {
    #[command(flatten)]
    test: TestArgs,
    /// Values of a parameter: fast=5..24, fast=5..24:2 (in steps of 2) or fast=5,8,13; may be
    /// repeated. Without it, the ranges that the strategy document names
    #[arg(long, value_name = "NAME=VALUES", value_parser = axis)]
    set: Vec<Axis>,
    /// How many of the best are listed
    #[arg(long, value_name = "N", default_value_t = 20)]
    top: usize,
    /// What is best
    #[arg(long, value_enum, default_value_t = By::NetProfit)]
    by: By,
    /// Write one row for each set as CSV
    #[arg(long, value_name = "OUT.csv")]
    csv: Option<PathBuf>,
    /// Print one JSON object instead of the table
    #[arg(long)]
    json: bool,
}

fn axis(text: &str) -> std::result::Result<Axis, String> {
    text.parse()
        .map_err(|error: sweep::AxisError| error.to_string())
}

/// The JSON object.
#[derive(Serialize)]
struct Answer<'a> {
    strategy: &'a str,
    symbol: &'a str,
    timeframe: &'a str,
    source: &'a str,
    from: Option<String>,
    to: Option<String>,
    currency: &'a str,
    ideal: bool,
    bars: usize,
    sets: usize,
    trades: u64,
    load_ms: f64,
    elapsed_ms: f64,
    by: &'static str,
    best: Vec<Best<'a>>,
    in_sample: bool,
    notes: &'a [String],
}

#[derive(Serialize)]
struct Best<'a> {
    parameters: BTreeMap<&'a str, f64>,
    #[serde(flatten)]
    figures: rank::Figures,
}

impl Sweep {
    pub(super) fn run(self, language: Language) -> Result<()> {
        files::keep_apart(&[self.csv.as_deref()], &self.test.inputs())?;
        let csv = self.csv.as_deref().map(Partial::begin).transpose()?;
        let prepared = prepare::prepare(&self.test, Inside::No, &[])?;
        let grid = self.grid(&prepared)?;
        let (rows, elapsed_ms) = test(&prepared, &grid, language)?;
        if rows.iter().all(|row| row.summary.trades() == 0) {
            self.explain_no_trades(&prepared, &grid)?;
        }
        let places = table::places(&prepared.plan, &grid);
        if let Some(mut file) = csv {
            file.fill(table::csv(&grid, &places, &rows).as_bytes())?;
            file.keep()?;
        }
        let notes = prepared.tell_notes(language, false);
        let best = best(&rows, self.by, self.top);
        if self.json {
            return self.print_json(&prepared, &rows, &best, elapsed_ms, &notes);
        }
        let told = words::Told {
            document: &prepared.document,
            timeframe: prepared.plan.timeframe,
            bars: prepared.bars.len(),
            sets: rows.len(),
            elapsed_ms,
            by: self.by,
            currency: &prepared.venue.account.currency,
        };
        let text = format!(
            "{}\n\n{}\n{}\n",
            told.heading(language),
            table::table(&grid, &places, &best, language),
            told.warning(language)
        );
        output::print(&text)
    }

    /// The sets to test.
    fn grid(&self, prepared: &Prepared) -> Result<Grid> {
        let axes = if self.set.is_empty() {
            ranges(prepared)?
        } else {
            self.set.clone()
        };
        Grid::new(&prepared.plan, axes).map_err(|error| Failure::input(Problem::Axis(error)))
    }

    /// No set made a trade: that may be the strategy, or a history that is too short for it.
    fn explain_no_trades(&self, prepared: &Prepared, grid: &Grid) -> Result<()> {
        let Prepared {
            plan, venue, bars, ..
        } = prepared;
        let warm = |values: &Vec<f64>| run::run(plan, values, venue, bars, None).warm < bars.len();
        // The quickest indicators are at one of the corners of the grid.
        let corners = [grid.sets.first(), grid.sets.last()];
        if corners.into_iter().flatten().any(warm) {
            Ok(())
        } else {
            Err(prepared.too_short())
        }
    }

    fn print_json(
        &self,
        prepared: &Prepared,
        rows: &[Row],
        best: &[&Row],
        elapsed_ms: f64,
        notes: &[String],
    ) -> Result<()> {
        let time = |time: Option<&i64>| time.map(|time| Time(*time).to_string());
        let names = || prepared.plan.parameters.iter().map(|p| p.name.as_str());
        output::print_json(&Answer {
            strategy: &prepared.document.name,
            symbol: prepared.document.symbol.as_str(),
            timeframe: prepared.plan.timeframe.name(),
            source: &prepared.source,
            from: time(prepared.bars.time.first()),
            to: time(prepared.bars.time.last()),
            currency: &prepared.venue.account.currency,
            ideal: self.test.venue.ideal,
            bars: prepared.bars.len(),
            sets: rows.len(),
            trades: rows.iter().map(|row| u64::from(row.summary.trades())).sum(),
            load_ms: prepared.load_ms,
            elapsed_ms,
            by: self.by.name(),
            best: best
                .iter()
                .map(|row| Best {
                    parameters: names().zip(row.values.iter().copied()).collect(),
                    figures: rank::Figures::new(row),
                })
                .collect(),
            in_sample: true,
            notes,
        })
    }
}

/// The ranges of the document's parameters.
fn ranges(prepared: &Prepared) -> Result<Vec<Axis>> {
    let mut axes = Vec::new();
    let mut written = Vec::new();
    let mut sets: u128 = 1;
    for (name, parameter) in &prepared.document.parameters {
        let Some(range) = parameter.range else {
            continue;
        };
        sets = sets.saturating_mul(range.len() as u128);
        written.push(format!("{name}={}..{}", range.from, range.to));
        if range.len() <= MAX_UNASKED {
            axes.push(Axis {
                parameter: name.clone(),
                values: range.values().collect(),
            });
        }
    }
    if written.is_empty() {
        return Err(Failure::input(Problem::NoRanges));
    }
    if sets > MAX_UNASKED as u128 {
        return Err(Failure::input(Problem::TooManySets {
            ranges: written,
            sets,
        }));
    }
    Ok(axes)
}

/// Tests all sets, with a progress bar where somebody sees it.
fn test(prepared: &Prepared, grid: &Grid, language: Language) -> Result<(Vec<Row>, f64)> {
    let bar = progress(grid.sets.len(), language);
    let watch = Watch::new();
    let start = Instant::now();
    let market = Market::new(&prepared.bars, &prepared.venue);
    let rows = sweep::sweep(
        &prepared.plan,
        &prepared.venue,
        &market,
        &grid.sets,
        |more| {
            bar.inc(more as u64);
            !watch.stopped()
        },
    );
    let elapsed_ms = millis(start);
    // A finished bar stands at its end, wherever it was.
    let done = bar.position();
    bar.finish_and_clear();
    if rows.len() < grid.sets.len() {
        let all = grid.sets.len();
        return Err(Failure::stopped(Problem::SweepStopped { done, all }));
    }
    Ok((rows, elapsed_ms))
}

fn progress(sets: usize, language: Language) -> ProgressBar {
    let template = match language {
        Language::En => "{bar:40} {human_pos} of {human_len} sets, {eta} left",
        Language::Id => "{bar:40} {human_pos} dari {human_len} set, sisa {eta}",
    };
    // It draws on stderr, and only on a terminal.
    let style =
        ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(sets as u64).with_style(style)
}
