//! Finding the bars of a test, and making them fit the strategy.

use super::{BarsArgs, default_store};
use crate::{
    failure::{Failure, Result},
    note::{self, Note},
    problem::Problem,
};
use history::{Store, sample, store::StoreError};
use std::path::Path;
use trading::{
    bar::Bars, language::Language, resample, strategy::Document, timeframe::Timeframe, zone::Zone,
};

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
        return Err(Failure::input(Problem::NotAFolder(folder)));
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
        .map_err(|error| Failure::history(path, error))?;
    let has_flaws = !report.flaws(Language::En).is_empty();
    if has_flaws && !args.repair {
        let (path, report) = (path.to_owned(), Box::new(report));
        return Err(Failure::input(Problem::Flaws { path, report }));
    }
    Ok(History {
        bars,
        timeframe: report.timeframe,
        source: path.display().to_string(),
        notes: note::of_report(report),
    })
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
    let bars = bars.map_err(|fault| Failure::own(Problem::Shipped(fault)))?;
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
    let store = folder.is_dir().then(|| Store::open(folder).ok()).flatten();
    let entries = store.and_then(|store| store.list().ok());
    let stored = entries.unwrap_or_default();
    Failure::input(Problem::NoHistory {
        symbol: symbol.clone(),
        timeframe,
        stored: stored
            .iter()
            .map(|entry| format!("{} {}", entry.symbol, entry.timeframe))
            .collect(),
        shipped: sample::NAMES.map(|name| format!("{name} H1")).to_vec(),
    })
}

/// What a failing store means for the user.
pub(crate) fn store_failure(error: StoreError) -> Failure {
    match error {
        StoreError::Io { path, error } => Failure::writing(&path, error),
        StoreError::Merge(_) => Failure::own(Problem::Store(error)),
        other => Failure::input(Problem::Store(other)),
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
        return Err(Failure::input(Problem::CannotBuild {
            strategy,
            found,
            source: history.source.clone(),
        }));
    }
    let zone = Zone::parse(&document.time_zone)
        .map_err(|error| Failure::input(Problem::UnknownZone(error.to_string())))?;
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
