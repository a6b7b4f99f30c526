//! Transactions of either engine.

use super::sql;
use crate::Result;
use sqlx::{Postgres, Sqlite, Transaction};
use uuid::Uuid;

/// A transaction. What was done in one that is dropped was never done.
#[derive(Debug)]
pub(crate) enum Turn {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

impl Turn {
    /// Makes it true for everybody.
    pub(crate) async fn commit(self) -> Result<()> {
        match self {
            Self::Sqlite(turn) => turn.commit().await?,
            Self::Postgres(turn) => turn.commit().await?,
        }
        Ok(())
    }

    /// Undoes it.
    pub(crate) async fn rollback(self) -> Result<()> {
        match self {
            Self::Sqlite(turn) => turn.rollback().await?,
            Self::Postgres(turn) => turn.rollback().await?,
        }
        Ok(())
    }

    /// Lifts the limits of time that calls have, until the end: for what takes as long as there
    /// are rows. SQLite has none.
    pub(crate) async fn take_time(&mut self) -> Result<()> {
        if let Self::Postgres(_) = self {
            for query in [
                "SET LOCAL statement_timeout = 0",
                "SET LOCAL idle_in_transaction_session_timeout = 0",
            ] {
                sql(query).run_in(self).await?;
            }
        }
        Ok(())
    }

    /// Waits until no other turn has this lock, and has it until the end: for rules over several
    /// rows, such as "at most so many". SQLite has one writer at a time anyway.
    ///
    /// A turn that changes an account and other rows of it, or rows of it in more than one table,
    /// takes the lock of the account before any row, and others (an address, a visitor) after it;
    /// the row in `accounts` comes next. Two that take the same rows in another order would each
    /// wait for the other, and PostgreSQL would break one off. So would one that has a row already
    /// and asks for the lock then.
    pub(crate) async fn lock(&mut self, id: Uuid) -> Result<()> {
        if let Self::Postgres(_) = self {
            let (high, low) = id.as_u64_pair();
            sql("SELECT pg_advisory_xact_lock($1)")
                .bind((high ^ low).cast_signed())
                .run_in(self)
                .await?;
        }
        Ok(())
    }
}
