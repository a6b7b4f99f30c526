//! Bars in Apache Parquet: columns `time`, `open`, `high`, `low`, `close`, `tick_volume` and
//! `spread`, zstd, with the symbol, timeframe and origin in the file's metadata.

mod read;
mod write;

pub use self::{
    read::{Chunks, ParquetReader},
    write::ParquetWriter,
};

use serde::{Deserialize, Serialize};
use std::io;
use trading::{bar::BarFaultKind, timeframe::Timeframe};

/// Most bars that are read into memory at once: 95 years of minutes. A few hundred bytes of
/// Parquet can claim billions.
pub const MAX_BARS: u64 = 50_000_000;

/// The columns in their order in the file.
const COLUMNS: [&str; 7] = [
    "time",
    "open",
    "high",
    "low",
    "close",
    "tick_volume",
    "spread",
];

/// What a file says about its bars.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Metadata {
    /// Name of the symbol.
    pub symbol: Option<String>,
    /// Length of the bars.
    pub timeframe: Option<Timeframe>,
    /// Where the prices come from.
    pub source: Option<String>,
    /// Under which licence.
    pub licence: Option<String>,
    /// The clock of the times, where it is not UTC.
    pub clock: Option<String>,
}

impl Metadata {
    fn pairs(&self) -> [(&'static str, Option<String>); 5] {
        [
            ("symbol", self.symbol.clone()),
            ("timeframe", self.timeframe.map(|t| t.name().to_owned())),
            ("source", self.source.clone()),
            ("licence", self.licence.clone()),
            ("clock", self.clock.clone()),
        ]
    }

    fn set(&mut self, key: &str, value: String) {
        match key {
            "symbol" => self.symbol = Some(value),
            "timeframe" => self.timeframe = value.parse().ok(),
            "source" => self.source = Some(value),
            "licence" => self.licence = Some(value),
            "clock" => self.clock = Some(value),
            _ => {}
        }
    }
}

/// Why bars could not be read from or written to Parquet.
#[derive(Debug, thiserror::Error)]
pub enum ParquetFault {
    /// The file could not be read or written.
    #[error("the Parquet file could not be read or written: {0}")]
    Io(#[from] io::Error),
    /// The Parquet itself is broken.
    #[error("the Parquet file is damaged: {0}. Copy or import it again")]
    Damaged(String),
    /// A column is not there.
    #[error(
        "the Parquet file has no column \"{0}\"; needed are time, open, high, low and close at the \
         top level"
    )]
    MissingColumn(&'static str),
    /// A column has another type.
    #[error("column \"{column}\" of the Parquet file holds {found}, which is not {wanted}")]
    WrongType {
        /// The column.
        column: &'static str,
        /// Its type.
        found: String,
        /// What it should hold.
        wanted: &'static str,
    },
    /// A value is missing.
    #[error("column \"{column}\" of the Parquet file lacks values near bar {bar}")]
    MissingValue {
        /// The column.
        column: &'static str,
        /// A bar nearby, from 0.
        bar: u64,
    },
    /// A bar is impossible.
    #[error("bar {bar} is not valid: {kind}")]
    Bar {
        /// Its place, from 0.
        bar: u64,
        /// What is wrong.
        kind: BarFaultKind,
    },
    /// A time is out of range.
    #[error("the time of bar {bar} is not between the years 1900 and 2200")]
    Time {
        /// Its place, from 0.
        bar: u64,
    },
    /// Too many to hold.
    #[error("the Parquet file claims more than {MAX_BARS} bars, which is the limit")]
    TooMany,
}

impl From<::parquet::errors::ParquetError> for ParquetFault {
    fn from(error: ::parquet::errors::ParquetError) -> Self {
        Self::Damaged(error.to_string())
    }
}
