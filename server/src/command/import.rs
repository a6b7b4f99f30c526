//! `phoenix import`: a file of price history into the store, after showing what it is.

mod ask;
mod reader;

use crate::{
    failure::{Failure, Result},
    interrupt::Watch,
    output,
    resolve::{ClockArgs, default_store, store_failure},
    table::count,
};
use clap::Args;
use history::{
    Detected, ImportError, ImportOptions, ImportReport, Store, TimeZone,
    parquet::Metadata,
    store::{Imported, StoreError},
};
use indicatif::{ProgressBar, ProgressStyle};
use reader::{Stoppable, was_stopped};
use std::{
    fs::File,
    io::Read,
    path::{Path, PathBuf},
};
use trading::{symbol::Symbol, timeframe::Timeframe};

/// Options of `phoenix import`.
#[derive(Debug, Args)]
pub(crate) struct Import {
    /// The file: MetaTrader, HistData, Dukascopy or any other CSV, plain or gzip, or Parquet
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The symbol as your broker writes it
    #[arg(long)]
    symbol: Symbol,
    /// Length of the bars, where it cannot be told from the file
    #[arg(long, value_name = "TIMEFRAME")]
    timeframe: Option<Timeframe>,
    #[command(flatten)]
    clock: ClockArgs,
    /// Folder of imported history [default: $PHOENIX_DATA, or ~/.local/share/phoenix/history]
    #[arg(long, value_name = "DIR")]
    store: Option<PathBuf>,
    /// Do not ask: take what was recognised, the suggested clock too
    #[arg(long)]
    yes: bool,
}

impl Import {
    pub(super) fn run(self) -> Result<()> {
        let mut options = ImportOptions {
            timeframe: self.timeframe,
            ..self.clock.options()
        };
        let folder = default_store(self.store.clone())?;
        if is_parquet(&self.file)? {
            return self.import_parquet(&options, &folder);
        }
        let detected = history::detect_file(&self.file, options.date_order)
            .map_err(|error| Failure::history(&self.file, &error))?;
        output::say(&shown(&self.file, &detected));
        options.zone = Some(ask::zone(&detected, options.zone.take(), self.yes)?);
        if !self.yes && output::can_ask() && !ask::agreed(&self.symbol, &folder) {
            return Err(Failure::Stopped("Nothing was imported.".to_owned()));
        }
        let imported = self.import_text(&options, &folder)?;
        output::print(&told(&imported, &folder))
    }

    fn import_text(&self, options: &ImportOptions, folder: &Path) -> Result<Imported> {
        let reading = |error| Failure::reading(&self.file, &error);
        let file = File::open(&self.file).map_err(reading)?;
        let bar = progress(file.metadata().map_err(reading)?.len());
        let watch = Watch::new();
        let store = Store::open(folder).map_err(store_failure)?;
        let imported = store.import(
            self.symbol.as_str(),
            Stoppable::new(file, &watch),
            options,
            &self.metadata(),
            &mut |progress| bar.set_position(progress.bytes),
        );
        bar.finish_and_clear();
        imported.map_err(|error| match error {
            StoreError::Import(ImportError::Io(error)) if was_stopped(&error) => {
                Failure::Stopped("Stopped; the store is as it was.".to_owned())
            }
            StoreError::Import(error) => Failure::history(&self.file, &error),
            StoreError::UnknownTimeframe => Failure::input(format!(
                "{}: the length of the bars could not be told from their distances. Say it with \
                 --timeframe, such as --timeframe H1",
                self.file.display()
            )),
            other => store_failure(other),
        })
    }

    /// A Parquet file already is what the store keeps. It is not merged: it may only be the first.
    fn import_parquet(&self, options: &ImportOptions, folder: &Path) -> Result<()> {
        let place = self.file.display();
        let (bars, report) = history::read_bars(&self.file, options)
            .map_err(|error| Failure::history(&self.file, &error))?;
        let timeframe = report.timeframe.ok_or_else(|| {
            Failure::input(format!(
                "{place}: the length of the bars is not known: add --timeframe"
            ))
        })?;
        let store = Store::open(folder).map_err(store_failure)?;
        let symbol = self.symbol.as_str();
        match store.entry(symbol, timeframe) {
            Err(StoreError::Missing { .. }) => {}
            Err(error) => return Err(store_failure(error)),
            Ok(_) => {
                return Err(Failure::input(format!(
                    "there is {timeframe} history of {symbol} already, and Parquet files are not \
                     merged: import CSV, or test on the file itself with --bars {place}"
                )));
            }
        }
        store
            .write(symbol, timeframe, &bars, &self.metadata())
            .map_err(store_failure)?;
        output::print(&format!(
            "{report}\nKept as {symbol} {timeframe} in {}.",
            folder.display()
        ))
    }

    fn metadata(&self) -> Metadata {
        let name = self
            .file
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        Metadata {
            source: name,
            ..Metadata::default()
        }
    }
}

fn is_parquet(path: &Path) -> Result<bool> {
    let mut start = Vec::new();
    File::open(path)
        .and_then(|file| file.take(4).read_to_end(&mut start))
        .map_err(|error| Failure::reading(path, &error))?;
    Ok(start == *b"PAR1")
}

/// What was recognised, to look at before it is believed.
fn shown(path: &Path, detected: &Detected) -> String {
    let columns: Vec<&str> = detected
        .layout
        .columns
        .iter()
        .map(|column| column.name())
        .collect();
    let divided = match detected.layout.delimiter {
        '\t' => "tab".to_owned(),
        other => format!("\"{other}\""),
    };
    let clock = if detected.zone == TimeZone::UTC {
        "UTC".to_owned()
    } else {
        format!("not in the file; usual for its kind is {}", detected.zone)
    };
    let mut text = format!(
        "{}\n  kind      {}{}\n  columns   {} (divided by {divided})\n  times     {}\n  clock     \
         {clock}\n  rows",
        path.display(),
        detected.format,
        if detected.compressed { ", gzip" } else { "" },
        columns.join(", "),
        detected.layout.time,
    );
    for row in &detected.sample {
        text += &format!("\n            {row}");
    }
    for note in &detected.notes {
        text += &format!("\n  {note}");
    }
    text
}

/// What was done.
fn told(imported: &Imported, folder: &Path) -> String {
    let Imported {
        report,
        merged,
        entry,
    } = imported;
    let mut text = report.to_string();
    text += &gaps(report);
    if let Some(merged) = merged {
        text += &format!(
            "\nMerged with what was there: {} bars added, {} already there, {} replaced",
            count(merged.added),
            count(merged.same),
            count(merged.replaced)
        );
    }
    text += &format!(
        "\n{} {}: {} bars kept in {}.",
        entry.symbol,
        entry.timeframe,
        count(entry.bars),
        folder.display()
    );
    text
}

/// The longest gaps after the first, which the report itself tells.
fn gaps(report: &ImportReport) -> String {
    let more = report.gaps.largest.iter().skip(1).take(4);
    more.map(|gap| format!("\n  then from {} to {}", gap.after, gap.before))
        .collect()
}

fn progress(bytes: u64) -> ProgressBar {
    // It draws on stderr, and only on a terminal.
    let style = ProgressStyle::with_template("{bar:40} {bytes} of {total_bytes}, {eta} left")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(bytes).with_style(style)
}
