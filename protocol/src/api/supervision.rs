//! An entry that is near to news, about which a language model is asked.

use super::text::Remark;
use crate::id::StrategyId;
use serde::{Deserialize, Serialize};
use trading::{
    symbol::{Side, Symbol},
    time::Time,
};

/// The entry, and the news.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Supervision {
    /// Whose it is.
    pub strategy: StrategyId,
    /// Which version.
    pub version: i64,
    /// Of what, as the broker writes it.
    pub symbol: Symbol,
    /// Which side.
    pub side: Side,
    /// In lots.
    pub volume: f64,
    /// The news.
    pub event: Remark,
    /// When they are due or were, in milliseconds since 1970 UTC.
    pub event_at: Time,
    /// When the entry is due, in milliseconds since 1970 UTC.
    pub at: Time,
}

/// What is advised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Advice {
    /// Whether to enter.
    pub enters: bool,
    /// Why.
    #[serde(default)]
    pub reason: Remark,
}
