//! Saved strategies.

use crate::{
    Owner, Result, StorageError,
    activation::refuse_live,
    database::{Database, Turn, sql},
    row::{found, new_id, timeframe},
    version,
    visitor::Room,
};
use protocol::{
    id::StrategyId,
    strategy::{SavedStrategy, StrategySummary},
};
use sqlx::FromRow;
use trading::{time::Time, timeframe::Timeframe};
use uuid::Uuid;

/// The most strategies of a visitor; an account's plan says how many it may have.
pub const MAX_STRATEGIES: i64 = 200;

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
    /// The most strategies that its owner may have.
    pub most: i64,
}

#[derive(FromRow)]
pub(crate) struct Row {
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
    pub(crate) fn summary(self) -> Result<StrategySummary> {
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

/// Saved strategies.
#[derive(Debug, Clone)]
pub struct Strategies {
    database: Database,
    room: Room,
}

impl Strategies {
    pub(crate) fn new(database: Database, room: Room) -> Self {
        Self { database, room }
    }

    pub(crate) fn database(&self) -> &Database {
        &self.database
    }

    /// All of an owner, the last saved first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list(&self, owner: Owner) -> Result<Vec<StrategySummary>> {
        let rows: Vec<Row> = sql(
            "SELECT id, revision, name, symbol, timeframe, created_at, updated_at
             FROM strategies WHERE owner_id = $1 ORDER BY updated_at DESC, id DESC",
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
    pub async fn load(&self, owner: Owner, id: StrategyId) -> Result<SavedStrategy> {
        let whole: Option<Whole> = sql(
            "SELECT id, revision, name, symbol, timeframe, created_at, updated_at, document
             FROM strategies WHERE owner_id = $1 AND id = $2",
        )
        .bind(owner.id())
        .bind(id.0)
        .maybe(&self.database)
        .await?;
        let whole = whole.ok_or(StorageError::NotFound)?;
        Ok(SavedStrategy {
            summary: whole.row.summary()?,
            document: whole.document,
        })
    }

    /// Keeps one, whole or not at all. A document that is another than that of the newest version
    /// is a new version.
    ///
    /// # Errors
    /// [`StorageError::Conflict`] where it was changed meanwhile, [`StorageError::TooMany`],
    /// [`StorageError::Full`], [`StorageError::NotFound`].
    pub async fn save(&self, owner: Owner, new: NewStrategy, now: Time) -> Result<StrategySummary> {
        self.save_noted(owner, new, ("", None), now).await
    }

    /// The same with what is to be known of the version, and which one it brings back.
    ///
    /// # Errors
    /// As [`Strategies::save`].
    pub async fn save_noted(
        &self,
        owner: Owner,
        new: NewStrategy,
        (note, origin): (&str, Option<i64>),
        now: Time,
    ) -> Result<StrategySummary> {
        let mut turn = self.database.begin().await?;
        turn.lock(owner.id()).await?;
        let bytes = new.document.len();
        self.room.admit(&mut turn, owner, bytes, now).await?;
        let row = match new.replaces {
            Some((id, revision)) => replace(&mut turn, owner, id, revision, &new, now).await?,
            None => insert(&mut turn, owner, &new, now).await?,
        };
        if version::keep(&mut turn, row.id, note, origin).await? {
            version::fit(&mut turn, owner, row.id).await?;
        }
        turn.commit().await?;
        row.summary()
    }

    /// Removes one. Its runs stay.
    ///
    /// # Errors
    /// [`StorageError::NotFound`], [`StorageError::Live`].
    pub async fn delete(&self, owner: Owner, id: StrategyId) -> Result<()> {
        self.remove(owner, id, None).await
    }

    /// Removes one if it is still at this revision. Its runs stay.
    ///
    /// # Errors
    /// [`StorageError::NotFound`], [`StorageError::Conflict`] where it was changed meanwhile,
    /// [`StorageError::Live`].
    pub async fn delete_at(&self, owner: Owner, id: StrategyId, revision: i64) -> Result<()> {
        self.remove(owner, id, Some(revision)).await
    }

    async fn remove(&self, owner: Owner, id: StrategyId, revision: Option<i64>) -> Result<()> {
        let mut turn = self.database.begin().await?;
        turn.lock(owner.id()).await?;
        let there: Option<(i64,)> =
            sql("SELECT revision FROM strategies WHERE owner_id = $1 AND id = $2")
                .bind(owner.id())
                .bind(id.0)
                .maybe_in(&mut turn)
                .await?;
        let (there,) = there.ok_or(StorageError::NotFound)?;
        if revision.is_some_and(|revision| revision != there) {
            return Err(StorageError::Conflict(there));
        }
        refuse_live(&mut turn, id).await?;
        let done = sql("DELETE FROM strategies WHERE owner_id = $1 AND id = $2")
            .bind(owner.id())
            .bind(id.0)
            .run_in(&mut turn)
            .await?;
        found(done)?;
        turn.commit().await
    }
}

async fn insert(turn: &mut Turn, owner: Owner, new: &NewStrategy, now: Time) -> Result<Row> {
    let (count,): (i64,) = sql("SELECT COUNT(*) FROM strategies WHERE owner_id = $1")
        .bind(owner.id())
        .one_in(turn)
        .await?;
    if count >= new.most {
        return Err(StorageError::TooMany(new.most));
    }
    sql("INSERT INTO strategies
           (id, owner_id, revision, name, symbol, timeframe, document, created_at, updated_at)
         VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $7)
         RETURNING id, revision, name, symbol, timeframe, created_at, updated_at")
    .bind(new_id(now))
    .bind(owner.id())
    .bind(&new.name)
    .bind(&new.symbol)
    .bind(new.timeframe.name())
    .bind(&new.document)
    .bind(now.0)
    .one_in(turn)
    .await
}

async fn replace(
    turn: &mut Turn,
    owner: Owner,
    id: StrategyId,
    revision: i64,
    new: &NewStrategy,
    now: Time,
) -> Result<Row> {
    // A server of an older version may have saved it without making a version.
    let known: Option<(Uuid,)> = sql("SELECT id FROM strategies WHERE owner_id = $1 AND id = $2")
        .bind(owner.id())
        .bind(id.0)
        .maybe_in(turn)
        .await?;
    let (known,) = known.ok_or(StorageError::NotFound)?;
    version::keep(turn, known, "", None).await?;
    let row = sql("UPDATE strategies
         SET revision = revision + 1, name = $1, symbol = $2, timeframe = $3, document = $4,
             updated_at = $5
         WHERE owner_id = $6 AND id = $7 AND revision = $8
         RETURNING id, revision, name, symbol, timeframe, created_at, updated_at")
    .bind(&new.name)
    .bind(&new.symbol)
    .bind(new.timeframe.name())
    .bind(&new.document)
    .bind(now.0)
    .bind(owner.id())
    .bind(id.0)
    .bind(revision)
    .maybe_in(turn)
    .await?;
    if let Some(row) = row {
        return Ok(row);
    }
    let there: Option<(i64,)> =
        sql("SELECT revision FROM strategies WHERE owner_id = $1 AND id = $2")
            .bind(owner.id())
            .bind(id.0)
            .maybe_in(turn)
            .await?;
    Err(there.map_or(StorageError::NotFound, |(revision,)| {
        StorageError::Conflict(revision)
    }))
}
