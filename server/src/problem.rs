//! What can go wrong. No words here: `english.rs` and `indonesian.rs` have them.

mod english;
mod indonesian;

use crate::{account::AccountError, serve::ServeProblem};
use backtest::{sweep::AxisError, venue::VenueError};
use history::{ImportError, ImportReport, TimeZone, parquet::ParquetFault, store::StoreError};
use std::{io, path::PathBuf};
use storage::StorageError;
use trading::{
    language::Language,
    strategy::{plan::CompileError, validate::Fault},
    symbol::Symbol,
    timeframe::Timeframe,
};

/// Faults that are told where the strategy only stands in the way; `phoenix validate` tells all.
const FAULTS_TOLD: usize = 20;

/// Why a command ended early.
#[derive(Debug)]
pub(crate) enum Problem {
    /// The server does not start.
    Serve(ServeProblem),
    /// A backup cannot be restored.
    Backup(PathBuf, StorageError),
    /// Something was not done for the account of an address.
    Account(String, AccountError),
    CannotRead {
        path: PathBuf,
        error: io::Error,
    },
    CannotWrite {
        path: PathBuf,
        error: io::Error,
    },
    CannotPrint(io::Error),
    CannotPrintJson(serde_json::Error),
    CannotListen(ctrlc::Error),
    NotAFolder(PathBuf),
    /// There is no place to keep history in.
    NoHome,
    /// A file of bars.
    Bars {
        path: PathBuf,
        error: ImportError,
    },
    /// Rows of a file of bars are not as they should be.
    Flaws {
        path: PathBuf,
        report: Box<ImportReport>,
    },
    /// A file that is imported does not say how long its bars are.
    NoTimeframe(PathBuf),
    Store(StoreError),
    /// The history that ships with the program.
    Shipped(ParquetFault),
    /// No history of the strategy's symbol; what there is.
    NoHistory {
        symbol: Symbol,
        timeframe: Timeframe,
        stored: Vec<String>,
        shipped: Vec<String>,
    },
    CannotBuild {
        strategy: Timeframe,
        found: Timeframe,
        source: String,
    },
    UnknownZone(String),
    /// The specification in a file, or the options that stand for one.
    Venue {
        path: Option<PathBuf>,
        error: VenueError,
    },
    BadSpec {
        path: PathBuf,
        error: serde_json::Error,
    },
    OtherSymbol {
        path: PathBuf,
        spec: Symbol,
        strategy: Symbol,
    },
    UnknownCosts(Symbol),
    /// The strategy does not fit the bars; the fault, where it is one of the document.
    Compile {
        path: PathBuf,
        actual: Timeframe,
        asked: Timeframe,
        fault: Option<Fault>,
        error: CompileError,
    },
    InsideTimeframe {
        path: PathBuf,
        found: Option<Timeframe>,
        coarse: Timeframe,
    },
    InsideElsewhere(PathBuf),
    TooShort {
        source: String,
        bars: usize,
        timeframe: Timeframe,
    },
    NoParameter {
        name: String,
        value: f64,
        known: Vec<String>,
    },
    /// The strategy that a test needs.
    Unusable {
        path: PathBuf,
        faults: Vec<Fault>,
    },
    /// The strategy that was to be judged; its faults are `listed`, or were printed already.
    Invalid {
        path: PathBuf,
        faults: Vec<Fault>,
        listed: bool,
    },
    TooLarge {
        path: PathBuf,
        what: TextFile,
    },
    NotUtf8 {
        path: PathBuf,
        byte: usize,
        what: TextFile,
    },
    Overwrites {
        target: PathBuf,
        other: PathBuf,
    },
    Axis(AxisError),
    NoRanges,
    TooManySets {
        ranges: Vec<String>,
        sets: u128,
    },
    SweepStopped {
        done: u64,
        all: usize,
    },
    ImportStopped,
    ImportDeclined,
    /// The usual clock of a file that does not name its own.
    NoClock(TimeZone),
}

/// What a small text file should be.
#[derive(Debug, Clone, Copy)]
pub(crate) enum TextFile {
    Strategy,
    Specification,
}

impl Problem {
    /// In the words of a language.
    pub(crate) fn text(&self, language: Language) -> String {
        match language {
            Language::En => english::text(self),
            Language::Id => indonesian::text(self),
        }
    }
}
