//! API keys: what programs of an account's say to be let in.

use crate::{
    Notice, Notices, Result, StorageError,
    database::{Database, Turn, sql},
    notice::Subject,
    row::{found, new_id},
};
use identity::TokenHash;
use protocol::{
    api::credential::{Credential, NewCredential},
    id::{AccountId, CredentialId},
};
use sqlx::FromRow;
use trading::time::{MINUTE, Time};
use uuid::Uuid;

/// The most keys of one account that open something.
pub const MAX_CREDENTIALS: i64 = 50;

/// That a key was used is written down at most once in this many milliseconds.
const USED: i64 = MINUTE;

#[derive(FromRow)]
struct Row {
    id: Uuid,
    account_id: Uuid,
    prefix: String,
    name: String,
    scope: String,
    created_at: i64,
    expires_at: Option<i64>,
    used_at: Option<i64>,
    revoked_at: Option<i64>,
}

impl Row {
    fn credential(self) -> Result<(AccountId, Credential)> {
        let damaged = |what: &str| StorageError::Damaged(format!("{what} of key {}", self.id));
        let credential = Credential {
            id: CredentialId(self.id),
            name: self.name.parse().map_err(|_| damaged("name"))?,
            scope: self.scope.parse().map_err(|_| damaged("scope"))?,
            prefix: self.prefix,
            created_at: Time(self.created_at),
            expires_at: self.expires_at.map(Time),
            used_at: self.used_at.map(Time),
            revoked_at: self.revoked_at.map(Time),
        };
        Ok((AccountId(self.account_id), credential))
    }
}

/// API keys.
#[derive(Debug, Clone)]
pub struct Credentials {
    database: Database,
    notices: Notices,
}

impl Credentials {
    pub(crate) fn new(database: Database, notices: Notices) -> Self {
        Self { database, notices }
    }

    /// Keeps a new one: its hash and the prefix that may be seen.
    ///
    /// # Errors
    /// [`StorageError::TooMany`].
    pub async fn create(
        &self,
        account: AccountId,
        new: &NewCredential,
        prefix: &str,
        hash: &TokenHash,
        now: Time,
    ) -> Result<Credential> {
        let mut turn = self.database.begin().await?;
        let made = insert(&mut turn, account, new, prefix, hash, now).await?;
        turn.commit().await?;
        Ok(made)
    }

    /// All of an account, revoked ones too, the newest first, before one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list(
        &self,
        account: AccountId,
        before: Option<CredentialId>,
        most: i64,
    ) -> Result<Vec<Credential>> {
        let rows: Vec<Row> = sql(
            "SELECT id, account_id, prefix, name, scope, created_at, expires_at, used_at, revoked_at
             FROM credentials WHERE account_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3",
        )
        .bind(account.0)
        .bind(before.map_or(Uuid::max(), |id| id.0))
        .bind(most)
        .all(&self.database)
        .await?;
        rows.into_iter()
            .map(|row| row.credential().map(|(_, credential)| credential))
            .collect()
    }

    /// The key of this hash and whose it is, if it opens anything now: not where it was revoked or
    /// is too old, nor where its account is shut. That it was used is written down.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find(
        &self,
        hash: &TokenHash,
        now: Time,
    ) -> Result<Option<(AccountId, Credential)>> {
        let row: Option<Row> = sql(
            "SELECT c.id, c.account_id, c.prefix, c.name, c.scope, c.created_at, c.expires_at,
                    c.used_at, c.revoked_at
             FROM credentials c JOIN accounts a ON a.id = c.account_id
             WHERE c.hash = $1 AND c.revoked_at IS NULL AND a.disabled_at IS NULL
               AND (c.expires_at IS NULL OR c.expires_at > $2)",
        )
        .bind(*hash.as_bytes())
        .bind(now.0)
        .maybe(&self.database)
        .await?;
        let Some(row) = row else {
            return Ok(None);
        };
        let (account, credential) = row.credential()?;
        let used = credential.used_at.map_or(i64::MIN, |used| used.0);
        if used.saturating_add(USED) <= now.0 {
            sql("UPDATE credentials SET used_at = $3
                 WHERE account_id = $1 AND id = $2 AND (used_at IS NULL OR used_at < $3)")
            .bind(account.0)
            .bind(credential.id.0)
            .bind(now.0)
            .run(&self.database)
            .await?;
        }
        Ok(Some((account, credential)))
    }

    /// Whether a key still opens anything.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn is_live(&self, account: AccountId, id: CredentialId, now: Time) -> Result<bool> {
        let found: Option<(Uuid,)> = sql(
            "SELECT c.id FROM credentials c JOIN accounts a ON a.id = c.account_id
             WHERE c.account_id = $1 AND c.id = $2 AND c.revoked_at IS NULL
               AND a.disabled_at IS NULL AND (c.expires_at IS NULL OR c.expires_at > $3)",
        )
        .bind(account.0)
        .bind(id.0)
        .bind(now.0)
        .maybe(&self.database)
        .await?;
        Ok(found.is_some())
    }

    /// One of an account, revoked or not.
    ///
    /// # Errors
    /// [`StorageError::NotFound`], also where it is somebody else's.
    pub async fn load(&self, account: AccountId, id: CredentialId) -> Result<Credential> {
        let row: Option<Row> = sql(
            "SELECT id, account_id, prefix, name, scope, created_at, expires_at, used_at,
                    revoked_at
             FROM credentials WHERE account_id = $1 AND id = $2",
        )
        .bind(account.0)
        .bind(id.0)
        .maybe(&self.database)
        .await?;
        Ok(row.ok_or(StorageError::NotFound)?.credential()?.1)
    }

    /// Revokes one, at once. One that is revoked stays as it is.
    ///
    /// # Errors
    /// [`StorageError::NotFound`], also where it is somebody else's.
    pub async fn revoke(&self, account: AccountId, id: CredentialId, now: Time) -> Result<()> {
        let mut turn = self.database.begin().await?;
        let done = sql(
            "UPDATE credentials SET revoked_at = COALESCE(revoked_at, $3)
             WHERE account_id = $1 AND id = $2",
        )
        .bind(account.0)
        .bind(id.0)
        .bind(now.0)
        .run_in(&mut turn)
        .await?;
        found(done)?;
        let subject = Subject::CredentialRevoked(id);
        self.notices
            .commit(turn, &[Notice { account, subject }])
            .await
    }
}

/// That every key of an account that opens something does no more: told with the turn in which that
/// becomes so, it ends who listens with one.
pub(crate) async fn ends(turn: &mut Turn, account: AccountId, now: Time) -> Result<Vec<Notice>> {
    let rows: Vec<(Uuid,)> = sql("SELECT id FROM credentials
         WHERE account_id = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2)")
    .bind(account.0)
    .bind(now.0)
    .all_in(turn)
    .await?;
    let notice = |(id,)| Notice {
        account,
        subject: Subject::CredentialRevoked(CredentialId(id)),
    };
    Ok(rows.into_iter().map(notice).collect())
}

pub(crate) async fn insert(
    turn: &mut Turn,
    account: AccountId,
    new: &NewCredential,
    prefix: &str,
    hash: &TokenHash,
    now: Time,
) -> Result<Credential> {
    turn.lock(account.0).await?;
    let (count,): (i64,) = sql("SELECT COUNT(*) FROM credentials
         WHERE account_id = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2)")
    .bind(account.0)
    .bind(now.0)
    .one_in(turn)
    .await?;
    if count >= MAX_CREDENTIALS {
        return Err(StorageError::TooMany(MAX_CREDENTIALS));
    }
    let row: Row = sql(
        "INSERT INTO credentials (id, account_id, hash, prefix, name, scope, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         RETURNING id, account_id, prefix, name, scope, created_at, expires_at, used_at, revoked_at",
    )
    .bind(new_id(now))
    .bind(account.0)
    .bind(*hash.as_bytes())
    .bind(prefix)
    .bind(new.name.as_str())
    .bind(new.scope.name())
    .bind(now.0)
    .bind(new.expires_at.map(|time| time.0))
    .one_in(turn)
    .await?;
    row.credential().map(|(_, credential)| credential)
}
