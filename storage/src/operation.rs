//! What those who run the service look at: rows of everybody, a page at a time. Nothing here is for
//! a trader's eyes.

use crate::{
    Result, StorageError,
    database::{Database, sql},
};
use protocol::{
    api::{
        command::{Action, CommandState},
        heartbeat::Health,
    },
    id::{AccountId, CommandId, ExecutorId},
};
use sqlx::FromRow;
use trading::time::Time;
use uuid::Uuid;

/// An executor, and whose it is.
#[derive(Debug, Clone, PartialEq)]
pub struct SeenExecutor {
    /// Its name among rows.
    pub id: ExecutorId,
    /// Its owner's address.
    pub email: String,
    /// What it calls itself.
    pub name: String,
    /// Its version.
    pub version: String,
    /// How it last felt.
    pub health: Health,
    /// When it was last heard of.
    pub seen_at: Time,
}

/// A command, and whose it is.
#[derive(Debug, Clone, PartialEq)]
pub struct SeenCommand {
    /// Its name among rows.
    pub id: CommandId,
    /// Its owner's address.
    pub email: String,
    /// What is to be done.
    pub action: Action,
    /// How far it is.
    pub state: CommandState,
    /// What its executor said.
    pub remark: String,
    /// When it was given.
    pub created_at: Time,
    /// When it is too late.
    pub expires_at: Time,
    /// When it was finished.
    pub finished_at: Option<Time>,
}

/// Which commands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommandFilter {
    /// All of them.
    All,
    /// Those that may still come to something.
    Open,
    /// Those that came to nothing.
    Failed,
}

/// Somebody's ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenLedger {
    /// Whose.
    pub account: AccountId,
    /// Their address.
    pub email: String,
    /// JSON of its maker.
    pub ledger: String,
}

/// Something that runs from time to time.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct PeriodicRun {
    /// What.
    pub name: String,
    /// When last, in milliseconds since 1970.
    pub ran_at: i64,
    /// Why it failed then; empty when it did not.
    pub failure: String,
}

/// How the database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// How many bytes its rows take.
    pub bytes: i64,
    /// The last change of its tables.
    pub migration: i64,
    /// Accounts.
    pub accounts: i64,
    /// Mails that wait.
    pub mails_waiting: i64,
    /// Mails that were given up.
    pub mails_failed: i64,
    /// When the mail was due that waits the longest.
    pub mail_due_at: Option<Time>,
    /// Notifications that wait to be sent.
    pub deliveries_waiting: i64,
    /// Those that were given up.
    pub deliveries_failed: i64,
}

/// What operators look at.
#[derive(Debug, Clone)]
pub struct Operations {
    database: Database,
}

#[derive(FromRow)]
struct ExecutorRow {
    id: Uuid,
    email: String,
    name: String,
    version: String,
    health: String,
    seen_at: i64,
}

#[derive(FromRow)]
struct CommandRow {
    id: Uuid,
    email: String,
    action: String,
    state: String,
    remark: String,
    created_at: i64,
    expires_at: i64,
    finished_at: Option<i64>,
}

impl Operations {
    pub(crate) fn new(database: Database) -> Self {
        Self { database }
    }

    /// Executors that were heard of since then, the newest first, before one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn executors(
        &self,
        since: Time,
        before: Option<ExecutorId>,
        most: i64,
    ) -> Result<Vec<SeenExecutor>> {
        let rows: Vec<ExecutorRow> = sql(
            "SELECT e.id, a.email, e.name, e.version, e.health, e.seen_at
             FROM executors e JOIN accounts a ON a.id = e.account_id
             WHERE e.seen_at >= $1 AND e.id < $2 ORDER BY e.id DESC LIMIT $3",
        )
        .bind(since.0)
        .bind(before.map_or(Uuid::max(), |id| id.0))
        .bind(most)
        .all(&self.database)
        .await?;
        let one = |row: ExecutorRow| {
            let health = serde_json::from_str(&row.health)
                .map_err(|_| StorageError::Damaged(format!("health of executor {}", row.id)))?;
            Ok(SeenExecutor {
                id: ExecutorId(row.id),
                email: row.email,
                name: row.name,
                version: row.version,
                health,
                seen_at: Time(row.seen_at),
            })
        };
        rows.into_iter().map(one).collect()
    }

    /// How many executors of each version were heard of since then; the most common first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn versions(&self, since: Time, most: i64) -> Result<Vec<(String, i64)>> {
        sql("SELECT version, COUNT(*) FROM executors WHERE seen_at >= $1
             GROUP BY version ORDER BY COUNT(*) DESC, version LIMIT $2")
        .bind(since.0)
        .bind(most)
        .all(&self.database)
        .await
    }

    /// Commands, the newest first, before one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn commands(
        &self,
        which: CommandFilter,
        before: Option<CommandId>,
        most: i64,
        now: Time,
    ) -> Result<Vec<SeenCommand>> {
        let rows: Vec<CommandRow> = match which {
            CommandFilter::All => sql(
                "SELECT c.id, a.email, c.action, c.state, c.remark, c.created_at, c.expires_at,
                        c.finished_at
                 FROM commands c JOIN accounts a ON a.id = c.account_id
                 WHERE c.id < $1 AND $3 >= 0 ORDER BY c.id DESC LIMIT $2",
            ),
            CommandFilter::Open => sql(
                "SELECT c.id, a.email, c.action, c.state, c.remark, c.created_at, c.expires_at,
                        c.finished_at
                 FROM commands c JOIN accounts a ON a.id = c.account_id
                 WHERE c.id < $1 AND c.state IN ('queued', 'delivered') AND c.expires_at > $3
                 ORDER BY c.id DESC LIMIT $2",
            ),
            CommandFilter::Failed => sql(
                "SELECT c.id, a.email, c.action, c.state, c.remark, c.created_at, c.expires_at,
                        c.finished_at
                 FROM commands c JOIN accounts a ON a.id = c.account_id
                 WHERE c.id < $1 AND (c.state IN ('failed', 'expired')
                       OR (c.state IN ('queued', 'delivered') AND c.expires_at <= $3))
                 ORDER BY c.id DESC LIMIT $2",
            ),
        }
        .bind(before.map_or(Uuid::max(), |id| id.0))
        .bind(most)
        .bind(now.0)
        .all(&self.database)
        .await?;
        let one = |row: CommandRow| {
            let damaged =
                |what: &str| StorageError::Damaged(format!("{what} of command {}", row.id));
            let state: CommandState = row.state.parse().map_err(|_| damaged("state"))?;
            let is_late = state.is_open() && row.expires_at <= now.0;
            Ok(SeenCommand {
                id: CommandId(row.id),
                email: row.email.clone(),
                action: serde_json::from_str(&row.action).map_err(|_| damaged("action"))?,
                state: if is_late {
                    CommandState::Expired
                } else {
                    state
                },
                remark: row.remark.clone(),
                created_at: Time(row.created_at),
                expires_at: Time(row.expires_at),
                finished_at: row.finished_at.map(Time),
            })
        };
        rows.into_iter().map(one).collect()
    }

    /// Ledgers in the order of their accounts, after one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn ledgers(&self, after: Option<AccountId>, most: i64) -> Result<Vec<SeenLedger>> {
        let rows: Vec<(Uuid, String, String)> = sql("SELECT l.account_id, a.email, l.ledger
             FROM ledgers l JOIN accounts a ON a.id = l.account_id
             WHERE l.account_id > $1 ORDER BY l.account_id LIMIT $2")
        .bind(after.map_or(Uuid::nil(), |id| id.0))
        .bind(most)
        .all(&self.database)
        .await?;
        let one = |(account, email, ledger)| SeenLedger {
            account: AccountId(account),
            email,
            ledger,
        };
        Ok(rows.into_iter().map(one).collect())
    }

    /// Accounts that use something of what plans count, in their order, after one: that which is
    /// counted by the day on this one, and strategies and accounts at brokers whenever.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn users_of(
        &self,
        day: i64,
        after: Option<AccountId>,
        most: i64,
    ) -> Result<Vec<AccountId>> {
        let rows: Vec<(Uuid,)> = sql("SELECT a.id FROM accounts a WHERE a.id > $2 AND (
               EXISTS (SELECT 1 FROM usages u
                       WHERE u.account_id = a.id AND u.day = $1 AND u.used > 0)
               OR EXISTS (SELECT 1 FROM strategies s WHERE s.owner_id = a.id)
               OR EXISTS (SELECT 1 FROM activations l
                          WHERE l.account_id = a.id AND l.ended_at IS NULL)
               OR EXISTS (SELECT 1 FROM broker_accounts b
                          WHERE b.account_id = a.id AND b.retired_at IS NULL))
             ORDER BY a.id LIMIT $3")
        .bind(day)
        .bind(after.map_or(Uuid::nil(), |id| id.0))
        .bind(most)
        .all(&self.database)
        .await?;
        Ok(rows.into_iter().map(|(id,)| AccountId(id)).collect())
    }

    /// Something ran that runs from time to time; an empty failure is none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn ran(&self, name: &str, failure: &str, now: Time) -> Result<()> {
        sql(
            "INSERT INTO periodic_runs (name, ran_at, failure) VALUES ($1, $2, $3)
             ON CONFLICT (name) DO UPDATE
             SET ran_at = excluded.ran_at, failure = excluded.failure",
        )
        .bind(name)
        .bind(now.0)
        .bind(failure)
        .run(&self.database)
        .await?;
        Ok(())
    }

    /// When something ran last that runs from time to time, if it ever did.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn ran_at(&self, name: &str) -> Result<Option<Time>> {
        let found: Option<(i64,)> = sql("SELECT ran_at FROM periodic_runs WHERE name = $1")
            .bind(name)
            .maybe(&self.database)
            .await?;
        Ok(found.map(|(at,)| Time(at)))
    }

    /// What runs from time to time.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn runs(&self) -> Result<Vec<PeriodicRun>> {
        sql("SELECT name, ran_at, failure FROM periodic_runs ORDER BY name")
            .all(&self.database)
            .await
    }

    /// How the database is.
    ///
    /// # Errors
    /// When it is not at all.
    pub async fn condition(&self) -> Result<Condition> {
        let mut turn = self.database.begin().await?;
        let bytes = self.database.bytes(&mut turn).await?;
        let (migration,): (i64,) = sql("SELECT COALESCE(MAX(version), 0) FROM _sqlx_migrations")
            .one_in(&mut turn)
            .await?;
        let (accounts,): (i64,) = sql("SELECT COUNT(*) FROM accounts")
            .one_in(&mut turn)
            .await?;
        let (mails_waiting, due): (i64, Option<i64>) =
            sql("SELECT COUNT(*), MIN(due_at) FROM mails WHERE state = 'queued'")
                .one_in(&mut turn)
                .await?;
        let (mails_failed,): (i64,) = sql("SELECT COUNT(*) FROM mails WHERE state = 'failed'")
            .one_in(&mut turn)
            .await?;
        let (deliveries_waiting,): (i64,) =
            sql("SELECT COUNT(*) FROM notification_deliveries WHERE state = 'queued'")
                .one_in(&mut turn)
                .await?;
        let (deliveries_failed,): (i64,) =
            sql("SELECT COUNT(*) FROM notification_deliveries WHERE state = 'failed'")
                .one_in(&mut turn)
                .await?;
        turn.rollback().await?;
        Ok(Condition {
            bytes,
            migration,
            accounts,
            mails_waiting,
            mails_failed,
            mail_due_at: due.map(Time),
            deliveries_waiting,
            deliveries_failed,
        })
    }
}
