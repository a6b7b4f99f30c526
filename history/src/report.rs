//! What an import did.

use crate::{detect::Format, disorder::OddRows, fault::Faults, quality::Gaps, zone::TimeZone};
use serde::Serialize;
use trading::{time::Time, timeframe::Timeframe};

/// What an import did, for people and programs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ImportReport {
    /// The kind of file.
    pub format: Format,
    /// The clock that its times were read by.
    pub zone: TimeZone,
    /// Length of the bars, where it could be told.
    pub timeframe: Option<Timeframe>,
    /// Rows, without the header and empty lines.
    pub rows: u64,
    /// Bars taken.
    pub bars: u64,
    /// Opening time of the first bar.
    pub first: Option<Time>,
    /// Opening time of the last bar.
    pub last: Option<Time>,
    /// Rows that were not taken.
    pub faults: Faults,
    /// Rows that stood behind one of a later time and were put in order.
    pub reordered: OddRows,
    /// Rows dropped for repeating another exactly.
    pub duplicates: OddRows,
    /// Rows with the time of an earlier one but other values: they took its place, so that the last
    /// in the file counts.
    pub conflicts: OddRows,
    /// Rows in an hour that the clock shows twice.
    pub ambiguous_times: u64,
    /// Rows with a time that the clock skips.
    pub missing_times: u64,
    /// Times without bars.
    pub gaps: Gaps,
    /// Anything else worth knowing.
    pub notes: Vec<ImportNote>,
    /// Most bars that were held in memory at once.
    pub peak_buffered_rows: usize,
}

/// Something else worth knowing about an import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ImportNote {
    /// Times were read by another clock than is usual for files of this kind.
    OtherClock {
        /// The clock they were read by.
        read: TimeZone,
        /// The usual one.
        usual: TimeZone,
    },
    /// Most bars lie further apart, or nearer, than their length says.
    OtherDistance {
        /// What the bars were taken for.
        taken: Timeframe,
        /// How far apart most are.
        most: Timeframe,
    },
    /// The length of the bars could not be told.
    UnknownTimeframe,
    /// The file says which clock its times follow.
    Clock(String),
}

/// One kind of flaw in the rows of a file, in the words of a language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Flaw {
    /// How many rows have it, and what became of them.
    pub what: String,
    /// The first of them, each with its line.
    pub first: Vec<String>,
    /// That there are more, if there are.
    pub more: Option<String>,
}

impl Flaw {
    /// On lines of their own.
    pub fn block(&self) -> String {
        let mut lines = vec![self.what.clone()];
        lines.extend(self.rows().map(|row| format!("  {row}")));
        lines.join("\n")
    }

    /// On one line.
    pub fn sentence(&self) -> String {
        let rows: Vec<&str> = self.rows().collect();
        format!("{}: {}", self.what, rows.join("; "))
    }

    fn rows(&self) -> impl Iterator<Item = &str> {
        self.first.iter().chain(&self.more).map(String::as_str)
    }
}
