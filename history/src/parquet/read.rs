//! Reads bars from Parquet, trusting nothing in it.

use super::{COLUMNS, MAX_BARS, Metadata, ParquetFault, ValueType, Wanted};
use crate::merge::CHUNK;
use ::parquet::{
    basic::{ConvertedType, LogicalType, TimeUnit},
    column::reader::{ColumnReader, ColumnReaderImpl},
    data_type::DataType,
    file::{
        reader::{ChunkReader, FileReader},
        serialized_reader::SerializedFileReader,
    },
    schema::types::ColumnDescriptor,
};
use std::panic::{AssertUnwindSafe, catch_unwind};
use trading::{
    bar::Bars,
    time::{DAY, days_from_civil},
};

/// A Parquet file of bars. Reads from a [`std::fs::File`] or from [`bytes::Bytes`].
pub struct ParquetReader<R: ChunkReader> {
    file: SerializedFileReader<R>,
    metadata: Metadata,
    /// Where each of [`COLUMNS`] is in the file; volume and spread need not be there.
    columns: [Option<usize>; COLUMNS.len()],
    time_scale: TimeScale,
}

impl<R: ChunkReader + 'static> ParquetReader<R> {
    /// Opens a file and checks that it has the columns of bars.
    pub fn new(input: R) -> Result<Self, ParquetFault> {
        guarded(|| {
            let file = SerializedFileReader::new(input)?;
            let head = file.metadata().file_metadata();
            let mut metadata = Metadata::default();
            for pair in head.key_value_metadata().into_iter().flatten() {
                if let Some(value) = &pair.value {
                    metadata.set(&pair.key, value.clone());
                }
            }
            let schema = head.schema_descr();
            let mut columns = [None; COLUMNS.len()];
            for (at, column) in schema.columns().iter().enumerate() {
                let [name] = column.path().parts() else {
                    continue;
                };
                let name = name.to_ascii_lowercase();
                let slot = match name.as_str() {
                    "timestamp" | "datetime" | "date" => Some(0),
                    "volume" => Some(5),
                    name => COLUMNS.iter().position(|wanted| *wanted == name),
                };
                if let Some(slot) = slot {
                    columns[slot].get_or_insert(at);
                }
            }
            if let Some(missing) = (0..5).find(|slot| columns[*slot].is_none()) {
                return Err(ParquetFault::MissingColumn(COLUMNS[missing]));
            }
            let time_scale = time_scale(&schema.column(columns[0].unwrap_or_default()));
            Ok(Self {
                file,
                metadata,
                columns,
                time_scale,
            })
        })
    }

    /// What the file says about its bars.
    pub fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    /// How many bars the file claims to hold.
    pub fn claimed_bars(&self) -> u64 {
        u64::try_from(self.file.metadata().file_metadata().num_rows()).unwrap_or(0)
    }

    /// All bars, in chunks of at most [`CHUNK`]. Ends at the first fault.
    pub fn chunks(&self) -> Chunks<'_, R> {
        Chunks {
            reader: self,
            group: 0,
            columns: None,
            last: i64::MIN,
            bars: 0,
            failed: false,
        }
    }

    /// All bars in memory; at most [`MAX_BARS`].
    pub fn read(&self) -> Result<Bars, ParquetFault> {
        use crate::sink::Sink;
        let mut bars = Bars::default();
        for chunk in self.chunks() {
            let chunk = chunk?;
            if (bars.len() + chunk.len()) as u64 > MAX_BARS {
                return Err(ParquetFault::TooMany);
            }
            // Appending to columns in memory cannot fail.
            let _: Result<(), _> = bars.append(&chunk);
        }
        Ok(bars)
    }

    /// Opening times of the first and last bar, read from the first and last row group alone.
    pub fn span(&self) -> Result<Option<(i64, i64)>, ParquetFault> {
        let groups = self.file.metadata().num_row_groups();
        let times = |group| -> Result<Vec<i64>, ParquetFault> {
            let mut column = self.column(group, 0)?;
            let mut times = Vec::new();
            // Groups are of one chunk in our files; a foreign one may need several reads.
            while let before = times.len()
                && let Some(more) = column.as_mut()
                && more.read_times(&mut times, self.time_scale)? > 0
            {
                if times.len() as u64 > MAX_BARS || times.len() == before {
                    return Err(ParquetFault::TooMany);
                }
            }
            Ok(times)
        };
        if groups == 0 {
            return Ok(None);
        }
        let first = times(0)?.first().copied();
        let last = times(groups - 1)?.last().copied();
        Ok(first.zip(last))
    }

    fn column(&self, group: usize, slot: usize) -> Result<Option<Column>, ParquetFault> {
        guarded(|| match self.columns[slot] {
            None => Ok(None),
            Some(at) => {
                let reader = self.file.get_row_group(group)?.get_column_reader(at)?;
                Ok(Some(Column {
                    name: COLUMNS[slot],
                    reader,
                }))
            }
        })
    }

    fn group(&self, group: usize) -> Result<[Option<Column>; COLUMNS.len()], ParquetFault> {
        let mut columns = [const { None }; COLUMNS.len()];
        for (slot, column) in columns.iter_mut().enumerate() {
            *column = self.column(group, slot)?;
        }
        Ok(columns)
    }
}

/// The bars of a file in chunks; see [`ParquetReader::chunks`].
pub struct Chunks<'a, R: ChunkReader> {
    reader: &'a ParquetReader<R>,
    group: usize,
    columns: Option<[Option<Column>; COLUMNS.len()]>,
    last: i64,
    bars: u64,
    failed: bool,
}

impl<R: ChunkReader + 'static> Iterator for Chunks<'_, R> {
    type Item = Result<Bars, ParquetFault>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        let next = self.read_next().transpose();
        self.failed = matches!(next, Some(Err(_)));
        next
    }
}

impl<R: ChunkReader + 'static> Chunks<'_, R> {
    fn read_next(&mut self) -> Result<Option<Bars>, ParquetFault> {
        loop {
            if self.columns.is_none() {
                if self.group == self.reader.file.metadata().num_row_groups() {
                    return Ok(None);
                }
                self.columns = Some(self.reader.group(self.group)?);
                self.group += 1;
            }
            let Some(columns) = &mut self.columns else {
                return Ok(None);
            };
            let bars = read_rows(columns, self.reader.time_scale, self.bars)?;
            if bars.is_empty() {
                self.columns = None;
                continue;
            }
            check(&bars, self.last, self.bars)?;
            self.last = bars.time.last().copied().unwrap_or(self.last);
            self.bars += bars.len() as u64;
            return Ok(Some(bars));
        }
    }
}

/// Reads up to [`CHUNK`] rows of every column of a row group.
fn read_rows(
    columns: &mut [Option<Column>; COLUMNS.len()],
    scale: TimeScale,
    bar: u64,
) -> Result<Bars, ParquetFault> {
    let mut bars = Bars::default();
    let [time, open, high, low, close, tick_volume, spread] = columns;
    let rows = match time {
        Some(time) => time.read_times(&mut bars.time, scale)?,
        None => return Err(ParquetFault::MissingColumn(COLUMNS[0])),
    };
    for (column, values) in [
        (open, &mut bars.open),
        (high, &mut bars.high),
        (low, &mut bars.low),
        (close, &mut bars.close),
        (tick_volume, &mut bars.tick_volume),
        (spread, &mut bars.spread),
    ] {
        match column {
            // Only volume and spread may be missing: the source does not say.
            None => values.resize(rows, 0.0),
            Some(column) => {
                column.read_values(values)?;
                if values.len() != rows {
                    return Err(ParquetFault::MissingValue {
                        column: column.name,
                        bar,
                    });
                }
            }
        }
    }
    Ok(bars)
}

/// Checks bars that follow a bar of time `last`, the first of them being number `bar`.
pub(super) fn check(bars: &Bars, last: i64, bar: u64) -> Result<(), ParquetFault> {
    // A year wider than text is read with: its times were shifted by a zone.
    const EARLIEST: i64 = days_from_civil(1899, 1, 1) * DAY;
    const LATEST: i64 = days_from_civil(2202, 1, 1) * DAY;
    if bars.time.first().is_some_and(|first| *first <= last) {
        return Err(ParquetFault::Bar {
            bar,
            kind: trading::bar::BarFaultKind::TimeNotRising,
        });
    }
    if let Some(at) = bars
        .time
        .iter()
        .position(|t| !(EARLIEST..LATEST).contains(t))
    {
        return Err(ParquetFault::Time {
            bar: bar + at as u64,
        });
    }
    match bars.fault() {
        Some(fault) => Err(ParquetFault::Bar {
            bar: bar + fault.index as u64,
            kind: fault.kind,
        }),
        None => Ok(()),
    }
}

/// How a file's time values become milliseconds: a divisor.
#[derive(Debug, Clone, Copy)]
struct TimeScale(i64);

fn time_scale(column: &ColumnDescriptor) -> TimeScale {
    let unit = match column.logical_type_ref() {
        Some(LogicalType::Timestamp(timestamp)) => Some(&timestamp.unit),
        _ => None,
    };
    TimeScale(match (unit, column.converted_type()) {
        (Some(TimeUnit::MICROS), _) | (None, ConvertedType::TIMESTAMP_MICROS) => 1_000,
        (Some(TimeUnit::NANOS), _) => 1_000_000,
        _ => 1,
    })
}

/// One column of one row group.
struct Column {
    name: &'static str,
    reader: ColumnReader,
}

impl Column {
    fn read_times(
        &mut self,
        times: &mut Vec<i64>,
        scale: TimeScale,
    ) -> Result<usize, ParquetFault> {
        match &mut self.reader {
            ColumnReader::Int64ColumnReader(reader) => {
                records(reader, self.name, times, |t: i64| t.div_euclid(scale.0))
            }
            other => Err(self::wrong_type(self.name, other, Wanted::Time)),
        }
    }

    fn read_values(&mut self, values: &mut Vec<f64>) -> Result<usize, ParquetFault> {
        match &mut self.reader {
            ColumnReader::DoubleColumnReader(reader) => records(reader, self.name, values, |v| v),
            ColumnReader::FloatColumnReader(reader) => {
                records(reader, self.name, values, |v: f32| f64::from(v))
            }
            ColumnReader::Int64ColumnReader(reader) => {
                records(reader, self.name, values, |v: i64| v as f64)
            }
            ColumnReader::Int32ColumnReader(reader) => {
                records(reader, self.name, values, |v: i32| f64::from(v))
            }
            other => Err(wrong_type(self.name, other, Wanted::Number)),
        }
    }
}

/// Appends up to [`CHUNK`] values; none may be null, none a list.
fn records<T: DataType, V>(
    reader: &mut ColumnReaderImpl<T>,
    column: &'static str,
    out: &mut Vec<V>,
    convert: impl Fn(T::T) -> V,
) -> Result<usize, ParquetFault> {
    let mut values = Vec::new();
    let (mut definitions, mut repetitions) = (Vec::new(), Vec::new());
    let (rows, found, _) = guarded(|| {
        Ok(reader.read_records(
            CHUNK,
            Some(&mut definitions),
            Some(&mut repetitions),
            &mut values,
        )?)
    })?;
    if rows != found || values.len() != rows {
        return Err(ParquetFault::MissingValue {
            column,
            bar: out.len() as u64,
        });
    }
    out.extend(values.into_iter().map(convert));
    Ok(rows)
}

fn wrong_type(column: &'static str, reader: &ColumnReader, wanted: Wanted) -> ParquetFault {
    let found = match reader {
        ColumnReader::BoolColumnReader(_) => ValueType::YesNo,
        ColumnReader::Int96ColumnReader(_) => ValueType::OldTime,
        ColumnReader::ByteArrayColumnReader(_) => ValueType::Text,
        ColumnReader::FixedLenByteArrayColumnReader(_) => ValueType::Bytes,
        _ => ValueType::Number,
    };
    ParquetFault::WrongType {
        column,
        found,
        wanted,
    }
}

/// Runs a call into the Parquet library. It is written to trust its input in places and panics on
/// some damaged files; such a panic is a damaged file to us and nothing more: all state that the
/// call could have left half-changed is given up with the error.
fn guarded<T>(call: impl FnOnce() -> Result<T, ParquetFault>) -> Result<T, ParquetFault> {
    catch_unwind(AssertUnwindSafe(call)).unwrap_or_else(|_| Err(ParquetFault::Contradictory))
}
