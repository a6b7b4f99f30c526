//! Saved strategies in SQLite.

use super::{Database, new_id, timeframe, visitor};
use crate::{MAX_STRATEGIES, NewStrategy, Owner, Result, StorageError, StrategyRepository};
use async_trait::async_trait;
use protocol::{
    id::StrategyId,
    strategy::{SavedStrategy, StrategySummary},
};
use sqlx::{FromRow, SqliteConnection};
use trading::time::Time;
use uuid::Uuid;

#[derive(FromRow)]
struct Row {
    id: Uuid,
    revision: i64,
    name: String,
    symbol: String,
    timeframe: String,
    created_at: i64,
    updated_at: i64,
}

#[derive(FromRow)]
struct Whole {
    #[sqlx(flatten)]
    row: Row,
    document: String,
}

impl Row {
    fn summary(self) -> Result<StrategySummary> {
        Ok(StrategySummary {
            id: StrategyId(self.id),
            revision: self.revision,
            name: self.name,
            symbol: self.symbol,
            timeframe: timeframe(&self.timeframe)?,
            created_at: Time(self.created_at),
            updated_at: Time(self.updated_at),
        })
    }
}

#[async_trait]
impl StrategyRepository for Database {
    async fn list(&self, owner: Owner) -> Result<Vec<StrategySummary>> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT id, revision, name, symbol, timeframe, created_at, updated_at
             FROM strategies WHERE owner_id = $1 ORDER BY updated_at DESC, id DESC",
        )
        .bind(owner.0)
        .fetch_all(&self.read)
        .await?;
        rows.into_iter().map(Row::summary).collect()
    }

    async fn load(&self, owner: Owner, id: StrategyId) -> Result<SavedStrategy> {
        let whole: Option<Whole> = sqlx::query_as(
            "SELECT id, revision, name, symbol, timeframe, created_at, updated_at, document
             FROM strategies WHERE owner_id = $1 AND id = $2",
        )
        .bind(owner.0)
        .bind(id.0)
        .fetch_optional(&self.read)
        .await?;
        let whole = whole.ok_or(StorageError::NotFound)?;
        Ok(SavedStrategy {
            summary: whole.row.summary()?,
            document: whole.document,
        })
    }

    async fn save(&self, owner: Owner, new: NewStrategy, now: Time) -> Result<StrategySummary> {
        let mut turn = self.write.begin().await?;
        visitor::admit(self, &mut turn, owner, new.document.len(), now).await?;
        let row = match new.replaces {
            Some((id, revision)) => replace(&mut turn, owner, id, revision, &new, now).await?,
            None => insert(&mut turn, owner, &new, now).await?,
        };
        turn.commit().await?;
        row.summary()
    }

    async fn delete(&self, owner: Owner, id: StrategyId) -> Result<()> {
        let done = sqlx::query("DELETE FROM strategies WHERE owner_id = $1 AND id = $2")
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

async fn insert(
    turn: &mut SqliteConnection,
    owner: Owner,
    new: &NewStrategy,
    now: Time,
) -> Result<Row> {
    let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM strategies WHERE owner_id = $1")
        .bind(owner.0)
        .fetch_one(&mut *turn)
        .await?;
    if count >= MAX_STRATEGIES {
        return Err(StorageError::TooMany(MAX_STRATEGIES));
    }
    Ok(sqlx::query_as(
        "INSERT INTO strategies
           (id, owner_id, revision, name, symbol, timeframe, document, created_at, updated_at)
         VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $7)
         RETURNING id, revision, name, symbol, timeframe, created_at, updated_at",
    )
    .bind(new_id(now))
    .bind(owner.0)
    .bind(&new.name)
    .bind(&new.symbol)
    .bind(new.timeframe.name())
    .bind(&new.document)
    .bind(now.0)
    .fetch_one(&mut *turn)
    .await?)
}

async fn replace(
    turn: &mut SqliteConnection,
    owner: Owner,
    id: StrategyId,
    revision: i64,
    new: &NewStrategy,
    now: Time,
) -> Result<Row> {
    let row = sqlx::query_as(
        "UPDATE strategies
         SET revision = revision + 1, name = $1, symbol = $2, timeframe = $3, document = $4,
             updated_at = $5
         WHERE owner_id = $6 AND id = $7 AND revision = $8
         RETURNING id, revision, name, symbol, timeframe, created_at, updated_at",
    )
    .bind(&new.name)
    .bind(&new.symbol)
    .bind(new.timeframe.name())
    .bind(&new.document)
    .bind(now.0)
    .bind(owner.0)
    .bind(id.0)
    .bind(revision)
    .fetch_optional(&mut *turn)
    .await?;
    if let Some(row) = row {
        return Ok(row);
    }
    let there: Option<i64> =
        sqlx::query_scalar("SELECT revision FROM strategies WHERE owner_id = $1 AND id = $2")
            .bind(owner.0)
            .bind(id.0)
            .fetch_optional(&mut *turn)
            .await?;
    Err(there.map_or(StorageError::NotFound, StorageError::Conflict))
}
