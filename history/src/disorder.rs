//! Rows that stood in the wrong place, or had the time of another row.

use serde::Serialize;
use trading::time::Time;

/// How many rows of a kind are kept with their lines.
pub const ODD_ROWS_KEPT: usize = 20;

/// A row that stood in the wrong place, or had the time of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct OddRow {
    /// Line in the file, from 1.
    pub line: u64,
    /// The time of its bar.
    pub time: Time,
    /// The earlier line that it stands against: one of a later time, or one of the same time.
    /// `None` where the two are so far apart that the earlier line is no longer known.
    pub other: Option<u64>,
}

/// All rows of one kind: the first [`ODD_ROWS_KEPT`] with their lines, the rest as a number.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct OddRows {
    /// How many there are.
    pub total: u64,
    /// Those that come first in the file, by line.
    pub first: Vec<OddRow>,
}

impl OddRows {
    /// Notes a row. Rows are found in the order of their times, so an earlier line may come later.
    pub(crate) fn add(&mut self, row: OddRow) {
        self.total += 1;
        let at = self.first.partition_point(|kept| kept.line <= row.line);
        if at < ODD_ROWS_KEPT {
            self.first.insert(at, row);
            self.first.truncate(ODD_ROWS_KEPT);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_lines_are_kept_in_whatever_order_they_are_found() {
        let mut rows = OddRows::default();
        for line in (1..=100).rev() {
            rows.add(OddRow {
                line,
                time: Time(0),
                other: None,
            });
        }
        let lines: Vec<u64> = rows.first.iter().map(|row| row.line).collect();
        assert_eq!(lines, (1..=20).collect::<Vec<_>>());
        assert_eq!(rows.total, 100);
    }
}
