//! Bar lengths.

use crate::time::{DAY, HOUR, MINUTE, Time, civil_from_days, days_from_civil, weekday_of};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// The length of a bar, named as MetaTrader names it.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[allow(missing_docs)] // the names say it
pub enum Timeframe {
    M1,
    M2,
    M3,
    M4,
    M5,
    M6,
    M10,
    M12,
    M15,
    M20,
    M30,
    H1,
    H2,
    H3,
    H4,
    H6,
    H8,
    H12,
    D1,
    W1,
    MN1,
}

impl Timeframe {
    /// All timeframes, shortest first.
    pub const ALL: [Self; 21] = {
        use Timeframe::*;
        [
            M1, M2, M3, M4, M5, M6, M10, M12, M15, M20, M30, H1, H2, H3, H4, H6, H8, H12, D1, W1,
            MN1,
        ]
    };

    /// The name, such as `H1`.
    pub const fn name(self) -> &'static str {
        use Timeframe::*;
        match self {
            M1 => "M1",
            M2 => "M2",
            M3 => "M3",
            M4 => "M4",
            M5 => "M5",
            M6 => "M6",
            M10 => "M10",
            M12 => "M12",
            M15 => "M15",
            M20 => "M20",
            M30 => "M30",
            H1 => "H1",
            H2 => "H2",
            H3 => "H3",
            H4 => "H4",
            H6 => "H6",
            H8 => "H8",
            H12 => "H12",
            D1 => "D1",
            W1 => "W1",
            MN1 => "MN1",
        }
    }

    /// Length in milliseconds. A month counts as 30 days: use [`Timeframe::period`] for its edges.
    pub const fn millis(self) -> i64 {
        use Timeframe::*;
        match self {
            M1 => MINUTE,
            M2 => 2 * MINUTE,
            M3 => 3 * MINUTE,
            M4 => 4 * MINUTE,
            M5 => 5 * MINUTE,
            M6 => 6 * MINUTE,
            M10 => 10 * MINUTE,
            M12 => 12 * MINUTE,
            M15 => 15 * MINUTE,
            M20 => 20 * MINUTE,
            M30 => 30 * MINUTE,
            H1 => HOUR,
            H2 => 2 * HOUR,
            H3 => 3 * HOUR,
            H4 => 4 * HOUR,
            H6 => 6 * HOUR,
            H8 => 8 * HOUR,
            H12 => 12 * HOUR,
            D1 => DAY,
            W1 => 7 * DAY,
            MN1 => 30 * DAY,
        }
    }

    /// The timeframe of this length in milliseconds, if there is one (months excepted).
    pub fn from_millis(millis: i64) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|t| t.millis() == millis && *t != Self::MN1)
    }

    /// The half-open period `[start, end)` that holds `time`, both on the clock of `time`.
    /// Weeks begin on Sunday, as MetaTrader's do; months on their first day.
    pub const fn period(self, time: Time) -> (Time, Time) {
        match self {
            Self::MN1 => {
                let (y, m, _) = civil_from_days(time.day());
                let (ny, nm) = if m == 12 { (y + 1, 1) } else { (y, m + 1) };
                (
                    Time(days_from_civil(y, m, 1) * DAY),
                    Time(days_from_civil(ny, nm, 1) * DAY),
                )
            }
            Self::W1 => {
                let since_sunday = ((weekday_of(time.day()) + 1) % 7) as i64;
                let start = (time.day() - since_sunday) * DAY;
                (Time(start), Time(start + 7 * DAY))
            }
            _ => {
                let start = time.0.div_euclid(self.millis()) * self.millis();
                (Time(start), Time(start + self.millis()))
            }
        }
    }

    /// Whether bars of this timeframe are made of whole bars of `lower`.
    pub const fn is_made_of(self, lower: Self) -> bool {
        if matches!(lower, Self::W1 | Self::MN1) {
            return matches!((self, lower), (Self::W1, Self::W1) | (Self::MN1, Self::MN1));
        }
        if matches!(self, Self::MN1) {
            return true;
        }
        self.millis() >= lower.millis() && self.millis() % lower.millis() == 0
    }
}

impl fmt::Display for Timeframe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The text is not the name of a timeframe.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a timeframe; use one of M1, M5, M15, M30, H1, H4, D1, W1, MN1")]
pub struct UnknownTimeframe(pub String);

impl FromStr for Timeframe {
    type Err = UnknownTimeframe;
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|t| t.name().eq_ignore_ascii_case(s.trim()))
            .ok_or_else(|| UnknownTimeframe(s.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_reads_back() {
        for t in Timeframe::ALL {
            assert_eq!(t.name().parse(), Ok(t));
        }
        assert!("H5".parse::<Timeframe>().is_err());
    }

    #[test]
    fn week_and_month_edges() {
        let wednesday = Time::from_civil(2024, 2, 28, 13, 30, 0);
        let (a, b) = Timeframe::W1.period(wednesday);
        assert_eq!(a.to_string(), "2024-02-25T00:00:00Z");
        assert_eq!(b.to_string(), "2024-03-03T00:00:00Z");
        let (a, b) = Timeframe::MN1.period(wednesday);
        assert_eq!(a.to_string(), "2024-02-01T00:00:00Z");
        assert_eq!(b.to_string(), "2024-03-01T00:00:00Z");
    }
}
