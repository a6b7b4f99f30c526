//! Named time zones: what a clock shows at a point in time.

use crate::time::{HOUR, Time};
use jiff::{Timestamp, tz::TimeZone};
use std::fmt;

const UTC: &str = "UTC";

/// A time zone by name: `UTC`, an IANA name such as `Europe/London`, or either with whole hours
/// added, such as `America/New_York+7`: the server clock of most MetaTrader brokers, whose day
/// ends when New York's trading does.
#[derive(Debug, Clone)]
pub struct Zone {
    name: String,
    /// [`None`] is UTC, which needs no database.
    base: Option<TimeZone>,
    shift: i64,
}

impl PartialEq for Zone {
    fn eq(&self, other: &Self) -> bool {
        // Everything else follows from the name.
        self.name == other.name
    }
}

/// The text does not name a time zone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "\"{0}\" is not a known time zone; use UTC, a name such as Europe/London or Asia/Jakarta, or \
     one with hours added such as America/New_York+7 (MetaTrader server time)"
)]
pub struct UnknownZone(pub String);

impl Zone {
    /// Coordinated universal time.
    pub fn utc() -> Self {
        Self {
            name: UTC.to_owned(),
            base: None,
            shift: 0,
        }
    }

    /// Whether a name can be read without the database of zones, which the web app fetches only when
    /// it is wanted.
    pub fn is_plain(name: &str) -> bool {
        name == UTC
    }

    /// The zone of this name.
    ///
    /// # Errors
    /// When there is none, or the added hours are not whole hours from -14 to +14.
    pub fn parse(name: &str) -> Result<Self, UnknownZone> {
        let unknown = || UnknownZone(name.chars().take(60).collect());
        if Self::is_plain(name) {
            return Ok(Self::utc());
        }
        // IANA has names with signs of its own (Etc/GMT+3): they come first.
        if let Some(base) = named(name) {
            return Ok(Self {
                name: name.to_owned(),
                base,
                shift: 0,
            });
        }
        let at = name.rfind(['+', '-']).ok_or_else(unknown)?;
        let (base, hours) = name.split_at(at);
        let hours: i64 = hours.parse().map_err(|_| unknown())?;
        if !(-14..=14).contains(&hours) {
            return Err(unknown());
        }
        Ok(Self {
            name: name.to_owned(),
            base: named(base).ok_or_else(unknown)?,
            shift: hours * HOUR,
        })
    }

    /// The name that it was made from.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The offset from UTC in force at `time`, and the time from which another one is.
    fn offset(&self, time: Time) -> (i64, Time) {
        let Ok(at) = Timestamp::from_millisecond(time.0) else {
            // Outside the years that calendars know: no rule applies.
            return (self.shift, Time(i64::MAX));
        };
        let Some(base) = &self.base else {
            return (self.shift, Time(i64::MAX));
        };
        let (offset, until) = part_zones_offset(base, at);
        (offset + self.shift, Time(until))
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

/// The zone of an IANA name; inside, [`None`] is UTC.
fn named(name: &str) -> Option<Option<TimeZone>> {
    if Zone::is_plain(name) {
        Some(None)
    } else {
        part_zones_named(name).map(Some)
    }
}

/// Every name that the database has.
pub fn names() -> Vec<String> {
    part_zones_names()
}

// Alone these three reach the database: the web app cuts them out of its module, with all that only
// they need (`tools/web/src/split.rs`).

/// The zone of an IANA name in the database, whatever the case of its letters. In the web app only
/// where the database is (`app/src/part.rs`).
#[inline(never)]
pub fn part_zones_named(name: &str) -> Option<TimeZone> {
    TimeZone::get(name).ok()
}

#[inline(never)]
fn part_zones_names() -> Vec<String> {
    let names = jiff::tz::db().available();
    names.map(|zone| zone.as_str().to_owned()).collect()
}

/// The offset from UTC in force, and the time from which another one is; both in milliseconds.
#[inline(never)]
fn part_zones_offset(zone: &TimeZone, at: Timestamp) -> (i64, i64) {
    let offset = i64::from(zone.to_offset(at).seconds()) * 1_000;
    let until = zone
        .following(at)
        .next()
        .map_or(i64::MAX, |t| t.timestamp().as_millisecond());
    (offset, until)
}

/// Reads a zone's clock for times that mostly rise: looks up the rules only at their changes.
#[derive(Debug, Clone)]
pub struct LocalClock {
    zone: Zone,
    offset: i64,
    from: i64,
    until: i64,
}

impl LocalClock {
    /// A clock in this zone.
    pub const fn new(zone: Zone) -> Self {
        Self {
            zone,
            offset: 0,
            // An empty span: the first reading looks up the rules.
            from: i64::MAX,
            until: i64::MIN,
        }
    }

    /// What the zone's clock shows at `time`, as if it were UTC.
    #[inline]
    pub fn local(&mut self, time: Time) -> Time {
        if time.0 < self.from || time.0 >= self.until {
            let (offset, until) = self.zone.offset(time);
            *self = Self {
                zone: std::mem::replace(&mut self.zone, Zone::utc()),
                offset,
                from: time.0,
                until: until.0,
            };
        }
        Time(time.0.saturating_add(self.offset))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn local(zone: &str, time: Time) -> String {
        LocalClock::new(Zone::parse(zone).unwrap())
            .local(time)
            .to_string()
    }

    #[test]
    fn summer_and_winter() {
        let winter = Time::from_civil(2024, 1, 15, 12, 0, 0);
        let summer = Time::from_civil(2024, 7, 15, 12, 0, 0);
        assert_eq!(local("Asia/Jakarta", winter), "2024-01-15T19:00:00Z");
        assert_eq!(local("Europe/London", winter), "2024-01-15T12:00:00Z");
        assert_eq!(local("Europe/London", summer), "2024-07-15T13:00:00Z");
        // MetaTrader's usual server clock: UTC+2 in winter, UTC+3 in summer.
        assert_eq!(local("America/New_York+7", winter), "2024-01-15T14:00:00Z");
        assert_eq!(local("America/New_York+7", summer), "2024-07-15T15:00:00Z");
        assert_eq!(local("UTC-3", winter), "2024-01-15T09:00:00Z");
    }

    #[test]
    fn one_clock_read_through_a_change_equals_fresh_ones() {
        let zone = Zone::parse("America/New_York").unwrap();
        let mut clock = LocalClock::new(zone.clone());
        let start = Time::from_civil(2024, 3, 9, 0, 0, 0).0;
        for hour in 0..72 {
            let time = Time(start + hour * HOUR);
            assert_eq!(clock.local(time), LocalClock::new(zone.clone()).local(time));
        }
    }

    #[test]
    fn nonsense_is_refused() {
        for name in [
            "",
            "+7",
            "Mars/Olympus",
            "UTC+99",
            "America/New_York+x",
            "utc+7.5",
        ] {
            assert!(Zone::parse(name).is_err(), "{name}");
        }
    }

    #[test]
    fn times_beyond_the_calendar_do_not_panic() {
        let mut clock = LocalClock::new(Zone::parse("Europe/London").unwrap());
        for time in [i64::MIN, i64::MAX, 0] {
            clock.local(Time(time));
        }
    }
}
