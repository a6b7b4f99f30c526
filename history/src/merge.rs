//! Two histories become one.

use crate::sink::SinkError;
use serde::Serialize;
use trading::{
    bar::{Bar, Bars},
    time::Time,
};

/// Bars per chunk between an import, a merge and what takes their bars. Also the size of a row
/// group in Parquet.
pub const CHUNK: usize = 65_536;

/// What a merge did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Merged {
    /// Bars of the new history whose time the old one lacked.
    pub added: u64,
    /// Bars that both have with the same values.
    pub same: u64,
    /// Bars that both have with different values: the new ones were kept.
    pub replaced: u64,
}

/// Hears how a merge goes.
pub trait Watcher {
    /// The next bars of the whole, in order.
    fn bars(&mut self, chunk: &Bars);

    /// Both histories have a bar of this time: the new one's is number `place` of it, from 0.
    /// `same` when they agree in everything.
    fn twin(&mut self, place: u64, time: Time, same: bool);
}

/// Nobody listens.
impl Watcher for () {
    fn bars(&mut self, _: &Bars) {}
    fn twin(&mut self, _: u64, _: Time, _: bool) {}
}

/// Merges two histories chunk by chunk; where both have a bar, the new one wins.
pub(crate) fn merge(
    old: impl Iterator<Item = Result<Bars, SinkError>>,
    new: impl Iterator<Item = Result<Bars, SinkError>>,
    watcher: &mut dyn Watcher,
    mut out: impl FnMut(&Bars) -> Result<(), SinkError>,
) -> Result<Merged, SinkError> {
    let (mut old, mut new) = (Cursor::new(old), Cursor::new(new));
    let mut merged = Merged::default();
    let mut chunk = Bars::default();
    let mut taken = 0;
    loop {
        let bar = match (old.peek()?, new.peek()?) {
            (None, None) => break,
            (Some(bar), Some(other)) if bar.time < other.time => old.take(bar),
            (Some(bar), None) => old.take(bar),
            (Some(bar), Some(other)) if bar.time == other.time => {
                old.take(bar);
                let same = same_bits(bar, other);
                if same {
                    merged.same += 1;
                } else {
                    merged.replaced += 1;
                }
                watcher.twin(taken, other.time, same);
                taken += 1;
                new.take(other)
            }
            (_, Some(other)) => {
                merged.added += 1;
                taken += 1;
                new.take(other)
            }
        };
        chunk.push(bar);
        if chunk.len() == CHUNK {
            watcher.bars(&chunk);
            out(&chunk)?;
            chunk = Bars::default();
        }
    }
    if !chunk.is_empty() {
        watcher.bars(&chunk);
        out(&chunk)?;
    }
    Ok(merged)
}

/// Whether two bars agree in everything.
pub(crate) fn same_bits(a: Bar, b: Bar) -> bool {
    let values = |bar: Bar| {
        [
            bar.open,
            bar.high,
            bar.low,
            bar.close,
            bar.tick_volume,
            bar.spread,
        ]
        .map(f64::to_bits)
    };
    a.time == b.time && values(a) == values(b)
}

struct Cursor<I> {
    chunks: I,
    chunk: Bars,
    at: usize,
}

impl<I: Iterator<Item = Result<Bars, SinkError>>> Cursor<I> {
    fn new(chunks: I) -> Self {
        Self {
            chunks,
            chunk: Bars::default(),
            at: 0,
        }
    }

    fn peek(&mut self) -> Result<Option<Bar>, SinkError> {
        while self.at == self.chunk.len() {
            match self.chunks.next() {
                Some(chunk) => (self.chunk, self.at) = (chunk?, 0),
                None => return Ok(None),
            }
        }
        Ok(Some(self.chunk.get(self.at)))
    }

    fn take(&mut self, bar: Bar) -> Bar {
        self.at += 1;
        bar
    }
}
