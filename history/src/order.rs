//! Puts rows in order without holding the file.

use crate::merge::{CHUNK, same_bits};
use trading::{
    bar::{Bar, Bars},
    time::Time,
};

/// Rows that are held back to be sorted: a row may come this many too late, less [`CHUNK`], and
/// still stream.
pub(crate) const WINDOW: usize = 2 * CHUNK;

/// How many times with two different bars are kept.
const CONFLICTS_KEPT: usize = 20;

/// Sorts a stream of bars within a window and drops bars that come twice.
///
/// Bars that are late by more than the window go to a list of their own, which the sink merges in
/// at the end. A file in order, or nearly so, never has any; a file with the newest row first ends
/// up in that list but for its beginning.
#[derive(Debug)]
pub(crate) struct Order {
    window: Vec<Bar>,
    sorted: bool,
    newest: Time,
    given_out: Time,
    late: Vec<Bar>,
    late_limit: usize,
    peak: usize,
    pub(crate) reordered: u64,
    pub(crate) duplicates: u64,
    pub(crate) conflicts: u64,
    pub(crate) conflict_times: Vec<Time>,
}

/// More late bars than may be held.
#[derive(Debug)]
pub(crate) struct TooManyLate;

impl Order {
    /// Holds at most `late_limit` late bars.
    pub(crate) fn new(late_limit: usize) -> Self {
        Self {
            window: Vec::new(),
            sorted: true,
            newest: Time(i64::MIN),
            given_out: Time(i64::MIN),
            late: Vec::new(),
            late_limit,
            peak: 0,
            reordered: 0,
            duplicates: 0,
            conflicts: 0,
            conflict_times: Vec::new(),
        }
    }

    /// Takes a bar; gives out a chunk when the window is full.
    pub(crate) fn push(&mut self, bar: Bar) -> Result<Option<Bars>, TooManyLate> {
        if bar.time <= self.newest {
            self.reordered += u64::from(bar.time < self.newest);
            if bar.time <= self.given_out {
                if self.late.len() == self.late_limit {
                    return Err(TooManyLate);
                }
                self.late.push(bar);
                self.peak = self.peak.max(self.window.len() + self.late.len());
                return Ok(None);
            }
            self.sorted = false;
        } else {
            self.newest = bar.time;
        }
        self.window.push(bar);
        if self.window.len() < WINDOW {
            return Ok(None);
        }
        self.peak = self.peak.max(self.window.len() + self.late.len());
        self.sort_window();
        // Fewer than a chunk may be left without the duplicates: then fill up again.
        Ok((self.window.len() >= CHUNK).then(|| self.give(CHUNK)))
    }

    /// The rest of the window, in chunks.
    pub(crate) fn rest(&mut self) -> Option<Bars> {
        self.peak = self.peak.max(self.window.len() + self.late.len());
        self.sort_window();
        (!self.window.is_empty()).then(|| self.give(CHUNK.min(self.window.len())))
    }

    /// The bars that came too late, in order.
    pub(crate) fn late(&mut self) -> Bars {
        let mut late = std::mem::take(&mut self.late);
        late.sort_by_key(|bar| bar.time);
        self.drop_twins(&mut late);
        late.into_iter().collect()
    }

    /// Most bars that were held at once.
    pub(crate) fn peak(&self) -> usize {
        self.peak
    }

    fn give(&mut self, count: usize) -> Bars {
        let chunk: Bars = self.window.drain(..count).collect();
        if let Some(time) = chunk.time.last() {
            self.given_out = Time(*time);
        }
        chunk
    }

    fn sort_window(&mut self) {
        if !self.sorted {
            let mut window = std::mem::take(&mut self.window);
            // Stable: of two bars with one time, the later row stays behind and wins.
            window.sort_by_key(|bar| bar.time);
            self.drop_twins(&mut window);
            self.window = window;
            self.sorted = true;
        }
    }

    /// Keeps the last of neighbours with the same time.
    fn drop_twins(&mut self, bars: &mut Vec<Bar>) {
        bars.dedup_by(|next, kept| {
            let twins = next.time == kept.time;
            if twins {
                if same_bits(*next, *kept) {
                    self.duplicates += 1;
                } else {
                    self.note_conflict(next.time);
                }
                *kept = *next;
            }
            twins
        });
    }

    fn note_conflict(&mut self, time: Time) {
        self.conflicts += 1;
        if self.conflict_times.len() < CONFLICTS_KEPT {
            self.conflict_times.push(time);
        }
    }
}
