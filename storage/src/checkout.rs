//! The checkout that an account has open at a payment provider. Providers are asked while nobody else
//! attends to the same account, on whatever server: a hold that ends by itself sees to that, since a
//! turn of the database must not wait for somebody outside.

use crate::{
    Result, StorageError,
    database::{Database, sql},
    row::found,
};
use protocol::id::AccountId;
use trading::time::Time;
use uuid::Uuid;

/// Open checkouts.
#[derive(Debug, Clone)]
pub struct Checkouts {
    database: Database,
}

/// That an account's checkout is attended to by the holder alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    account: AccountId,
    until: Time,
    /// JSON of whoever began the one that is open.
    pub content: Option<String>,
}

impl Checkouts {
    pub(crate) fn new(database: Database) -> Self {
        Self { database }
    }

    /// Takes hold of an account's checkout until then, or until it is let go.
    ///
    /// # Errors
    /// [`StorageError::Exists`] while somebody else holds it; [`StorageError::NotFound`] where there
    /// is no such account.
    pub async fn hold(&self, account: AccountId, now: Time, until: Time) -> Result<Hold> {
        let mut turn = self.database.begin().await?;
        turn.lock(account.0).await?;
        let known: Option<(Uuid,)> = sql("SELECT id FROM accounts WHERE id = $1")
            .bind(account.0)
            .maybe_in(&mut turn)
            .await?;
        known.ok_or(StorageError::NotFound)?;
        let row: Option<(String,)> = sql(
            "INSERT INTO checkouts (account_id, content, held_until) VALUES ($1, '', $3)
             ON CONFLICT (account_id) DO UPDATE SET held_until = excluded.held_until
             WHERE checkouts.held_until <= $2 RETURNING content",
        )
        .bind(account.0)
        .bind(now.0)
        .bind(until.0)
        .maybe_in(&mut turn)
        .await?;
        let (content,) = row.ok_or(StorageError::Exists)?;
        turn.commit().await?;
        Ok(Hold {
            account,
            until,
            content: (!content.is_empty()).then_some(content),
        })
    }

    /// Writes what is open now, and goes on holding it.
    ///
    /// # Errors
    /// [`StorageError::NotFound`] once the hold is over.
    pub async fn write(&self, hold: &Hold, content: Option<&str>) -> Result<()> {
        let done = sql("UPDATE checkouts SET content = $3
             WHERE account_id = $1 AND held_until = $2")
        .bind(hold.account.0)
        .bind(hold.until.0)
        .bind(content.unwrap_or_default())
        .run(&self.database)
        .await?;
        found(done)
    }

    /// Lets go of it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn release(&self, hold: Hold) -> Result<()> {
        sql("UPDATE checkouts SET held_until = 0 WHERE account_id = $1 AND held_until = $2")
            .bind(hold.account.0)
            .bind(hold.until.0)
            .run(&self.database)
            .await?;
        Ok(())
    }
}
