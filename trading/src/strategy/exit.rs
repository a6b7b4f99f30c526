//! Exits: what closes a position, and what moves its stop.

use super::{condition::Condition, number::Number};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// When and how positions are closed.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Exits {
    /// What the entry rule of the other side does to a position.
    #[serde(default)]
    pub opposite_signal: OppositeSignal,
    /// Close a long position when this holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub long: Option<Condition>,
    /// Close a short position when this holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub short: Option<Condition>,
    /// Distance of the stop loss from the entry price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stop_loss: Option<Distance>,
    /// Distance of the take profit from the entry price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub take_profit: Option<Distance>,
    /// Move the stop to the entry price once the position has gained enough.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub break_even: Option<BreakEven>,
    /// Let the stop follow the best close.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trailing_stop: Option<TrailingStop>,
    /// Close after this many bars.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after_bars: Option<Number>,
}

/// What an entry signal of the other side does to an open position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OppositeSignal {
    /// Closes it and opens the other side, where filters and limits allow that.
    #[default]
    Reverse,
    /// Closes it.
    Close,
    /// Nothing.
    Ignore,
}

/// A distance in price, fixed at the close of the bar on which the entry was decided.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Distance {
    /// Points of the symbol (0.01 for gold quoted with two digits).
    Points(Number),
    /// Percent of the close.
    Percent(Number),
    /// A multiple of the average true range.
    Atr(AtrDistance),
    /// A multiple of the stop loss's distance. Not for the stop loss itself.
    Risk(Number),
}

/// A multiple of the average true range of the strategy's timeframe.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AtrDistance {
    /// How many times.
    pub multiple: Number,
    /// Period of the ATR in bars.
    pub period: Number,
    /// Whose ATR: `wilder` (default) or `mt5`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
}

/// Moves the stop to the entry price.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BreakEven {
    /// Once a close is this far on the winning side of the entry price.
    pub after: Distance,
    /// How far beyond the entry price the stop is set; at it when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plus: Option<Distance>,
}

/// Lets the stop follow the best close since entry; it never moves back. One that is active at once
/// is set with the entry, this far from it, where there is no stop loss.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TrailingStop {
    /// How far behind the best close.
    pub distance: Distance,
    /// Only once a close is this far on the winning side of the entry price; at once when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activate_after: Option<Distance>,
}
