//! Executors: the programs that trade. One key is one executor.

use crate::{
    Notice, Notices, Result, StorageError,
    database::{Database, sql},
    notice::Subject,
    row::new_id,
};
use protocol::{
    api::heartbeat::{Executor, Heartbeat},
    id::{AccountId, CredentialId, ExecutorId},
};
use sqlx::FromRow;
use trading::time::Time;
use uuid::Uuid;

#[derive(FromRow)]
struct Row {
    id: Uuid,
    name: String,
    version: String,
    health: String,
    created_at: i64,
    seen_at: i64,
}

impl Row {
    fn executor(self) -> Result<Executor> {
        let damaged = |what: &str| StorageError::Damaged(format!("{what} of executor {}", self.id));
        Ok(Executor {
            id: ExecutorId(self.id),
            name: self.name.parse().map_err(|_| damaged("name"))?,
            version: self.version.parse().map_err(|_| damaged("version"))?,
            health: serde_json::from_str(&self.health).map_err(|_| damaged("health"))?,
            created_at: Time(self.created_at),
            seen_at: Time(self.seen_at),
        })
    }
}

/// Executors.
#[derive(Debug, Clone)]
pub struct Executors {
    database: Database,
    notices: Notices,
}

impl Executors {
    pub(crate) fn new(database: Database, notices: Notices) -> Self {
        Self { database, notices }
    }

    /// An executor says that it lives, and is told which one it is. Others are told when something
    /// about it is new, and else once a minute.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn beat(
        &self,
        account: AccountId,
        credential: CredentialId,
        beat: &Heartbeat,
        now: Time,
    ) -> Result<ExecutorId> {
        let health = serde_json::to_string(&beat.health)
            .map_err(|error| StorageError::Damaged(error.to_string()))?;
        let filled = |text| {
            sql(text)
                .bind(new_id(now))
                .bind(account.0)
                .bind(credential.0)
                .bind(beat.name.as_str())
                .bind(beat.version.as_str())
                .bind(&health)
                .bind(now.0)
        };
        if let Database::Postgres(_) = self.database {
            // The most frequent write of all, so one statement, and its commit waits for no disk:
            // what a power cut takes, the next heartbeat says again. Telling is not free either:
            // PostgreSQL lets those who tell something commit one after the other.
            let (id,): (Uuid,) = filled(
                "WITH hurry AS (SELECT set_config('synchronous_commit', 'off', true)),
                 before AS (SELECT name, version, health, seen_at FROM executors
                            WHERE credential_id = $3),
                 beaten AS (
                   INSERT INTO executors
                     (id, account_id, credential_id, name, version, health, created_at, seen_at)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $7)
                   ON CONFLICT (credential_id) DO UPDATE
                   SET name = excluded.name, version = excluded.version,
                       health = excluded.health, seen_at = excluded.seen_at
                   WHERE executors.account_id = excluded.account_id
                   RETURNING id),
                 told AS (
                   SELECT pg_notify('phoenix',
                            $2::uuid::text || ' executor-seen ' || (SELECT id FROM beaten)::text)
                   WHERE EXISTS (SELECT 1 FROM beaten) AND NOT EXISTS
                     (SELECT 1 FROM before WHERE name = $4 AND version = $5 AND health = $6
                      AND seen_at / 60000 = $7::bigint / 60000))
                 SELECT beaten.id FROM beaten
                 LEFT JOIN hurry ON true
                 LEFT JOIN (SELECT COUNT(*) AS count FROM told) AS notices ON true
                 WHERE hurry.set_config IS NOT NULL AND notices.count >= 0",
            )
            .one(&self.database)
            .await?;
            return Ok(ExecutorId(id));
        }
        let mut turn = self.database.begin().await?;
        let same: Option<(i64,)> = sql("SELECT seen_at FROM executors
             WHERE credential_id = $1 AND name = $2 AND version = $3 AND health = $4
               AND seen_at / 60000 = $5 / 60000")
        .bind(credential.0)
        .bind(beat.name.as_str())
        .bind(beat.version.as_str())
        .bind(&health)
        .bind(now.0)
        .maybe_in(&mut turn)
        .await?;
        let (id,): (Uuid,) = filled(
            "INSERT INTO executors
               (id, account_id, credential_id, name, version, health, created_at, seen_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $7)
             ON CONFLICT (credential_id) DO UPDATE
             SET name = excluded.name, version = excluded.version, health = excluded.health,
                 seen_at = excluded.seen_at
             WHERE executors.account_id = excluded.account_id
             RETURNING id",
        )
        .one_in(&mut turn)
        .await?;
        let id = ExecutorId(id);
        let subject = Subject::ExecutorSeen(id);
        let notice = same.is_none().then_some(Notice { account, subject });
        self.notices.commit(turn, notice.as_slice()).await?;
        Ok(id)
    }

    /// The executor of a key.
    ///
    /// # Errors
    /// [`StorageError::NotFound`] where it never said that it lives.
    pub async fn of(&self, account: AccountId, credential: CredentialId) -> Result<ExecutorId> {
        let found: Option<(Uuid,)> =
            sql("SELECT id FROM executors WHERE account_id = $1 AND credential_id = $2")
                .bind(account.0)
                .bind(credential.0)
                .maybe(&self.database)
                .await?;
        let (id,) = found.ok_or(StorageError::NotFound)?;
        Ok(ExecutorId(id))
    }

    /// Those of an account whose key was not revoked, the newest first, before one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list(
        &self,
        account: AccountId,
        before: Option<ExecutorId>,
        most: i64,
    ) -> Result<Vec<Executor>> {
        let rows: Vec<Row> = sql(
            "SELECT e.id, e.name, e.version, e.health, e.created_at, e.seen_at
             FROM executors e JOIN credentials c ON c.id = e.credential_id
             WHERE e.account_id = $1 AND c.revoked_at IS NULL AND e.id < $2
             ORDER BY e.id DESC LIMIT $3",
        )
        .bind(account.0)
        .bind(before.map_or(Uuid::max(), |id| id.0))
        .bind(most)
        .all(&self.database)
        .await?;
        rows.into_iter().map(Row::executor).collect()
    }

    /// Every one that an account ever had, the newest first, before one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn ever(
        &self,
        account: AccountId,
        before: Option<ExecutorId>,
        most: i64,
    ) -> Result<Vec<Executor>> {
        let rows: Vec<Row> = sql("SELECT id, name, version, health, created_at, seen_at
             FROM executors WHERE account_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3")
        .bind(account.0)
        .bind(before.map_or(Uuid::max(), |id| id.0))
        .bind(most)
        .all(&self.database)
        .await?;
        rows.into_iter().map(Row::executor).collect()
    }
}
