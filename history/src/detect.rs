//! What kind of price file this is, from its first lines.

use crate::{
    error::{BadLayout, Foreign, ImportError},
    fault::excerpt,
    header,
    layout::{Column, Layout, MAX_COLUMNS, RowReader, split},
    line::{Lines, MAX_LINE, ReadFault},
    source::{Encoding, Source},
    stamp::{self, DateOrder, TimeFormat},
    zone::TimeZone,
};
use serde::Serialize;

/// Where a file comes from, by its looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// MetaTrader 5: Symbols, Bars, Export Bars.
    Mt5,
    /// HistData.com "Generic ASCII".
    HistDataAscii,
    /// HistData.com "MetaTrader", and the export of MetaTrader 4, which look the same.
    HistDataMetaTrader,
    /// Dukascopy.
    Dukascopy,
    /// Any other table with a time and four prices.
    Generic,
    /// Apache Parquet.
    Parquet,
}

/// What the trader should know of the clock of a file before choosing one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClockNote {
    /// MetaTrader 5 writes server time.
    Mt5,
    /// HistData documents one clock and often follows another.
    HistData,
    /// HistData and MetaTrader 4 write alike.
    HistDataOrMetaTrader,
    /// Nothing speaks for any clock.
    Unknown,
}

/// What was recognised, to be shown before an import.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Detected {
    /// The kind of file.
    pub format: Format,
    /// Whether it is gzip.
    pub compressed: bool,
    /// How its characters are stored.
    pub encoding: Encoding,
    /// Its columns.
    pub layout: Layout,
    /// The clock that files of this kind usually follow.
    pub zone: TimeZone,
    /// What the trader should know before choosing.
    pub notes: Vec<ClockNote>,
    /// The first rows as they stand in the file.
    pub sample: Vec<String>,
}

const SAMPLE_ROWS: usize = 5;

/// Recognises a file by its first bytes, as they are on disk (a few dozen kilobytes are plenty).
pub fn detect(start: &[u8], date_order: Option<DateOrder>) -> Result<Detected, ImportError> {
    let source = Source::new(start, u64::MAX).map_err(ImportError::Io)?;
    let mut lines = Lines::new(source);
    if let Err(fault) = lines.sample() {
        // The start of a gzip file ends somewhere in the middle: that alone is no fault.
        let some = !lines.peek().is_empty();
        if !(some && matches!(fault, ReadFault::BrokenGzip(_))) {
            return Err(ImportError::from_read(fault, 0));
        }
    }
    recognise(&lines, false, date_order)
}

/// Recognises the file whose sample `lines` hold; `whole` when that is all of it.
pub(crate) fn recognise<R: std::io::Read>(
    lines: &Lines<R>,
    whole: bool,
    date_order: Option<DateOrder>,
) -> Result<Detected, ImportError> {
    let text = lines.peek();
    if let Some(found) = not_text(text) {
        return Err(ImportError::NotText { found });
    }
    let rows = Rows::new(text, whole);
    let first = rows.first().ok_or(ImportError::Empty)?;
    if first.len() > MAX_LINE {
        return Err(ImportError::UnknownLayout {
            line: excerpt(first),
            why: BadLayout::LongLine,
        });
    }
    let delimiter = delimiter(&rows).ok_or_else(|| ImportError::UnknownLayout {
        line: excerpt(first),
        why: BadLayout::FewColumns,
    })?;
    let mut fields = [&b""[..]; MAX_COLUMNS];
    let width = split(first, delimiter, &mut fields);
    if width > MAX_COLUMNS {
        return Err(ImportError::UnknownLayout {
            line: excerpt(first),
            why: BadLayout::ManyColumns,
        });
    }
    let fields = &fields[..width];
    let header = header::is_header(fields);
    let data = rows.data(header);
    let sample_row = data.clone().next().ok_or(ImportError::HeaderOnly)?;
    let columns = if header {
        header::columns(fields)
    } else {
        let mut fields = [&b""[..]; MAX_COLUMNS];
        let width = split(sample_row, delimiter, &mut fields).min(MAX_COLUMNS);
        header::columns_by_looks(&fields[..width])
    };
    let kind = kind(header.then_some(fields), &columns, delimiter, sample_row);
    let time = time_format(&data, delimiter, &columns, kind, date_order)?;
    let layout = Layout {
        delimiter: delimiter as char,
        decimal_comma: delimiter != b',' && decimal_comma(sample_row, delimiter, &columns),
        header,
        columns,
        time,
    };
    if let Err(missing) = RowReader::new(&layout) {
        return Err(ImportError::MissingColumn {
            missing,
            line: excerpt(first),
        });
    }
    let format = match kind {
        Format::Generic
            if time == TimeFormat::EpochMillis && header::normal(fields[0]) == "timestamp" =>
        {
            Format::Dukascopy
        }
        other => other,
    };
    let (zone, notes) = clock(format, fields, &layout, sample_row);
    Ok(Detected {
        format,
        compressed: lines.compressed(),
        encoding: lines.encoding(),
        layout,
        zone,
        notes,
        sample: data.take(SAMPLE_ROWS).map(excerpt).collect(),
    })
}

/// The lines of the sample that are not empty.
struct Rows<'a>(&'a [u8]);

impl<'a> Rows<'a> {
    fn new(text: &'a [u8], whole: bool) -> Self {
        // The last line of a part may be cut; a single line is better than none.
        let end = match text.iter().rposition(|b| *b == b'\n') {
            Some(at) if !whole => at,
            _ => text.len(),
        };
        Self(&text[..end])
    }

    fn iter(&self) -> impl Iterator<Item = &'a [u8]> + Clone + use<'a> {
        self.0
            .split(|b| *b == b'\n')
            .map(<[u8]>::trim_ascii_end)
            .filter(|l| !l.is_empty())
    }

    fn first(&self) -> Option<&'a [u8]> {
        self.iter().next()
    }

    fn data(&self, header: bool) -> impl Iterator<Item = &'a [u8]> + Clone + use<'a> {
        self.iter().skip(usize::from(header))
    }
}

/// What the bytes are if not text.
fn not_text(bytes: &[u8]) -> Option<Foreign> {
    const KNOWN: [(&[u8], Foreign); 8] = [
        (b"PK\x03\x04", Foreign::Zip),
        (b"\xd0\xcf\x11\xe0", Foreign::Excel),
        (b"PAR1", Foreign::Parquet),
        (b"%PDF", Foreign::Pdf),
        (b"7z\xbc\xaf", Foreign::SevenZip),
        (b"Rar!", Foreign::Rar),
        (b"SQLite format 3", Foreign::Sqlite),
        (b"\x1f\x8b", Foreign::GzipTwice),
    ];
    if let Some((_, found)) = KNOWN.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some(*found);
    }
    let start = bytes.trim_ascii_start();
    let begins = |text: &[u8]| {
        start
            .get(..text.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(text))
    };
    if begins(b"<!doctype") || begins(b"<html") || begins(b"<?xml") {
        return Some(Foreign::WebPage);
    }
    if matches!(start.first(), Some(b'{' | b'[')) {
        return Some(Foreign::Json);
    }
    let odd = bytes
        .iter()
        .filter(|b| **b < 0x20 && !matches!(b, b'\t' | b'\r' | b'\n'))
        .count();
    (odd * 100 > bytes.len()).then_some(Foreign::Binary)
}

/// The character that divides the first lines into at least five fields each.
fn delimiter(rows: &Rows<'_>) -> Option<u8> {
    let count = |line: &[u8], delimiter| line.iter().filter(|b| **b == delimiter).count();
    [b'\t', b';', b','].into_iter().find(|delimiter| {
        let mut lines = rows.iter().take(2);
        lines.all(|line| count(line, *delimiter) >= 4)
    })
}

fn decimal_comma(row: &[u8], delimiter: u8, columns: &[Column]) -> bool {
    let mut fields = [&b""[..]; MAX_COLUMNS];
    split(row, delimiter, &mut fields);
    columns.iter().zip(fields).any(|(column, field)| {
        let price = matches!(
            column,
            Column::Open | Column::High | Column::Low | Column::Close
        );
        price && field.contains(&b',') && !field.contains(&b'.')
    })
}

fn kind(header: Option<&[&[u8]]>, columns: &[Column], delimiter: u8, row: &[u8]) -> Format {
    if let Some(fields) = header {
        let first = fields.first().copied().unwrap_or_default();
        return match header::normal(first).as_str() {
            _ if first.starts_with(b"<") => Format::Mt5,
            "gmttime" | "localtime" => Format::Dukascopy,
            _ => Format::Generic,
        };
    }
    let apart = columns.contains(&Column::TimeOfDay);
    match (delimiter, columns.len()) {
        (b'\t', 8 | 9) => Format::Mt5,
        (b';', 6) if row.len() > 15 && row[8] == b' ' && row[15] == b';' => Format::HistDataAscii,
        (b',', 7) if apart && row.get(4) == Some(&b'.') => Format::HistDataMetaTrader,
        _ => Format::Generic,
    }
}

fn time_format<'a>(
    data: &(impl Iterator<Item = &'a [u8]> + Clone),
    delimiter: u8,
    columns: &[Column],
    kind: Format,
    date_order: Option<DateOrder>,
) -> Result<TimeFormat, ImportError> {
    let at = columns
        .iter()
        .position(|c| matches!(c, Column::Time | Column::Date))
        .ok_or(ImportError::MissingColumn {
            missing: Column::Time,
            line: data.clone().next().map(excerpt).unwrap_or_default(),
        })?;
    let (mut day_first, mut month_first) = (None, None);
    let mut example = None;
    for row in data.clone() {
        let mut fields = [&b""[..]; MAX_COLUMNS];
        split(row, delimiter, &mut fields);
        let text = fields[at];
        if let Some(epoch) = epoch_format(text) {
            return Ok(epoch);
        }
        let Some(date) = stamp::split_date(text) else {
            continue;
        };
        if date.year_first {
            return Ok(TimeFormat::Civil(DateOrder::YearFirst));
        }
        if let Some(order) = date_order {
            return Ok(TimeFormat::Civil(order));
        }
        example.get_or_insert(text);
        if date.numbers[0] > 12 {
            day_first.get_or_insert(text);
        } else if date.numbers[1] > 12 {
            month_first.get_or_insert(text);
        }
    }
    match (day_first, month_first, example) {
        (Some(day), Some(month), _) => Err(ImportError::MixedDates {
            day_first: excerpt(day),
            month_first: excerpt(month),
        }),
        (Some(_), None, _) => Ok(TimeFormat::Civil(DateOrder::DayFirst)),
        (None, Some(_), _) => Ok(TimeFormat::Civil(DateOrder::MonthFirst)),
        // Dukascopy documents the day first, and its first column's name gives it away.
        (None, None, Some(_)) if kind == Format::Dukascopy => {
            Ok(TimeFormat::Civil(DateOrder::DayFirst))
        }
        (None, None, Some(example)) => Err(ImportError::AmbiguousDates {
            example: excerpt(example),
        }),
        // No time could be read at all: the rows will be reported as faults one by one.
        (None, None, None) => Ok(TimeFormat::Civil(
            date_order.unwrap_or(DateOrder::YearFirst),
        )),
    }
}

/// Plain digits of the right length are a time since the epoch and no date.
fn epoch_format(text: &[u8]) -> Option<TimeFormat> {
    let whole = text.strip_suffix(b".0").unwrap_or(text);
    if !whole.iter().all(u8::is_ascii_digit) {
        return None;
    }
    match whole.len() {
        9 | 10 => Some(TimeFormat::EpochSeconds),
        13 => Some(TimeFormat::EpochMillis),
        // Twelve digits may be 201701021801, and a real date wins: before 2001 nobody kept
        // milliseconds.
        12 if stamp::split_date(text).is_none_or(|d| !(1900..=2200).contains(&d.numbers[0])) => {
            Some(TimeFormat::EpochMillis)
        }
        _ => None,
    }
}

/// The clock to suggest, and what to say about it.
fn clock(
    format: Format,
    header: &[&[u8]],
    layout: &Layout,
    row: &[u8],
) -> (TimeZone, Vec<ClockNote>) {
    let new_york = || "America/New_York".parse().unwrap_or_default();
    let mut notes = Vec::new();
    let own = layout.time == TimeFormat::EpochSeconds
        || layout.time == TimeFormat::EpochMillis
        || has_offset(layout, row);
    let zone = if own {
        TimeZone::UTC
    } else {
        match format {
            Format::Mt5 => {
                notes.push(ClockNote::Mt5);
                TimeZone::mt5()
            }
            Format::HistDataAscii => {
                notes.push(ClockNote::HistData);
                new_york()
            }
            Format::HistDataMetaTrader => {
                notes.push(ClockNote::HistDataOrMetaTrader);
                new_york()
            }
            Format::Dukascopy
                if header
                    .first()
                    .is_some_and(|n| header::normal(n) == "gmttime") =>
            {
                TimeZone::UTC
            }
            _ => {
                notes.push(ClockNote::Unknown);
                TimeZone::UTC
            }
        }
    };
    (zone, notes)
}

/// Whether the first row's time names its own offset.
fn has_offset(layout: &Layout, row: &[u8]) -> bool {
    let Ok(reader) = RowReader::new(layout) else {
        return false;
    };
    matches!(reader.read(row), Ok((stamp::Stamp::Utc(_), _)))
}
