//! The economic calendar.

use serde::{Deserialize, Serialize};

/// An entry of the calendar.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarEntry {
    /// Its number.
    pub id: u64,
    /// When, milliseconds UTC.
    pub time: i64,
    /// The country, two letters.
    pub country: String,
    /// Its currency.
    pub currency: String,
    /// 0 none to 3 high.
    pub importance: i32,
    /// The event's name.
    pub name: String,
}
