//! What can be asked of storage, whatever database is behind it.

use crate::{Owner, Result};
use async_trait::async_trait;
use protocol::{
    id::{RunId, StrategyId},
    run::{RunFacts, RunSummary, SavedRun},
    strategy::{SavedStrategy, StrategySummary},
};
use std::sync::Arc;
use trading::{time::Time, timeframe::Timeframe};

/// The most strategies of one owner.
pub const MAX_STRATEGIES: i64 = 200;
/// The most runs of one owner.
pub const MAX_RUNS: i64 = 500;

/// The most bytes that all owners may take together, unless the server says otherwise (2 GB).
pub const MAX_BYTES: i64 = 2 << 30;

/// A strategy to be kept. Who calls has checked the document.
#[derive(Debug, Clone)]
pub struct NewStrategy {
    /// Which one it changes, and the revision that was changed.
    pub replaces: Option<(StrategyId, i64)>,
    /// Its name.
    pub name: String,
    /// The symbol.
    pub symbol: String,
    /// The length of its bars.
    pub timeframe: Timeframe,
    /// The JSON text.
    pub document: String,
}

/// A run to be kept.
#[derive(Debug, Clone)]
pub struct NewRun {
    /// The saved strategy that was tested; forgotten if it is not the owner's.
    pub strategy: Option<StrategyId>,
    /// What a list says.
    pub facts: RunFacts,
    /// The document as it was tested.
    pub document: String,
    /// The result as JSON.
    pub result: String,
}

/// Saved strategies.
#[async_trait]
pub trait StrategyRepository: Send + Sync {
    /// All of an owner, the last saved first.
    async fn list(&self, owner: Owner) -> Result<Vec<StrategySummary>>;
    /// One.
    async fn load(&self, owner: Owner, id: StrategyId) -> Result<SavedStrategy>;
    /// Keeps one, whole or not at all.
    async fn save(&self, owner: Owner, new: NewStrategy, now: Time) -> Result<StrategySummary>;
    /// Removes one. Its runs stay.
    async fn delete(&self, owner: Owner, id: StrategyId) -> Result<()>;
}

/// Saved runs.
#[async_trait]
pub trait RunRepository: Send + Sync {
    /// All of an owner, the last saved first.
    async fn list(&self, owner: Owner) -> Result<Vec<RunSummary>>;
    /// One.
    async fn load(&self, owner: Owner, id: RunId) -> Result<SavedRun>;
    /// Keeps one, whole or not at all.
    async fn save(&self, owner: Owner, new: NewRun, now: Time) -> Result<RunSummary>;
    /// Removes one.
    async fn delete(&self, owner: Owner, id: RunId) -> Result<()>;
}

/// Visitors as such: they need not say good-bye, so what they leave is removed in time.
#[async_trait]
pub trait VisitorRepository: Send + Sync {
    /// A visitor is here. Only who keeps something is remembered, to about a day.
    async fn seen(&self, owner: Owner, now: Time) -> Result<()>;
    /// Removes everything of all who were not here since then, and says how many they were.
    async fn forget(&self, before: Time) -> Result<u64>;
}

/// Whether the database answers.
#[async_trait]
pub trait Health: Send + Sync {
    /// Asks it something small.
    async fn check(&self) -> Result<()>;
    /// Ends every connection, so that nothing is left to be written.
    async fn close(&self);
}

/// All repositories over one database.
#[derive(Clone)]
pub struct Storage {
    /// Saved strategies.
    pub strategies: Arc<dyn StrategyRepository>,
    /// Saved runs.
    pub runs: Arc<dyn RunRepository>,
    /// Who was here when.
    pub visitors: Arc<dyn VisitorRepository>,
    /// The database itself.
    pub health: Arc<dyn Health>,
}

impl std::fmt::Debug for Storage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Storage")
    }
}
