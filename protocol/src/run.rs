//! Saved runs: what was tested, on which terms, and what came of it.

use crate::id::{RunId, StrategyId};
use serde::{Deserialize, Serialize};
use trading::{time::Time, timeframe::Timeframe};

/// The greatest size of a result that is kept, in bytes.
pub const MAX_RESULT: usize = 512 * 1024;

/// On which terms a strategy is tested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Terms {
    /// One unit, no costs, no margin: to compare with other programs.
    Ideal,
    /// The estimated costs of a retail broker.
    Typical,
}

/// A saved run without its result.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunSummary {
    /// Its name among rows.
    pub id: RunId,
    /// The saved strategy that was tested, where there is one still.
    pub strategy: Option<StrategyId>,
    /// What was tested and what came of it.
    pub facts: RunFacts,
    /// When it was saved.
    pub created_at: Time,
}

/// What a list says of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunFacts {
    /// The strategy's name when it was tested.
    pub name: String,
    /// The symbol.
    pub symbol: String,
    /// The length of its bars.
    pub timeframe: Timeframe,
    /// The terms.
    pub terms: Terms,
    /// Number of closed trades.
    pub trades: u32,
    /// Net profit in account money.
    pub net_profit: f64,
}

/// A saved run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SavedRun {
    /// What a list shows.
    pub summary: RunSummary,
    /// The document as it was tested.
    pub document: String,
    /// The result: JSON of whoever made it, kept as it is.
    pub result: String,
}

/// A run to be saved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunDraft {
    /// The saved strategy that was tested.
    pub strategy: Option<StrategyId>,
    /// What a list will say.
    pub facts: RunFacts,
    /// The document as it was tested.
    pub document: String,
    /// The result as JSON.
    pub result: String,
}
