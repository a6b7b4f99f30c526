//! Finding the bars of a test, and making them fit the strategy.

use super::{BarsArgs, default_store};
use crate::{
    failure::{Failure, Result},
    note::{self, Note},
};
use history::{ImportReport, Store, sample, store::StoreError};
use std::path::Path;
use trading::{bar::Bars, resample, strategy::Document, timeframe::Timeframe, zone::Zone};

/// Bars and what must be said of them.
#[derive(Debug)]
pub(crate) struct History {
    /// The bars.
    pub(crate) bars: Bars,
    /// Their length, where it is known.
    pub(crate) timeframe: Option<Timeframe>,
    /// Where they are from, for programs.
    pub(crate) source: String,
    /// What must be said.
    pub(crate) notes: Vec<Note>,
}

/// The bars for a strategy: the file that was named, else the store's, else the shipped ones.
pub(crate) fn find(args: &BarsArgs, document: &Document) -> Result<History> {
    if let Some(path) = &args.bars {
        return read_file(path, args);
    }
    let folder = default_store(args.store.clone())?;
    if args.store.is_some() && !folder.is_dir() {
        return Err(Failure::input(format!(
            "{} is not a folder",
            folder.display()
        )));
    }
    if let Some(history) = stored(&folder, document, args.resample)? {
        return Ok(history);
    }
    match shipped(document, args.resample)? {
        Some(history) => Ok(history),
        None => Err(nothing(&folder, document)),
    }
}

/// Reads a file of bars. A result on a file that is not as it should be is not to be trusted: it is
/// refused, unless the user wants to go on with what is good of it.
pub(crate) fn read_file(path: &Path, args: &BarsArgs) -> Result<History> {
    let (bars, report) = history::read_bars(path, &args.clock.options())
        .map_err(|error| Failure::history(path, &error))?;
    if !args.repair
        && let Some(what) = flaws(&report)
    {
        return Err(Failure::input(format!(
            "{}: {what}\n  Mend the file, or use --repair to go on with the good rows in order \
             (phoenix import does the same)",
            path.display()
        )));
    }
    Ok(History {
        bars,
        timeframe: report.timeframe,
        source: path.display().to_string(),
        notes: note::of_report(&report),
    })
}

/// What is wrong with the rows of a file, if anything is.
fn flaws(report: &ImportReport) -> Option<String> {
    let mut what = Vec::new();
    if report.faults.total > 0 {
        let first = report
            .faults
            .first
            .iter()
            .take(5)
            .map(|fault| format!("\n  {fault}"));
        let first: String = first.collect();
        what.push(format!("{} faulty{first}", rows(report.faults.total)));
    }
    if report.reordered > 0 {
        what.push(format!(
            "{} behind one of a later time",
            rows(report.reordered)
        ));
    }
    if report.duplicates > 0 {
        what.push(format!(
            "{} repeating another exactly",
            rows(report.duplicates)
        ));
    }
    if report.conflicts > 0 {
        let times: Vec<String> = report
            .conflict_times
            .iter()
            .take(5)
            .map(ToString::to_string)
            .collect();
        let times = times.join(", ");
        what.push(format!(
            "{} with the time of another ({times})",
            rows(report.conflicts)
        ));
    }
    (!what.is_empty()).then(|| what.join("\n  "))
}

fn rows(count: u64) -> String {
    if count == 1 {
        "1 row is".to_owned()
    } else {
        format!("{count} rows are")
    }
}

fn stored(folder: &Path, document: &Document, resample: bool) -> Result<Option<History>> {
    // Opening a store makes its folder: a test only looks.
    if !folder.is_dir() {
        return Ok(None);
    }
    let store = Store::open(folder).map_err(store_failure)?;
    let symbol = document.symbol.as_str();
    let usable = |timeframe: &Timeframe| {
        *timeframe == document.timeframe || (resample && document.timeframe.is_made_of(*timeframe))
    };
    // The strategy's own timeframe first, then the longest that it can be built from.
    for timeframe in Timeframe::ALL.into_iter().rev().filter(usable) {
        match store.read(symbol, timeframe) {
            Ok(bars) => {
                let folder = folder.to_owned();
                return Ok(Some(History {
                    bars,
                    timeframe: Some(timeframe),
                    source: format!("store:{symbol}/{timeframe}"),
                    notes: vec![Note::Stored { folder, timeframe }],
                }));
            }
            Err(StoreError::Missing { .. } | StoreError::BadSymbol(_)) => {}
            Err(error) => return Err(store_failure(error)),
        }
    }
    Ok(None)
}

fn shipped(document: &Document, resample: bool) -> Result<Option<History>> {
    let symbol = document.symbol.as_str();
    let fits = document.timeframe == Timeframe::H1
        || (resample && document.timeframe.is_made_of(Timeframe::H1));
    if !fits {
        return Ok(None);
    }
    let Some(bars) = sample::bars(symbol) else {
        return Ok(None);
    };
    let bars = bars.map_err(|fault| {
        Failure::Own(format!(
            "the history that ships with Phoenix is damaged: {fault}"
        ))
    })?;
    Ok(Some(History {
        bars,
        timeframe: Some(Timeframe::H1),
        source: format!("sample:{symbol}/H1"),
        notes: vec![Note::Sample],
    }))
}

/// Nothing was found: say what there is, and what to do.
fn nothing(folder: &Path, document: &Document) -> Failure {
    let (symbol, timeframe) = (&document.symbol, document.timeframe);
    let mut there: Vec<String> = Vec::new();
    if let Some(store) = folder.is_dir().then(|| Store::open(folder).ok()).flatten() {
        let entries = store.list().unwrap_or_default();
        there.extend(
            entries
                .iter()
                .map(|entry| format!("{} {}", entry.symbol, entry.timeframe)),
        );
    }
    there.extend(
        sample::NAMES
            .iter()
            .map(|name| format!("{name} H1 (shipped)")),
    );
    Failure::input(format!(
        "there is no {timeframe} history of {symbol}. There is: {}.\n  Name a file with --bars \
         FILE, or import one: phoenix import FILE --symbol {symbol}",
        there.join(", ")
    ))
}

/// What a failing store means for the user.
pub(crate) fn store_failure(error: StoreError) -> Failure {
    match error {
        StoreError::Io { path, error } => Failure::writing(&path, &error),
        StoreError::Import(error) => Failure::Input(error.to_string()),
        StoreError::BadSymbol(_)
        | StoreError::Missing { .. }
        | StoreError::UnknownTimeframe
        | StoreError::Parquet { .. } => Failure::Input(error.to_string()),
        StoreError::Merge(_) => Failure::Own(error.to_string()),
    }
}

/// Makes bars and strategy agree on a timeframe: longer bars are built where that was asked for,
/// else the strategy runs on the bars as they are. Returns the bars that longer ones were built
/// from, with their length.
pub(crate) fn adapt(
    history: &mut History,
    document: &mut Document,
    resample: bool,
) -> Result<Option<(Bars, Timeframe)>> {
    let strategy = document.timeframe;
    let Some(found) = history.timeframe else {
        history.notes.push(Note::UnknownTimeframe(strategy));
        return Ok(None);
    };
    if found == strategy {
        return Ok(None);
    }
    let can_resample = strategy.is_made_of(found);
    if !resample {
        history.notes.push(Note::OtherTimeframe {
            bars: found,
            strategy,
            can_resample,
        });
        document.timeframe = found;
        history.timeframe = Some(found);
        return Ok(None);
    }
    if !can_resample {
        return Err(Failure::input(format!(
            "{strategy} bars cannot be built from the {found} bars in {}: give shorter bars",
            history.source
        )));
    }
    let zone = Zone::parse(&document.time_zone).map_err(Failure::input)?;
    let longer = resample::resample(&history.bars, found, strategy, zone);
    let finer = std::mem::replace(&mut history.bars, longer);
    history.notes.push(Note::Resampled {
        from: found,
        to: strategy,
        made_of: finer.len(),
    });
    history.timeframe = Some(strategy);
    Ok(Some((finer, found)))
}
