//! What the room says, in English.

use super::{GAPS_TOLD, ROWS_TOLD, io_text, sink_error};
use crate::{
    detect::{ClockNote, Detected, Format},
    disorder::{OddRow, OddRows},
    error::{BadLayout, Foreign, ImportError},
    fault::{Fault, FaultKind},
    layout::Column,
    merge::Merged,
    quality::Gap,
    report::{Flaw, ImportNote, ImportReport},
    stamp::{DateOrder, TimeFormat},
    zone::{TimeZone, UnknownTimeZone},
};
use trading::{
    language::Language::En,
    time::{DAY, HOUR, MINUTE},
    timeframe::Timeframe,
};

pub(super) fn import_error(error: &ImportError) -> String {
    match error {
        ImportError::Io(error) => format!("the file could not be read: {}", io_text(error, En)),
        ImportError::Empty => "the file is empty; export the bars again".to_owned(),
        ImportError::HeaderOnly => {
            "the file has a header but no rows; export the bars again with a longer period"
                .to_owned()
        }
        ImportError::NotText { found } => format!(
            "this is not a text file with prices but {found}. Price history comes as CSV, plain or \
             gzip, or as Parquet"
        ),
        ImportError::Damaged { line, what } => format!(
            "the gzip file is damaged or cut short after line {line}: {what}. Download or copy it \
             again"
        ),
        ImportError::TooLarge { limit, line } => format!(
            "the file holds more than {limit} bytes once unpacked, which is the limit; stopped at \
             line {line}. Raise the limit if the file is to be trusted"
        ),
        ImportError::UnknownLayout { line, why } => format!(
            "the columns were not recognised: {why}. The first line is \"{line}\". Expected are a \
             time, open, high, low and close, divided by comma, semicolon or tab"
        ),
        ImportError::MissingColumn { missing, line } => format!(
            "there is no column \"{missing}\". The first line is \"{line}\". Needed are time (or \
             date and time), open, high, low and close"
        ),
        ImportError::AmbiguousDates { example } => format!(
            "does \"{example}\" begin with the day or with the month? The dates of this file can \
             be read both ways: say which, with the date order \"day-first\" or \"month-first\""
        ),
        ImportError::MixedDates {
            day_first,
            month_first,
        } => format!(
            "the dates are mixed: \"{day_first}\" has the day first and \"{month_first}\" the \
             month. Repair the file, or say \"day-first\" or \"month-first\" to drop the others"
        ),
        ImportError::MostlyFaulty { rows, bad, first } => {
            let first: String = first
                .iter()
                .take(ROWS_TOLD)
                .map(|fault| format!("\n  {fault}"))
                .collect();
            format!(
                "{} of the first {} rows are faulty, so this is hardly a file of prices in the \
                 layout that was recognised. The first faults:{first}",
                count(*bad),
                count(*rows)
            )
        }
        ImportError::TooDisordered { limit, line } => format!(
            "more than {} rows are far out of order (line {line} is one), too many to sort. Sort \
             the file by time first",
            count(*limit as u64)
        ),
        #[cfg(feature = "parquet")]
        ImportError::Parquet(fault) => parquet_fault(fault),
        ImportError::Sink(error) => {
            format!("the bars could not be stored: {}", sink_error(error, En))
        }
    }
}

pub(super) fn foreign(found: &Foreign) -> String {
    match found {
        Foreign::Zip => "a ZIP archive or an Excel workbook; unpack it, or save the sheet as CSV",
        Foreign::Excel => "an Excel workbook; save the sheet as CSV",
        Foreign::Parquet => "a Parquet file, and this place reads text only",
        Foreign::Pdf => "a PDF document",
        Foreign::SevenZip => "a 7z archive; unpack it",
        Foreign::Rar => "a RAR archive; unpack it",
        Foreign::Sqlite => "an SQLite database",
        Foreign::GzipTwice => "gzip inside gzip; unpack it once",
        Foreign::WebPage => "a web page; the download probably needs a login",
        Foreign::Json => "JSON; export the prices as CSV",
        Foreign::Binary => "binary data",
    }
    .to_owned()
}

pub(super) fn bad_layout(why: &BadLayout) -> String {
    match why {
        BadLayout::LongLine => "the first line is too long for a row of prices",
        BadLayout::FewColumns => "there are no five columns divided by comma, semicolon or tab",
        BadLayout::ManyColumns => "there are more than 64 columns",
    }
    .to_owned()
}

pub(super) fn fault(fault: &Fault) -> String {
    let mut text = format!("line {}", fault.line);
    if let Some(column) = fault.column {
        text += &format!(", column {column}");
    }
    text += &format!(": {}", fault.kind);
    if !fault.text.is_empty() {
        text += &format!(": \"{}\"", fault.text);
    }
    text
}

pub(super) fn fault_kind(kind: &FaultKind) -> String {
    match kind {
        FaultKind::LineTooLong => "the line is too long for a row of prices",
        FaultKind::TooFewColumns => "the row has too few columns",
        FaultKind::TooManyColumns => "the row has too many columns",
        FaultKind::UnreadableTime => "this is not a time as the other rows write it",
        FaultKind::TimeOutOfRange => "the year is not between 1900 and 2200",
        FaultKind::NotANumber => "this is not a number",
        FaultKind::NotFinite => "this is not a finite number",
        FaultKind::NotPositive => "a price must be above zero",
        FaultKind::Negative => "this must not be below zero",
        FaultKind::HighBelowLow => "the high is below the low",
        FaultKind::OutsideRange => "open or close lies outside low to high",
    }
    .to_owned()
}

pub(super) fn column(column: &Column) -> String {
    match column {
        Column::Time => "time",
        Column::Date => "date",
        Column::TimeOfDay => "time of day",
        Column::Open => "open",
        Column::High => "high",
        Column::Low => "low",
        Column::Close => "close",
        Column::TickVolume => "tick volume",
        Column::Spread => "spread",
        Column::Ignored => "(not used)",
    }
    .to_owned()
}

pub(super) fn format(format: &Format) -> String {
    match format {
        Format::Mt5 => "MetaTrader 5 export",
        Format::HistDataAscii => "HistData generic ASCII",
        Format::HistDataMetaTrader => "HistData or MetaTrader 4",
        Format::Dukascopy => "Dukascopy",
        Format::Generic => "text table",
        Format::Parquet => "Parquet",
    }
    .to_owned()
}

pub(super) fn time_format(format: &TimeFormat) -> String {
    match format {
        TimeFormat::Civil(DateOrder::YearFirst) => "date with the year first",
        TimeFormat::Civil(DateOrder::DayFirst) => "date with the day first",
        TimeFormat::Civil(DateOrder::MonthFirst) => "date with the month first",
        TimeFormat::EpochSeconds => "seconds since 1970",
        TimeFormat::EpochMillis => "milliseconds since 1970",
    }
    .to_owned()
}

pub(super) fn clock_note(note: &ClockNote) -> String {
    match note {
        ClockNote::Mt5 => {
            "MetaTrader 5 exports the broker's server time. Most servers run at New York time plus \
             7 hours (zone mt5); ask the broker if unsure."
        }
        ClockNote::HistData => {
            "HistData documents New York time without daylight saving (zone -05:00), but its files \
             often follow New York with daylight saving (zone America/New_York): compare a known \
             hour in summer."
        }
        ClockNote::HistDataOrMetaTrader => {
            "HistData and MetaTrader 4 write this layout alike. From HistData the clock is New \
             York (zone America/New_York, or -05:00 as documented); from MetaTrader it is the \
             broker's server time (zone mt5 for most)."
        }
        ClockNote::Unknown => {
            "The file does not say its clock; UTC is assumed unless a zone is chosen."
        }
    }
    .to_owned()
}

pub(super) fn detected(detected: &Detected) -> String {
    let layout = &detected.layout;
    let columns: Vec<String> = layout.columns.iter().map(column).collect();
    let divided = match layout.delimiter {
        '\t' => "tab".to_owned(),
        other => format!("\"{other}\""),
    };
    let clock = if detected.zone == TimeZone::UTC {
        "UTC".to_owned()
    } else {
        format!("not in the file; usual for its kind is {}", detected.zone)
    };
    let mut text = format!(
        "  kind      {}{}\n  columns   {} (divided by {divided})\n  times     {}\n  clock     \
         {clock}\n  rows",
        detected.format,
        if detected.compressed { ", gzip" } else { "" },
        columns.join(", "),
        layout.time,
    );
    for row in &detected.sample {
        text += &format!("\n            {row}");
    }
    for note in &detected.notes {
        text += &format!("\n  {note}");
    }
    text
}

pub(super) fn import_note(note: &ImportNote) -> String {
    match note {
        ImportNote::OtherClock { read, usual } => {
            format!("times were read as {read}; files of this kind usually follow {usual}")
        }
        ImportNote::OtherDistance { taken, most } => format!(
            "bars were taken for {taken}, yet most lie {most} apart: the file may hold several \
             timeframes"
        ),
        ImportNote::UnknownTimeframe => {
            "the length of the bars could not be told from their distances: say the timeframe"
                .to_owned()
        }
        ImportNote::Clock(clock) => format!("the times follow {clock}"),
    }
}

pub(super) fn import_report(report: &ImportReport) -> String {
    let timeframe = report
        .timeframe
        .map_or("of unknown length", Timeframe::name);
    let mut text = format!(
        "{} {timeframe} bars from {} rows ({}, times read as {})",
        count(report.bars),
        count(report.rows),
        report.format,
        report.zone
    );
    if let Some((first, last)) = report.first.zip(report.last) {
        text += &format!("\n{first} to {last}");
    }
    for flaw in flaws(report) {
        text += &format!("\n{}", flaw.block());
    }
    if report.faults.total > ROWS_TOLD as u64 {
        text += "\n  faults in all:";
        for (kind, times) in &report.faults.kinds {
            text += &format!("\n    {} times: {kind}", count(*times));
        }
    }
    for (number, what) in [
        (
            report.ambiguous_times,
            "times in an hour that comes twice, settled by order",
        ),
        (
            report.missing_times,
            "times that the clock skips, read one hour on",
        ),
    ] {
        if number > 0 {
            text += &format!("\n{} {what}", count(number));
        }
    }
    text += &format!(
        "\n{} beside {} and {}",
        counted(report.gaps.count, "gap", "gaps"),
        counted(report.gaps.weekends, "weekend", "weekends"),
        counted(report.gaps.short_pauses, "short pause", "short pauses")
    );
    let mut gaps = report.gaps.largest.iter().take(GAPS_TOLD);
    if let Some(Gap {
        after,
        before,
        missing,
    }) = gaps.next()
    {
        let (days, rest) = (missing / DAY, missing % DAY);
        let (hours, minutes) = (rest / HOUR, rest % HOUR / MINUTE);
        text +=
            &format!("; the longest, {days} d {hours} h {minutes} min, from {after} to {before}");
    }
    for gap in gaps {
        text += &format!("\n  then from {} to {}", gap.after, gap.before);
    }
    for note in &report.notes {
        text += &format!("\nNote: {note}");
    }
    text
}

pub(super) fn flaws(report: &ImportReport) -> Vec<Flaw> {
    let rows = |number| counted(number, "row", "rows");
    let faulty = || Flaw {
        what: format!("{} not taken", rows(report.faults.total)),
        first: report
            .faults
            .first
            .iter()
            .take(ROWS_TOLD)
            .map(fault)
            .collect(),
        more: more(report.faults.total),
    };
    let odd = |odd: &OddRows, what: &str, told: fn(&OddRow) -> String| Flaw {
        what: format!("{} {what}", rows(odd.total)),
        first: odd.first.iter().take(ROWS_TOLD).map(told).collect(),
        more: more(odd.total),
    };
    let mut flaws = Vec::new();
    if report.faults.total > 0 {
        flaws.push(faulty());
    }
    if report.reordered.total > 0 {
        flaws.push(odd(
            &report.reordered,
            "behind one of a later time, put in order",
            |row| {
                format!(
                    "line {}: {} stands behind {}, whose time is later",
                    row.line,
                    row.time,
                    other(row)
                )
            },
        ));
    }
    if report.duplicates.total > 0 {
        flaws.push(odd(
            &report.duplicates,
            "repeating another exactly, kept once",
            |row| format!("line {}: {} repeats {}", row.line, row.time, other(row)),
        ));
    }
    if report.conflicts.total > 0 {
        flaws.push(odd(
            &report.conflicts,
            "with the time of another and other values; the last in the file was kept",
            |row| {
                format!(
                    "line {}: {} takes the place of {}",
                    row.line,
                    row.time,
                    other(row)
                )
            },
        ));
    }
    flaws
}

fn other(row: &OddRow) -> String {
    match row.other {
        Some(line) => format!("line {line}"),
        None => "a line far above".to_owned(),
    }
}

fn more(total: u64) -> Option<String> {
    let more = total.saturating_sub(ROWS_TOLD as u64);
    (more > 0).then(|| format!("and {} more", count(more)))
}

pub(super) fn merged(merged: &Merged) -> String {
    format!(
        "Merged with what was there: {} added, {} already there, {} replaced by the new file's",
        counted(merged.added, "bar", "bars"),
        count(merged.same),
        count(merged.replaced)
    )
}

pub(super) fn unknown_time_zone(zone: &UnknownTimeZone) -> String {
    format!(
        "\"{}\" is not a time zone; use UTC, an offset such as +02:00, a place such as \
         Europe/London, or mt5 for the server time of most brokers (America/New_York+7)",
        zone.0
    )
}

#[cfg(feature = "parquet")]
pub(super) fn parquet_fault(fault: &crate::parquet::ParquetFault) -> String {
    use crate::parquet::{MAX_BARS, ParquetFault, ValueType, Wanted};
    match fault {
        ParquetFault::Io(error) => format!(
            "the Parquet file could not be read or written: {}",
            io_text(error, En)
        ),
        ParquetFault::Damaged(what) => {
            format!("the Parquet file is damaged: {what}. Copy or import it again")
        }
        ParquetFault::Contradictory => "the Parquet file is damaged: its structure contradicts \
                                        itself. Copy or import it again"
            .to_owned(),
        ParquetFault::MissingColumn(name) => format!(
            "the Parquet file has no column \"{name}\"; needed are time, open, high, low and close \
             at the top level"
        ),
        ParquetFault::WrongType {
            column,
            found,
            wanted,
        } => {
            let found = match found {
                ValueType::YesNo => "yes and no",
                ValueType::OldTime => "outdated 96-bit times",
                ValueType::Text => "text",
                ValueType::Bytes => "bytes",
                ValueType::Number => "numbers",
            };
            let wanted = match wanted {
                Wanted::Time => "a time in whole units",
                Wanted::Number => "a number",
            };
            format!("column \"{column}\" of the Parquet file holds {found}, which is not {wanted}")
        }
        ParquetFault::MissingValue { column, bar } => {
            format!("column \"{column}\" of the Parquet file lacks values near bar {bar}")
        }
        ParquetFault::Bar { bar, kind } => format!("bar {bar} is not valid: {kind}"),
        ParquetFault::Time { bar } => {
            format!("the time of bar {bar} is not between the years 1900 and 2200")
        }
        ParquetFault::TooMany => format!(
            "the Parquet file claims more than {} bars, which is the limit",
            count(MAX_BARS)
        ),
    }
}

#[cfg(all(feature = "files", feature = "parquet"))]
pub(super) fn store_error(error: &crate::store::StoreError) -> String {
    use crate::store::StoreError;
    match error {
        StoreError::BadSymbol(symbol) => bad_symbol(symbol),
        StoreError::Io { path, error } => format!("{}: {}", path.display(), io_text(error, En)),
        StoreError::Missing { symbol, timeframe } => {
            format!("there is no {timeframe} history of {symbol}; import it first")
        }
        StoreError::Parquet { path, fault } => {
            format!("{}: {}", path.display(), parquet_fault(fault))
        }
        StoreError::Import(error) => import_error(error),
        StoreError::UnknownTimeframe => {
            "the length of the bars could not be told from their distances; say the timeframe"
                .to_owned()
        }
        StoreError::Merge(error) => format!(
            "the new bars could not be merged into the history: {}",
            sink_error(error, En)
        ),
    }
}

#[cfg(all(feature = "files", feature = "parquet"))]
pub(super) fn bad_symbol(symbol: &crate::store::BadSymbol) -> String {
    format!(
        "\"{}\" cannot be the name of a symbol here: use 1 to 32 of A-Z a-z 0-9 . _ # - +, with a \
         letter, digit, _ or # first and no dot last",
        symbol.0
    )
}

fn count(number: u64) -> String {
    super::count(number, En)
}

fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", count(number), if number == 1 { one } else { many })
}
