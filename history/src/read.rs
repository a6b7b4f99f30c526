//! Files of any kind, straight into memory.

use crate::{
    detect::{self, Detected},
    error::ImportError,
    import::{ImportOptions, read_text},
    parquet::{ParquetReader, Survey},
    report::ImportReport,
    stamp::DateOrder,
};
use std::{
    fs::File,
    io::{Read, Seek},
    path::Path,
};
use trading::bar::Bars;

/// Reads a whole file of bars: text of any kind, plain or gzip, or Parquet. The content decides,
/// not the name.
pub fn read_bars(
    path: impl AsRef<Path>,
    options: &ImportOptions,
) -> Result<(Bars, ImportReport), ImportError> {
    let mut file = File::open(path).map_err(ImportError::Io)?;
    let start = start(&mut file, 4)?;
    file.rewind().map_err(ImportError::Io)?;
    if start == *b"PAR1" {
        read_parquet(file, options)
    } else {
        read_text(file, options)
    }
}

/// Recognises a text file, to show before an import.
pub fn detect_file(
    path: impl AsRef<Path>,
    date_order: Option<DateOrder>,
) -> Result<Detected, ImportError> {
    const ENOUGH: u64 = 1 << 20;
    let mut file = File::open(path).map_err(ImportError::Io)?;
    detect::detect(&start(&mut file, ENOUGH)?, date_order)
}

fn start(file: &mut File, bytes: u64) -> Result<Vec<u8>, ImportError> {
    let mut start = Vec::new();
    file.take(bytes)
        .read_to_end(&mut start)
        .map_err(ImportError::Io)?;
    Ok(start)
}

fn read_parquet(file: File, options: &ImportOptions) -> Result<(Bars, ImportReport), ImportError> {
    let reader = ParquetReader::new(file)?;
    let bars = reader.read()?;
    let mut survey = Survey::new(&reader, options);
    survey.add(&bars);
    Ok((bars, survey.report()?))
}
