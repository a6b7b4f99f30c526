//! `phoenix import`: a file of price history into the store, after showing what it is.

mod ask;
mod reader;

use crate::{
    failure::{Failure, Result},
    interrupt::Watch,
    output,
    problem::Problem,
    resolve::{ClockArgs, default_store, store_failure},
    table::count,
};
use clap::Args;
use history::{
    ImportError, ImportOptions, Store,
    parquet::Metadata,
    store::{Imported, StoreError},
};
use indicatif::{ProgressBar, ProgressStyle};
use reader::{Stoppable, check, was_stopped};
use std::{
    fs::File,
    io::Read,
    path::{Path, PathBuf},
};
use trading::{language::Language, symbol::Symbol, timeframe::Timeframe};

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
    pub(super) fn run(self, language: Language) -> Result<()> {
        let mut options = ImportOptions {
            timeframe: self.timeframe,
            ..self.clock.options()
        };
        let folder = default_store(self.store.clone())?;
        let imported = if is_parquet(&self.file)? {
            self.import_parquet(&options, &folder)?
        } else {
            let detected = history::detect_file(&self.file, options.date_order)
                .map_err(|error| Failure::history(&self.file, error))?;
            output::say(&format!(
                "{}\n{}",
                self.file.display(),
                detected.text(language)
            ));
            options.zone = Some(ask::zone(
                &detected,
                options.zone.take(),
                self.yes,
                language,
            )?);
            if !self.yes && output::can_ask() && !ask::agreed(&self.symbol, &folder, language) {
                return Err(Failure::stopped(Problem::ImportDeclined));
            }
            self.import_text(&options, &folder, language)?
        };
        output::print(&told(&imported, &folder, language))
    }

    fn import_text(
        &self,
        options: &ImportOptions,
        folder: &Path,
        language: Language,
    ) -> Result<Imported> {
        let reading = |error| Failure::reading(&self.file, error);
        let file = File::open(&self.file).map_err(reading)?;
        let bar = progress(file.metadata().map_err(reading)?.len(), language);
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
        imported.map_err(|error| self.failure(error))
    }

    fn import_parquet(&self, options: &ImportOptions, folder: &Path) -> Result<Imported> {
        let file = File::open(&self.file).map_err(|error| Failure::reading(&self.file, error))?;
        let watch = Watch::new();
        let store = Store::open(folder).map_err(store_failure)?;
        let imported = store.import_parquet(
            self.symbol.as_str(),
            file,
            options,
            &self.metadata(),
            &mut |_| check(&watch),
        );
        imported.map_err(|error| self.failure(error))
    }

    fn failure(&self, error: StoreError) -> Failure {
        match error {
            StoreError::Import(ImportError::Io(error)) if was_stopped(&error) => {
                Failure::stopped(Problem::ImportStopped)
            }
            StoreError::Import(error) => Failure::history(&self.file, error),
            StoreError::UnknownTimeframe => Failure::input(Problem::NoTimeframe(self.file.clone())),
            other => store_failure(other),
        }
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
        .map_err(|error| Failure::reading(path, error))?;
    Ok(start == *b"PAR1")
}

/// What was done.
fn told(imported: &Imported, folder: &Path, language: Language) -> String {
    let Imported {
        report,
        merged,
        entry,
    } = imported;
    let mut text = report.text(language);
    if let Some(merged) = merged {
        text += &format!("\n{}", merged.text(language));
    }
    let (symbol, timeframe, folder) = (&entry.symbol, entry.timeframe, folder.display());
    let bars = count(entry.bars, language);
    text += &match language {
        Language::En => format!("\n{symbol} {timeframe}: {bars} bars kept in {folder}."),
        Language::Id => format!("\n{symbol} {timeframe}: {bars} bar disimpan di {folder}."),
    };
    text
}

fn progress(bytes: u64, language: Language) -> ProgressBar {
    let template = match language {
        Language::En => "{bar:40} {bytes} of {total_bytes}, {eta} left",
        Language::Id => "{bar:40} {bytes} dari {total_bytes}, sisa {eta}",
    };
    // It draws on stderr, and only on a terminal.
    let style =
        ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(bytes).with_style(style)
}
