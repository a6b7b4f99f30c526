//! Mail that is to be sent, and that was: the outbox.

use crate::{
    Job, Result, StorageError,
    database::{Database, Turn, sql},
    queue,
    row::new_id,
};
use protocol::id::{AccountId, MailId};
use sqlx::FromRow;
use trading::time::Time;
use uuid::Uuid;

/// A mail to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMail {
    /// To whose account.
    pub account: Option<AccountId>,
    /// To which address.
    pub recipient: String,
    /// The line above.
    pub subject: String,
    /// The text.
    pub body: String,
}

/// How far a mail is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailState {
    /// It waits to be sent, or to be tried again.
    Queued,
    /// A server took it.
    Sent,
    /// It was tried as often as it is tried.
    Failed,
    /// There was no server to send it by: it can be read here and in the log.
    Kept,
}

impl MailState {
    /// All there are.
    pub const ALL: [Self; 4] = [Self::Queued, Self::Sent, Self::Failed, Self::Kept];

    /// The word in the rows.
    pub fn name(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::Kept => "kept",
        }
    }

    fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// A mail as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// Its name among rows.
    pub id: MailId,
    /// What it says.
    pub mail: NewMail,
    /// How far it is.
    pub state: MailState,
    /// How often it was tried.
    pub attempts: u32,
    /// Why it was not taken, last.
    pub failure: String,
    /// When it was written.
    pub created_at: Time,
}

/// Whether a mail may be sent now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// It is ours to send.
    Ours(Box<Mail>),
    /// Somebody else is sending it, or it has to wait: not before then.
    Later(Time),
    /// It was sent or given up, or is not there any more.
    Gone,
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    account_id: Option<Uuid>,
    recipient: String,
    subject: String,
    body: String,
    state: String,
    attempts: i64,
    failure: String,
    created_at: i64,
}

impl Row {
    fn mail(self) -> Result<Mail> {
        let state = MailState::of(&self.state)
            .ok_or_else(|| StorageError::Damaged(format!("state of mail {}", self.id)))?;
        Ok(Mail {
            id: MailId(self.id),
            mail: NewMail {
                account: self.account_id.map(AccountId),
                recipient: self.recipient,
                subject: self.subject,
                body: self.body,
            },
            state,
            attempts: u32::try_from(self.attempts).unwrap_or(u32::MAX),
            failure: self.failure,
            created_at: Time(self.created_at),
        })
    }
}

/// The outbox.
#[derive(Debug, Clone)]
pub struct Mails {
    database: Database,
}

impl Mails {
    pub(crate) fn new(database: Database) -> Self {
        Self { database }
    }

    /// Puts a mail into the outbox, and the job that sends it into the queue: both, or neither.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn queue(&self, mail: &NewMail, now: Time) -> Result<MailId> {
        let mut turn = self.database.begin().await?;
        let id = queue_in(&mut turn, mail, now).await?;
        turn.commit().await?;
        Ok(id)
    }

    /// Takes a mail to send it, and nobody else gets it before `until`: who fails to say what became
    /// of it has died, and it is tried again.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn claim(&self, id: MailId, now: Time, until: Time) -> Result<Claim> {
        let mut turn = self.database.begin().await?;
        let row: Option<Row> = sql("UPDATE mails SET due_at = $3, attempts = attempts + 1
             WHERE id = $1 AND state = 'queued' AND due_at <= $2
             RETURNING id, account_id, recipient, subject, body, state, attempts, failure,
                       created_at")
        .bind(id.0)
        .bind(now.0)
        .bind(until.0)
        .maybe_in(&mut turn)
        .await?;
        let claim = match row {
            Some(row) => Claim::Ours(Box::new(row.mail()?)),
            None => {
                let due: Option<(i64,)> =
                    sql("SELECT due_at FROM mails WHERE id = $1 AND state = 'queued'")
                        .bind(id.0)
                        .maybe_in(&mut turn)
                        .await?;
                due.map_or(Claim::Gone, |(due,)| Claim::Later(Time(due)))
            }
        };
        turn.commit().await?;
        Ok(claim)
    }

    /// Puts a job in for each mail that is due and has none, and says how many those were: none,
    /// unless somebody meddled with the queue, or a backup came back without one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find(&self, now: Time, most: i64) -> Result<u64> {
        let due: Vec<(Uuid,)> = sql(
            "SELECT id FROM mails WHERE state = 'queued' AND due_at <= $1
             ORDER BY due_at, id LIMIT $2",
        )
        .bind(now.0)
        .bind(most)
        .all(&self.database)
        .await?;
        let queue = queue::Queue::new(self.database.clone());
        let mut found = 0;
        for (id,) in due {
            let mail = MailId(id);
            let job = Job::SendMail { mail };
            let name = Job::name_of_mail(mail);
            found += u64::from(queue.push_again(&job, &name, now).await?);
        }
        Ok(found)
    }

    /// A server took it. Its text is not kept: links in it open accounts.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sent(&self, id: MailId, now: Time) -> Result<()> {
        sql(
            "UPDATE mails SET state = 'sent', sent_at = $2, failure = '', body = ''
             WHERE id = $1",
        )
        .bind(id.0)
        .bind(now.0)
        .run(&self.database)
        .await?;
        Ok(())
    }

    /// There is no server to send it by: it stays here, to be read.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn kept(&self, id: MailId) -> Result<()> {
        sql("UPDATE mails SET state = 'kept' WHERE id = $1")
            .bind(id.0)
            .run(&self.database)
            .await?;
        Ok(())
    }

    /// It was not taken; it is tried again then, or never.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn failed(&self, id: MailId, why: &str, again: Option<Time>) -> Result<()> {
        let state = if again.is_some() {
            MailState::Queued
        } else {
            MailState::Failed
        };
        sql(
            "UPDATE mails SET state = $2, failure = $3, due_at = COALESCE($4, due_at)
             WHERE id = $1",
        )
        .bind(id.0)
        .bind(state.name())
        .bind(why)
        .bind(again.map(|time| time.0))
        .run(&self.database)
        .await?;
        Ok(())
    }

    /// It was not tried after all, or not by its own fault: it keeps its tries, and is due again then.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn give_back(&self, id: MailId, why: &str, again: Time) -> Result<()> {
        sql(
            "UPDATE mails SET attempts = attempts - 1, failure = $2, due_at = $3
             WHERE id = $1 AND attempts > 0",
        )
        .bind(id.0)
        .bind(why)
        .bind(again.0)
        .run(&self.database)
        .await?;
        Ok(())
    }

    /// Removes those written before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sweep(&self, before: Time) -> Result<u64> {
        sql("DELETE FROM mails WHERE created_at < $1")
            .bind(before.0)
            .run(&self.database)
            .await
    }

    /// The last mails, the newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list(&self, most: i64) -> Result<Vec<Mail>> {
        let rows: Vec<Row> = sql(
            "SELECT id, account_id, recipient, subject, body, state, attempts, failure, created_at
             FROM mails ORDER BY id DESC LIMIT $1",
        )
        .bind(most)
        .all(&self.database)
        .await?;
        rows.into_iter().map(Row::mail).collect()
    }

    /// The mails to an account, the newest first, before one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn of(
        &self,
        account: AccountId,
        before: Option<MailId>,
        most: i64,
    ) -> Result<Vec<Mail>> {
        let rows: Vec<Row> = sql(
            "SELECT id, account_id, recipient, subject, body, state, attempts, failure, created_at
             FROM mails WHERE account_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3",
        )
        .bind(account.0)
        .bind(before.map_or(Uuid::max(), |id| id.0))
        .bind(most)
        .all(&self.database)
        .await?;
        rows.into_iter().map(Row::mail).collect()
    }
}

/// Puts a mail into the outbox in the turn of its cause: there is never one without the other.
pub(crate) async fn queue_in(turn: &mut Turn, mail: &NewMail, now: Time) -> Result<MailId> {
    let id = new_id(now);
    sql("INSERT INTO mails
           (id, account_id, recipient, subject, body, state, attempts, failure, created_at,
            due_at)
         VALUES ($1, $2, $3, $4, $5, 'queued', 0, '', $6, $6)")
    .bind(id)
    .bind(mail.account.map(|id| id.0))
    .bind(&mail.recipient)
    .bind(&mail.subject)
    .bind(&mail.body)
    .bind(now.0)
    .run_in(turn)
    .await?;
    let mail = MailId(id);
    let job = Job::SendMail { mail };
    queue::push_in(turn, &job, &Job::name_of_mail(mail), now).await?;
    Ok(mail)
}
