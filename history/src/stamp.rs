//! Dates and times as price files write them.

use crate::{number, zone::parse_offset};
use serde::{Deserialize, Serialize};
use trading::time::{HOUR, MINUTE, SECOND, Time, days_from_civil};

/// The order of day, month and year in a file's dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateOrder {
    /// 2017-01-31, also without separators.
    YearFirst,
    /// 31.01.2017.
    DayFirst,
    /// 01/31/2017.
    MonthFirst,
}

/// How a file writes its times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TimeFormat {
    /// A date, with or without a time of day.
    Civil(DateOrder),
    /// Seconds since 1970-01-01 UTC.
    EpochSeconds,
    /// Milliseconds since 1970-01-01 UTC.
    EpochMillis,
}

/// A time as the file says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stamp {
    /// On the file's clock, counted as though it were UTC.
    Local(i64),
    /// With an offset of its own, or since the epoch: already UTC.
    Utc(i64),
}

/// Why a time was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StampFault {
    /// It is not written as the file's other times are.
    Unreadable,
    /// The year is before 1900 or after 2200: hardly a price.
    OutOfRange,
}

const YEARS: std::ops::RangeInclusive<i64> = 1900..=2200;

/// A date split into its numbers, and what follows it.
pub(crate) struct DateParts<'a> {
    /// The numbers in the order of the text.
    pub(crate) numbers: [i64; 3],
    /// Whether the year came first.
    pub(crate) year_first: bool,
    /// The text after the date.
    pub(crate) rest: &'a [u8],
}

/// Splits `2017-01-31`, `20170131`, `31.01.2017` or `1/31/2017`, whatever follows.
pub(crate) fn split_date(text: &[u8]) -> Option<DateParts<'_>> {
    let (first, first_len) = digits(text);
    match (first_len, text.get(first_len)) {
        // 8 digits of date, or 12 or 14 with the time behind it
        (8 | 12 | 14, _) => {
            let (date, rest) = text.split_at(8);
            let date = number::parse_integer(date)?;
            Some(DateParts {
                numbers: [date / 10_000, date / 100 % 100, date % 100],
                year_first: true,
                rest,
            })
        }
        (1 | 2 | 4, Some(&separator @ (b'-' | b'/' | b'.'))) => {
            let text = &text[first_len + 1..];
            let (second, second_len) = digits(text);
            if !(1..=2).contains(&second_len) || text.get(second_len) != Some(&separator) {
                return None;
            }
            let text = &text[second_len + 1..];
            let (third, third_len) = digits(text);
            let year_first = first_len == 4;
            let fits = if year_first {
                (1..=2).contains(&third_len)
            } else {
                third_len == 4
            };
            fits.then(|| DateParts {
                numbers: [first, second, third],
                year_first,
                rest: &text[third_len..],
            })
        }
        _ => None,
    }
}

/// The number at the start of `text` and its length, of at most 15 digits.
fn digits(text: &[u8]) -> (i64, usize) {
    let mut value = 0;
    let mut len = 0;
    while let Some(byte) = text.get(len).filter(|b| b.is_ascii_digit() && len < 15) {
        value = value * 10 + i64::from(byte - b'0');
        len += 1;
    }
    (value, len)
}

/// Reads a time written as `format` says. `time_of_day` is the second column of files that keep
/// date and time apart.
pub(crate) fn parse(
    text: &[u8],
    time_of_day: Option<&[u8]>,
    format: TimeFormat,
) -> Result<Stamp, StampFault> {
    match format {
        TimeFormat::Civil(order) => civil(text, time_of_day, order),
        TimeFormat::EpochSeconds => epoch(text, SECOND),
        TimeFormat::EpochMillis => epoch(text, 1),
    }
}

fn epoch(text: &[u8], unit: i64) -> Result<Stamp, StampFault> {
    // Some programs write whole seconds as 1483228800.0
    let whole = match text.iter().position(|b| *b == b'.') {
        Some(at) if text[at + 1..].iter().all(|b| *b == b'0') => &text[..at],
        _ => text,
    };
    let value = number::parse_integer(whole).ok_or(StampFault::Unreadable)?;
    let millis = value.checked_mul(unit).ok_or(StampFault::OutOfRange)?;
    if millis > days_from_civil(*YEARS.end() + 1, 1, 1) * trading::time::DAY {
        return Err(StampFault::OutOfRange);
    }
    Ok(Stamp::Utc(millis))
}

fn civil(text: &[u8], time: Option<&[u8]>, order: DateOrder) -> Result<Stamp, StampFault> {
    let parts = split_date(text).ok_or(StampFault::Unreadable)?;
    let [a, b, c] = parts.numbers;
    let (year, month, day) = match order {
        DateOrder::YearFirst if parts.year_first => (a, b, c),
        DateOrder::DayFirst if !parts.year_first => (c, b, a),
        DateOrder::MonthFirst if !parts.year_first => (c, a, b),
        _ => return Err(StampFault::Unreadable),
    };
    if !YEARS.contains(&year) {
        return Err(StampFault::OutOfRange);
    }
    if !(1..=12).contains(&month) || !(1..=days_in_month(year, month)).contains(&day) {
        return Err(StampFault::Unreadable);
    }
    let midnight = Time::from_civil(year, month, day, 0, 0, 0).0;
    let rest = match time {
        // The date column of a file with a time column may carry a midnight of its own.
        Some(time) if parts.rest.is_empty() || is_midnight(parts.rest) => time,
        Some(_) => return Err(StampFault::Unreadable),
        None => after_separator(parts.rest).ok_or(StampFault::Unreadable)?,
    };
    if rest.is_empty() {
        return Ok(Stamp::Local(midnight));
    }
    let (of_day, rest) = time_of_day(rest).ok_or(StampFault::Unreadable)?;
    match offset(rest).ok_or(StampFault::Unreadable)? {
        Some(offset) => Ok(Stamp::Utc(midnight + of_day - offset)),
        None => Ok(Stamp::Local(midnight + of_day)),
    }
}

/// Steps over the `T` or the blank between date and time. A compact time needs none.
fn after_separator(rest: &[u8]) -> Option<&[u8]> {
    match rest {
        [b'T' | b't' | b' ', time @ ..] => Some(time.trim_ascii_start()),
        [] | [b'0'..=b'9', ..] => Some(rest),
        _ => None,
    }
}

fn is_midnight(rest: &[u8]) -> bool {
    rest.iter()
        .all(|b| matches!(b, b'0' | b':' | b' ' | b'.' | b'T'))
}

fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// `HH:MM`, `HH:MM:SS`, `HH:MM:SS.fff`, `HHMM` or `HHMMSS` in milliseconds since midnight, and
/// what follows. Anything below a millisecond is dropped.
fn time_of_day(text: &[u8]) -> Option<(i64, &[u8])> {
    let (first, len) = digits(text);
    let (hour, minute, second, mut rest) = match (len, text.get(len)) {
        (1 | 2, Some(b':')) => {
            let text = &text[len + 1..];
            let (minute, len) = digits(text);
            let rest = text.get(len..)?;
            if len != 2 {
                return None;
            }
            match rest {
                [b':', seconds @ ..] => {
                    let (second, len) = digits(seconds);
                    if len != 2 {
                        return None;
                    }
                    (first, minute, second, &seconds[2..])
                }
                _ => (first, minute, 0, rest),
            }
        }
        (4, _) => (first / 100, first % 100, 0, &text[4..]),
        (6, _) => (first / 10_000, first / 100 % 100, first % 100, &text[6..]),
        _ => return None,
    };
    let mut millis = 0;
    if let [b'.' | b',', fraction @ ..] = rest {
        let (_, len) = digits(fraction);
        if len == 0 {
            return None;
        }
        let digit = |i: usize| fraction[..len].get(i).map_or(0, |b| i64::from(b - b'0'));
        millis = digit(0) * 100 + digit(1) * 10 + digit(2);
        rest = &fraction[len..];
    }
    (hour < 24 && minute < 60 && second < 60).then(|| {
        (
            hour * HOUR + minute * MINUTE + second * SECOND + millis,
            rest,
        )
    })
}

/// The offset at the end of a time: none, `Z`, `+02:00`, ` GMT+0200`, ` UTC`.
fn offset(rest: &[u8]) -> Option<Option<i64>> {
    let rest = rest.trim_ascii();
    if rest.is_empty() {
        return Some(None);
    }
    let rest = match rest {
        [b'G', b'M', b'T', offset @ ..] | [b'U', b'T', b'C', offset @ ..] => offset,
        [b'Z' | b'z', offset @ ..] => offset,
        _ => return parse_offset(std::str::from_utf8(rest).ok()?).map(Some),
    };
    if rest.is_empty() {
        return Some(Some(0));
    }
    parse_offset(std::str::from_utf8(rest).ok()?).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, order: DateOrder) -> Option<String> {
        match parse(text.as_bytes(), None, TimeFormat::Civil(order)) {
            Ok(Stamp::Local(t)) => Some(format!("local {}", &Time(t).to_string()[..19])),
            Ok(Stamp::Utc(t)) => Some(format!("utc {}", &Time(t).to_string()[..19])),
            Err(_) => None,
        }
    }

    #[test]
    fn every_way_to_write_a_time() {
        use DateOrder::*;
        for (text, order, expected) in [
            (
                "2017-01-31 18:01:05",
                YearFirst,
                "local 2017-01-31T18:01:05",
            ),
            ("2017-01-31T18:01", YearFirst, "local 2017-01-31T18:01:00"),
            ("2017.01.31 18:01", YearFirst, "local 2017-01-31T18:01:00"),
            ("20170131 180105", YearFirst, "local 2017-01-31T18:01:05"),
            ("20170131180105", YearFirst, "local 2017-01-31T18:01:05"),
            ("201701311801", YearFirst, "local 2017-01-31T18:01:00"),
            ("20170131", YearFirst, "local 2017-01-31T00:00:00"),
            ("2017-1-3", YearFirst, "local 2017-01-03T00:00:00"),
            (
                "31.01.2017 18:01:00.123",
                DayFirst,
                "local 2017-01-31T18:01:00",
            ),
            ("1/31/2017 8:01", MonthFirst, "local 2017-01-31T08:01:00"),
            ("2017-01-31T18:01:05Z", YearFirst, "utc 2017-01-31T18:01:05"),
            (
                "2017-01-31T18:01:05.5+02:00",
                YearFirst,
                "utc 2017-01-31T16:01:05",
            ),
            (
                "2017-01-31 18:01:05-0530",
                YearFirst,
                "utc 2017-01-31T23:31:05",
            ),
            (
                "31.01.2017 18:01:00.000 GMT+0200",
                DayFirst,
                "utc 2017-01-31T16:01:00",
            ),
            (
                "2017-01-31 18:01:05 UTC",
                YearFirst,
                "utc 2017-01-31T18:01:05",
            ),
            ("2016-02-29", YearFirst, "local 2016-02-29T00:00:00"),
        ] {
            assert_eq!(read(text, order).as_deref(), Some(expected), "{text}");
        }
        for (text, order) in [
            ("2017-02-29", YearFirst),
            ("2017-13-01", YearFirst),
            ("2017-01-31", DayFirst),
            ("31/01/2017", YearFirst),
            ("31/01/2017", MonthFirst),
            ("31/01/17", DayFirst),
            ("2017-01-31 24:00", YearFirst),
            ("2017-01-31 18:60", YearFirst),
            ("2017-01-31 18:1", YearFirst),
            ("2017-01-31 18:01:", YearFirst),
            ("2017-01-31X18:01", YearFirst),
            ("2017-01-31 18:01 abc", YearFirst),
            ("2017-01-31 18:01:00.", YearFirst),
            ("0001-01-01", YearFirst),
            ("", YearFirst),
            ("-", YearFirst),
            ("2017-", YearFirst),
        ] {
            assert_eq!(read(text, order), None, "{text}");
        }
    }

    #[test]
    fn epoch_and_separate_columns() {
        let seconds = parse(b"1483228800", None, TimeFormat::EpochSeconds);
        assert_eq!(seconds, Ok(Stamp::Utc(1_483_228_800_000)));
        let seconds = parse(b"1483228800.0", None, TimeFormat::EpochSeconds);
        assert_eq!(seconds, Ok(Stamp::Utc(1_483_228_800_000)));
        let millis = parse(b"1483228800123", None, TimeFormat::EpochMillis);
        assert_eq!(millis, Ok(Stamp::Utc(1_483_228_800_123)));
        let wrong = parse(b"1483228800123", None, TimeFormat::EpochSeconds);
        assert_eq!(wrong, Err(StampFault::OutOfRange));
        let apart = parse(
            b"2017.01.02",
            Some(b"18:01"),
            TimeFormat::Civil(DateOrder::YearFirst),
        );
        assert_eq!(
            apart,
            Ok(Stamp::Local(Time::from_civil(2017, 1, 2, 18, 1, 0).0))
        );
    }
}
