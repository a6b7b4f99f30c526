//! How often something was tried in vain, so that servers that share a database share their
//! patience too. How long one waits then is `identity`'s to say.

use crate::{
    Result,
    database::{Database, Turn, sql},
    row::lock_of,
};
use identity::{Attempts, Policy};
use trading::time::Time;

/// Counts of what was tried in vain.
#[derive(Debug, Clone)]
pub struct Throttles {
    database: Database,
}

impl Throttles {
    pub(crate) fn new(database: Database) -> Self {
        Self { database }
    }

    /// How often a subject was counted.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn attempts(&self, subject: &str) -> Result<Option<Attempts>> {
        let found: Option<(i64, i64)> =
            sql("SELECT failures, last_at FROM throttles WHERE subject = $1")
                .bind(subject)
                .maybe(&self.database)
                .await?;
        Ok(found.map(attempts))
    }

    /// Lets a subject try once more and counts it as failed until [`Throttles::clear`] says
    /// otherwise: of many that try at once, none passes uncounted. Where it has to wait, says for
    /// how many milliseconds, and counts nothing.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn admit(&self, subject: &str, policy: &Policy, now: Time) -> Result<Option<i64>> {
        let mut turn = self.database.begin().await?;
        turn.lock(lock_of(subject)).await?;
        let before = before(&mut turn, subject).await?;
        if let Some(wait) = before.and_then(|before| policy.wait(&before, now)) {
            return Ok(Some(wait));
        }
        let after = policy.failed(before, now);
        sql(
            "INSERT INTO throttles (subject, failures, last_at) VALUES ($1, $2, $3)
             ON CONFLICT (subject) DO UPDATE
             SET failures = excluded.failures, last_at = excluded.last_at",
        )
        .bind(subject)
        .bind(i64::from(after.failures))
        .bind(after.last.0)
        .run_in(&mut turn)
        .await?;
        turn.commit().await?;
        Ok(None)
    }

    /// Takes one failure back: it was none. What failed before still counts.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forgive(&self, subject: &str) -> Result<()> {
        sql("UPDATE throttles SET failures = failures - 1 WHERE subject = $1 AND failures > 0")
            .bind(subject)
            .run(&self.database)
            .await?;
        Ok(())
    }

    /// Forgets a subject: it succeeded.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn clear(&self, subject: &str) -> Result<()> {
        sql("DELETE FROM throttles WHERE subject = $1")
            .bind(subject)
            .run(&self.database)
            .await?;
        Ok(())
    }

    /// Removes counts that have rested since then.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sweep(&self, before: Time) -> Result<u64> {
        sql("DELETE FROM throttles WHERE last_at <= $1")
            .bind(before.0)
            .run(&self.database)
            .await
    }
}

fn attempts((failures, last): (i64, i64)) -> Attempts {
    Attempts {
        failures: u32::try_from(failures).unwrap_or(u32::MAX),
        last: Time(last),
    }
}

async fn before(turn: &mut Turn, subject: &str) -> Result<Option<Attempts>> {
    let found = sql("SELECT failures, last_at FROM throttles WHERE subject = $1")
        .bind(subject)
        .maybe_in(turn)
        .await?;
    Ok(found.map(attempts))
}
