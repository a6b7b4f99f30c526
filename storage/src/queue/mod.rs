//! Background work: what waits to be done, by whichever process comes first. The queue is apalis's,
//! on the same database; see `docs/adr/0011-jobs.md`.
//!
//! | file | what |
//! |---|---|
//! | `job.rs` | what can be done |
//! | `mod.rs` | putting in, looking, trying again, clearing away |
//! | `work.rs` | taking out |

mod job;
mod work;

pub use job::{Job, JobId, JobLine, JobState};
pub use work::{LEASE_SECONDS, TakenJob, Verdict};

use crate::{
    Result, StorageError,
    database::{Database, Turn, sql},
    row::new_id,
};
use trading::time::Time;
use ulid::Ulid;

/// The name of the one queue that there is.
const QUEUE: &str = "phoenix";
/// Tables in a database of SQLite, which are no part of a backup.
pub(crate) const TABLES: [&str; 2] = ["Jobs", "Workers"];

/// The queue. A clone is another handle of the same.
#[derive(Debug, Clone)]
pub struct Queue {
    database: Database,
}

/// What becomes of a job that was there before under the same name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Known {
    /// It stays as it is, ended or not.
    Stays,
    /// If it has ended, it is done again.
    Again,
}

impl Queue {
    pub(crate) fn new(database: Database) -> Self {
        Self { database }
    }

    /// Puts a job in, to be done not before `at`. Of all that ever have the same name only the first
    /// is done, until it is cleared away: true if it was this one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn push(&self, job: &Job, name: &str, at: Time) -> Result<bool> {
        let mut turn = self.database.begin().await?;
        let is_new = put(&mut turn, job, name, at, Known::Stays).await?;
        turn.commit().await?;
        Ok(is_new)
    }

    /// The same, but one of this name that has ended is done again: true if there is one now that
    /// there was not before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn push_again(&self, job: &Job, name: &str, at: Time) -> Result<bool> {
        let mut turn = self.database.begin().await?;
        let is_new = put(&mut turn, job, name, at, Known::Again).await?;
        turn.commit().await?;
        Ok(is_new)
    }

    /// How many jobs there are of each state.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn counts(&self) -> Result<Vec<(JobState, u64)>> {
        let query = match self.database {
            Database::Sqlite { .. } => sql("SELECT status, COUNT(*) FROM Jobs
                 WHERE job_type = $1 GROUP BY status"),
            Database::Postgres(_) => sql("SELECT status, COUNT(*) FROM apalis.jobs
                 WHERE job_type = $1 GROUP BY status"),
        };
        let rows: Vec<(String, i64)> = query.bind(QUEUE).all(&self.database).await?;
        let count = |state: JobState| {
            let ours = rows
                .iter()
                .filter(|(status, _)| JobState::of(status) == Some(state));
            ours.map(|(_, count)| count.unsigned_abs()).sum()
        };
        Ok(JobState::ALL
            .map(|state| (state, count(state)))
            .into_iter()
            .collect())
    }

    /// The last jobs of some states, the newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list(&self, state: JobState, most: i64) -> Result<Vec<JobLine>> {
        let query = match self.database {
            Database::Sqlite { .. } => sql("SELECT id, CAST(job AS TEXT), status,
                   CAST(attempts AS BIGINT), run_at * 1000, last_result, lock_by
                 FROM Jobs WHERE job_type = $1 AND status IN ($2, $3)
                 ORDER BY id DESC LIMIT $4"),
            Database::Postgres(_) => sql("SELECT id, convert_from(job, 'UTF8'), status,
                   attempts::bigint, (extract(epoch FROM run_at) * 1000)::bigint,
                   last_result::text, lock_by
                 FROM apalis.jobs WHERE job_type = $1 AND status IN ($2, $3)
                 ORDER BY id DESC LIMIT $4"),
        };
        let [one, other] = state.words();
        let rows: Vec<job::Row> = query
            .bind(QUEUE)
            .bind(one)
            .bind(other)
            .bind(most)
            .all(&self.database)
            .await?;
        rows.into_iter().map(job::line).collect()
    }

    /// Has a job that failed, or was given up, done again as if it were new, and says what it is.
    ///
    /// # Errors
    /// [`StorageError::NotFound`] where there is no such job, or it did not fail.
    pub async fn retry(&self, id: &JobId, now: Time) -> Result<Option<Job>> {
        let mut turn = self.database.begin().await?;
        let query = match self.database {
            Database::Sqlite { .. } => sql("UPDATE Jobs
                 SET status = 'Pending', attempts = 0, run_at = $2 / 1000, lock_by = NULL,
                     lock_at = NULL, done_at = NULL
                 WHERE id = $1 AND status IN ('Failed', 'Killed')
                 RETURNING CAST(job AS TEXT)"),
            Database::Postgres(_) => sql("UPDATE apalis.jobs
                 SET status = 'Pending', attempts = 0, run_at = to_timestamp($2::bigint / 1000.0),
                     lock_by = NULL, lock_at = NULL, done_at = NULL
                 WHERE id = $1 AND status IN ('Failed', 'Killed')
                 RETURNING convert_from(job, 'UTF8')"),
        };
        let content: Option<(String,)> = query.bind(&id.0).bind(now.0).maybe_in(&mut turn).await?;
        let (content,) = content.ok_or(StorageError::NotFound)?;
        let job = serde_json::from_str(&content).ok();
        if let Some(Job::SendMail { mail }) = job {
            // What the job is about was given up too, or waits until it is due: a job alone that is
            // taken earlier would be put off again.
            sql(
                "UPDATE mails SET state = 'queued', attempts = 0, due_at = $2
                 WHERE id = $1 AND state IN ('failed', 'queued')",
            )
            .bind(mail.0)
            .bind(now.0)
            .run_in(&mut turn)
            .await?;
        }
        turn.commit().await?;
        Ok(job)
    }

    /// Clears away what was done before `done`, what was given up before `given_up`, and workers that
    /// are long gone.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn prune(&self, done: Time, given_up: Time) -> Result<u64> {
        let (jobs, workers) = match self.database {
            Database::Sqlite { .. } => (
                sql("DELETE FROM Jobs
                     WHERE (status = 'Done' AND done_at < $1 / 1000)
                        OR (status = 'Killed' AND done_at < $2 / 1000)"),
                sql(
                    "DELETE FROM Workers WHERE last_seen < $1 / 1000 AND NOT EXISTS
                       (SELECT 1 FROM Jobs WHERE lock_by = Workers.id
                        AND status IN ('Queued', 'Running'))",
                ),
            ),
            Database::Postgres(_) => (
                sql("DELETE FROM apalis.jobs
                     WHERE (status = 'Done' AND done_at < to_timestamp($1::bigint / 1000.0))
                        OR (status = 'Killed' AND done_at < to_timestamp($2::bigint / 1000.0))"),
                sql("DELETE FROM apalis.workers AS gone
                     WHERE last_seen < to_timestamp($1::bigint / 1000.0) AND NOT EXISTS
                       (SELECT 1 FROM apalis.jobs WHERE lock_by = gone.id
                        AND status IN ('Queued', 'Running'))"),
            ),
        };
        let cleared = jobs
            .bind(done.0)
            .bind(given_up.0)
            .run(&self.database)
            .await?;
        workers.bind(done.0).run(&self.database).await?;
        Ok(cleared)
    }

    /// Has a taken job wait until then before it is taken again.
    async fn postpone(&self, id: &str, worker: &str, at: Time) -> Result<()> {
        let query = match self.database {
            Database::Sqlite { .. } => {
                sql("UPDATE Jobs SET run_at = ($3 + 999) / 1000 WHERE id = $1 AND lock_by = $2")
            }
            Database::Postgres(_) => sql(
                "UPDATE apalis.jobs SET run_at = to_timestamp($3::bigint / 1000.0)
                 WHERE id = $1 AND lock_by = $2",
            ),
        };
        query
            .bind(id)
            .bind(worker)
            .bind(at.0)
            .run(&self.database)
            .await?;
        Ok(())
    }
}

/// Puts a job in, in a turn with what causes it: both are there, or neither.
pub(crate) async fn push_in(turn: &mut Turn, job: &Job, name: &str, at: Time) -> Result<()> {
    put(turn, job, name, at, Known::Stays).await?;
    Ok(())
}

async fn put(turn: &mut Turn, job: &Job, name: &str, at: Time, known: Known) -> Result<bool> {
    let content = serde_json::to_vec(job)
        .map_err(|error| StorageError::Damaged(format!("a job: {error}")))?;
    let id = Ulid::from(new_id(at).as_u128()).to_string();
    // How often a job is tried is for who does it to say: apalis's own limit is never reached.
    let query = match (&turn, known) {
        (Turn::Sqlite(_), Known::Stays) => sql("INSERT INTO Jobs
               (id, job_type, job, max_attempts, run_at, idempotency_key)
             VALUES ($1, $2, $3, 1000000, $4 / 1000, $5)
             ON CONFLICT (job_type, idempotency_key) DO NOTHING"),
        (Turn::Sqlite(_), Known::Again) => sql("INSERT INTO Jobs
               (id, job_type, job, max_attempts, run_at, idempotency_key)
             VALUES ($1, $2, $3, 1000000, $4 / 1000, $5)
             ON CONFLICT (job_type, idempotency_key) DO UPDATE
             SET status = 'Pending', attempts = 0, run_at = excluded.run_at, lock_by = NULL,
                 lock_at = NULL, done_at = NULL
             WHERE Jobs.status IN ('Done', 'Killed')"),
        (Turn::Postgres(_), Known::Stays) => sql("INSERT INTO apalis.jobs
               (id, job_type, job, max_attempts, run_at, idempotency_key)
             VALUES ($1, $2, $3, 1000000, to_timestamp($4::bigint / 1000.0), $5)
             ON CONFLICT (job_type, idempotency_key) DO NOTHING"),
        (Turn::Postgres(_), Known::Again) => sql("INSERT INTO apalis.jobs AS old
               (id, job_type, job, max_attempts, run_at, idempotency_key)
             VALUES ($1, $2, $3, 1000000, to_timestamp($4::bigint / 1000.0), $5)
             ON CONFLICT (job_type, idempotency_key) DO UPDATE
             SET status = 'Pending', attempts = 0, run_at = excluded.run_at, lock_by = NULL,
                 lock_at = NULL, done_at = NULL
             WHERE old.status IN ('Done', 'Killed')"),
    };
    let rows = query
        .bind(id)
        .bind(QUEUE)
        .bind(content)
        .bind(at.0)
        .bind(name)
        .run_in(turn)
        .await?;
    Ok(rows > 0)
}
