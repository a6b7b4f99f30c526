//! What is still to be sent of notifications, and what became of it.

#[cfg(test)]
mod tests;

use super::{Channel, Notification, NotificationKind, Row as NotificationRow, columns};
use crate::{
    NewMail, Result, StorageError,
    database::{Database, Turn, sql},
    mail,
    row::new_id,
};
use identity::EmailAddress;
use protocol::id::AccountId;
use sqlx::FromRow;
use trading::{
    language::Language,
    time::{MINUTE, Time},
};
use uuid::Uuid;

/// How many of one account are sent at once: whose server does not answer holds up nobody else.
pub const MAX_HELD: i64 = 4;
/// How often a way may be tried.
const BETWEEN_TESTS: i64 = MINUTE;
/// How many tests an account may send in that time: one for each webhook and one for the chat.
const MAX_TESTS: usize = 4;

/// How far a delivery is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryState {
    /// It waits, or is to be tried again.
    Queued,
    /// It was taken.
    Sent,
    /// It was tried as often as it is tried.
    Failed,
    /// There is nobody to send it to any more.
    Dropped,
}

impl DeliveryState {
    /// The word in the rows.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::Dropped => "dropped",
        }
    }
}

/// Something to be sent, with all that it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Its name among rows; the same at every attempt.
    pub id: Uuid,
    /// Whose it is.
    pub account: AccountId,
    /// Where mail goes.
    pub email: EmailAddress,
    /// In which language it is said.
    pub language: Language,
    /// By which way.
    pub channel: Channel,
    /// The webhook; the account itself for other channels.
    pub target: Uuid,
    /// How often it was tried, this time included.
    pub attempts: u32,
    /// What it says.
    pub notification: Notification,
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    notification_id: Uuid,
    account_id: Uuid,
    channel: String,
    target_id: Uuid,
    attempts: i64,
}

impl Row {
    fn delivery(
        self,
        notification: NotificationRow,
        (email, language): (String, String),
    ) -> Result<Delivery> {
        let damaged = |what: &str| StorageError::Damaged(format!("{what} of delivery {}", self.id));
        Ok(Delivery {
            id: self.id,
            account: AccountId(self.account_id),
            email: email.parse().map_err(|_| damaged("email"))?,
            language: language.parse().map_err(|_| damaged("language"))?,
            channel: Channel::of(&self.channel).ok_or_else(|| damaged("channel"))?,
            target: self.target_id,
            attempts: u32::try_from(self.attempts).unwrap_or(u32::MAX),
            notification: notification.notification()?,
        })
    }
}

/// Takes the next one: due by `$1`, ours until `$2`, of an account of which fewer than `$3` are held.
/// Held is what is due later and has no failure: what failed waits without being sent. `$lock`
/// passes over what other processes are taking; SQLite has one writer, and nothing to pass over.
macro_rules! take_next {
    ($lock:literal) => {
        concat!(
            "UPDATE notification_deliveries
             SET due_at = $2, attempts = attempts + 1, failure = ''
             WHERE id = (SELECT id FROM notification_deliveries
                         WHERE state = 'queued' AND due_at <= $1
                           AND account_id NOT IN
                             (SELECT account_id FROM notification_deliveries
                              WHERE state = 'queued' AND due_at > $1 AND due_at <= $2
                                AND attempts > 0 AND failure = ''
                              GROUP BY account_id HAVING COUNT(*) >= $3)
                         ORDER BY due_at, id LIMIT 1",
            $lock,
            ")
             RETURNING id, notification_id, account_id, channel, target_id, attempts"
        )
    };
}

/// Deliveries.
#[derive(Debug, Clone)]
pub struct Deliveries {
    database: Database,
}

impl Deliveries {
    pub(crate) fn new(database: Database) -> Self {
        Self { database }
    }

    /// Takes the one that is due the longest, and nobody else gets it before `until`: who fails to
    /// say what became of it has died, and it is tried again. Accounts of which as many are being
    /// sent as may be are passed over.
    ///
    /// # Errors
    /// [`StorageError::Damaged`] where the row cannot be read: it has failed for good, and the next
    /// call takes another.
    pub async fn take(&self, now: Time, until: Time) -> Result<Option<Delivery>> {
        // Mostly there is nothing, which is to cost no writing.
        let waiting: Option<(Uuid,)> = sql("SELECT id FROM notification_deliveries
             WHERE state = 'queued' AND due_at <= $1 LIMIT 1")
        .bind(now.0)
        .maybe(&self.database)
        .await?;
        if waiting.is_none() {
            return Ok(None);
        }
        let mut turn = self.database.begin().await?;
        // Several processes at once may take a few more.
        let next = sql(match self.database {
            Database::Sqlite { .. } => take_next!(""),
            Database::Postgres(_) => take_next!(" FOR UPDATE SKIP LOCKED"),
        });
        let next = next.bind(now.0).bind(until.0).bind(MAX_HELD);
        let row: Option<Row> = next.maybe_in(&mut turn).await?;
        let Some(row) = row else {
            turn.rollback().await?;
            return Ok(None);
        };
        let id = row.id;
        let notification: NotificationRow = sql(concat!(
            "SELECT ",
            columns!(),
            " FROM notifications WHERE id = $1"
        ))
        .bind(row.notification_id)
        .one_in(&mut turn)
        .await?;
        let said: (String, String) = sql("SELECT email, language FROM accounts WHERE id = $1")
            .bind(row.account_id)
            .one_in(&mut turn)
            .await?;
        let read = row.delivery(notification, said);
        if read.is_err() {
            // In the same turn: it must not come back for ever.
            sql(
                "UPDATE notification_deliveries SET state = 'failed', failure = 'unreadable'
                 WHERE id = $1",
            )
            .bind(id)
            .run_in(&mut turn)
            .await?;
        }
        turn.commit().await?;
        read.map(Some)
    }

    /// It was taken.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sent(&self, id: Uuid, now: Time) -> Result<()> {
        self.end(id, DeliveryState::Sent, "", Some(now)).await
    }

    /// There is nobody to send it to any more.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn dropped(&self, id: Uuid, why: &str) -> Result<()> {
        self.end(id, DeliveryState::Dropped, why, None).await
    }

    async fn end(
        &self,
        id: Uuid,
        state: DeliveryState,
        why: &str,
        sent: Option<Time>,
    ) -> Result<()> {
        sql(
            "UPDATE notification_deliveries SET state = $2, failure = $3, sent_at = $4
             WHERE id = $1 AND state = 'queued'",
        )
        .bind(id)
        .bind(state.name())
        .bind(why)
        .bind(sent.map(|time| time.0))
        .run(&self.database)
        .await?;
        Ok(())
    }

    /// It was not taken; it is tried again then, or never.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn failed(&self, id: Uuid, why: &str, again: Option<Time>) -> Result<()> {
        let state = if again.is_some() {
            DeliveryState::Queued
        } else {
            DeliveryState::Failed
        };
        sql("UPDATE notification_deliveries
             SET state = $2, failure = $3, due_at = COALESCE($4, due_at)
             WHERE id = $1 AND state = 'queued'")
        .bind(id)
        .bind(state.name())
        .bind(why)
        .bind(again.map(|time| time.0))
        .run(&self.database)
        .await?;
        Ok(())
    }

    /// Puts it into the outbox of mails, once: both or neither.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn mailed(&self, id: Uuid, mail: &NewMail, now: Time) -> Result<bool> {
        let mut turn = self.database.begin().await?;
        let done = sql(
            "UPDATE notification_deliveries SET state = 'sent', failure = '', sent_at = $2
             WHERE id = $1 AND state = 'queued'",
        )
        .bind(id)
        .bind(now.0)
        .run_in(&mut turn)
        .await?;
        if done == 0 {
            return Ok(false);
        }
        mail::queue_in(&mut turn, mail, now).await?;
        turn.commit().await?;
        Ok(true)
    }

    /// How many there are in a state, for the operator.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count(&self, state: DeliveryState) -> Result<i64> {
        let (count,): (i64,) = sql("SELECT COUNT(*) FROM notification_deliveries WHERE state = $1")
            .bind(state.name())
            .one(&self.database)
            .await?;
        Ok(count)
    }
}

/// Where notifications of a kind go from an account.
pub(super) async fn targets(
    turn: &mut Turn,
    account: Uuid,
    kind: NotificationKind,
) -> Result<Vec<(Channel, Uuid)>> {
    let said: Vec<(String, bool)> = sql("SELECT channel, is_on FROM notification_preferences
         WHERE account_id = $1 AND kind = $2")
    .bind(account)
    .bind(kind.name())
    .all_in(turn)
    .await?;
    let mut targets = Vec::new();
    for channel in Channel::ALL {
        let said = said.iter().find(|(name, _)| name == channel.name());
        if !said.map_or_else(|| kind.is_usual(channel), |(_, is_on)| *is_on) {
            continue;
        }
        let rows: Vec<(Uuid,)> = match channel {
            Channel::Mail => vec![(account,)],
            Channel::Telegram => {
                sql("SELECT account_id FROM telegram_chats WHERE account_id = $1")
                    .bind(account)
                    .all_in(turn)
                    .await?
            }
            Channel::Webhook => {
                sql("SELECT id FROM webhooks
                     WHERE account_id = $1 AND disabled_at IS NULL ORDER BY id")
                .bind(account)
                .all_in(turn)
                .await?
            }
        };
        targets.extend(rows.into_iter().map(|(target,)| (channel, target)));
    }
    Ok(targets)
}

/// Puts one into the queue.
pub(super) async fn queue(
    turn: &mut Turn,
    notification: Uuid,
    account: Uuid,
    channel: Channel,
    target: Uuid,
    now: Time,
) -> Result<()> {
    sql("INSERT INTO notification_deliveries
           (id, notification_id, account_id, channel, target_id, state, attempts, failure,
            created_at, due_at)
         VALUES ($1, $2, $3, $4, $5, 'queued', 0, '', $6, $6)
         ON CONFLICT (notification_id, channel, target_id) DO NOTHING")
    .bind(new_id(now))
    .bind(notification)
    .bind(account)
    .bind(channel.name())
    .bind(target)
    .bind(now.0)
    .run_in(turn)
    .await?;
    Ok(())
}

/// Nothing that waits for a webhook is sent to it any more.
pub(super) async fn drop_waiting(
    turn: &mut Turn,
    account: Uuid,
    webhook: Uuid,
    why: &str,
) -> Result<()> {
    sql(
        "UPDATE notification_deliveries SET state = 'dropped', failure = $3
         WHERE account_id = $1 AND target_id = $2 AND state = 'queued'",
    )
    .bind(account)
    .bind(webhook)
    .bind(why)
    .run_in(turn)
    .await?;
    Ok(())
}

/// A test of one way alone. Refused while another waits, or so soon after one that it would be used
/// to have us call somebody again and again.
pub(super) async fn test(
    turn: &mut Turn,
    account: Uuid,
    channel: Channel,
    target: Uuid,
    subject: &str,
    now: Time,
) -> Result<()> {
    turn.lock(account).await?;
    let recent: Vec<(String, Uuid)> = sql("SELECT d.channel, d.target_id
         FROM notification_deliveries d JOIN notifications n ON n.id = d.notification_id
         WHERE d.account_id = $1 AND n.kind = $2 AND (d.state = 'queued' OR d.created_at > $3)")
    .bind(account)
    .bind(NotificationKind::Test.name())
    .bind(now.0 - BETWEEN_TESTS)
    .all_in(turn)
    .await?;
    let is_there = recent
        .iter()
        .any(|(way, whom)| way == channel.name() && *whom == target);
    // Whoever removes a webhook and makes it again has another one, and not another try.
    if is_there || recent.len() >= MAX_TESTS {
        return Err(StorageError::TooMany(1));
    }
    let id = new_id(now);
    sql("INSERT INTO notifications
           (id, account_id, kind, cause, subject, detail, created_at, read_at)
         VALUES ($1, $2, $3, $4, $5, '', $6, $6)")
    .bind(id)
    .bind(account)
    .bind(NotificationKind::Test.name())
    .bind(format!("test:{id}"))
    .bind(subject)
    .bind(now.0)
    .run_in(turn)
    .await?;
    queue(turn, id, account, channel, target, now).await
}
