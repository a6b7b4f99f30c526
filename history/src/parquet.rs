//! Bars in Apache Parquet: columns `time`, `open`, `high`, `low`, `close`, `tick_volume` and
//! `spread`, zstd, with the symbol, timeframe and origin in the file's metadata.

mod read;
#[cfg(feature = "files")]
mod survey;
mod write;

pub use self::{
    read::{Chunks, ParquetReader},
    write::ParquetWriter,
};

#[cfg(feature = "files")]
pub(crate) use self::survey::Survey;

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
    /// This, and where it is silent what `other` says.
    #[cfg(feature = "files")]
    pub(crate) fn or(self, other: &Self) -> Self {
        let other = other.clone();
        Self {
            symbol: self.symbol.or(other.symbol),
            timeframe: self.timeframe.or(other.timeframe),
            source: self.source.or(other.source),
            licence: self.licence.or(other.licence),
            clock: self.clock.or(other.clock),
        }
    }

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

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueType {
    /// Yes and no.
    YesNo,
    /// Times in 96 bits, long outdated.
    OldTime,
    /// Text.
    Text,
    /// Bytes of a fixed length.
    Bytes,
    /// Numbers.
    Number,
}

/// What a column should hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// A time in whole units.
    Time,
    /// A number.
    Number,
}

/// Why bars could not be read from or written to Parquet.
#[derive(Debug, thiserror::Error)]
pub enum ParquetFault {
    /// The file could not be read or written.
    Io(#[from] io::Error),
    /// The Parquet itself is broken.
    Damaged(String),
    /// The Parquet itself is broken in a way that its reader did not see.
    Contradictory,
    /// A column is not there.
    MissingColumn(&'static str),
    /// A column has another type.
    WrongType {
        /// The column.
        column: &'static str,
        /// Its type.
        found: ValueType,
        /// What it should hold.
        wanted: Wanted,
    },
    /// A value is missing.
    MissingValue {
        /// The column.
        column: &'static str,
        /// A bar nearby, from 0.
        bar: u64,
    },
    /// A bar is impossible.
    Bar {
        /// Its place, from 0.
        bar: u64,
        /// What is wrong.
        kind: BarFaultKind,
    },
    /// A time is out of range.
    Time {
        /// Its place, from 0.
        bar: u64,
    },
    /// Too many to hold.
    TooMany,
}

impl From<::parquet::errors::ParquetError> for ParquetFault {
    fn from(error: ::parquet::errors::ParquetError) -> Self {
        Self::Damaged(error.to_string())
    }
}
