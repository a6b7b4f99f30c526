//! What an import did.

use crate::{detect::Format, fault::Faults, quality::Gaps, zone::TimeZone};
use serde::Serialize;
use std::fmt;
use trading::{
    time::{DAY, HOUR, MINUTE, Time},
    timeframe::Timeframe,
};

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
    /// Rows that stood behind a later one and were put in order.
    pub reordered: u64,
    /// Rows dropped for repeating another exactly.
    pub duplicates: u64,
    /// Rows with the time of another but other values; the last such row was kept.
    pub conflicts: u64,
    /// The first times of such rows.
    pub conflict_times: Vec<Time>,
    /// Rows in an hour that the clock shows twice.
    pub ambiguous_times: u64,
    /// Rows with a time that the clock skips.
    pub missing_times: u64,
    /// Times without bars.
    pub gaps: Gaps,
    /// Anything else worth knowing.
    pub notes: Vec<String>,
    /// Most bars that were held in memory at once.
    pub peak_buffered_rows: usize,
}

impl fmt::Display for ImportReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let timeframe = self.timeframe.map_or("of unknown length", Timeframe::name);
        write!(
            f,
            "{} {timeframe} bars from {} rows ({}",
            self.bars, self.rows, self.format
        )?;
        write!(f, ", times read as {})", self.zone)?;
        if let Some((first, last)) = self.first.zip(self.last) {
            write!(f, "\n{first} to {last}")?;
        }
        let counts = [
            (self.faults.total, "rows not taken"),
            (self.reordered, "rows put in order"),
            (self.duplicates, "rows dropped as exact duplicates"),
            (
                self.conflicts,
                "rows with the time of another: the last one was kept",
            ),
            (
                self.ambiguous_times,
                "times in an hour that comes twice, settled by order",
            ),
            (
                self.missing_times,
                "times that the clock skips, read one hour on",
            ),
        ];
        for (count, what) in counts.iter().filter(|(count, _)| *count > 0) {
            write!(f, "\n{count} {what}")?;
        }
        for fault in self.faults.first.iter().take(5) {
            write!(f, "\n  {fault}")?;
        }
        if self.faults.total > 5 {
            write!(f, "\n  in all:")?;
            for (kind, count) in &self.faults.kinds {
                write!(f, "\n    {count} times: {kind}")?;
            }
        }
        write!(
            f,
            "\n{} gaps beside {} weekends and {} short pauses",
            self.gaps.count, self.gaps.weekends, self.gaps.short_pauses
        )?;
        if let Some(gap) = self.gaps.largest.first() {
            let (days, rest) = (gap.missing / DAY, gap.missing % DAY);
            let (hours, minutes) = (rest / HOUR, rest % HOUR / MINUTE);
            write!(f, "; the longest, {days} d {hours} h {minutes} min, ")?;
            write!(f, "from {} to {}", gap.after, gap.before)?;
        }
        for note in &self.notes {
            write!(f, "\nNote: {note}")?;
        }
        Ok(())
    }
}
