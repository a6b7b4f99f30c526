//! Real history that ships inside the program: ten years of hourly gold and pound.
//!
//! Its times are those of the source, read as UTC: MetaTrader server time, New York plus seven
//! hours. See `data/NOTICE` for its origin and licence.

use crate::parquet::{ParquetFault, ParquetReader};
use bytes::Bytes;
use trading::bar::Bars;

/// The symbols.
pub const NAMES: [&str; 2] = ["XAUUSD", "GBPUSD"];

const FILES: [&[u8]; 2] = [
    include_bytes!("../../data/XAUUSD/H1.parquet"),
    include_bytes!("../../data/GBPUSD/H1.parquet"),
];

/// The hourly bars of a symbol of [`NAMES`]; `None` for any other.
pub fn bars(name: &str) -> Option<Result<Bars, ParquetFault>> {
    let at = NAMES
        .iter()
        .position(|known| known.eq_ignore_ascii_case(name))?;
    let read = ParquetReader::new(Bytes::from_static(FILES[at])).and_then(|file| file.read());
    Some(read)
}
