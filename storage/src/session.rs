//! Sessions: browsers, and who is signed in there. The data is its maker's; what is asked of
//! sessions as rows (whose, from where, until when) has columns.

use crate::{
    Result,
    database::{Database, sql},
    row::{found, new_id},
};
use protocol::id::{AccountId, SessionId};
use sqlx::FromRow;
use trading::time::Time;
use uuid::Uuid;

/// A session as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    /// The hash of what the cookie says.
    pub hash: [u8; 32],
    /// Who is signed in.
    pub account: Option<AccountId>,
    /// JSON of whoever keeps it.
    pub data: String,
    /// From which address it was begun.
    pub address: String,
    /// What the browser calls itself.
    pub agent: String,
    /// When it ends by itself.
    pub expires_at: Time,
}

/// A session in the list of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionSummary {
    /// Its name among rows.
    pub id: SessionId,
    /// The hash of what its cookie says: to know one's own.
    pub hash: Vec<u8>,
    /// From which address it was begun.
    pub address: String,
    /// What the browser calls itself.
    pub agent: String,
    /// When it was begun.
    pub created_at: Time,
    /// When it was last used, to some minutes.
    pub seen_at: Time,
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    hash: Vec<u8>,
    address: String,
    agent: String,
    created_at: i64,
    seen_at: i64,
}

impl Row {
    fn summary(self) -> SessionSummary {
        SessionSummary {
            id: SessionId(self.id),
            hash: self.hash,
            address: self.address,
            agent: self.agent,
            created_at: Time(self.created_at),
            seen_at: Time(self.seen_at),
        }
    }
}

/// Sessions.
#[derive(Debug, Clone)]
pub struct Sessions {
    database: Database,
}

impl Sessions {
    pub(crate) fn new(database: Database) -> Self {
        Self { database }
    }

    /// Keeps a session, new or changed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn put(&self, row: &SessionRow, now: Time) -> Result<()> {
        sql("INSERT INTO sessions
               (id, hash, account_id, data, address, agent, created_at, seen_at, expires_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8)
             ON CONFLICT (hash) DO UPDATE
             SET account_id = excluded.account_id, data = excluded.data,
                 seen_at = excluded.seen_at, expires_at = excluded.expires_at")
        .bind(new_id(now))
        .bind(row.hash)
        .bind(row.account.map(|id| id.0))
        .bind(&row.data)
        .bind(&row.address)
        .bind(&row.agent)
        .bind(now.0)
        .bind(row.expires_at.0)
        .run(&self.database)
        .await?;
        Ok(())
    }

    /// Changes a session that is there still: one that was ended meanwhile does not come back.
    ///
    /// # Errors
    /// [`StorageError::NotFound`].
    pub async fn update(&self, row: &SessionRow, now: Time) -> Result<()> {
        let done = sql("UPDATE sessions
             SET account_id = $2, data = $3, seen_at = $4, expires_at = $5
             WHERE hash = $1")
        .bind(row.hash)
        .bind(row.account.map(|id| id.0))
        .bind(&row.data)
        .bind(now.0)
        .bind(row.expires_at.0)
        .run(&self.database)
        .await?;
        found(done)
    }

    /// The data of a session that has not ended, and until when.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find(&self, hash: [u8; 32], now: Time) -> Result<Option<(String, Time)>> {
        let found: Option<(String, i64)> =
            sql("SELECT data, expires_at FROM sessions WHERE hash = $1 AND expires_at > $2")
                .bind(hash)
                .bind(now.0)
                .maybe(&self.database)
                .await?;
        Ok(found.map(|(data, until)| (data, Time(until))))
    }

    /// Ends the session of a cookie. One that is not there has ended.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end(&self, hash: [u8; 32]) -> Result<()> {
        sql("DELETE FROM sessions WHERE hash = $1")
            .bind(hash)
            .run(&self.database)
            .await?;
        Ok(())
    }

    /// The sessions of an account, the last used first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list(&self, account: AccountId, now: Time) -> Result<Vec<SessionSummary>> {
        let rows: Vec<Row> = sql("SELECT id, hash, address, agent, created_at, seen_at
             FROM sessions WHERE account_id = $1 AND expires_at > $2
             ORDER BY seen_at DESC, id DESC")
        .bind(account.0)
        .bind(now.0)
        .all(&self.database)
        .await?;
        Ok(rows.into_iter().map(Row::summary).collect())
    }

    /// The same a part at a time: the last begun first, before one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn part(
        &self,
        account: AccountId,
        before: Option<SessionId>,
        most: i64,
        now: Time,
    ) -> Result<Vec<SessionSummary>> {
        let rows: Vec<Row> = sql("SELECT id, hash, address, agent, created_at, seen_at
             FROM sessions WHERE account_id = $1 AND expires_at > $2 AND id < $3
             ORDER BY id DESC LIMIT $4")
        .bind(account.0)
        .bind(now.0)
        .bind(before.map_or(Uuid::max(), |id| id.0))
        .bind(most)
        .all(&self.database)
        .await?;
        Ok(rows.into_iter().map(Row::summary).collect())
    }

    /// Ends one session of an account.
    ///
    /// # Errors
    /// [`StorageError::NotFound`], also where it is somebody else's.
    pub async fn revoke(&self, account: AccountId, id: SessionId) -> Result<()> {
        let done = sql("DELETE FROM sessions WHERE account_id = $1 AND id = $2")
            .bind(account.0)
            .bind(id.0)
            .run(&self.database)
            .await?;
        found(done)
    }

    /// Ends every session of an account but the one of this hash, and says how many they were.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn revoke_others(&self, account: AccountId, keep: [u8; 32]) -> Result<u64> {
        sql("DELETE FROM sessions WHERE account_id = $1 AND hash <> $2")
            .bind(account.0)
            .bind(keep)
            .run(&self.database)
            .await
    }

    /// Removes those that have ended by themselves.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sweep(&self, now: Time) -> Result<u64> {
        sql("DELETE FROM sessions WHERE expires_at <= $1")
            .bind(now.0)
            .run(&self.database)
            .await
    }
}
