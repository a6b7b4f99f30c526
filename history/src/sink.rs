//! Where imported bars go.

use crate::merge::{Merged, Watcher, merge};
use trading::bar::Bars;

/// Anything that a receiving end can fail with.
pub type SinkError = Box<dyn std::error::Error + Send + Sync>;

/// Takes the bars of an import in chunks.
pub trait Sink {
    /// Takes the next bars; times rise within a chunk and from chunk to chunk.
    fn append(&mut self, chunk: &Bars) -> Result<(), SinkError>;

    /// Takes bars that belong between those already appended. A late bar replaces an earlier one
    /// of the same time. Every bar of the whole is shown to `watcher`, in order. May come several
    /// times, with more calls of [`Sink::append`] between.
    fn merge(&mut self, late: Bars, watcher: &mut dyn Watcher) -> Result<Merged, SinkError>;
}

/// Keeps everything in memory.
impl Sink for Bars {
    fn append(&mut self, chunk: &Bars) -> Result<(), SinkError> {
        self.time.extend_from_slice(&chunk.time);
        self.open.extend_from_slice(&chunk.open);
        self.high.extend_from_slice(&chunk.high);
        self.low.extend_from_slice(&chunk.low);
        self.close.extend_from_slice(&chunk.close);
        self.tick_volume.extend_from_slice(&chunk.tick_volume);
        self.spread.extend_from_slice(&chunk.spread);
        Ok(())
    }

    fn merge(&mut self, late: Bars, watcher: &mut dyn Watcher) -> Result<Merged, SinkError> {
        let old = std::mem::take(self);
        merge(once(old), once(late), watcher, |chunk| self.append(chunk))
    }
}

/// One chunk as the chunks that [`merge`] takes.
pub(crate) fn once(bars: Bars) -> impl Iterator<Item = Result<Bars, SinkError>> {
    std::iter::once(Ok(bars))
}
