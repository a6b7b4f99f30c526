//! Why an import stopped.

use crate::{fault::Fault, layout::Column, line::ReadFault};
use serde::Serialize;
use std::io;

/// Why an import stopped. Single bad rows do not stop it; see [`crate::ImportReport::faults`].
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The input could not be read.
    Io(#[source] io::Error),
    /// Nothing in it.
    Empty,
    /// Only names of columns.
    HeaderOnly,
    /// Not text.
    NotText {
        /// What it looks like, and what to do with it.
        found: Foreign,
    },
    /// The gzip data is broken.
    Damaged {
        /// The last line that was read.
        line: u64,
        /// What the unpacker says.
        what: String,
    },
    /// More than allowed.
    TooLarge {
        /// The limit.
        limit: u64,
        /// The last line that was read.
        line: u64,
    },
    /// No table with prices.
    UnknownLayout {
        /// The first line.
        line: String,
        /// What is odd about it.
        why: BadLayout,
    },
    /// A needed column is not there.
    MissingColumn {
        /// Which.
        missing: Column,
        /// The first line.
        line: String,
    },
    /// Day or month first?
    AmbiguousDates {
        /// A date that reads both ways.
        example: String,
    },
    /// Day first here and month first there.
    MixedDates {
        /// A date with the day first.
        day_first: String,
        /// A date with the month first.
        month_first: String,
    },
    /// Most rows are no bars.
    MostlyFaulty {
        /// Rows looked at.
        rows: u64,
        /// Faulty ones.
        bad: u64,
        /// The first faults.
        first: Vec<Fault>,
    },
    /// Rows far out of order, and too many of them to hold.
    TooDisordered {
        /// How many may be held.
        limit: usize,
        /// The row that was too much.
        line: u64,
    },
    /// A Parquet file is not as it should be.
    #[cfg(feature = "parquet")]
    Parquet(#[from] crate::parquet::ParquetFault),
    /// The receiving end failed.
    Sink(#[source] crate::sink::SinkError),
}

/// What a file is that holds no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Foreign {
    /// ZIP, or an Excel workbook of today.
    Zip,
    /// An Excel workbook of old.
    Excel,
    /// Parquet where text is wanted.
    Parquet,
    /// PDF.
    Pdf,
    /// 7z.
    SevenZip,
    /// RAR.
    Rar,
    /// SQLite.
    Sqlite,
    /// Gzip that was packed once more.
    GzipTwice,
    /// HTML or XML.
    WebPage,
    /// JSON.
    Json,
    /// Any other bytes.
    Binary,
}

/// What is odd about the first lines of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum BadLayout {
    /// The first line is longer than [`crate::MAX_LINE`].
    LongLine,
    /// Fewer than five columns, by any character that divides them.
    FewColumns,
    /// More columns than are read.
    ManyColumns,
}

impl ImportError {
    /// What a failure to read means at `line`.
    pub(crate) fn from_read(fault: ReadFault, line: u64) -> Self {
        match fault {
            ReadFault::Io(error) => Self::Io(error),
            ReadFault::BrokenGzip(what) => Self::Damaged { line, what },
            ReadFault::TooLarge(limit) => Self::TooLarge { limit, line },
        }
    }
}
