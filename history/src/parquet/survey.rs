//! What a Parquet file holds, learned while its bars pass by.

use super::ParquetReader;
use crate::{
    detect::Format,
    disorder::OddRows,
    error::ImportError,
    fault::Faults,
    import::{ImportOptions, Progress},
    quality::Quality,
    report::{ImportNote, ImportReport},
    zone::TimeZone,
};
use ::parquet::file::reader::ChunkReader;
use trading::bar::Bars;

/// Follows the bars of a file and reports on them.
#[derive(Debug)]
pub(crate) struct Survey {
    quality: Quality,
    clock: Option<String>,
    longest: usize,
}

impl Survey {
    /// A survey of a file none of whose bars were read yet.
    pub(crate) fn new<R: ChunkReader + 'static>(
        file: &ParquetReader<R>,
        options: &ImportOptions,
    ) -> Self {
        let metadata = file.metadata();
        Self {
            quality: Quality::new(options.timeframe.or(metadata.timeframe)),
            clock: metadata.clock.clone(),
            longest: 0,
        }
    }

    /// Takes the next bars.
    pub(crate) fn add(&mut self, bars: &Bars) {
        self.longest = self.longest.max(bars.len());
        self.quality.add(bars);
    }

    /// How many bars there were so far. The bytes behind them are not known.
    pub(crate) fn progress(&self) -> Progress {
        Progress {
            bytes: 0,
            rows: self.quality.bars(),
        }
    }

    /// The report on all bars.
    pub(crate) fn report(self) -> Result<ImportReport, ImportError> {
        let (first, last) = self.quality.span();
        if first.is_none() {
            return Err(ImportError::Empty);
        }
        Ok(ImportReport {
            format: Format::Parquet,
            zone: TimeZone::UTC,
            timeframe: self.quality.timeframe(),
            rows: self.quality.bars(),
            bars: self.quality.bars(),
            first,
            last,
            // A Parquet file with any flaw in its rows is refused as a whole.
            faults: Faults::default(),
            reordered: OddRows::default(),
            duplicates: OddRows::default(),
            conflicts: OddRows::default(),
            ambiguous_times: 0,
            missing_times: 0,
            gaps: self.quality.gaps().clone(),
            notes: self.clock.into_iter().map(ImportNote::Clock).collect(),
            peak_buffered_rows: self.longest,
        })
    }
}
