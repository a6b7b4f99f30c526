//! Passwords, and what is told once by mail and given back once.

use super::{Accounts, end_sessions};
use crate::{
    Result, StorageError, credential,
    database::{Turn, sql},
    notification,
    row::{found, lock_of},
};
use identity::{EmailAddress, TokenHash};
use protocol::id::AccountId;
use trading::time::Time;
use uuid::Uuid;

/// What a token is for. One for a password never changes an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Allows a new password.
    ResetPassword,
    /// Proves a new address, which is the payload.
    ChangeEmail,
}

impl Purpose {
    fn name(self) -> &'static str {
        match self {
            Self::ResetPassword => "reset-password",
            Self::ChangeEmail => "change-email",
        }
    }
}

/// Why a new address was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken {
    /// It is the account's now; the address before.
    Changed(EmailAddress),
    /// Somebody else has it by now.
    Exists,
}

impl Accounts {
    /// Keeps a token until then. It takes the place of any of the account for the same purpose.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn issue(
        &self,
        id: AccountId,
        purpose: Purpose,
        hash: &TokenHash,
        payload: &str,
        until: Time,
    ) -> Result<()> {
        let mut turn = self.database.begin().await?;
        turn.lock(id.0).await?;
        forget(&mut turn, id, purpose).await?;
        sql(
            "INSERT INTO account_tokens (hash, account_id, purpose, payload, expires_at)
             VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(&hash.as_bytes()[..])
        .bind(id.0)
        .bind(purpose.name())
        .bind(payload)
        .bind(until.0)
        .run_in(&mut turn)
        .await?;
        turn.commit().await
    }

    /// Whose token would be taken now. It is not used up by asking.
    ///
    /// # Errors
    /// [`StorageError::NotFound`] where it is unknown, used or too old.
    pub async fn token_holder(
        &self,
        purpose: Purpose,
        hash: &TokenHash,
        now: Time,
    ) -> Result<AccountId> {
        let found: Option<(Uuid,)> = sql("SELECT account_id FROM account_tokens
             WHERE hash = $1 AND purpose = $2 AND expires_at > $3")
        .bind(&hash.as_bytes()[..])
        .bind(purpose.name())
        .bind(now.0)
        .maybe(&self.database)
        .await?;
        found
            .map(|(id,)| AccountId(id))
            .ok_or(StorageError::NotFound)
    }

    /// Takes a token for a new password and sets it. Every session and key ends, and every way to
    /// which notifications go but mail: whoever knew the old one is out.
    ///
    /// # Errors
    /// [`StorageError::NotFound`] where the token is unknown, used or too old.
    pub async fn reset_password(
        &self,
        hash: &TokenHash,
        password: &str,
        now: Time,
    ) -> Result<AccountId> {
        let (mut turn, id, _) = self.take(Purpose::ResetPassword, hash, now).await?;
        sql("UPDATE accounts SET password = $2 WHERE id = $1")
            .bind(id.0)
            .bind(password)
            .run_in(&mut turn)
            .await?;
        forget_all(&mut turn, id).await?;
        end_sessions(&mut turn, id, None).await?;
        // Whoever knew the old password may have made keys: none of them outlives it, nor does a
        // line on which somebody listens with one.
        let ended = credential::ends(&mut turn, id, now).await?;
        sql("UPDATE credentials SET revoked_at = $2 WHERE account_id = $1 AND revoked_at IS NULL")
            .bind(id.0)
            .bind(now.0)
            .run_in(&mut turn)
            .await?;
        sql("DELETE FROM pairings WHERE account_id = $1")
            .bind(id.0)
            .run_in(&mut turn)
            .await?;
        notification::shut(&mut turn, id, now).await?;
        self.notices.commit(turn, &ended).await?;
        Ok(id)
    }

    /// The account's password hash.
    ///
    /// # Errors
    /// [`StorageError::NotFound`].
    pub async fn password(&self, id: AccountId) -> Result<String> {
        let found: Option<(String,)> = sql("SELECT password FROM accounts WHERE id = $1")
            .bind(id.0)
            .maybe(&self.database)
            .await?;
        found.map(|(hash,)| hash).ok_or(StorageError::NotFound)
    }

    /// Sets a new password and ends every other session than the one of this hash.
    ///
    /// # Errors
    /// [`StorageError::NotFound`].
    pub async fn set_password(
        &self,
        id: AccountId,
        password: &str,
        keep: Option<[u8; 32]>,
    ) -> Result<()> {
        let mut turn = self.database.begin().await?;
        turn.lock(id.0).await?;
        let done = sql("UPDATE accounts SET password = $2 WHERE id = $1")
            .bind(id.0)
            .bind(password)
            .run_in(&mut turn)
            .await?;
        found(done)?;
        // Links that somebody asked for with the old one open nothing any more.
        forget_all(&mut turn, id).await?;
        end_sessions(&mut turn, id, keep).await?;
        turn.commit().await
    }

    /// Writes the same password with today's costs. Nothing else changes.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn renew_password(&self, id: AccountId, old: &str, new: &str) -> Result<()> {
        sql("UPDATE accounts SET password = $3 WHERE id = $1 AND password = $2")
            .bind(id.0)
            .bind(old)
            .bind(new)
            .run(&self.database)
            .await?;
        Ok(())
    }

    /// Takes a token for a new address and makes it the account's, proved.
    ///
    /// # Errors
    /// [`StorageError::NotFound`] where the token is unknown, used or too old.
    pub async fn change_email(&self, hash: &TokenHash, now: Time) -> Result<(AccountId, Taken)> {
        let (mut turn, id, address) = self.take(Purpose::ChangeEmail, hash, now).await?;
        let email: EmailAddress = address
            .parse()
            .map_err(|_| StorageError::Damaged(format!("new address of account {id}")))?;
        // Held until the end: two accounts cannot take the same address at once, and the one that
        // is second is told so instead of failing.
        turn.lock(lock_of(&email.key())).await?;
        let other: Option<(Uuid,)> =
            sql("SELECT id FROM accounts WHERE email_key = $1 AND id <> $2")
                .bind(email.key())
                .bind(id.0)
                .maybe_in(&mut turn)
                .await?;
        if other.is_some() {
            turn.commit().await?;
            return Ok((id, Taken::Exists));
        }
        let (old,): (String,) = sql("SELECT email FROM accounts WHERE id = $1")
            .bind(id.0)
            .one_in(&mut turn)
            .await?;
        sql("UPDATE accounts SET email = $2, email_key = $3 WHERE id = $1")
            .bind(id.0)
            .bind(email.as_str())
            .bind(email.key())
            .run_in(&mut turn)
            .await?;
        // What was mailed to the old address opens nothing any more.
        forget_all(&mut turn, id).await?;
        turn.commit().await?;
        let old = old
            .parse()
            .map_err(|_| StorageError::Damaged(format!("email of account {id}")))?;
        Ok((id, Taken::Changed(old)))
    }

    /// Removes tokens and registrations that are too old, and says how many they were.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sweep_tokens(&self, now: Time) -> Result<u64> {
        let mut swept = 0;
        for query in [
            "DELETE FROM account_tokens WHERE expires_at <= $1",
            "DELETE FROM registrations WHERE expires_at <= $1",
        ] {
            swept += sql(query).bind(now.0).run(&self.database).await?;
        }
        Ok(swept)
    }

    /// Takes a token: begins a turn that has the account's lock, whose token it was, and what it
    /// says. Whose it is never changes, so it is asked before the lock, which comes first.
    async fn take(
        &self,
        purpose: Purpose,
        hash: &TokenHash,
        now: Time,
    ) -> Result<(Turn, AccountId, String)> {
        let id = self.token_holder(purpose, hash, now).await?;
        let mut turn = self.database.begin().await?;
        turn.lock(id.0).await?;
        let payload: Option<(String,)> = sql("DELETE FROM account_tokens
             WHERE account_id = $1 AND hash = $2 AND purpose = $3 AND expires_at > $4
             RETURNING payload")
        .bind(id.0)
        .bind(&hash.as_bytes()[..])
        .bind(purpose.name())
        .bind(now.0)
        .maybe_in(&mut turn)
        .await?;
        let (payload,) = payload.ok_or(StorageError::NotFound)?;
        Ok((turn, id, payload))
    }
}

async fn forget(turn: &mut Turn, id: AccountId, purpose: Purpose) -> Result<()> {
    sql("DELETE FROM account_tokens WHERE account_id = $1 AND purpose = $2")
        .bind(id.0)
        .bind(purpose.name())
        .run_in(turn)
        .await?;
    Ok(())
}

async fn forget_all(turn: &mut Turn, id: AccountId) -> Result<()> {
    sql("DELETE FROM account_tokens WHERE account_id = $1")
        .bind(id.0)
        .run_in(turn)
        .await?;
    Ok(())
}
