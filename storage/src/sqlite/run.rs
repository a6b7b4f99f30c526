//! Saved runs in SQLite.

use super::{Database, new_id, timeframe, visitor};
use crate::{MAX_RUNS, NewRun, Owner, Result, RunRepository, StorageError};
use async_trait::async_trait;
use protocol::{
    id::{RunId, StrategyId},
    run::{RunFacts, RunSummary, SavedRun, Terms},
};
use sqlx::FromRow;
use trading::time::Time;
use uuid::Uuid;

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

#[async_trait]
impl RunRepository for Database {
    async fn list(&self, owner: Owner) -> Result<Vec<RunSummary>> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT id, strategy_id, name, symbol, timeframe, terms, trades, net_profit, created_at
             FROM runs WHERE owner_id = $1 ORDER BY created_at DESC, id DESC",
        )
        .bind(owner.0)
        .fetch_all(&self.read)
        .await?;
        rows.into_iter().map(Row::summary).collect()
    }

    async fn load(&self, owner: Owner, id: RunId) -> Result<SavedRun> {
        let whole: Option<Whole> = sqlx::query_as(
            "SELECT id, strategy_id, name, symbol, timeframe, terms, trades, net_profit,
                    created_at, document, result
             FROM runs WHERE owner_id = $1 AND id = $2",
        )
        .bind(owner.0)
        .bind(id.0)
        .fetch_optional(&self.read)
        .await?;
        let whole = whole.ok_or(StorageError::NotFound)?;
        Ok(SavedRun {
            summary: whole.row.summary()?,
            document: whole.document,
            result: whole.result,
        })
    }

    async fn save(&self, owner: Owner, new: NewRun, now: Time) -> Result<RunSummary> {
        let mut turn = self.write.begin().await?;
        let bytes = new.document.len() + new.result.len();
        visitor::admit(self, &mut turn, owner, bytes, now).await?;
        let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM runs WHERE owner_id = $1")
            .bind(owner.0)
            .fetch_one(&mut *turn)
            .await?;
        if count >= MAX_RUNS {
            return Err(StorageError::TooMany(MAX_RUNS));
        }
        let facts = &new.facts;
        let row: Row = sqlx::query_as(
            "INSERT INTO runs
               (id, owner_id, strategy_id, name, symbol, timeframe, terms, trades, net_profit,
                document, result, created_at)
             VALUES ($1, $2, (SELECT id FROM strategies WHERE owner_id = $2 AND id = $3),
                     $4, $5, $6, $7, $8, $9, $10, $11, $12)
             RETURNING id, strategy_id, name, symbol, timeframe, terms, trades, net_profit,
                       created_at",
        )
        .bind(new_id(now))
        .bind(owner.0)
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
        .fetch_one(&mut *turn)
        .await?;
        turn.commit().await?;
        row.summary()
    }

    async fn delete(&self, owner: Owner, id: RunId) -> Result<()> {
        let done = sqlx::query("DELETE FROM runs WHERE owner_id = $1 AND id = $2")
            .bind(owner.0)
            .bind(id.0)
            .execute(&self.write)
            .await?;
        if done.rows_affected() == 0 {
            Err(StorageError::NotFound)
        } else {
            Ok(())
        }
    }
}
