//! Accounts: who they are, how they prove it, and what they may.
//!
//! | file | what |
//! |---|---|
//! | `mod.rs` | the account itself |
//! | `registration.rs` | those who want an account and have not proved their address |
//! | `secret.rs` | passwords and what is told once by mail |
//! | `two_factor.rs` | the second factor and recovery codes |

mod registration;
mod secret;
mod two_factor;

pub use registration::Registration;
pub use secret::{Purpose, Taken};
pub use two_factor::SecondFactor;

use crate::{
    Notices, Owner, Result, StorageError, credential,
    database::{Database, Turn, sql},
    row::{found, new_id},
    visitor,
};
use identity::{EmailAddress, Role};
use protocol::id::AccountId;
use sqlx::FromRow;
use trading::{language::Language, time::Time};
use uuid::Uuid;

/// An account, without anything that would open it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its name among rows.
    pub id: AccountId,
    /// Where mail goes.
    pub email: EmailAddress,
    /// What it may.
    pub role: Role,
    /// In which language mail is written.
    pub language: Language,
    /// When it was made.
    pub created_at: Time,
    /// When it was shut.
    pub disabled_at: Option<Time>,
    /// Since when it asks for a second factor.
    pub two_factor_at: Option<Time>,
}

/// An account to be made.
#[derive(Debug)]
pub struct NewAccount {
    /// Where mail goes.
    pub email: EmailAddress,
    /// The password's hash, in PHC form.
    pub password: String,
    /// What it may.
    pub role: Role,
    /// In which language mail is written.
    pub language: Language,
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    email: String,
    role: String,
    language: String,
    created_at: i64,
    disabled_at: Option<i64>,
    two_factor_at: Option<i64>,
}

impl Row {
    fn account(self) -> Result<Account> {
        let damaged = |what: &str| StorageError::Damaged(format!("{what} of account {}", self.id));
        Ok(Account {
            id: AccountId(self.id),
            email: self.email.parse().map_err(|_| damaged("email"))?,
            role: self.role.parse().map_err(|_| damaged("role"))?,
            language: self.language.parse().map_err(|_| damaged("language"))?,
            created_at: Time(self.created_at),
            disabled_at: self.disabled_at.map(Time),
            two_factor_at: self.two_factor_at.map(Time),
        })
    }
}

/// Accounts.
#[derive(Debug, Clone)]
pub struct Accounts {
    database: Database,
    notices: Notices,
}

impl Accounts {
    pub(crate) fn new(database: Database, notices: Notices) -> Self {
        Self { database, notices }
    }

    /// Makes one.
    ///
    /// # Errors
    /// [`StorageError::Exists`] where the address has one.
    pub async fn create(&self, new: NewAccount, now: Time) -> Result<Account> {
        let mut turn = self.database.begin().await?;
        let account = insert(&mut turn, new, now).await?;
        turn.commit().await?;
        Ok(account)
    }

    /// One.
    ///
    /// # Errors
    /// [`StorageError::NotFound`].
    pub async fn load(&self, id: AccountId) -> Result<Account> {
        let row: Option<Row> = sql(
            "SELECT id, email, role, language, created_at, disabled_at, two_factor_at
             FROM accounts WHERE id = $1",
        )
        .bind(id.0)
        .maybe(&self.database)
        .await?;
        row.ok_or(StorageError::NotFound)?.account()
    }

    /// The one of this address, with its password's hash.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find(&self, email: &EmailAddress) -> Result<Option<(Account, String)>> {
        #[derive(FromRow)]
        struct Found {
            #[sqlx(flatten)]
            row: Row,
            password: String,
        }
        let found: Option<Found> = sql(
            "SELECT id, email, role, language, created_at, disabled_at, two_factor_at, password
             FROM accounts WHERE email_key = $1",
        )
        .bind(email.key())
        .maybe(&self.database)
        .await?;
        found
            .map(|found| Ok((found.row.account()?, found.password)))
            .transpose()
    }

    /// Gives an account what a visitor made.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn adopt(&self, visitor: Owner, account: AccountId) -> Result<()> {
        let mut turn = self.database.begin().await?;
        visitor::adopt(&mut turn, visitor, account).await?;
        turn.commit().await
    }

    /// Those whose address holds a text, the last made first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn search(&self, text: &str, most: i64) -> Result<Vec<Account>> {
        // Not LIKE: what is looked for may hold its signs.
        let rows: Vec<Row> = match self.database {
            Database::Sqlite { .. } => sql(
                "SELECT id, email, role, language, created_at, disabled_at, two_factor_at
                 FROM accounts WHERE INSTR(email_key, $1) > 0 ORDER BY id DESC LIMIT $2",
            ),
            Database::Postgres(_) => sql(
                "SELECT id, email, role, language, created_at, disabled_at, two_factor_at
                 FROM accounts WHERE POSITION($1 IN email_key) > 0 ORDER BY id DESC LIMIT $2",
            ),
        }
        .bind(text.to_lowercase())
        .bind(most)
        .all(&self.database)
        .await?;
        rows.into_iter().map(Row::account).collect()
    }

    /// Says what an account may from now on.
    ///
    /// # Errors
    /// [`StorageError::NotFound`].
    pub async fn set_role(&self, id: AccountId, role: Role) -> Result<()> {
        let done = sql("UPDATE accounts SET role = $2 WHERE id = $1")
            .bind(id.0)
            .bind(role.name())
            .run(&self.database)
            .await?;
        found(done)
    }

    /// Shuts an account, which ends its sessions and those who listen with its keys, or opens it
    /// again.
    ///
    /// # Errors
    /// [`StorageError::NotFound`].
    pub async fn set_disabled(&self, id: AccountId, since: Option<Time>) -> Result<()> {
        let mut turn = self.database.begin().await?;
        turn.lock(id.0).await?;
        let done = sql("UPDATE accounts SET disabled_at = $2 WHERE id = $1")
            .bind(id.0)
            .bind(since.map(|time| time.0))
            .run_in(&mut turn)
            .await?;
        found(done)?;
        let mut ended = Vec::new();
        if let Some(now) = since {
            end_sessions(&mut turn, id, None).await?;
            ended = credential::ends(&mut turn, id, now).await?;
        }
        self.notices.commit(turn, &ended).await
    }

    /// In which language mail is written from now on.
    ///
    /// # Errors
    /// [`StorageError::NotFound`].
    pub async fn set_language(&self, id: AccountId, language: Language) -> Result<()> {
        let done = sql("UPDATE accounts SET language = $2 WHERE id = $1")
            .bind(id.0)
            .bind(language.code())
            .run(&self.database)
            .await?;
        found(done)
    }

    /// Removes an account and everything that it owns. What the audit trail says of it stays.
    ///
    /// # Errors
    /// [`StorageError::NotFound`].
    pub async fn delete(&self, id: AccountId) -> Result<()> {
        let mut turn = self.database.begin().await?;
        turn.lock(id.0).await?;
        // Runs first: they name strategies.
        for query in [
            "DELETE FROM runs WHERE owner_id = $1",
            "DELETE FROM strategies WHERE owner_id = $1",
        ] {
            sql(query).bind(id.0).run_in(&mut turn).await?;
        }
        let done = sql("DELETE FROM accounts WHERE id = $1")
            .bind(id.0)
            .run_in(&mut turn)
            .await?;
        found(done)?;
        turn.commit().await
    }
}

async fn insert(turn: &mut Turn, new: NewAccount, now: Time) -> Result<Account> {
    let row: Option<Row> = sql("INSERT INTO accounts
           (id, email, email_key, password, role, language, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (email_key) DO NOTHING
         RETURNING id, email, role, language, created_at, disabled_at, two_factor_at")
    .bind(new_id(now))
    .bind(new.email.as_str())
    .bind(new.email.key())
    .bind(&new.password)
    .bind(new.role.name())
    .bind(new.language.code())
    .bind(now.0)
    .maybe_in(turn)
    .await?;
    row.ok_or(StorageError::Exists)?.account()
}

/// Ends every session of an account but the one that is kept.
async fn end_sessions(turn: &mut Turn, id: AccountId, keep: Option<[u8; 32]>) -> Result<()> {
    // Nothing hashes to an empty text.
    let keep = keep.map_or_else(Vec::new, |hash| hash.to_vec());
    sql("DELETE FROM sessions WHERE account_id = $1 AND hash <> $2")
        .bind(id.0)
        .bind(keep)
        .run_in(turn)
        .await?;
    Ok(())
}
