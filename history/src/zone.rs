//! The clock that a file's time stamps were written by.

use jiff::{Timestamp, civil, tz};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use trading::time::{DAY, HOUR, MINUTE, SECOND, Time};

/// A clock: UTC, a fixed offset, a place, or a place shifted by hours.
///
/// The shift is for MetaTrader servers: most brokers run them at New York time plus seven hours,
/// so that a trading day ends at midnight and daylight saving follows America, not Europe.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(try_from = "String", into = "String")]
pub struct TimeZone(Clock);

#[derive(Debug, Clone, PartialEq, Eq, Default)]
enum Clock {
    #[default]
    Utc,
    /// Milliseconds ahead of UTC.
    Fixed(i64),
    /// A place's clock, put forward by so many milliseconds.
    Place { tz: tz::TimeZone, shift: i64 },
}

/// The text names no clock.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct UnknownTimeZone(pub String);

impl TimeZone {
    /// Coordinated universal time.
    pub const UTC: Self = Self(Clock::Utc);

    /// The server time of most MetaTrader 5 brokers: New York plus seven hours.
    pub fn mt5() -> Self {
        Self::place("America/New_York", 7 * HOUR).unwrap_or_default()
    }

    fn place(name: &str, shift: i64) -> Option<Self> {
        let tz = trading::zone::part_zones_named(name)?;
        Some(Self(Clock::Place { tz, shift }))
    }
}

impl FromStr for TimeZone {
    type Err = UnknownTimeZone;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let name = text.trim();
        match name.to_ascii_lowercase().as_str() {
            "utc" | "gmt" | "z" => return Ok(Self::UTC),
            "mt5" => return Ok(Self::mt5()),
            _ => {}
        }
        let unknown = || UnknownTimeZone(text.to_owned());
        if let Some(offset) = parse_offset(name) {
            return Ok(Self::fixed(offset));
        }
        // Names with a sign of their own, such as Etc/GMT+5, are places and not shifts.
        if let Some(zone) = Self::place(name, 0) {
            return Ok(zone);
        }
        let sign = name.rfind(['+', '-']).ok_or_else(unknown)?;
        let shift = parse_offset(&name[sign..]).ok_or_else(unknown)?;
        match name[..sign].trim_end().to_ascii_lowercase().as_str() {
            "utc" | "gmt" => Ok(Self::fixed(shift)),
            place => Self::place(place, shift).ok_or_else(unknown),
        }
    }
}

impl TimeZone {
    fn fixed(offset: i64) -> Self {
        Self(if offset == 0 {
            Clock::Utc
        } else {
            Clock::Fixed(offset)
        })
    }
}

/// `+2`, `-05:30`, `+0200` or `+02` in milliseconds; the sign is required.
pub(crate) fn parse_offset(text: &str) -> Option<i64> {
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let body = &text[1..];
    let (hours, minutes) = match body.split_once(':') {
        Some((hours, minutes)) if minutes.len() == 2 => (hours, minutes),
        Some(_) => return None,
        None if body.len() == 4 && body.is_ascii() => body.split_at(2),
        None => (body, "0"),
    };
    let digits = |s: &str| s.len() <= 2 && s.bytes().all(|b| b.is_ascii_digit());
    if !digits(hours) || !digits(minutes) {
        return None;
    }
    let (hours, minutes) = (hours.parse::<i64>().ok()?, minutes.parse::<i64>().ok()?);
    (hours <= 18 && minutes < 60).then_some(sign * (hours * HOUR + minutes * MINUTE))
}

fn write_offset(f: &mut fmt::Formatter<'_>, offset: i64) -> fmt::Result {
    let sign = if offset < 0 { '-' } else { '+' };
    let minutes = offset.abs() / MINUTE;
    write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

impl fmt::Display for TimeZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Clock::Utc => f.write_str("UTC"),
            Clock::Fixed(offset) => write_offset(f, *offset),
            Clock::Place { tz, shift } => {
                f.write_str(tz.iana_name().unwrap_or("UTC"))?;
                match *shift {
                    0 => Ok(()),
                    shift if shift % HOUR == 0 => write!(f, "{:+}", shift / HOUR),
                    shift => write_offset(f, shift),
                }
            }
        }
    }
}

impl TryFrom<String> for TimeZone {
    type Error = UnknownTimeZone;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<TimeZone> for String {
    fn from(zone: TimeZone) -> Self {
        zone.to_string()
    }
}

/// Turns the local times of a file, row after row, into UTC.
#[derive(Debug)]
pub struct Converter {
    zone: TimeZone,
    /// Local times in `from..to` lie `offset` ahead of UTC without any doubt. Rows come in order,
    /// so nearly all of them fall into the span of the row before.
    from: i64,
    to: i64,
    offset: i64,
    last: i64,
    ambiguous: u64,
    missing: u64,
}

impl Converter {
    /// A converter from `zone`.
    pub fn new(zone: TimeZone) -> Self {
        let (from, to, offset) = match zone.0 {
            Clock::Utc => (i64::MIN, i64::MAX, 0),
            Clock::Fixed(offset) => (i64::MIN, i64::MAX, offset),
            Clock::Place { .. } => (0, 0, 0),
        };
        Self {
            zone,
            from,
            to,
            offset,
            last: i64::MIN,
            ambiguous: 0,
            missing: 0,
        }
    }

    /// The UTC time of `local`, which is a local date and time counted as though it were UTC.
    ///
    /// An hour that a clock shows twice is settled by the order of the rows: the first reading,
    /// unless it would not come after the row before, and then the second. A time that the clock
    /// skips is read with the offset before the change, so it lands one hour on.
    pub fn to_utc(&mut self, local: i64) -> Time {
        let utc = if (self.from..self.to).contains(&local) {
            local - self.offset
        } else {
            self.at_a_change(local)
        };
        self.last = utc;
        Time(utc)
    }

    /// Notes a row whose time said its own offset, so that the order of rows stays known.
    pub fn note(&mut self, utc: Time) {
        self.last = utc.0;
    }

    /// How many rows fell into an hour that the clock shows twice.
    pub fn ambiguous(&self) -> u64 {
        self.ambiguous
    }

    /// How many rows have a time that the clock skips.
    pub fn missing(&self) -> u64 {
        self.missing
    }

    fn at_a_change(&mut self, local: i64) -> i64 {
        let Clock::Place { tz, shift } = &self.zone.0 else {
            return local - self.offset;
        };
        let Some(date) = civil_of(local - shift) else {
            return local - shift;
        };
        match tz.to_ambiguous_timestamp(date).offset() {
            tz::AmbiguousOffset::Unambiguous { offset } => {
                let offset = millis(offset) + shift;
                let utc = local - offset;
                let (from, to) = unambiguous_span(tz, *shift, utc, offset);
                // The span must hold the time it was made for; otherwise keep asking each time.
                if (from..to).contains(&local) {
                    (self.from, self.to, self.offset) = (from, to, offset);
                }
                utc
            }
            tz::AmbiguousOffset::Gap { before, .. } => {
                self.missing += 1;
                local - millis(before) - shift
            }
            tz::AmbiguousOffset::Fold { before, after } => {
                self.ambiguous += 1;
                let first = local - millis(before) - shift;
                let second = local - millis(after) - shift;
                if first <= self.last && second > self.last {
                    second
                } else {
                    first
                }
            }
        }
    }
}

fn millis(offset: tz::Offset) -> i64 {
    i64::from(offset.seconds()) * SECOND
}

/// The local times around `utc` that only one offset can mean.
fn unambiguous_span(tz: &tz::TimeZone, shift: i64, utc: i64, offset: i64) -> (i64, i64) {
    let Ok(now) = Timestamp::from_millisecond(utc) else {
        return (0, 0);
    };
    // Both edges lie a day inside, wider than any change of a clock.
    let to = tz.following(now).next().map_or(i64::MAX, |change| {
        change.timestamp().as_millisecond() + offset.min(millis(change.offset()) + shift) - DAY
    });
    // `preceding` leaves out a change at that very moment, which is the one that counts.
    let just_after = now
        .saturating_add(jiff::SignedDuration::from_millis(1))
        .unwrap_or(now);
    let from = tz.preceding(just_after).next().map_or(i64::MIN, |change| {
        change.timestamp().as_millisecond() + offset + DAY
    });
    (from, to)
}

fn civil_of(local: i64) -> Option<civil::DateTime> {
    let (year, month, day) = Time(local).civil();
    let of_day = Time(local).time_of_day();
    civil::DateTime::new(
        i16::try_from(year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
        i8::try_from(of_day / HOUR).ok()?,
        i8::try_from(of_day / MINUTE % 60).ok()?,
        i8::try_from(of_day / SECOND % 60).ok()?,
        i32::try_from(of_day % SECOND * 1_000_000).ok()?,
    )
    .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utc(zone: &str, local: (i64, i64, i64, i64, i64)) -> String {
        let (y, m, d, h, min) = local;
        let mut converter = Converter::new(zone.parse().unwrap());
        converter
            .to_utc(Time::from_civil(y, m, d, h, min, 0).0)
            .to_string()
    }

    #[test]
    fn names_read_and_read_back() {
        for (text, name) in [
            ("utc", "UTC"),
            ("UTC+2", "+02:00"),
            ("+02:00", "+02:00"),
            ("-0530", "-05:30"),
            ("+0", "UTC"),
            ("Europe/London", "Europe/London"),
            ("mt5", "America/New_York+7"),
            ("MT5", "America/New_York+7"),
            ("America/New_York+7", "America/New_York+7"),
            ("america/new_york-1:30", "America/New_York-01:30"),
            ("Etc/GMT+5", "Etc/GMT+5"),
        ] {
            let zone: TimeZone = text.parse().unwrap();
            assert_eq!(zone.to_string(), name);
            assert_eq!(name.parse::<TimeZone>().unwrap(), zone);
        }
        for text in [
            "",
            "+",
            "+99",
            "Mars/Olympus",
            "Mars+7",
            "New_York+x",
            "+1:2:3",
            "+é",
        ] {
            assert!(text.parse::<TimeZone>().is_err(), "{text}");
        }
    }

    #[test]
    fn server_time_follows_american_summer_time() {
        assert_eq!(utc("mt5", (2017, 1, 3, 1, 1)), "2017-01-02T23:01:00Z");
        assert_eq!(utc("mt5", (2017, 7, 3, 1, 1)), "2017-07-02T22:01:00Z");
        // Between the American and the European change: already three hours.
        assert_eq!(utc("mt5", (2017, 3, 20, 12, 0)), "2017-03-20T09:00:00Z");
        assert_eq!(utc("+05:30", (2017, 3, 20, 12, 0)), "2017-03-20T06:30:00Z");
    }

    #[test]
    fn the_order_of_rows_settles_the_hour_that_comes_twice() {
        let mut converter = Converter::new("America/New_York".parse().unwrap());
        let got: Vec<String> = [(0, 30), (1, 0), (1, 30), (1, 0), (1, 30), (2, 0)]
            .map(|(h, m)| {
                converter
                    .to_utc(Time::from_civil(2017, 11, 5, h, m, 0).0)
                    .to_string()[11..16]
                    .into()
            })
            .into();
        assert_eq!(got, ["04:30", "05:00", "05:30", "06:00", "06:30", "07:00"]);
        assert_eq!((converter.ambiguous(), converter.missing()), (4, 0));
    }

    #[test]
    fn a_skipped_time_lands_one_hour_on() {
        let mut converter = Converter::new("Europe/London".parse().unwrap());
        let time = converter.to_utc(Time::from_civil(2017, 3, 26, 1, 30, 0).0);
        assert_eq!(time.to_string(), "2017-03-26T01:30:00Z");
        assert_eq!(converter.missing(), 1);
    }

    #[test]
    fn the_remembered_span_gives_what_asking_each_time_gives() {
        for zone in ["mt5", "Europe/London", "Australia/Lord_Howe", "Asia/Tokyo"] {
            let mut remembering = Converter::new(zone.parse().unwrap());
            let start = Time::from_civil(2010, 1, 1, 0, 0, 0).0;
            for step in 0..30_000 {
                let local = start + step * 7 * HOUR;
                let mut fresh = Converter::new(zone.parse().unwrap());
                fresh.last = remembering.last;
                assert_eq!(
                    remembering.to_utc(local),
                    fresh.to_utc(local),
                    "{zone} {local}"
                );
            }
        }
    }
}
