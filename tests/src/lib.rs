//! What the cross-crate tests share: data sets, golden files and comparison within a tolerance.

use std::{
    io::Read,
    path::{Path, PathBuf},
};
use trading::{
    bar::{Bar, Bars},
    strategy::{Document, plan::Plan},
    time::Time,
};

/// The folder `tests/golden`.
pub fn golden_dir() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("golden")
}

/// A file below `../shared`, beside the repository, where it exists.
pub fn shared(path: &str) -> Option<PathBuf> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared")
        .join(path);
    file.exists().then_some(file)
}

/// The text of a file, unzipped when its name ends in `.gz`.
///
/// # Panics
/// When it cannot be read: these are the tests' own files.
pub fn read_text(path: &Path) -> String {
    let bytes = std::fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let mut text = String::new();
    if path.extension().is_some_and(|e| e == "gz") {
        flate2::read::GzDecoder::new(&bytes[..])
            .read_to_string(&mut text)
            .unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    } else {
        text = String::from_utf8(bytes).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    }
    text
}

/// Bars from `time,open,high,low,close,volume[,spread]`, the layout of `../shared/data`.
///
/// # Panics
/// When a row is not in that layout.
pub fn read_bars(path: &Path) -> Bars {
    let text = read_text(path);
    text.lines()
        .skip(1)
        .map(|line| {
            let f: Vec<&str> = line.split(',').collect();
            let number = |i: usize| f.get(i).map_or(0.0, |s| s.parse::<f64>().expect(line));
            Bar {
                time: parse_time(f[0]),
                open: number(1),
                high: number(2),
                low: number(3),
                close: number(4),
                tick_volume: number(5),
                spread: number(6),
            }
        })
        .collect()
}

/// A time written `YYYY-MM-DD HH:MM:SS`, in UTC.
///
/// # Panics
/// When it is not written so.
pub fn parse_time(text: &str) -> Time {
    let n = |a: usize, b: usize| text[a..b].parse::<i64>().expect(text);
    Time::from_civil(n(0, 4), n(5, 7), n(8, 10), n(11, 13), n(14, 16), n(17, 19))
}

/// XAUUSD H1, 57,600 bars, the data of the golden files.
///
/// # Panics
/// When the data is missing.
pub fn gold_h1() -> Bars {
    sample("XAUUSD")
}

/// A shipped history: `XAUUSD` or `GBPUSD`, H1.
///
/// # Panics
/// When there is no such sample.
pub fn sample(symbol: &str) -> Bars {
    history::sample::bars(symbol)
        .unwrap_or_else(|| panic!("no sample of {symbol}"))
        .expect("the sample reads")
}

/// Every strategy of `strategies/` with its file's name.
///
/// # Panics
/// When one does not read.
pub fn ready_strategies() -> Vec<(String, Document)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../strategies");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the folder of strategies")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "json"))
        .filter(|path| path.file_name().is_none_or(|name| name != "catalogue.json"))
        .collect();
    files.sort();
    files
        .into_iter()
        .map(|path| {
            let name = path
                .file_stem()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            let document = serde_json::from_str(&read_text(&path))
                .unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            (name, document)
        })
        .collect()
}

/// The symbols whose history is shipped.
pub const SHIPPED: [&str; 2] = ["XAUUSD", "GBPUSD"];

/// Every strategy of `strategies/` on each shipped history: its name with that of the history, the
/// document, and the symbol whose bars it trades. On the history that is meant for it a strategy
/// keeps its own symbol: those of EURUSD trade the bars of the pound by their own terms. On the
/// others it trades their symbol.
pub fn ready_everywhere() -> Vec<(String, Document, &'static str)> {
    let mut all = Vec::new();
    for (name, document) in ready_strategies() {
        let own = if document.symbol.as_str() == "XAUUSD" {
            "XAUUSD"
        } else {
            "GBPUSD"
        };
        for history in SHIPPED {
            let mut here = document.clone();
            if history != own {
                here.symbol = history.parse().expect("a symbol");
            }
            all.push((format!("{name} on {history}"), here, history));
        }
    }
    all
}

/// At most `count` sets of the grid over all ranges of a document, at even distances.
pub fn spread_sets(document: &Document, plan: &Plan, count: usize) -> Vec<Vec<f64>> {
    let axes: Vec<Vec<f64>> = plan
        .parameters
        .iter()
        .map(|p| match document.parameters[&p.name].range {
            Some(range) => range.values().collect(),
            None => vec![p.value],
        })
        .collect();
    let all: usize = axes.iter().map(Vec::len).product();
    let wanted = count.min(all);
    let sets = (0..wanted).map(|number| {
        let mut rest = number * all / wanted;
        let mut set: Vec<f64> = axes
            .iter()
            .rev()
            .map(|axis| {
                let value = axis[rest % axis.len()];
                rest /= axis.len();
                value
            })
            .collect();
        set.reverse();
        set
    });
    sets.filter(|set| plan.value_fault(set).is_none()).collect()
}

/// Whether two values agree within a relative tolerance (absolute below 1); NaN agrees with NaN.
pub fn close_to(a: f64, b: f64, tolerance: f64) -> bool {
    a.is_nan() && b.is_nan() || (a - b).abs() <= tolerance * b.abs().max(1.0)
}
