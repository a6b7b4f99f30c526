//! Points in time and calendar days.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Milliseconds in one second, minute, hour and day.
pub const SECOND: i64 = 1_000;
/// Milliseconds in one minute.
pub const MINUTE: i64 = 60 * SECOND;
/// Milliseconds in one hour.
pub const HOUR: i64 = 60 * MINUTE;
/// Milliseconds in one day.
pub const DAY: i64 = 24 * HOUR;

/// A point in time: milliseconds since 1970-01-01 00:00:00 UTC.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Time(pub i64);

impl Time {
    /// A time from a civil date and time of day, read as UTC.
    pub const fn from_civil(
        year: i64,
        month: i64,
        day: i64,
        hour: i64,
        minute: i64,
        second: i64,
    ) -> Self {
        Self(
            days_from_civil(year, month, day) * DAY
                + hour * HOUR
                + minute * MINUTE
                + second * SECOND,
        )
    }

    /// Milliseconds since the epoch.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Days since the epoch, in UTC.
    pub const fn day(self) -> i64 {
        self.0.div_euclid(DAY)
    }

    /// Milliseconds since midnight, in UTC.
    pub const fn time_of_day(self) -> i64 {
        self.0.rem_euclid(DAY)
    }

    /// Weekday in UTC, 0 = Monday to 6 = Sunday.
    pub const fn weekday(self) -> usize {
        weekday_of(self.day())
    }

    /// Year, month (1-12) and day of the month (1-31), in UTC.
    pub const fn civil(self) -> (i64, i64, i64) {
        civil_from_days(self.day())
    }
}

/// ISO 8601 in UTC to the second, such as `2017-01-02T23:01:00Z`.
impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (y, m, d) = self.civil();
        let s = self.time_of_day() / SECOND;
        write!(
            f,
            "{y:04}-{m:02}-{d:02}T{:02}:{:02}:{:02}Z",
            s / 3600,
            s / 60 % 60,
            s % 60
        )
    }
}

/// Weekday of a day number, 0 = Monday to 6 = Sunday. Day 0 was a Thursday.
pub const fn weekday_of(day: i64) -> usize {
    (day + 3).rem_euclid(7) as usize
}

/// Days since the epoch of a civil date in the proleptic Gregorian calendar.
///
/// Counts in eras of 400 years that begin on 1 March, so that the leap day is the last of its
/// year (the method is described by Howard Hinnant, "chrono-compatible low-level date algorithms").
pub const fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let year_of_era = y.rem_euclid(400);
    let month_from_march = (month + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// Year, month and day of a day number; the inverse of [`days_from_civil`].
pub const fn civil_from_days(day: i64) -> (i64, i64, i64) {
    let z = day + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let d = doy - (153 * mp + 2) / 5 + 1;
    let m = if mp < 10 { mp + 3 } else { mp - 9 };
    (yoe + era * 400 + if m <= 2 { 1 } else { 0 }, m, d)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn civil_round_trip_over_eight_centuries() {
        for day in days_from_civil(1600, 1, 1)..days_from_civil(2400, 1, 1) {
            let (y, m, d) = civil_from_days(day);
            assert_eq!(days_from_civil(y, m, d), day);
        }
    }

    #[test]
    fn known_dates() {
        assert_eq!(Time::from_civil(1970, 1, 1, 0, 0, 0).millis(), 0);
        let t = Time::from_civil(2017, 1, 2, 23, 1, 0);
        assert_eq!(t.to_string(), "2017-01-02T23:01:00Z");
        assert_eq!(t.weekday(), 0);
        assert_eq!(Time(-1).to_string(), "1969-12-31T23:59:59Z");
    }
}
