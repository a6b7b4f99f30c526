//! `phoenix backtest`: how a strategy would have done.

use crate::{
    failure::Result,
    files,
    note::Note,
    output,
    partial::Partial,
    prepare::{self, Inside, Prepared, TestArgs, millis},
    trades_csv::trades_csv,
};
use backtest::{
    report::{self, Report},
    run::{self, Run},
    statistics::{Input, Statistics},
};
use clap::Args;
use serde::Serialize;
use std::{collections::BTreeMap, path::PathBuf, time::Instant};
use trading::{language::Language, strategy::describe, symbol::ExitReason, time::Time};

/// Options of `phoenix backtest`.
#[derive(Debug, Args)]
pub(crate) struct Backtest {
    #[command(flatten)]
    test: TestArgs,
    /// Finer bars that show in which order prices were reached inside a bar, such as M1 for H1
    #[arg(long, value_name = "FILE")]
    inside: Option<PathBuf>,
    /// Another value for a parameter; may be repeated
    #[arg(long, value_name = "NAME=VALUE", value_parser = assignment)]
    set: Vec<(String, f64)>,
    /// Write the trade list as CSV
    #[arg(long, value_name = "OUT.csv")]
    trades: Option<PathBuf>,
    /// Write the report as a web page
    #[arg(long, value_name = "OUT.html")]
    report: Option<PathBuf>,
    /// Print one JSON object instead of the report
    #[arg(long)]
    json: bool,
}

/// `name=number`.
fn assignment(text: &str) -> std::result::Result<(String, f64), String> {
    let (name, value) = text
        .split_once('=')
        .ok_or("write name=value, such as threshold=20")?;
    let value: f64 = value
        .trim()
        .parse()
        .map_err(|_| "the value is not a number".to_owned())?;
    if !value.is_finite() {
        return Err("the value is not a finite number".to_owned());
    }
    Ok((name.trim().to_owned(), value))
}

/// A finished test and what it was worth.
struct Done {
    run: Run,
    statistics: Statistics,
    elapsed_ms: f64,
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
    parameters: BTreeMap<&'a str, f64>,
    #[serde(flatten)]
    statistics: &'a Statistics,
    warm_up_bars: usize,
    refused_entries: u32,
    open_at_end: usize,
    load_ms: f64,
    elapsed_ms: f64,
    notes: &'a [String],
}

impl Backtest {
    pub(super) fn run(self, language: Language) -> Result<()> {
        let targets = [self.trades.as_deref(), self.report.as_deref()];
        let inside = self.inside.as_deref();
        files::keep_apart(&targets, &[&self.test.inputs()[..], &[inside]].concat())?;
        let begin = |target: &Option<PathBuf>| target.as_deref().map(Partial::begin).transpose();
        let (trades_file, report_file) = (begin(&self.trades)?, begin(&self.report)?);

        let inside = inside.map_or(Inside::IfBuilt, Inside::File);
        let mut prepared = prepare::prepare(&self.test, inside, &self.set)?;
        let done = test(&prepared);
        if done.run.warm >= prepared.bars.len() {
            return Err(prepared.too_short());
        }
        if done.run.outcome.rejected > 0 {
            prepared
                .notes
                .push(Note::Refused(done.run.outcome.rejected));
        }
        let open_at_end = still_open(&done.run);
        if open_at_end > 0 {
            prepared.notes.push(Note::OpenAtEnd(open_at_end));
        }
        let notes = prepared.tell_notes(language, !self.json);
        let sentences = [describe::describe(&prepared.document, language).summary];
        let report = told(&prepared, &done, &sentences, &notes);

        // Both files are whole before the first takes its place.
        let mut files = Vec::new();
        if let Some(mut file) = trades_file {
            file.fill(trades_csv(&done.run.trades).as_bytes())?;
            files.push(file);
        }
        if let Some(mut file) = report_file {
            file.fill(report::html::render(&report, language).as_bytes())?;
            files.push(file);
        }
        files.into_iter().try_for_each(Partial::keep)?;

        if self.json {
            self.print_json(&prepared, &done, open_at_end, &notes)
        } else {
            output::print(&report::text::render(&report, language))
        }
    }

    fn print_json(
        &self,
        prepared: &Prepared,
        done: &Done,
        open_at_end: usize,
        notes: &[String],
    ) -> Result<()> {
        let time = |time: Option<&i64>| time.map(|time| Time(*time).to_string());
        output::print_json(&Answer {
            strategy: &prepared.document.name,
            symbol: prepared.document.symbol.as_str(),
            timeframe: prepared.plan.timeframe.name(),
            source: &prepared.source,
            from: time(prepared.bars.time.first()),
            to: time(prepared.bars.time.last()),
            currency: &prepared.venue.account.currency,
            ideal: self.test.venue.ideal,
            parameters: prepared
                .plan
                .parameters
                .iter()
                .map(|parameter| (parameter.name.as_str(), parameter.value))
                .collect(),
            statistics: &done.statistics,
            warm_up_bars: done.run.warm,
            refused_entries: done.run.outcome.rejected,
            open_at_end,
            load_ms: prepared.load_ms,
            elapsed_ms: done.elapsed_ms,
            notes,
        })
    }
}

/// Signals, simulation, equity and statistics: what `elapsed_ms` measures.
fn test(prepared: &Prepared) -> Done {
    let start = Instant::now();
    let Prepared {
        plan,
        venue,
        bars,
        finer,
        ..
    } = prepared;
    let run = run::run(plan, &plan.values(), venue, bars, finer.as_ref());
    let statistics = Statistics::compute(&Input {
        trades: &run.trades,
        bars,
        equity: &run.equity,
        initial_balance: venue.account.balance,
        lot_value: venue.money_per_price(),
    });
    Done {
        run,
        statistics,
        elapsed_ms: millis(start),
    }
}

fn still_open(run: &Run) -> usize {
    run.trades
        .iter()
        .filter(|trade| trade.exit == ExitReason::EndOfData)
        .count()
}

fn told<'a>(
    prepared: &'a Prepared,
    done: &'a Done,
    sentences: &'a [String],
    notes: &'a [String],
) -> Report<'a> {
    Report {
        title: &prepared.document.name,
        symbol: prepared.document.symbol.as_str(),
        timeframe: prepared.plan.timeframe.name(),
        currency: &prepared.venue.account.currency,
        digits: prepared.venue.symbol.digits,
        strategy_sentences: sentences,
        statistics: &done.statistics,
        trades: &done.run.trades,
        equity: &done.run.equity,
        times: &prepared.bars.time,
        in_sample: false,
        notes,
    }
}
