//! Saved runs.

use crate::{
    Owner, Result, StorageError,
    database::{Database, sql},
    row::{found, new_id, timeframe},
    visitor::Room,
};
use protocol::{
    id::{RunId, StrategyId},
    run::{RunFacts, RunSummary, SavedRun, Terms},
};
use sqlx::FromRow;
use trading::time::Time;
use uuid::Uuid;

/// The most runs of one owner.
pub const MAX_RUNS: i64 = 500;

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

#[derive(FromRow)]
struct Row {
    id: Uuid,
    strategy_id: Option<Uuid>,
    name: String,
    symbol: String,
    timeframe: String,
    terms: String,
    trades: i64,
    net_profit: f64,
    created_at: i64,
}

#[derive(FromRow)]
struct Whole {
    #[sqlx(flatten)]
    row: Row,
    document: String,
    result: String,
}

impl Row {
    fn summary(self) -> Result<RunSummary> {
        let damaged = |what: &str| StorageError::Damaged(format!("{what} of run {}", self.id));
        Ok(RunSummary {
            id: RunId(self.id),
            strategy: self.strategy_id.map(StrategyId),
            facts: RunFacts {
                terms: terms(&self.terms).ok_or_else(|| damaged("terms"))?,
                trades: u32::try_from(self.trades).map_err(|_| damaged("trades"))?,
                timeframe: timeframe(&self.timeframe)?,
                name: self.name,
                symbol: self.symbol,
                net_profit: self.net_profit,
            },
            created_at: Time(self.created_at),
        })
    }
}

const IDEAL: &str = "ideal";
const TYPICAL: &str = "typical";

fn terms(name: &str) -> Option<Terms> {
    match name {
        IDEAL => Some(Terms::Ideal),
        TYPICAL => Some(Terms::Typical),
        _ => None,
    }
}

fn name_of(terms: Terms) -> &'static str {
    match terms {
        Terms::Ideal => IDEAL,
        Terms::Typical => TYPICAL,
    }
}

/// Saved runs.
#[derive(Debug, Clone)]
pub struct Runs {
    database: Database,
    room: Room,
}

impl Runs {
    pub(crate) fn new(database: Database, room: Room) -> Self {
        Self { database, room }
    }

    /// All of an owner, the last saved first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list(&self, owner: Owner) -> Result<Vec<RunSummary>> {
        let rows: Vec<Row> = sql(
            "SELECT id, strategy_id, name, symbol, timeframe, terms, trades, net_profit, created_at
             FROM runs WHERE owner_id = $1 ORDER BY created_at DESC, id DESC",
        )
        .bind(owner.id())
        .all(&self.database)
        .await?;
        rows.into_iter().map(Row::summary).collect()
    }

    /// One.
    ///
    /// # Errors
    /// [`StorageError::NotFound`], also where it is somebody else's.
    pub async fn load(&self, owner: Owner, id: RunId) -> Result<SavedRun> {
        let whole: Option<Whole> = sql(
            "SELECT id, strategy_id, name, symbol, timeframe, terms, trades, net_profit,
                    created_at, document, result
             FROM runs WHERE owner_id = $1 AND id = $2",
        )
        .bind(owner.id())
        .bind(id.0)
        .maybe(&self.database)
        .await?;
        let whole = whole.ok_or(StorageError::NotFound)?;
        Ok(SavedRun {
            summary: whole.row.summary()?,
            document: whole.document,
            result: whole.result,
        })
    }

    /// Keeps one, whole or not at all.
    ///
    /// # Errors
    /// [`StorageError::TooMany`], [`StorageError::Full`].
    pub async fn save(&self, owner: Owner, new: NewRun, now: Time) -> Result<RunSummary> {
        let mut turn = self.database.begin().await?;
        turn.lock(owner.id()).await?;
        let bytes = new.document.len() + new.result.len();
        self.room.admit(&mut turn, owner, bytes, now).await?;
        let (count,): (i64,) = sql("SELECT COUNT(*) FROM runs WHERE owner_id = $1")
            .bind(owner.id())
            .one_in(&mut turn)
            .await?;
        if count >= MAX_RUNS {
            return Err(StorageError::TooMany(MAX_RUNS));
        }
        let facts = &new.facts;
        let row: Row = sql("INSERT INTO runs
               (id, owner_id, strategy_id, name, symbol, timeframe, terms, trades, net_profit,
                document, result, created_at)
             VALUES ($1, $2, (SELECT id FROM strategies WHERE owner_id = $2 AND id = $3),
                     $4, $5, $6, $7, $8, $9, $10, $11, $12)
             RETURNING id, strategy_id, name, symbol, timeframe, terms, trades, net_profit,
                       created_at")
        .bind(new_id(now))
        .bind(owner.id())
        .bind(new.strategy.map(|id| id.0))
        .bind(&facts.name)
        .bind(&facts.symbol)
        .bind(facts.timeframe.name())
        .bind(name_of(facts.terms))
        .bind(i64::from(facts.trades))
        .bind(facts.net_profit)
        .bind(&new.document)
        .bind(&new.result)
        .bind(now.0)
        .one_in(&mut turn)
        .await?;
        turn.commit().await?;
        row.summary()
    }

    /// Removes one.
    ///
    /// # Errors
    /// [`StorageError::NotFound`].
    pub async fn delete(&self, owner: Owner, id: RunId) -> Result<()> {
        let done = sql("DELETE FROM runs WHERE owner_id = $1 AND id = $2")
            .bind(owner.id())
            .bind(id.0)
            .run(&self.database)
            .await?;
        found(done)
    }
}
