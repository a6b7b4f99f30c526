//! Writes bars as Parquet.

use super::{COLUMNS, Metadata, ParquetFault};
use crate::{merge::CHUNK, sink::Sink};
use ::parquet::{
    basic::{
        Compression, Encoding, LogicalType, Repetition, TimeUnit, Type as Physical, ZstdLevel,
    },
    data_type::{DataType, DoubleType, Int64Type},
    file::{
        metadata::KeyValue,
        properties::{EnabledStatistics, WriterProperties},
        writer::{SerializedFileWriter, SerializedRowGroupWriter},
    },
    schema::types::{ColumnPath, Type, TypePtr},
};
use std::{io::Write, sync::Arc};
use trading::bar::Bars;

/// Slow to write, and as quick to read as any other level.
const ZSTD_LEVEL: i32 = 19;

/// Writes bars to one Parquet file, a row group for every [`CHUNK`] bars.
pub struct ParquetWriter<W: Write + Send> {
    file: SerializedFileWriter<W>,
    pending: Bars,
    last: i64,
    written: u64,
}

impl<W: Write + Send> ParquetWriter<W> {
    /// Begins a file.
    pub fn new(out: W) -> Result<Self, ParquetFault> {
        let file = SerializedFileWriter::new(out, schema()?, Arc::new(properties()?))?;
        Ok(Self {
            file,
            pending: Bars::default(),
            last: i64::MIN,
            written: 0,
        })
    }

    /// Adds bars. They must be sound and later than all before them.
    pub fn write(&mut self, bars: &Bars) -> Result<(), ParquetFault> {
        super::read::check(bars, self.last, self.written + self.pending.len() as u64)?;
        let mut from = 0;
        while from < bars.len() {
            let to = bars.len().min(from + CHUNK - self.pending.len());
            // Appending to columns in memory cannot fail.
            let _: Result<(), _> = self.pending.append(&bars.slice(from, to));
            from = to;
            if self.pending.len() == CHUNK {
                self.flush()?;
            }
        }
        self.last = bars.time.last().copied().unwrap_or(self.last);
        Ok(())
    }

    /// Ends the file with what is known about its bars. The receiver is flushed, not synced.
    pub fn finish(mut self, metadata: &Metadata) -> Result<W, ParquetFault> {
        self.flush()?;
        for (key, value) in metadata.pairs() {
            if let Some(value) = value {
                self.file
                    .append_key_value_metadata(KeyValue::new(key.to_owned(), value));
            }
        }
        Ok(self.file.into_inner()?)
    }

    /// Number of bars so far.
    pub fn bars(&self) -> u64 {
        self.written + self.pending.len() as u64
    }

    fn flush(&mut self) -> Result<(), ParquetFault> {
        if self.pending.is_empty() {
            return Ok(());
        }
        let bars = std::mem::take(&mut self.pending);
        let mut group = self.file.next_row_group()?;
        column::<Int64Type, W>(&mut group, &bars.time)?;
        for values in [
            &bars.open,
            &bars.high,
            &bars.low,
            &bars.close,
            &bars.tick_volume,
            &bars.spread,
        ] {
            column::<DoubleType, W>(&mut group, values)?;
        }
        group.close()?;
        self.written += bars.len() as u64;
        Ok(())
    }
}

fn column<T: DataType, W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    values: &[T::T],
) -> Result<(), ParquetFault> {
    let mut column = group
        .next_column()?
        .ok_or_else(|| ParquetFault::Damaged("the schema has too few columns".to_owned()))?;
    column.typed::<T>().write_batch(values, None, None)?;
    column.close()?;
    Ok(())
}

fn schema() -> Result<TypePtr, ParquetFault> {
    let fields = COLUMNS.map(|name| {
        let (physical, logical) = if name == COLUMNS[0] {
            (
                Physical::INT64,
                Some(LogicalType::timestamp(true, TimeUnit::MILLIS)),
            )
        } else {
            (Physical::DOUBLE, None)
        };
        Type::primitive_type_builder(name, physical)
            .with_repetition(Repetition::REQUIRED)
            .with_logical_type(logical)
            .build()
            .map(Arc::new)
    });
    let fields = fields.into_iter().collect::<Result<_, _>>()?;
    Ok(Arc::new(
        Type::group_type_builder("bars")
            .with_fields(fields)
            .build()?,
    ))
}

fn properties() -> Result<WriterProperties, ParquetFault> {
    let mut properties = WriterProperties::builder()
        .set_created_by("Phoenix".to_owned())
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(ZSTD_LEVEL)?))
        .set_statistics_enabled(EnabledStatistics::None)
        .set_data_page_row_count_limit(CHUNK)
        .set_column_dictionary_enabled(ColumnPath::from(COLUMNS[0]), false)
        .set_column_encoding(ColumnPath::from(COLUMNS[0]), Encoding::DELTA_BINARY_PACKED)
        .set_column_statistics_enabled(ColumnPath::from(COLUMNS[0]), EnabledStatistics::Chunk);
    // Neighbouring bars share prices, often whole doubles. zstd finds those best in plain values and
    // long pages: the shipped gold takes 0.65 MB so, 0.89 MB with a dictionary and 1.08 MB with
    // the bytes of doubles split.
    for name in &COLUMNS[1..5] {
        properties = properties.set_column_dictionary_enabled(ColumnPath::from(*name), false);
    }
    Ok(properties.build())
}
