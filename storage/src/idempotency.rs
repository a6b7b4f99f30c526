//! Answers to writes, kept for a while: who did not hear the answer asks again and gets the same,
//! and nothing is done twice.

use crate::{
    Result,
    database::{Database, sql},
};
use protocol::id::AccountId;
use trading::time::Time;

/// What is known of a write with this key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known {
    /// Nothing: it is to be done now, by whoever asked.
    Fresh,
    /// It was done, and answered so.
    Answered {
        /// The status.
        status: u16,
        /// The body, as it was given to [`Idempotency::finish`].
        answer: Vec<u8>,
    },
    /// It is being done.
    Underway,
    /// The key belongs to another request.
    Another,
}

/// Answers to writes.
#[derive(Debug, Clone)]
pub struct Idempotency {
    database: Database,
}

impl Idempotency {
    pub(crate) fn new(database: Database) -> Self {
        Self { database }
    }

    /// Takes a key for a request. Who gets [`Known::Fresh`] does it, and then calls
    /// [`Idempotency::finish`] or [`Idempotency::forget`]; who dies first leaves the key to the
    /// next after `until`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin(
        &self,
        account: AccountId,
        key: &str,
        request: [u8; 32],
        now: Time,
        until: Time,
    ) -> Result<Known> {
        let taken = sql(
            "INSERT INTO idempotency (account_id, request_key, request, expires_at)
             VALUES ($1, $2, $3, $4)
             ON CONFLICT (account_id, request_key) DO UPDATE
             SET request = excluded.request, status = NULL, answer = NULL,
                 expires_at = excluded.expires_at
             WHERE idempotency.expires_at <= $5",
        )
        .bind(account.0)
        .bind(key)
        .bind(request)
        .bind(until.0)
        .bind(now.0)
        .run(&self.database)
        .await?;
        if taken > 0 {
            return Ok(Known::Fresh);
        }
        /// The request, and status and body of the answer if there is one.
        type Row = (Vec<u8>, Option<i64>, Option<Vec<u8>>);
        let found: Option<Row> = sql("SELECT request, status, answer FROM idempotency
             WHERE account_id = $1 AND request_key = $2")
        .bind(account.0)
        .bind(key)
        .maybe(&self.database)
        .await?;
        Ok(match found {
            Some((of, _, _)) if of != request => Known::Another,
            Some((_, Some(status), Some(answer))) => Known::Answered {
                status: u16::try_from(status).unwrap_or(500),
                answer,
            },
            // Not there any more: it was forgotten between the two.
            Some(_) | None => Known::Underway,
        })
    }

    /// It was done: what was answered, and until when that is kept.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn finish(
        &self,
        account: AccountId,
        key: &str,
        status: u16,
        answer: Vec<u8>,
        until: Time,
    ) -> Result<()> {
        sql(
            "UPDATE idempotency SET status = $3, answer = $4, expires_at = $5
             WHERE account_id = $1 AND request_key = $2",
        )
        .bind(account.0)
        .bind(key)
        .bind(i64::from(status))
        .bind(answer)
        .bind(until.0)
        .run(&self.database)
        .await?;
        Ok(())
    }

    /// It was not done: the key is free again.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget(&self, account: AccountId, key: &str) -> Result<()> {
        sql("DELETE FROM idempotency
             WHERE account_id = $1 AND request_key = $2 AND status IS NULL")
        .bind(account.0)
        .bind(key)
        .run(&self.database)
        .await?;
        Ok(())
    }

    /// Removes what is kept no longer.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sweep(&self, now: Time) -> Result<u64> {
        sql("DELETE FROM idempotency WHERE expires_at <= $1")
            .bind(now.0)
            .run(&self.database)
            .await
    }
}
