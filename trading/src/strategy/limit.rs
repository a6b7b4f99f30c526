//! Limits: what must never be exceeded.

use super::number::Number;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Limits of one strategy on one account. Days are those of the document's time zone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Positions open at once. With more than one, signals in the direction held add to it.
    #[serde(default = "one")]
    pub max_positions: u32,
    /// Entries a day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_trades_per_day: Option<u32>,
    /// No entry for the rest of a day that has lost this much, open positions counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_daily_loss: Option<DailyLoss>,
}

/// The greatest value of [`Limits::max_positions`].
pub const MAX_POSITIONS: u32 = 100;

/// How much a day may lose.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DailyLoss {
    /// Account money.
    Money(Number),
    /// Percent of the balance with which the day began.
    Percent(Number),
}

const fn one() -> u32 {
    1
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_positions: 1,
            max_trades_per_day: None,
            max_daily_loss: None,
        }
    }
}
