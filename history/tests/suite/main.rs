//! What the room promises, checked from outside.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod formats;
mod fuzz;
mod hostile;
mod memory;
mod real;
mod round_trip;
mod store;

use history::{ImportError, ImportOptions, ImportReport, read_text};
use trading::{
    bar::{Bar, Bars},
    time::{MINUTE, Time},
};

/// Options with a zone.
fn zone(name: &str) -> ImportOptions {
    ImportOptions {
        zone: Some(name.parse().expect("a zone")),
        ..ImportOptions::default()
    }
}

/// Reads text with default options.
fn read(text: impl AsRef<[u8]>) -> Result<(Bars, ImportReport), ImportError> {
    read_text(text.as_ref(), &ImportOptions::default())
}

/// The message of the error that reading gives.
fn error(text: impl AsRef<[u8]>) -> String {
    read(text).expect_err("an error").to_string()
}

/// Opening times as text to the minute.
fn times(bars: &Bars) -> Vec<String> {
    bars.time
        .iter()
        .map(|t| Time(*t).to_string()[..16].to_owned())
        .collect()
}

/// Minute bars that differ.
fn minutes(count: usize) -> Bars {
    (0..count)
        .map(|i| {
            let open = 1000.0 + (i % 977) as f64 / 7.0;
            Bar {
                time: Time(Time::from_civil(2017, 1, 2, 0, 0, 0).0 + i as i64 * MINUTE),
                open,
                high: open + 0.5,
                low: open - 0.25,
                close: open + 0.125,
                tick_volume: (i % 13) as f64,
                spread: (i % 5) as f64,
            }
        })
        .collect()
}

/// The bars as CSV with a header.
fn csv(bars: &Bars) -> String {
    use std::fmt::Write;
    let mut out = "time,open,high,low,close,tick_volume,spread\n".to_owned();
    for bar in bars.iter() {
        let Bar {
            time,
            open,
            high,
            low,
            close,
            tick_volume,
            spread,
        } = bar;
        let time = time.millis();
        writeln!(
            out,
            "{time},{open},{high},{low},{close},{tick_volume},{spread}"
        )
        .expect("memory");
    }
    out
}

/// Gzip of `bytes`.
fn gzip(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

/// UTF-16, low byte first, with its mark.
fn utf16(text: &str) -> Vec<u8> {
    format!("\u{feff}{text}")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect()
}
