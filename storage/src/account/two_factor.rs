//! The second factor: a sealed secret, the last code that was taken, and recovery codes.

use super::Accounts;
use crate::{
    Result,
    database::{Turn, sql},
    row::found,
};
use identity::TokenHash;
use protocol::id::AccountId;
use sqlx::FromRow;
use trading::time::Time;

/// What is kept of a second factor.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct SecondFactor {
    /// The secret, sealed by whoever stored it.
    #[sqlx(rename = "totp")]
    pub sealed: Vec<u8>,
    /// The step of the last code that was taken: none is taken twice.
    #[sqlx(rename = "totp_step")]
    pub last_step: Option<i64>,
    /// Since when it is asked for, in milliseconds; absent while it is being set up.
    #[sqlx(rename = "two_factor_at")]
    pub since: Option<i64>,
}

impl Accounts {
    /// The account's second factor, if it has one or is setting one up.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn second_factor(&self, id: AccountId) -> Result<Option<SecondFactor>> {
        sql("SELECT totp, totp_step, two_factor_at FROM accounts
             WHERE id = $1 AND totp IS NOT NULL")
        .bind(id.0)
        .maybe(&self.database)
        .await
    }

    /// Keeps a secret that is not asked for yet.
    ///
    /// # Errors
    /// [`NotFound`](crate::StorageError::NotFound) where the account has a second factor already.
    pub async fn begin_second_factor(&self, id: AccountId, sealed: &[u8]) -> Result<()> {
        let done = sql("UPDATE accounts SET totp = $2, totp_step = NULL
             WHERE id = $1 AND two_factor_at IS NULL")
        .bind(id.0)
        .bind(sealed)
        .run(&self.database)
        .await?;
        found(done)
    }

    /// From now on it is asked for. The codes take the place of all before.
    ///
    /// # Errors
    /// [`NotFound`](crate::StorageError::NotFound) where none is being set up.
    pub async fn confirm_second_factor(
        &self,
        id: AccountId,
        step: i64,
        codes: &[TokenHash],
        now: Time,
    ) -> Result<()> {
        let mut turn = self.database.begin().await?;
        turn.lock(id.0).await?;
        let done = sql("UPDATE accounts SET two_factor_at = $2, totp_step = $3
             WHERE id = $1 AND totp IS NOT NULL AND two_factor_at IS NULL")
        .bind(id.0)
        .bind(now.0)
        .bind(step)
        .run_in(&mut turn)
        .await?;
        found(done)?;
        replace_codes(&mut turn, id, codes).await?;
        turn.commit().await
    }

    /// New recovery codes in the place of all before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn renew_recovery_codes(&self, id: AccountId, codes: &[TokenHash]) -> Result<()> {
        let mut turn = self.database.begin().await?;
        turn.lock(id.0).await?;
        replace_codes(&mut turn, id, codes).await?;
        turn.commit().await
    }

    /// How many recovery codes are left.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn recovery_codes_left(&self, id: AccountId) -> Result<i64> {
        let (left,): (i64,) =
            sql("SELECT COUNT(*) FROM recovery_codes WHERE account_id = $1 AND used_at IS NULL")
                .bind(id.0)
                .one(&self.database)
                .await?;
        Ok(left)
    }

    /// Marks the code of a step as used; false where that one or a later one was used before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn use_step(&self, id: AccountId, step: i64) -> Result<bool> {
        let done = sql("UPDATE accounts SET totp_step = $2
             WHERE id = $1 AND (totp_step IS NULL OR totp_step < $2)")
        .bind(id.0)
        .bind(step)
        .run(&self.database)
        .await?;
        Ok(done == 1)
    }

    /// Marks a recovery code as used; false where there is no such code, or it was used before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn use_recovery_code(
        &self,
        id: AccountId,
        hash: &TokenHash,
        now: Time,
    ) -> Result<bool> {
        let done = sql("UPDATE recovery_codes SET used_at = $3
             WHERE account_id = $1 AND hash = $2 AND used_at IS NULL")
        .bind(id.0)
        .bind(&hash.as_bytes()[..])
        .bind(now.0)
        .run(&self.database)
        .await?;
        Ok(done == 1)
    }

    /// It is not asked for any more, and its codes are gone.
    ///
    /// # Errors
    /// [`NotFound`](crate::StorageError::NotFound).
    pub async fn end_second_factor(&self, id: AccountId) -> Result<()> {
        let mut turn = self.database.begin().await?;
        turn.lock(id.0).await?;
        let done = sql(
            "UPDATE accounts SET totp = NULL, totp_step = NULL, two_factor_at = NULL WHERE id = $1",
        )
        .bind(id.0)
        .run_in(&mut turn)
        .await?;
        found(done)?;
        replace_codes(&mut turn, id, &[]).await?;
        turn.commit().await
    }
}

async fn replace_codes(turn: &mut Turn, id: AccountId, codes: &[TokenHash]) -> Result<()> {
    sql("DELETE FROM recovery_codes WHERE account_id = $1")
        .bind(id.0)
        .run_in(turn)
        .await?;
    for code in codes {
        sql("INSERT INTO recovery_codes (account_id, hash) VALUES ($1, $2)")
            .bind(id.0)
            .bind(&code.as_bytes()[..])
            .run_in(turn)
            .await?;
    }
    Ok(())
}
