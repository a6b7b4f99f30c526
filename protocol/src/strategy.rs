//! Saved strategies.

use crate::id::StrategyId;
use serde::{Deserialize, Serialize};
use trading::{time::Time, timeframe::Timeframe};

/// The greatest size of a document that is kept, in bytes.
pub const MAX_DOCUMENT: usize = 256 * 1024;

/// A saved strategy without its document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StrategySummary {
    /// Its name among rows.
    pub id: StrategyId,
    /// How often it was saved; whoever saves says which one they changed.
    pub revision: i64,
    /// Its name among people.
    pub name: String,
    /// The symbol.
    pub symbol: String,
    /// The length of its bars.
    pub timeframe: Timeframe,
    /// First saved.
    pub created_at: Time,
    /// Last saved.
    pub updated_at: Time,
}

/// A saved strategy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SavedStrategy {
    /// What a list shows.
    pub summary: StrategySummary,
    /// The JSON text.
    pub document: String,
}

/// A strategy to be saved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StrategyDraft {
    /// Which one it changes, and the revision that was changed; `None` for a new one.
    pub replaces: Option<(StrategyId, i64)>,
    /// The JSON text: name, symbol and timeframe are read from it.
    pub document: String,
}
