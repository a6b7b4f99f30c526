//! The names that files give their columns.

use crate::{layout::Column, number, stamp};

/// A name without case, brackets, blanks and underscores.
pub(crate) fn normal(name: &[u8]) -> String {
    name.iter()
        .filter(|b| b.is_ascii_alphanumeric())
        .map(|b| b.to_ascii_lowercase() as char)
        .collect()
}

/// Whether these fields name columns: no value is a number, and one at least is a known name.
pub(crate) fn is_header(fields: &[&[u8]]) -> bool {
    fields
        .iter()
        .all(|f| number::parse(f, b'.').is_none_or(|n| n.is_nan()))
        && columns(fields).iter().any(|c| *c != Column::Ignored)
}

/// What the named columns hold.
pub(crate) fn columns(fields: &[&[u8]]) -> Vec<Column> {
    let names: Vec<String> = fields.iter().map(|f| normal(f)).collect();
    let mut columns = vec![Column::Ignored; names.len()];
    let mut assign = |column, wanted: &[&str]| {
        // Earlier names in `wanted` are surer.
        let at = wanted
            .iter()
            .find_map(|name| names.iter().position(|n| n == name));
        if let Some(at) = at {
            columns[at] = column;
        }
        at.is_some()
    };
    let whole = [
        "datetime",
        "timestamp",
        "gmttime",
        "utctime",
        "localtime",
        "opentime",
    ];
    if !assign(Column::Time, &whole) {
        let date = names.iter().any(|n| n == "date");
        let time = names.iter().any(|n| n == "time");
        match (date, time) {
            (true, true) => {
                assign(Column::Date, &["date"]);
                assign(Column::TimeOfDay, &["time"]);
            }
            (true, false) => _ = assign(Column::Time, &["date"]),
            (false, _) => _ = assign(Column::Time, &["time"]),
        }
    }
    assign(Column::Open, &["open", "openbid", "bidopen", "o"]);
    assign(Column::High, &["high", "highbid", "bidhigh", "h"]);
    assign(Column::Low, &["low", "lowbid", "bidlow", "l"]);
    assign(Column::Close, &["close", "closebid", "bidclose", "c"]);
    assign(
        Column::TickVolume,
        &["tickvol", "tickvolume", "ticks", "volume", "vol", "v"],
    );
    assign(Column::Spread, &["spread"]);
    columns
}

/// What the columns of a file without names hold, by a row of it: a date and a time, or both in
/// one, then open, high, low, close, and volume.
pub(crate) fn columns_by_looks(row: &[&[u8]]) -> Vec<Column> {
    let apart = row
        .first()
        .and_then(|f| stamp::split_date(f))
        .is_some_and(|d| d.rest.is_empty())
        && row.get(1).is_some_and(|f| f.contains(&b':'));
    let times: &[Column] = if apart {
        &[Column::Date, Column::TimeOfDay]
    } else {
        &[Column::Time]
    };
    let values = [
        Column::Open,
        Column::High,
        Column::Low,
        Column::Close,
        Column::TickVolume,
    ];
    let mut columns: Vec<Column> = times.iter().chain(&values).copied().collect();
    // MetaTrader 5 adds the real volume and the spread.
    if row.len() == columns.len() + 2 {
        columns.extend([Column::Ignored, Column::Spread]);
    }
    columns.resize(row.len(), Column::Ignored);
    columns
}
