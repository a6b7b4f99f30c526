//! Sizing: how much to trade.

use super::number::Number;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The volume of an entry. What is computed is rounded down to the symbol's volume step; below the
/// least volume nothing is traded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sizing {
    /// This many lots.
    FixedLots(Number),
    /// So that the stop loss costs this percentage of equity. Needs a stop loss.
    RiskPercent(Number),
    /// So that the stop loss costs this much account money. Needs a stop loss.
    RiskMoney(Number),
}
