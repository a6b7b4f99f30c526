//! Filters: when an entry signal is not followed.

use super::number::Number;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// What keeps the strategy from entering. Filters never keep it from closing.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Filters {
    /// Only at these times.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<Session>,
    /// Only while the spread is at most this many points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_spread: Option<Number>,
    /// Not for this many bars after a trade that lost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cooldown_after_loss: Option<Number>,
    /// Not around economic news. Acts in live trading only: price history has no calendar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub news: Option<NewsWindow>,
}

impl Filters {
    /// Whether nothing is filtered.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Times of the week at which entries are allowed, judged at the close of the deciding bar.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Session {
    /// The zone of the times; the document's when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// Days on which entries are allowed; all when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weekdays: Option<Vec<Weekday>>,
    /// Hours during which they are allowed; all when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Vec<Hours>>,
}

/// From `from` until just before `to`. Where `to` is not after `from`, the hours go past midnight
/// and belong to the weekday on which they began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// Start.
    pub from: TimeOfDay,
    /// End.
    pub to: TimeOfDay,
}

/// Do not enter from some minutes before to some minutes after news of at least this impact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewsWindow {
    /// Minutes before.
    pub minutes_before: u32,
    /// Minutes after.
    pub minutes_after: u32,
    /// Least impact that counts.
    pub impact: Impact,
}

/// How much news is expected to move the market.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // the names say it
pub enum Impact {
    Low,
    Medium,
    High,
}

/// A day of the week.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)] // the names say it
pub enum Weekday {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

impl Weekday {
    /// 0 = Monday to 6 = Sunday.
    pub const fn index(self) -> usize {
        self as usize
    }
}

/// A time of day to the minute, written `HH:MM`.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String", extend("pattern" = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"))]
pub struct TimeOfDay(u16);

impl TimeOfDay {
    /// Minutes since midnight, 0 to 1439.
    pub const fn minutes(self) -> u16 {
        self.0
    }
}

/// The text is not a time of day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a time of day: write HH:MM from 00:00 to 23:59")]
pub struct BadTimeOfDay(pub String);

impl FromStr for TimeOfDay {
    type Err = BadTimeOfDay;
    fn from_str(text: &str) -> Result<Self, BadTimeOfDay> {
        let part = |range: std::ops::Range<usize>, below: u16| {
            let digits = text.get(range)?;
            digits
                .bytes()
                .all(|b| b.is_ascii_digit())
                .then(|| digits.parse().ok())?
                .filter(|n: &u16| *n < below)
        };
        match (text.len(), part(0..2, 24), text.get(2..3), part(3..5, 60)) {
            (5, Some(hour), Some(":"), Some(minute)) => Ok(Self(hour * 60 + minute)),
            _ => Err(BadTimeOfDay(text.chars().take(40).collect())),
        }
    }
}

impl TryFrom<String> for TimeOfDay {
    type Error = BadTimeOfDay;
    fn try_from(text: String) -> Result<Self, BadTimeOfDay> {
        text.parse()
    }
}

impl From<TimeOfDay> for String {
    fn from(time: TimeOfDay) -> Self {
        time.to_string()
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}
