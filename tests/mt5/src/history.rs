//! Reads the history of a scenario.

use anyhow::{Context, Result, bail};
use flate2::read::GzDecoder;
use std::{fs, io::Read, path::Path};
use trading::{
    bar::{Bar, Bars},
    time::Time,
};

/// Bars of a file: `.raw` as `tests/suite` writes it, or text with a heading and columns
/// `time,open,high,low,close,volume[,spread]`, perhaps zipped.
///
/// # Errors
/// When the file cannot be read or is neither.
pub fn read(path: &Path) -> Result<Bars> {
    let bytes = fs::read(path).with_context(|| path.display().to_string())?;
    let name = path.to_string_lossy();
    let bars = if name.ends_with(".raw") {
        phoenix_golden::from_raw(&bytes)?
    } else {
        let mut text = String::new();
        if name.ends_with(".gz") {
            GzDecoder::new(&bytes[..]).read_to_string(&mut text)?;
        } else {
            text = String::from_utf8(bytes)?;
        }
        let lines = text.lines().skip(1).filter(|line| !line.is_empty());
        lines.map(bar).collect::<Result<Bars>>()?
    };
    match bars.fault() {
        Some(fault) => bail!("{}: {fault}", path.display()),
        None => Ok(bars),
    }
}

fn bar(line: &str) -> Result<Bar> {
    let fields: Vec<&str> = line.split(',').collect();
    let number = |place: usize| match fields.get(place) {
        Some(field) => field.parse::<f64>().with_context(|| line.to_owned()),
        None if place == 6 => Ok(0.0),
        None => bail!("too few columns: {line}"),
    };
    Ok(Bar {
        time: time(fields[0]).with_context(|| line.to_owned())?,
        open: number(1)?,
        high: number(2)?,
        low: number(3)?,
        close: number(4)?,
        tick_volume: number(5)?,
        spread: number(6)?,
    })
}

/// `YYYY-MM-DD HH:MM:SS`, in UTC.
fn time(text: &str) -> Option<Time> {
    let part = |from: usize, to: usize| text.get(from..to)?.parse::<i64>().ok();
    Some(Time::from_civil(
        part(0, 4)?,
        part(5, 7)?,
        part(8, 10)?,
        part(11, 13)?,
        part(14, 16)?,
        part(17, 19)?,
    ))
}
