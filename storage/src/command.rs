//! Commands: what a trader wants done at once. They only go forward: queued, delivered, then
//! executed or failed, or expired by time.

mod filter;

use crate::{
    Notice, Notices, Result, StorageError,
    database::{Database, Turn, sql},
    notice::Subject,
    notification::{self, Matter, NotificationKind},
    row::new_id,
};
use protocol::{
    api::command::{Action, Command, CommandState, NewCommand, Receipt, Target},
    id::{AccountId, BrokerAccountId, CommandId, ExecutorId},
};
use sqlx::FromRow;
use trading::time::Time;
use uuid::Uuid;

/// The most commands of one account that may still come to something.
pub const MAX_COMMANDS: i64 = 100;

/// What every statement here reads.
#[derive(FromRow)]
struct Row {
    id: Uuid,
    executor_id: Option<Uuid>,
    broker_account_id: Option<Uuid>,
    action: String,
    state: String,
    remark: String,
    created_at: i64,
    expires_at: i64,
    delivered_at: Option<i64>,
    finished_at: Option<i64>,
}

impl Row {
    /// What is not done in time has expired, whether or not that was written down yet.
    fn command(self, now: Time) -> Result<Command> {
        let damaged = |what: &str| StorageError::Damaged(format!("{what} of command {}", self.id));
        let state: CommandState = self.state.parse().map_err(|_| damaged("state"))?;
        let is_late = state.is_open() && self.expires_at <= now.0;
        let target = match (self.executor_id, self.broker_account_id) {
            (Some(id), None) => Target::Executor(ExecutorId(id)),
            (None, Some(id)) => Target::BrokerAccount(BrokerAccountId(id)),
            _ => return Err(damaged("target")),
        };
        Ok(Command {
            id: CommandId(self.id),
            action: serde_json::from_str(&self.action).map_err(|_| damaged("action"))?,
            target,
            state: if is_late {
                CommandState::Expired
            } else {
                state
            },
            remark: self.remark.parse().map_err(|_| damaged("remark"))?,
            created_at: Time(self.created_at),
            expires_at: Time(self.expires_at),
            delivered_at: self.delivered_at.map(Time),
            finished_at: self.finished_at.map(Time),
        })
    }
}

/// What came of giving a command.
#[derive(Debug, Clone, PartialEq)]
pub enum Given {
    /// It is queued.
    New(Command),
    /// It was given before.
    Before(Command),
}

/// What came of a receipt.
#[derive(Debug, Clone, PartialEq)]
pub enum Finished {
    /// So it is now.
    Now(Command),
    /// So it was already: the receipt was sent twice.
    Before(Command),
    /// It had ended otherwise, and stays so.
    Otherwise(Command),
}

/// Commands.
#[derive(Debug, Clone)]
pub struct Commands {
    database: Database,
    notices: Notices,
}

impl Commands {
    pub(crate) fn new(database: Database, notices: Notices) -> Self {
        Self { database, notices }
    }

    /// Gives one, known by the key of the request: given twice, it is one. Who calls has checked
    /// its limits.
    ///
    /// # Errors
    /// [`StorageError::NotFound`] where the target is not the account's, [`StorageError::Exists`]
    /// where the key belongs to another command, [`StorageError::TooMany`].
    pub async fn give(
        &self,
        account: AccountId,
        key: &str,
        new: &NewCommand,
        now: Time,
    ) -> Result<Given> {
        let action = serde_json::to_string(&new.action)
            .map_err(|error| StorageError::Damaged(error.to_string()))?;
        let mut turn = self.database.begin().await?;
        turn.lock(account.0).await?;
        let before: Option<Row> = sql("SELECT id, executor_id, broker_account_id,
                    action, state, remark, created_at, expires_at, delivered_at, finished_at
             FROM commands WHERE account_id = $1 AND request_key = $2")
        .bind(account.0)
        .bind(key)
        .maybe_in(&mut turn)
        .await?;
        if let Some(before) = before {
            let before = before.command(now)?;
            let is_same = before.action == new.action
                && before.target == new.target
                && before.expires_at == new.expires_at;
            return if is_same {
                Ok(Given::Before(before))
            } else {
                Err(StorageError::Exists)
            };
        }
        let (executor, broker_account) = owned(&mut turn, account, new.target).await?;
        let (open,): (i64,) = sql("SELECT COUNT(*) FROM commands
             WHERE account_id = $1 AND state IN ('queued', 'delivered') AND expires_at > $2")
        .bind(account.0)
        .bind(now.0)
        .one_in(&mut turn)
        .await?;
        if open >= MAX_COMMANDS {
            return Err(StorageError::TooMany(MAX_COMMANDS));
        }
        let row: Row = sql("INSERT INTO commands
               (id, account_id, request_key, executor_id, broker_account_id, action, state,
                remark, created_at, expires_at)
             VALUES ($1, $2, $3, $4, $5, $6, 'queued', '', $7, $8)
             RETURNING id, executor_id, broker_account_id, action, state, remark,
                       created_at, expires_at, delivered_at, finished_at")
        .bind(new_id(now))
        .bind(account.0)
        .bind(key)
        .bind(executor)
        .bind(broker_account)
        .bind(action)
        .bind(now.0)
        .bind(new.expires_at.0)
        .one_in(&mut turn)
        .await?;
        let made = row.command(now)?;
        let subject = Subject::CommandQueued(made.id);
        self.notices
            .commit(turn, &[Notice { account, subject }])
            .await?;
        Ok(Given::New(made))
    }

    /// One.
    ///
    /// # Errors
    /// [`StorageError::NotFound`], also where it is somebody else's.
    pub async fn load(&self, account: AccountId, id: CommandId, now: Time) -> Result<Command> {
        let row: Option<Row> = sql("SELECT id, executor_id, broker_account_id, action,
                    state, remark, created_at, expires_at, delivered_at, finished_at
             FROM commands WHERE account_id = $1 AND id = $2")
        .bind(account.0)
        .bind(id.0)
        .maybe(&self.database)
        .await?;
        row.ok_or(StorageError::NotFound)?.command(now)
    }

    /// Those of an account, the newest first, before one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list(
        &self,
        account: AccountId,
        before: Option<CommandId>,
        most: i64,
        now: Time,
    ) -> Result<Vec<Command>> {
        let rows: Vec<Row> = sql("SELECT id, executor_id, broker_account_id, action,
                    state, remark, created_at, expires_at, delivered_at, finished_at
             FROM commands WHERE account_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3")
        .bind(account.0)
        .bind(before.map_or(Uuid::max(), |id| id.0))
        .bind(most)
        .all(&self.database)
        .await?;
        rows.into_iter().map(|row| row.command(now)).collect()
    }

    /// What an executor is to do and has not said to have done, the oldest first. What was queued
    /// is delivered by this. What another executor got is that one's alone.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn open(
        &self,
        account: AccountId,
        executor: ExecutorId,
        now: Time,
    ) -> Result<Vec<Command>> {
        let read = || {
            sql("SELECT id, executor_id, broker_account_id, action,
                    state, remark, created_at, expires_at, delivered_at, finished_at
                 FROM commands
                 WHERE account_id = $1 AND expires_at > $3
                   AND ((state = 'delivered' AND delivered_to = $2)
                     OR (state = 'queued' AND (executor_id = $2 OR broker_account_id IN
                          (SELECT id FROM broker_accounts
                           WHERE account_id = $1 AND executor_id = $2))))
                 ORDER BY id")
            .bind(account.0)
            .bind(executor.0)
            .bind(now.0)
            .all(&self.database)
        };
        // Mostly there is nothing, which is one statement.
        let mut rows: Vec<Row> = read().await?;
        if rows.iter().any(|row| row.state == "queued") {
            self.take(account, executor, now).await?;
            rows = read().await?;
            // What came between the two is delivered by the next.
            rows.retain(|row| row.state != "queued");
        }
        let commands: Result<Vec<_>> = rows.into_iter().map(|row| row.command(now)).collect();
        let mut commands = commands?;
        // A newer server on the same database took it, and delivers it: we could not say what it is.
        commands.retain(|command| command.action != Action::Unknown);
        Ok(commands)
    }

    /// What was queued for an executor and is delivered by this, the oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take(
        &self,
        account: AccountId,
        executor: ExecutorId,
        now: Time,
    ) -> Result<Vec<Command>> {
        // Mostly there is nothing, which is to cost no writing.
        let waiting: Option<(Uuid,)> = sql("SELECT id FROM commands
             WHERE account_id = $1 AND state = 'queued' AND expires_at > $3
               AND (executor_id = $2 OR broker_account_id IN
                     (SELECT id FROM broker_accounts WHERE account_id = $1 AND executor_id = $2))
             LIMIT 1")
        .bind(account.0)
        .bind(executor.0)
        .bind(now.0)
        .maybe(&self.database)
        .await?;
        if waiting.is_none() {
            return Ok(Vec::new());
        }
        let mut turn = self.database.begin().await?;
        let rows: Vec<Row> = sql("UPDATE commands
             SET state = 'delivered', delivered_to = $2, delivered_at = $3
             WHERE account_id = $1 AND state = 'queued' AND expires_at > $3
               AND (executor_id = $2 OR broker_account_id IN
                     (SELECT id FROM broker_accounts WHERE account_id = $1 AND executor_id = $2))
             RETURNING id, executor_id, broker_account_id, action, state, remark,
                       created_at, expires_at, delivered_at, finished_at")
        .bind(account.0)
        .bind(executor.0)
        .bind(now.0)
        .all_in(&mut turn)
        .await?;
        let mut commands = rows
            .into_iter()
            .map(|row| row.command(now))
            .collect::<Result<Vec<_>>>()?;
        // No engine promises the order of what an update answers.
        commands.sort_by_key(|command| command.id);
        let notices: Vec<Notice> = commands
            .iter()
            .map(|command| changed(account, command.id))
            .collect();
        self.notices.commit(turn, &notices).await?;
        Ok(commands)
    }

    /// The executor that got a command says what became of it. Said twice, it is said once.
    ///
    /// # Errors
    /// [`StorageError::NotFound`], also where it is somebody else's or was not delivered to this
    /// executor.
    pub async fn finish(
        &self,
        account: AccountId,
        executor: ExecutorId,
        id: CommandId,
        receipt: &Receipt,
        now: Time,
    ) -> Result<Finished> {
        let state = receipt.outcome.state();
        let mut turn = self.database.begin().await?;
        let row: Option<Row> = sql("UPDATE commands
             SET state = $4, remark = $5, finished_at = $6
             WHERE account_id = $1 AND delivered_to = $2 AND id = $3 AND state = 'delivered'
               AND expires_at > $6
             RETURNING id, executor_id, broker_account_id, action, state, remark,
                       created_at, expires_at, delivered_at, finished_at")
        .bind(account.0)
        .bind(executor.0)
        .bind(id.0)
        .bind(state.name())
        .bind(receipt.remark.as_str())
        .bind(now.0)
        .maybe_in(&mut turn)
        .await?;
        if let Some(row) = row {
            let command = row.command(now)?;
            if command.state == CommandState::Failed {
                let matter = ended(&command, NotificationKind::CommandFailed);
                notification::tell(&mut turn, account.0, &matter, now).await?;
            }
            self.notices.commit(turn, &[changed(account, id)]).await?;
            return Ok(Finished::Now(command));
        }
        let row: Option<Row> = sql("SELECT id, executor_id, broker_account_id, action,
                    state, remark, created_at, expires_at, delivered_at, finished_at
             FROM commands WHERE account_id = $1 AND delivered_to = $2 AND id = $3")
        .bind(account.0)
        .bind(executor.0)
        .bind(id.0)
        .maybe_in(&mut turn)
        .await?;
        turn.rollback().await?;
        let command = row.ok_or(StorageError::NotFound)?.command(now)?;
        Ok(if command.state == state {
            Finished::Before(command)
        } else {
            Finished::Otherwise(command)
        })
    }

    /// Writes down which have expired, and says so to who listens. Nothing depends on it: they have
    /// expired even so.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sweep(&self, now: Time) -> Result<u64> {
        let late: Option<(Uuid,)> = sql("SELECT id FROM commands
             WHERE state IN ('queued', 'delivered') AND expires_at <= $1 LIMIT 1")
        .bind(now.0)
        .maybe(&self.database)
        .await?;
        if late.is_none() {
            return Ok(0);
        }
        let mut turn = self.database.begin().await?;
        let rows: Vec<Expired> = sql("UPDATE commands SET state = 'expired'
             WHERE state IN ('queued', 'delivered') AND expires_at <= $1
             RETURNING account_id, id, executor_id, broker_account_id, action, state, remark,
                       created_at, expires_at, delivered_at, finished_at")
        .bind(now.0)
        .all_in(&mut turn)
        .await?;
        let mut notices = Vec::with_capacity(rows.len());
        for Expired { account_id, row } in rows {
            notices.push(changed(AccountId(account_id), CommandId(row.id)));
            let matter = ended(&row.command(now)?, NotificationKind::CommandExpired);
            notification::tell(&mut turn, account_id, &matter, now).await?;
        }
        self.notices.commit(turn, &notices).await?;
        Ok(notices.len() as u64)
    }
}

/// A command that was written down as expired, and whose it is.
#[derive(FromRow)]
struct Expired {
    account_id: Uuid,
    #[sqlx(flatten)]
    row: Row,
}

/// What is told of a command that came to nothing.
fn ended(command: &Command, kind: NotificationKind) -> Matter {
    Matter {
        kind,
        cause: format!("{}:{}", kind.name(), command.id),
        subject: command.action.name().to_owned(),
        detail: command.remark.as_str().to_owned(),
        about: Some(command.id.0),
        since: Some(command.created_at),
    }
}

fn changed(account: AccountId, id: CommandId) -> Notice {
    Notice {
        account,
        subject: Subject::CommandChanged(id),
    }
}

/// The target as it stands in the row, if it is the account's.
async fn owned(
    turn: &mut Turn,
    account: AccountId,
    target: Target,
) -> Result<(Option<Uuid>, Option<Uuid>)> {
    let (found, columns) = match target {
        Target::Executor(id) => (
            // One whose key was revoked gets nothing any more.
            sql(
                "SELECT e.id FROM executors e JOIN credentials c ON c.id = e.credential_id
                 WHERE e.account_id = $1 AND e.id = $2 AND c.revoked_at IS NULL",
            )
            .bind(account.0)
            .bind(id.0),
            (Some(id.0), None),
        ),
        Target::BrokerAccount(id) => (
            sql("SELECT id FROM broker_accounts
                 WHERE account_id = $1 AND id = $2 AND retired_at IS NULL")
            .bind(account.0)
            .bind(id.0),
            (None, Some(id.0)),
        ),
    };
    let found: Option<(Uuid,)> = found.maybe_in(turn).await?;
    found.map(|_| columns).ok_or(StorageError::NotFound)
}
