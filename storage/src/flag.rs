//! Switches of the operator's. The program declares which there are; rows say what differs.

use crate::{
    Result,
    database::{Database, sql},
};
use protocol::id::AccountId;
use trading::time::Time;
use uuid::Uuid;

/// How a switch stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FlagSetting {
    /// Whether it is on at all.
    pub is_on: bool,
    /// For how many of a hundred accounts.
    pub percent: u8,
    /// Since when.
    pub updated_at: Time,
}

/// An account for which a switch stands otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlagOverride {
    /// Which.
    pub account: AccountId,
    /// Its address.
    pub email: String,
    /// How it stands.
    pub is_on: bool,
}

/// Switches.
#[derive(Debug, Clone)]
pub struct Flags {
    database: Database,
}

impl Flags {
    pub(crate) fn new(database: Database) -> Self {
        Self { database }
    }

    /// How one stands, if anybody ever touched it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn load(&self, name: &str) -> Result<Option<FlagSetting>> {
        let row: Option<(bool, i64, i64)> =
            sql("SELECT is_on, percent, updated_at FROM feature_flags WHERE name = $1")
                .bind(name)
                .maybe(&self.database)
                .await?;
        Ok(row.map(|(is_on, percent, updated_at)| FlagSetting {
            is_on,
            percent: u8::try_from(percent.clamp(0, 100)).unwrap_or(100),
            updated_at: Time(updated_at),
        }))
    }

    /// How one stands for an account alone, if it does otherwise.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn of(&self, name: &str, account: AccountId) -> Result<Option<bool>> {
        let row: Option<(bool,)> =
            sql("SELECT is_on FROM feature_overrides WHERE name = $1 AND account_id = $2")
                .bind(name)
                .bind(account.0)
                .maybe(&self.database)
                .await?;
        Ok(row.map(|(is_on,)| is_on))
    }

    /// Turns one on for so many of a hundred accounts, or off.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set(&self, name: &str, is_on: bool, percent: u8, now: Time) -> Result<()> {
        sql(
            "INSERT INTO feature_flags (name, is_on, percent, updated_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (name) DO UPDATE
             SET is_on = excluded.is_on, percent = excluded.percent,
                 updated_at = excluded.updated_at",
        )
        .bind(name)
        .bind(is_on)
        .bind(i64::from(percent.min(100)))
        .bind(now.0)
        .run(&self.database)
        .await?;
        Ok(())
    }

    /// Says how one stands for an account alone; nothing for like everybody.
    ///
    /// # Errors
    /// When the database fails, or there is no such account.
    pub async fn set_for(
        &self,
        name: &str,
        account: AccountId,
        is_on: Option<bool>,
        now: Time,
    ) -> Result<()> {
        let Some(is_on) = is_on else {
            sql("DELETE FROM feature_overrides WHERE name = $1 AND account_id = $2")
                .bind(name)
                .bind(account.0)
                .run(&self.database)
                .await?;
            return Ok(());
        };
        sql(
            "INSERT INTO feature_overrides (name, account_id, is_on, created_at)
             VALUES ($1, $2, $3, $4)
             ON CONFLICT (name, account_id) DO UPDATE SET is_on = excluded.is_on",
        )
        .bind(name)
        .bind(account.0)
        .bind(is_on)
        .bind(now.0)
        .run(&self.database)
        .await?;
        Ok(())
    }

    /// For which accounts one stands otherwise, the last first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn overrides(&self, name: &str, most: i64) -> Result<Vec<FlagOverride>> {
        let rows: Vec<(Uuid, String, bool)> = sql("SELECT o.account_id, a.email, o.is_on
             FROM feature_overrides o JOIN accounts a ON a.id = o.account_id
             WHERE o.name = $1 ORDER BY o.created_at DESC, o.account_id LIMIT $2")
        .bind(name)
        .bind(most)
        .all(&self.database)
        .await?;
        let one = |(account, email, is_on)| FlagOverride {
            account: AccountId(account),
            email,
            is_on,
        };
        Ok(rows.into_iter().map(one).collect())
    }
}
