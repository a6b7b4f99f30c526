//! Reads a text file of any kind, row by row, in memory that does not grow with the file.

use crate::{
    detect::{self, Detected},
    error::ImportError,
    fault::{FaultKind, Faults, RowFault},
    layout::RowReader,
    line::{Line, Lines},
    merge::Watcher,
    order::Order,
    quality::Quality,
    report::{ImportNote, ImportReport},
    sink::Sink,
    source::Source,
    stamp::{DateOrder, Stamp},
    zone::{Converter, TimeZone},
};
use serde::{Deserialize, Serialize};
use std::io::Read;
use trading::{bar::Bars, time::Time, timeframe::Timeframe};

/// What the trader chose about a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ImportOptions {
    /// The clock of its times. UTC where nothing was chosen: see [`Detected::zone`] for what
    /// files of its kind usually follow.
    pub zone: Option<TimeZone>,
    /// Whether day or month comes first, where the dates do not show it.
    pub date_order: Option<DateOrder>,
    /// Length of the bars, where it is known; else the most frequent distance between them.
    pub timeframe: Option<Timeframe>,
    /// Most bytes of text after unpacking.
    pub max_bytes: u64,
    /// Most rows that may be far out of order. Sorting them in takes one pass over the whole for
    /// every [`ImportOptions::late_rows_held`] of them.
    pub max_late_rows: usize,
    /// How many of these are held in memory at a time, 64 bytes each.
    pub late_rows_held: usize,
}

impl Default for ImportOptions {
    fn default() -> Self {
        Self {
            zone: None,
            date_order: None,
            timeframe: None,
            max_bytes: 8 << 30,
            max_late_rows: 20_000_000,
            late_rows_held: 2_000_000,
        }
    }
}

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Bytes taken from the file, packed as they are: compare with the file's size.
    pub bytes: u64,
    /// Rows read.
    pub rows: u64,
}

/// Rows after which a file is judged, and between two reports of progress.
const JUDGED_AFTER: u64 = 1_000;
const PROGRESS_EVERY: u64 = 32_768;

/// Imports text from `input` into `sink`.
///
/// Memory does not grow with the file while rows are in order, or late by fewer than 65,536 rows.
/// Rows that are later than that are held back and merged in, [`ImportOptions::late_rows_held`] at a
/// time.
///
/// On an error the sink may have got some of the bars already.
pub fn import<R: Read>(
    input: R,
    options: &ImportOptions,
    sink: &mut dyn Sink,
    progress: &mut dyn FnMut(Progress),
) -> Result<ImportReport, ImportError> {
    let source = Source::new(input, options.max_bytes)
        .map_err(|error| ImportError::from_read(error.into(), 0))?;
    let mut lines = Lines::new(source);
    let whole = lines
        .sample()
        .map_err(|fault| ImportError::from_read(fault, 0))?;
    let detected = detect::recognise(&lines, whole, options.date_order)?;
    let mut import = Import::new(detected, options)?;
    import.rows(&mut lines, sink, progress)?;
    progress(Progress {
        bytes: lines.bytes_read(),
        rows: import.rows,
    });
    import.finish(sink)
}

/// Imports text from `input` into memory.
pub fn read_text<R: Read>(
    input: R,
    options: &ImportOptions,
) -> Result<(Bars, ImportReport), ImportError> {
    let mut bars = Bars::default();
    let report = import(input, options, &mut bars, &mut |_| {})?;
    Ok((bars, report))
}

struct Import {
    detected: Detected,
    zone: TimeZone,
    timeframe: Option<Timeframe>,
    max_late_rows: usize,
    reader: RowReader,
    converter: Converter,
    order: Order,
    quality: Quality,
    faults: Faults,
    rows: u64,
    /// Whether any time went by the chosen clock, not by its own offset.
    used_zone: bool,
}

impl Import {
    fn new(detected: Detected, options: &ImportOptions) -> Result<Self, ImportError> {
        let zone = options.zone.clone().unwrap_or_default();
        let reader =
            RowReader::new(&detected.layout).map_err(|missing| ImportError::MissingColumn {
                missing,
                line: String::new(),
            })?;
        Ok(Self {
            detected,
            timeframe: options.timeframe,
            max_late_rows: options.max_late_rows,
            reader,
            converter: Converter::new(zone.clone()),
            zone,
            order: Order::new(options.max_late_rows, options.late_rows_held),
            quality: Quality::new(options.timeframe),
            faults: Faults::default(),
            rows: 0,
            used_zone: false,
        })
    }

    fn rows<R: Read>(
        &mut self,
        lines: &mut Lines<R>,
        sink: &mut dyn Sink,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<(), ImportError> {
        let mut header = self.detected.layout.header;
        let mut line_number = 0;
        loop {
            let line = match lines.next() {
                Ok(Some(line)) => line,
                Ok(None) => break,
                Err(fault) => return Err(ImportError::from_read(fault, line_number)),
            };
            line_number += 1;
            let read = match line {
                Line::Text(text) if text.trim_ascii().is_empty() => continue,
                Line::Text(_) if std::mem::take(&mut header) => continue,
                Line::Text(text) => self.reader.read(text),
                Line::TooLong => Err(RowFault::new(FaultKind::LineTooLong, None, b"")),
            };
            self.rows += 1;
            match read {
                Ok((stamp, mut bar)) => {
                    bar.time = self.utc(stamp);
                    let chunk = self.order.push(bar, line_number).map_err(|_| {
                        ImportError::TooDisordered {
                            limit: self.max_late_rows,
                            line: line_number,
                        }
                    })?;
                    if let Some(chunk) = chunk {
                        self.give(&chunk, sink)?;
                    }
                    if self.order.is_full_of_late() {
                        self.merge_late(sink)?;
                    }
                }
                Err(fault) => self.faults.add(line_number, fault),
            }
            if self.rows == JUDGED_AFTER && self.faults.total * 2 > self.rows {
                return Err(self.mostly_faulty());
            }
            if self.rows.is_multiple_of(PROGRESS_EVERY) {
                progress(Progress {
                    bytes: lines.bytes_read(),
                    rows: self.rows,
                });
            }
        }
        // A short file is judged at its end, and only when it holds no bar at all.
        if self.faults.total == self.rows {
            return Err(self.mostly_faulty());
        }
        Ok(())
    }

    fn utc(&mut self, stamp: Stamp) -> Time {
        match stamp {
            Stamp::Local(local) => {
                self.used_zone = true;
                self.converter.to_utc(local)
            }
            Stamp::Utc(utc) => {
                let utc = Time(utc);
                self.converter.note(utc);
                utc
            }
        }
    }

    fn mostly_faulty(&mut self) -> ImportError {
        if self.rows == 0 {
            return ImportError::HeaderOnly;
        }
        ImportError::MostlyFaulty {
            rows: self.rows,
            bad: self.faults.total,
            first: std::mem::take(&mut self.faults.first),
        }
    }

    fn give(&mut self, chunk: &Bars, sink: &mut dyn Sink) -> Result<(), ImportError> {
        self.quality.add(chunk);
        sink.append(chunk).map_err(ImportError::Sink)
    }

    /// Has the sink sort in what came too late to be streamed.
    fn merge_late(&mut self, sink: &mut dyn Sink) -> Result<(), ImportError> {
        let Some(late) = self.order.late() else {
            return Ok(());
        };
        // What was learned about gaps holds no more: the whole passes by once again.
        self.quality = Quality::new(self.timeframe);
        let mut merging = Merging {
            quality: &mut self.quality,
            order: &mut self.order,
            lines: &late.lines,
        };
        sink.merge(late.bars, &mut merging)
            .map_err(ImportError::Sink)?;
        Ok(())
    }

    fn finish(mut self, sink: &mut dyn Sink) -> Result<ImportReport, ImportError> {
        while let Some(chunk) = self.order.rest() {
            self.give(&chunk, sink)?;
        }
        self.merge_late(sink)?;
        let notes = self.notes();
        let (first, last) = self.quality.span();
        Ok(ImportReport {
            format: self.detected.format,
            zone: self.zone,
            timeframe: self.quality.timeframe(),
            rows: self.rows,
            bars: self.quality.bars(),
            first,
            last,
            faults: self.faults,
            peak_buffered_rows: self.order.peak(),
            reordered: self.order.reordered,
            duplicates: self.order.duplicates,
            conflicts: self.order.conflicts,
            ambiguous_times: self.converter.ambiguous(),
            missing_times: self.converter.missing(),
            gaps: self.quality.gaps().clone(),
            notes,
        })
    }

    fn notes(&self) -> Vec<ImportNote> {
        let mut notes = Vec::new();
        if self.used_zone && self.zone != self.detected.zone {
            notes.push(ImportNote::OtherClock {
                read: self.zone.clone(),
                usual: self.detected.zone.clone(),
            });
        }
        match (self.quality.timeframe(), self.quality.other_timeframe()) {
            (Some(taken), Some(most)) => notes.push(ImportNote::OtherDistance { taken, most }),
            (None, _) => notes.push(ImportNote::UnknownTimeframe),
            _ => {}
        }
        notes
    }
}

/// Learns from the merge of late rows what a stream in order would have shown.
struct Merging<'a> {
    quality: &'a mut Quality,
    order: &'a mut Order,
    lines: &'a [u64],
}

impl Watcher for Merging<'_> {
    fn bars(&mut self, chunk: &Bars) {
        self.quality.add(chunk);
    }

    fn twin(&mut self, place: u64, time: Time, same: bool) {
        let place = usize::try_from(place).unwrap_or(usize::MAX);
        if let Some(line) = self.lines.get(place) {
            self.order.note_late_twin(*line, time, same);
        }
    }
}
