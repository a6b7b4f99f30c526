//! Why an import stopped.

use crate::{fault::Fault, line::ReadFault};
use std::{fmt, io};

/// Why an import stopped. Single bad rows do not stop it; see [`crate::ImportReport::faults`].
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The input could not be read.
    #[error("the file could not be read: {0}")]
    Io(#[source] io::Error),
    /// Nothing in it.
    #[error("the file is empty; export the bars again")]
    Empty,
    /// Only names of columns.
    #[error("the file has a header but no rows; export the bars again with a longer period")]
    HeaderOnly,
    /// Not text.
    #[error(
        "this is not a text file with prices but {found}. Price history comes as CSV, plain or \
         gzip, or as Parquet"
    )]
    NotText {
        /// What it looks like, and what to do with it.
        found: &'static str,
    },
    /// The gzip data is broken.
    #[error(
        "the gzip file is damaged or cut short after line {line}: {what}. Download or copy it again"
    )]
    Damaged {
        /// The last line that was read.
        line: u64,
        /// What the unpacker says.
        what: String,
    },
    /// More than allowed.
    #[error(
        "the file holds more than {limit} bytes once unpacked, which is the limit; stopped at line \
         {line}. Raise the limit if the file is to be trusted"
    )]
    TooLarge {
        /// The limit.
        limit: u64,
        /// The last line that was read.
        line: u64,
    },
    /// No table with prices.
    #[error(
        "the columns were not recognised: {why}. The first line is \"{line}\". Expected are a \
         time, open, high, low and close, divided by comma, semicolon or tab"
    )]
    UnknownLayout {
        /// The first line.
        line: String,
        /// What is odd about it.
        why: &'static str,
    },
    /// A needed column is not there.
    #[error(
        "there is no column \"{missing}\". The first line is \"{line}\". Needed are time (or date \
         and time), open, high, low and close"
    )]
    MissingColumn {
        /// Its name.
        missing: &'static str,
        /// The first line.
        line: String,
    },
    /// Day or month first?
    #[error(
        "does \"{example}\" begin with the day or with the month? The dates of this file can be \
         read both ways: say which, with the date order \"day-first\" or \"month-first\""
    )]
    AmbiguousDates {
        /// A date that reads both ways.
        example: String,
    },
    /// Day first here and month first there.
    #[error(
        "the dates are mixed: \"{day_first}\" has the day first and \"{month_first}\" the month. \
         Repair the file, or say \"day-first\" or \"month-first\" to drop the others"
    )]
    MixedDates {
        /// A date with the day first.
        day_first: String,
        /// A date with the month first.
        month_first: String,
    },
    /// Most rows are no bars.
    #[error(
        "{bad} of the first {rows} rows are faulty, so this is hardly a file of prices in the \
         layout that was recognised. The first faults:{}",
        Listed(.first)
    )]
    MostlyFaulty {
        /// Rows looked at.
        rows: u64,
        /// Faulty ones.
        bad: u64,
        /// The first faults.
        first: Vec<Fault>,
    },
    /// Rows far out of order, and too many of them to hold.
    #[error(
        "more than {limit} rows are far out of order (line {line} is one), too many to sort in \
         memory. Sort the file by time first"
    )]
    TooDisordered {
        /// How many may be held.
        limit: usize,
        /// The row that was too much.
        line: u64,
    },
    /// A Parquet file is not as it should be.
    #[cfg(feature = "parquet")]
    #[error(transparent)]
    Parquet(#[from] crate::parquet::ParquetFault),
    /// The receiving end failed.
    #[error("the bars could not be stored: {0}")]
    Sink(#[source] crate::sink::SinkError),
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

struct Listed<'a>(&'a [Fault]);

impl fmt::Display for Listed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .iter()
            .take(5)
            .try_for_each(|fault| write!(f, "\n  {fault}"))
    }
}
