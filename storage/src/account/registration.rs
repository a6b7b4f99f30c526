//! Those who want an account and have not proved their address: no account is made before, so that
//! nobody learns by registering whether an address has one.

use super::{Account, Accounts, NewAccount, insert};
use crate::{Owner, Result, StorageError, database::sql, visitor};
use identity::{EmailAddress, Role, TokenHash};
use sqlx::FromRow;
use trading::{language::Language, time::Time};

/// What somebody registered with.
#[derive(Debug)]
pub struct Registration {
    /// The address that is to be proved.
    pub email: EmailAddress,
    /// The password's hash, in PHC form.
    pub password: String,
    /// In which language mail is written.
    pub language: Language,
}

#[derive(FromRow)]
struct Row {
    email: String,
    password: String,
    language: String,
}

impl Accounts {
    /// Keeps a registration until then, under what the mail says.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn register(&self, new: &Registration, hash: &TokenHash, until: Time) -> Result<()> {
        sql(
            "INSERT INTO registrations (hash, email, password, language, expires_at)
             VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(&hash.as_bytes()[..])
        .bind(new.email.as_str())
        .bind(&new.password)
        .bind(new.language.code())
        .bind(until.0)
        .run(&self.database)
        .await?;
        Ok(())
    }

    /// Address and password's hash of a registration that would be taken now. It is not used up by
    /// asking.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn registration(
        &self,
        hash: &TokenHash,
        now: Time,
    ) -> Result<Option<(String, String)>> {
        let found =
            sql("SELECT email, password FROM registrations WHERE hash = $1 AND expires_at > $2")
                .bind(&hash.as_bytes()[..])
                .bind(now.0)
                .maybe(&self.database)
                .await?;
        Ok(found)
    }

    /// The address is proved: makes the account, and gives it what its visitor made before.
    ///
    /// # Errors
    /// [`StorageError::NotFound`] where the token is unknown, used or too old;
    /// [`StorageError::Exists`] where the address has an account by now.
    pub async fn confirm(
        &self,
        hash: &TokenHash,
        visitor: Option<Owner>,
        now: Time,
    ) -> Result<Account> {
        let mut turn = self.database.begin().await?;
        let row: Option<Row> = sql(
            "DELETE FROM registrations WHERE hash = $1 AND expires_at > $2
             RETURNING email, password, language",
        )
        .bind(&hash.as_bytes()[..])
        .bind(now.0)
        .maybe_in(&mut turn)
        .await?;
        let row = row.ok_or(StorageError::NotFound)?;
        let damaged = |what: &str| StorageError::Damaged(format!("{what} of a registration"));
        let new = NewAccount {
            email: row.email.parse().map_err(|_| damaged("email"))?,
            password: row.password,
            role: Role::Trader,
            language: row.language.parse().map_err(|_| damaged("language"))?,
        };
        let account = insert(&mut turn, new, now).await?;
        if let Some(visitor) = visitor {
            visitor::adopt(&mut turn, visitor, account.id).await?;
        }
        turn.commit().await?;
        Ok(account)
    }
}
