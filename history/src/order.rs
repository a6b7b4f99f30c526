//! Puts rows in order without holding the file.

use crate::{
    disorder::{OddRow, OddRows},
    merge::{CHUNK, same_bits},
};
use trading::{
    bar::{Bar, Bars},
    time::Time,
};

/// Rows that are held back to be sorted: a row may come this many too late, less [`CHUNK`], and
/// still stream.
pub(crate) const WINDOW: usize = 2 * CHUNK;

/// A bar and the line that it stood on.
#[derive(Debug, Clone, Copy)]
struct Row {
    bar: Bar,
    line: u64,
}

/// Sorts a stream of bars within a window and drops bars that come twice.
///
/// Bars that are late by more than the window go to a list of their own, which the sink merges in
/// whenever it is full and at the end. A file in order, or nearly so, never has any; a file with
/// the newest row first goes through that list but for its beginning.
#[derive(Debug)]
pub(crate) struct Order {
    window: Vec<Row>,
    sorted: bool,
    /// The latest time so far, and its line.
    newest: (Time, u64),
    given_out: Time,
    late: Vec<Row>,
    late_held: usize,
    late_total: usize,
    late_limit: usize,
    peak: usize,
    /// Rows that stood behind one of a later time.
    pub(crate) reordered: OddRows,
    /// Rows that repeated another.
    pub(crate) duplicates: OddRows,
    /// Rows that took the place of another of the same time.
    pub(crate) conflicts: OddRows,
}

/// More late bars than are allowed.
#[derive(Debug)]
pub(crate) struct TooManyLate;

/// Late bars in order, and the line of each.
#[derive(Debug)]
pub(crate) struct Late {
    pub(crate) bars: Bars,
    pub(crate) lines: Vec<u64>,
}

impl Order {
    /// Takes at most `late_limit` late bars in all, and holds at most `late_held` at a time.
    pub(crate) fn new(late_limit: usize, late_held: usize) -> Self {
        Self {
            window: Vec::new(),
            sorted: true,
            newest: (Time(i64::MIN), 0),
            given_out: Time(i64::MIN),
            late: Vec::new(),
            late_held,
            late_total: 0,
            late_limit,
            peak: 0,
            reordered: OddRows::default(),
            duplicates: OddRows::default(),
            conflicts: OddRows::default(),
        }
    }

    /// Takes the bar of a line; gives out a chunk when the window is full.
    pub(crate) fn push(&mut self, bar: Bar, line: u64) -> Result<Option<Bars>, TooManyLate> {
        let row = Row { bar, line };
        let (newest, newest_line) = self.newest;
        if bar.time <= newest {
            if bar.time < newest {
                self.reordered.add(OddRow {
                    line,
                    time: bar.time,
                    other: Some(newest_line),
                });
            }
            if bar.time <= self.given_out {
                if self.late_total == self.late_limit {
                    return Err(TooManyLate);
                }
                self.late_total += 1;
                self.late.push(row);
                self.note_peak();
                return Ok(None);
            }
            self.sorted = false;
        } else {
            self.newest = (bar.time, line);
        }
        self.window.push(row);
        if self.window.len() < WINDOW {
            return Ok(None);
        }
        self.note_peak();
        self.sort_window();
        // Fewer than a chunk may be left without the duplicates: then fill up again.
        Ok((self.window.len() >= CHUNK).then(|| self.give(CHUNK)))
    }

    /// The rest of the window, in chunks.
    pub(crate) fn rest(&mut self) -> Option<Bars> {
        self.note_peak();
        self.sort_window();
        (!self.window.is_empty()).then(|| self.give(CHUNK.min(self.window.len())))
    }

    /// Whether no more late bars can be held.
    pub(crate) fn is_full_of_late(&self) -> bool {
        !self.late.is_empty() && self.late.len() >= self.late_held
    }

    /// The bars that came too late so far, in order; `None` if there are none.
    pub(crate) fn late(&mut self) -> Option<Late> {
        let mut late = std::mem::take(&mut self.late);
        late.sort_by_key(|row| row.bar.time);
        self.drop_twins(&mut late);
        (!late.is_empty()).then(|| Late {
            lines: late.iter().map(|row| row.line).collect(),
            bars: late.iter().map(|row| row.bar).collect(),
        })
    }

    /// Notes a late row with the time of one that was given out before it.
    pub(crate) fn note_late_twin(&mut self, line: u64, time: Time, same: bool) {
        let row = OddRow {
            line,
            time,
            other: None,
        };
        self.note_twin(row, same);
    }

    /// Most bars that were held at once.
    pub(crate) fn peak(&self) -> usize {
        self.peak
    }

    fn note_peak(&mut self) {
        self.peak = self.peak.max(self.window.len() + self.late.len());
    }

    fn give(&mut self, count: usize) -> Bars {
        let chunk: Bars = self.window.drain(..count).map(|row| row.bar).collect();
        if let Some(time) = chunk.time.last() {
            self.given_out = Time(*time);
        }
        chunk
    }

    fn sort_window(&mut self) {
        if !self.sorted {
            let mut window = std::mem::take(&mut self.window);
            // Stable: of two bars with one time, the later row stays behind and wins.
            window.sort_by_key(|row| row.bar.time);
            self.drop_twins(&mut window);
            self.window = window;
            self.sorted = true;
        }
    }

    /// Keeps the last of neighbours with the same time.
    fn drop_twins(&mut self, rows: &mut Vec<Row>) {
        rows.dedup_by(|next, kept| {
            let twins = next.bar.time == kept.bar.time;
            if twins {
                let row = OddRow {
                    line: next.line,
                    time: next.bar.time,
                    other: Some(kept.line),
                };
                self.note_twin(row, same_bits(next.bar, kept.bar));
                *kept = *next;
            }
            twins
        });
    }

    fn note_twin(&mut self, row: OddRow, same: bool) {
        if same {
            self.duplicates.add(row);
        } else {
            self.conflicts.add(row);
        }
    }
}
