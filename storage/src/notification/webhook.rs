//! Addresses of traders' own servers, which are called.

use super::{Matter, NotificationKind, delivery, tell};
use crate::{
    Result, StorageError,
    database::{Database, sql},
    row::found,
};
use protocol::id::AccountId;
use sqlx::FromRow;
use trading::time::Time;
use uuid::Uuid;

/// The most of one account.
pub const MAX_WEBHOOKS: i64 = 3;
/// After so many failures in a row it gets nothing more.
pub const MAX_WEBHOOK_FAILURES: i64 = 20;

/// A webhook.
#[derive(Clone, PartialEq, Eq, FromRow)]
pub struct Webhook {
    /// Its name among rows.
    pub id: Uuid,
    /// Where it is.
    pub url: String,
    /// What is signed with, sealed.
    pub secret: Vec<u8>,
    /// When it was made, in milliseconds since 1970.
    pub created_at: i64,
    /// How often it failed in a row.
    pub failures: i64,
    /// Since when it gets nothing more, in milliseconds since 1970.
    pub disabled_at: Option<i64>,
}

impl Webhook {
    /// Whether it gets nothing more because the password was reset, and not by its own fault.
    pub const fn is_off_by_reset(&self) -> bool {
        self.disabled_at.is_some() && self.failures < MAX_WEBHOOK_FAILURES
    }
}

/// Sealed or not, the secret is nobody's business.
impl std::fmt::Debug for Webhook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Webhook({})", self.id)
    }
}

/// Webhooks.
#[derive(Debug, Clone)]
pub struct Webhooks {
    database: Database,
}

impl Webhooks {
    pub(crate) fn new(database: Database) -> Self {
        Self { database }
    }

    /// Makes one. Its name comes with the call: the secret is sealed for it.
    ///
    /// # Errors
    /// [`StorageError::TooMany`].
    pub async fn add(
        &self,
        account: AccountId,
        id: Uuid,
        url: &str,
        secret: &[u8],
        now: Time,
    ) -> Result<()> {
        let mut turn = self.database.begin().await?;
        turn.lock(account.0).await?;
        let (count,): (i64,) = sql("SELECT COUNT(*) FROM webhooks WHERE account_id = $1")
            .bind(account.0)
            .one_in(&mut turn)
            .await?;
        if count >= MAX_WEBHOOKS {
            return Err(StorageError::TooMany(MAX_WEBHOOKS));
        }
        sql(
            "INSERT INTO webhooks (id, account_id, url, secret, created_at, failures)
             VALUES ($1, $2, $3, $4, $5, 0)",
        )
        .bind(id)
        .bind(account.0)
        .bind(url)
        .bind(secret)
        .bind(now.0)
        .run_in(&mut turn)
        .await?;
        turn.commit().await
    }

    /// Those of an account, the oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list(&self, account: AccountId) -> Result<Vec<Webhook>> {
        sql("SELECT id, url, secret, created_at, failures, disabled_at
             FROM webhooks WHERE account_id = $1 ORDER BY id")
        .bind(account.0)
        .all(&self.database)
        .await
    }

    /// One.
    ///
    /// # Errors
    /// [`StorageError::NotFound`], also where it is somebody else's.
    pub async fn load(&self, account: AccountId, id: Uuid) -> Result<Webhook> {
        let row: Option<Webhook> = sql("SELECT id, url, secret, created_at, failures, disabled_at
             FROM webhooks WHERE account_id = $1 AND id = $2")
        .bind(account.0)
        .bind(id)
        .maybe(&self.database)
        .await?;
        row.ok_or(StorageError::NotFound)
    }

    /// Removes one, and what waits for it.
    ///
    /// # Errors
    /// [`StorageError::NotFound`], also where it is somebody else's.
    pub async fn remove(&self, account: AccountId, id: Uuid) -> Result<()> {
        let mut turn = self.database.begin().await?;
        let done = sql("DELETE FROM webhooks WHERE account_id = $1 AND id = $2")
            .bind(account.0)
            .bind(id)
            .run_in(&mut turn)
            .await?;
        found(done)?;
        delivery::drop_waiting(&mut turn, account.0, id, "removed").await?;
        turn.commit().await
    }

    /// One that was given up is tried again from now on.
    ///
    /// # Errors
    /// [`StorageError::NotFound`], also where it is somebody else's.
    pub async fn resume(&self, account: AccountId, id: Uuid) -> Result<()> {
        let done = sql("UPDATE webhooks SET failures = 0, disabled_at = NULL
             WHERE account_id = $1 AND id = $2")
        .bind(account.0)
        .bind(id)
        .run(&self.database)
        .await?;
        found(done)
    }

    /// Sends a test to one alone, by the way of all notifications.
    ///
    /// # Errors
    /// [`StorageError::NotFound`], also where it is somebody else's or gets nothing more;
    /// [`StorageError::TooMany`] where one waits or was sent within the last minute.
    pub async fn test(&self, account: AccountId, id: Uuid, now: Time) -> Result<()> {
        let mut turn = self.database.begin().await?;
        let there: Option<(String,)> = sql("SELECT url FROM webhooks
             WHERE account_id = $1 AND id = $2 AND disabled_at IS NULL")
        .bind(account.0)
        .bind(id)
        .maybe_in(&mut turn)
        .await?;
        let (url,) = there.ok_or(StorageError::NotFound)?;
        delivery::test(&mut turn, account.0, super::Channel::Webhook, id, &url, now).await?;
        turn.commit().await
    }

    /// It answered.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn answered(&self, id: Uuid) -> Result<()> {
        sql("UPDATE webhooks SET failures = 0 WHERE id = $1 AND failures > 0")
            .bind(id)
            .run(&self.database)
            .await?;
        Ok(())
    }

    /// It failed once more; too often, and it gets nothing more, which its owner is told in the
    /// same turn. Says whether that is so now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn failed(&self, account: AccountId, id: Uuid, now: Time) -> Result<bool> {
        let mut turn = self.database.begin().await?;
        let row: Option<(i64, String)> = sql("UPDATE webhooks SET failures = failures + 1
             WHERE account_id = $1 AND id = $2 AND disabled_at IS NULL RETURNING failures, url")
        .bind(account.0)
        .bind(id)
        .maybe_in(&mut turn)
        .await?;
        let Some((failures, url)) = row else {
            turn.rollback().await?;
            return Ok(true);
        };
        let is_off = failures >= MAX_WEBHOOK_FAILURES;
        if is_off {
            sql("UPDATE webhooks SET disabled_at = $2 WHERE id = $1")
                .bind(id)
                .bind(now.0)
                .run_in(&mut turn)
                .await?;
            delivery::drop_waiting(&mut turn, account.0, id, "webhook off").await?;
            let matter = Matter {
                kind: NotificationKind::WebhookOff,
                cause: format!("webhook-off:{id}:{}", now.0),
                subject: url,
                detail: failures.to_string(),
                about: Some(id),
                since: Some(now),
            };
            tell(&mut turn, account.0, &matter, now).await?;
        }
        turn.commit().await?;
        Ok(is_off)
    }
}
