//! A folder of histories: `<root>/<SYMBOL>/<TIMEFRAME>.parquet`.

mod file;
mod name;

pub use self::name::{BadSymbol, check_symbol};

use self::file::{FileSink, sync_folder};
use crate::{
    error::ImportError,
    import::{self, ImportOptions, Progress},
    merge::{Merged, merge},
    parquet::{Metadata, ParquetFault, ParquetReader, Survey},
    report::ImportReport,
    sink::{Sink, SinkError},
};
use ::parquet::file::reader::ChunkReader;
use serde::Serialize;
use std::{
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
};
use trading::{bar::Bars, time::Time, timeframe::Timeframe};

/// Histories in a folder.
///
/// A file is written beside its place, synced and then renamed, so that readers see the old or the
/// new one and never half of it. Writers take turns by a lock file.
#[derive(Debug, Clone)]
pub struct Store {
    root: PathBuf,
}

/// One history of a store.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Entry {
    /// The symbol.
    pub symbol: String,
    /// Length of the bars.
    pub timeframe: Timeframe,
    /// Number of bars.
    pub bars: u64,
    /// Opening time of the first bar.
    pub first: Option<Time>,
    /// Opening time of the last bar.
    pub last: Option<Time>,
    /// What the file says about itself.
    pub metadata: Metadata,
}

/// What [`Store::import`] did.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Imported {
    /// How the file was read.
    pub report: ImportReport,
    /// What became of the history that was there before; `None` if there was none.
    pub merged: Option<Merged>,
    /// The history as it is now.
    pub entry: Entry,
}

/// Why the store failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The name of the symbol cannot be used.
    BadSymbol(#[from] BadSymbol),
    /// A file or folder could not be used.
    Io {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        error: io::Error,
    },
    /// Nothing of the kind is there.
    Missing {
        /// The symbol.
        symbol: String,
        /// The length of its bars.
        timeframe: Timeframe,
    },
    /// A stored file is not as it should be.
    Parquet {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        fault: ParquetFault,
    },
    /// The file was not imported.
    Import(#[from] ImportError),
    /// The file does not say how long its bars are.
    UnknownTimeframe,
    /// Old and new bars could not be merged.
    Merge(#[source] SinkError),
}

impl Store {
    /// Opens the store in `root`, a folder that is made if need be.
    pub fn open(root: impl Into<PathBuf>) -> Result<Self, StoreError> {
        let root = root.into();
        fs::create_dir_all(&root).map_err(|error| io_at(&root, error))?;
        Ok(Self { root })
    }

    /// Everything in the store, by symbol and timeframe. Files that are no histories are left out.
    pub fn list(&self) -> Result<Vec<Entry>, StoreError> {
        let mut entries = Vec::new();
        for symbol in names(&self.root)? {
            if check_symbol(&symbol).is_err() || !self.root.join(&symbol).is_dir() {
                continue;
            }
            for file in names(&self.root.join(&symbol))? {
                let timeframe = file
                    .strip_suffix(".parquet")
                    .and_then(|name| name.parse().ok());
                if let Some(timeframe) = timeframe {
                    entries.push(self.entry(&symbol, timeframe)?);
                }
            }
        }
        entries.sort_by(|a, b| (&a.symbol, a.timeframe).cmp(&(&b.symbol, b.timeframe)));
        Ok(entries)
    }

    /// One history, without its bars.
    pub fn entry(&self, symbol: &str, timeframe: Timeframe) -> Result<Entry, StoreError> {
        let path = self.path(symbol, timeframe)?;
        let reader = self.reader(symbol, timeframe)?;
        let span = reader
            .span()
            .map_err(|fault| StoreError::Parquet { path, fault })?;
        Ok(Entry {
            symbol: symbol.to_owned(),
            timeframe,
            bars: reader.claimed_bars(),
            first: span.map(|(first, _)| Time(first)),
            last: span.map(|(_, last)| Time(last)),
            metadata: reader.metadata().clone(),
        })
    }

    /// The bars of one history.
    pub fn read(&self, symbol: &str, timeframe: Timeframe) -> Result<Bars, StoreError> {
        let path = self.path(symbol, timeframe)?;
        let reader = self.reader(symbol, timeframe)?;
        reader
            .read()
            .map_err(|fault| StoreError::Parquet { path, fault })
    }

    /// Puts `bars` in the place of whatever was there.
    pub fn write(
        &self,
        symbol: &str,
        timeframe: Timeframe,
        bars: &Bars,
        metadata: &Metadata,
    ) -> Result<Entry, StoreError> {
        let path = self.path(symbol, timeframe)?;
        let _turn = self.lock()?;
        let mut sink = self.sink(symbol)?;
        sink.append(bars).map_err(StoreError::Merge)?;
        self.keep(sink, &path, &full(metadata, symbol, timeframe))?;
        self.entry(symbol, timeframe)
    }

    /// Imports text into the history of `symbol`. Where there is one of the same timeframe, both
    /// are merged and the new bars win.
    pub fn import<R: Read>(
        &self,
        symbol: &str,
        input: R,
        options: &ImportOptions,
        metadata: &Metadata,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Imported, StoreError> {
        check_symbol(symbol)?;
        let _turn = self.lock()?;
        let mut sink = self.sink(symbol)?;
        let report = import::import(input, options, &mut sink, progress)?;
        self.settle(symbol, sink, report, metadata)
    }

    /// Imports a Parquet file as [`Store::import`] does text: chunk by chunk, in memory that does
    /// not grow with the file. What the file says of its origin is kept where `metadata` is silent.
    ///
    /// An error of `progress` stops the import, and the history stays as it was.
    pub fn import_parquet<R: ChunkReader + 'static>(
        &self,
        symbol: &str,
        input: R,
        options: &ImportOptions,
        metadata: &Metadata,
        progress: &mut dyn FnMut(Progress) -> io::Result<()>,
    ) -> Result<Imported, StoreError> {
        check_symbol(symbol)?;
        let _turn = self.lock()?;
        let reader = ParquetReader::new(input).map_err(ImportError::from)?;
        let mut sink = self.sink(symbol)?;
        let mut survey = Survey::new(&reader, options);
        for chunk in reader.chunks() {
            let chunk = chunk.map_err(ImportError::from)?;
            survey.add(&chunk);
            sink.append(&chunk).map_err(ImportError::Sink)?;
            progress(survey.progress()).map_err(ImportError::Io)?;
        }
        let report = survey.report()?;
        let metadata = metadata.clone().or(reader.metadata());
        self.settle(symbol, sink, report, &metadata)
    }

    /// Merges what was read into what was there, and puts the whole in its place.
    fn settle(
        &self,
        symbol: &str,
        mut sink: FileSink,
        report: ImportReport,
        metadata: &Metadata,
    ) -> Result<Imported, StoreError> {
        let timeframe = report.timeframe.ok_or(StoreError::UnknownTimeframe)?;
        let path = self.path(symbol, timeframe)?;
        let mut metadata = full(metadata, symbol, timeframe);
        let mut merged = None;
        if path.exists() {
            let old = self.reader(symbol, timeframe)?;
            // What is not said anew stays as it was.
            metadata = metadata.or(old.metadata());
            let new = sink.reopen().map_err(|fault| at(&path, fault))?;
            let mut both = self.sink(symbol)?;
            let done = merge(boxed(&old), boxed(new.reader()), &mut (), |chunk| {
                both.append(chunk)
            });
            merged = Some(done.map_err(StoreError::Merge)?);
            sink = both;
        }
        self.keep(sink, &path, &metadata)?;
        Ok(Imported {
            report,
            merged,
            entry: self.entry(symbol, timeframe)?,
        })
    }

    fn keep(&self, sink: FileSink, path: &Path, metadata: &Metadata) -> Result<(), StoreError> {
        let file = sink.finish(metadata).map_err(|fault| at(path, fault))?;
        file.rename(path).map_err(|error| io_at(path, error))?;
        sync_folder(path).map_err(|error| io_at(path, error))
    }

    fn reader(
        &self,
        symbol: &str,
        timeframe: Timeframe,
    ) -> Result<ParquetReader<File>, StoreError> {
        let path = self.path(symbol, timeframe)?;
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(StoreError::Missing {
                    symbol: symbol.to_owned(),
                    timeframe,
                });
            }
            Err(error) => return Err(io_at(&path, error)),
        };
        ParquetReader::new(file).map_err(|fault| StoreError::Parquet { path, fault })
    }

    fn path(&self, symbol: &str, timeframe: Timeframe) -> Result<PathBuf, StoreError> {
        check_symbol(symbol)?;
        Ok(self.root.join(symbol).join(format!("{timeframe}.parquet")))
    }

    fn sink(&self, symbol: &str) -> Result<FileSink, StoreError> {
        let folder = self.root.join(symbol);
        fs::create_dir_all(&folder).map_err(|error| io_at(&folder, error))?;
        FileSink::new(&folder).map_err(|fault| at(&folder, fault))
    }

    /// Waits for its turn to write; the turn ends when the file is dropped.
    fn lock(&self) -> Result<File, StoreError> {
        let path = self.root.join(".lock");
        let lock = File::create(&path).map_err(|error| io_at(&path, error))?;
        match lock.lock() {
            // Some network folders know no locks; a single writer needs none.
            Err(error) if error.kind() != io::ErrorKind::Unsupported => Err(io_at(&path, error)),
            _ => Ok(lock),
        }
    }
}

fn full(metadata: &Metadata, symbol: &str, timeframe: Timeframe) -> Metadata {
    Metadata {
        symbol: Some(symbol.to_owned()),
        timeframe: Some(timeframe),
        ..metadata.clone()
    }
}

fn boxed(reader: &ParquetReader<File>) -> impl Iterator<Item = Result<Bars, SinkError>> {
    reader.chunks().map(|chunk| chunk.map_err(SinkError::from))
}

fn at(path: &Path, fault: ParquetFault) -> StoreError {
    StoreError::Parquet {
        path: path.to_owned(),
        fault,
    }
}

fn io_at(path: &Path, error: io::Error) -> StoreError {
    StoreError::Io {
        path: path.to_owned(),
        error,
    }
}

fn names(folder: &Path) -> Result<Vec<String>, StoreError> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| io_at(folder, error))? {
        let entry = entry.map_err(|error| io_at(folder, error))?;
        // A name that is not Unicode is none of ours.
        names.extend(entry.file_name().into_string());
    }
    Ok(names)
}
