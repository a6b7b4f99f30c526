//! Bars as plain bytes: how JavaScript hands a history to WASM without parsing anything.
//!
//! Little-endian columns one after another, each as long as there are bars: time (i64, milliseconds
//! UTC), open, high, low, close, tick volume, spread (f64).

use trading::bar::Bars;

const COLUMNS: usize = 7;
const CELL: usize = 8;

/// The bytes are not a whole number of bars.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RawFault {
    /// How many bytes there were.
    pub len: usize,
}

impl std::fmt::Display for RawFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let bar = COLUMNS * CELL;
        write!(
            f,
            "{} bytes are no whole number of {bar}-byte bars",
            self.len
        )
    }
}

impl std::error::Error for RawFault {}

/// Bars to bytes.
pub fn to_raw(bars: &Bars) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(bars.len() * COLUMNS * CELL);
    for time in &bars.time {
        bytes.extend_from_slice(&time.to_le_bytes());
    }
    let columns = [
        &bars.open,
        &bars.high,
        &bars.low,
        &bars.close,
        &bars.tick_volume,
        &bars.spread,
    ];
    for value in columns.into_iter().flatten() {
        bytes.extend_from_slice(&value.to_le_bytes());
    }
    bytes
}

/// Bytes to bars.
///
/// # Errors
/// When the bytes are not a whole number of bars.
pub fn from_raw(bytes: &[u8]) -> Result<Bars, RawFault> {
    let (cells, rest) = bytes.as_chunks::<CELL>();
    if !rest.is_empty() || cells.len() % COLUMNS != 0 {
        return Err(RawFault { len: bytes.len() });
    }
    let len = cells.len() / COLUMNS;
    let column = |n: usize| &cells[n * len..(n + 1) * len];
    let numbers = |n: usize| column(n).iter().map(|c| f64::from_le_bytes(*c)).collect();
    Ok(Bars {
        time: column(0).iter().map(|c| i64::from_le_bytes(*c)).collect(),
        open: numbers(1),
        high: numbers(2),
        low: numbers(3),
        close: numbers(4),
        tick_volume: numbers(5),
        spread: numbers(6),
    })
}

#[cfg(test)]
mod tests {
    use super::{RawFault, from_raw, to_raw};
    use trading::{
        bar::{Bar, Bars},
        time::Time,
    };

    #[test]
    fn comes_back_as_it_went() {
        let bars: Bars = (0..3_u8)
            .map(|i| Bar {
                time: Time(i64::from(i) * 3_600_000),
                open: 1.0 + f64::from(i),
                high: 9.5,
                low: 0.1,
                close: 2.25,
                tick_volume: 7.0,
                spread: f64::from(i),
            })
            .collect();
        assert_eq!(from_raw(&to_raw(&bars)), Ok(bars));
        assert_eq!(from_raw(&[]), Ok(Bars::default()));
    }

    #[test]
    fn refuses_part_of_a_bar() {
        assert_eq!(from_raw(&[0; 57]), Err(RawFault { len: 57 }));
        assert_eq!(from_raw(&[0; 64]), Err(RawFault { len: 64 }));
    }
}
