//! Memory does not grow with the file.

use history::{CHUNK, ImportOptions, Merged, Sink, SinkError, Watcher, import};
use std::io::{self, Read, Write};
use trading::{
    bar::Bars,
    time::{MINUTE, Time},
};

/// Rows that are made while they are read.
struct Rows {
    row: i64,
    end: i64,
    left: Vec<u8>,
}

impl Read for Rows {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.left.len() < buffer.len() && self.row < self.end {
            // Every tenth row changes places with the next: unsorted, but not far.
            let at = match self.row % 10 {
                3 => self.row + 1,
                4 => self.row - 1,
                _ => self.row,
            };
            let time = Time::from_civil(2010, 1, 1, 0, 0, 0).0 + at * MINUTE;
            writeln!(self.left, "{time},1.5,2.5,1.25,1.75,{}", at % 100)?;
            self.row += 1;
        }
        let count = buffer.len().min(self.left.len());
        buffer[..count].copy_from_slice(&self.left[..count]);
        self.left.drain(..count);
        Ok(count)
    }
}

/// Counts bars and keeps none.
#[derive(Default)]
struct Counter {
    bars: usize,
    longest: usize,
    last: i64,
}

impl Sink for Counter {
    fn append(&mut self, chunk: &Bars) -> Result<(), SinkError> {
        assert!(chunk.time[0] > self.last);
        self.last = *chunk.time.last().ok_or("an empty chunk")?;
        self.bars += chunk.len();
        self.longest = self.longest.max(chunk.len());
        Ok(())
    }

    fn merge(&mut self, _: Bars, _: &mut dyn Watcher) -> Result<Merged, SinkError> {
        Err("nothing should be late".into())
    }
}

#[test]
fn a_million_rows_pass_through_a_window() {
    let rows = Rows {
        row: 0,
        end: 1_000_000,
        left: Vec::new(),
    };
    let mut sink = Counter::default();
    let mut seen = Vec::new();
    let report = import(rows, &ImportOptions::default(), &mut sink, &mut |p| {
        seen.push(p)
    })
    .unwrap();
    assert_eq!(
        (sink.bars, report.bars, report.rows),
        (1_000_000, 1_000_000, 1_000_000)
    );
    assert_eq!(report.reordered.total, 100_000);
    assert!(
        report.peak_buffered_rows <= 2 * CHUNK,
        "{}",
        report.peak_buffered_rows
    );
    assert!(sink.longest <= CHUNK);
    assert!(
        seen.windows(2)
            .all(|p| p[0].rows <= p[1].rows && p[0].bytes <= p[1].bytes)
    );
    assert_eq!(seen.last().unwrap().rows, 1_000_000);
}
