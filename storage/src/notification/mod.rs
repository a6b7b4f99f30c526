//! What traders are told: written once for each cause, in the turn of the cause where there is one.
//!
//! | file | what |
//! |---|---|
//! | `kind.rs` | about what, by which way, and what is usual |
//! | `mod.rs` | the notifications themselves |
//! | `preference.rs` | who wants what by which way |
//! | `delivery.rs` | what is still to be sent |
//! | `telegram.rs` | chats, and who listens to the bot |
//! | `webhook.rs` | addresses of traders' own |
//! | `scan.rs` | causes that nobody reports |

mod delivery;
mod kind;
mod preference;
mod scan;
mod telegram;
mod webhook;

pub use delivery::{Deliveries, Delivery, DeliveryState, MAX_HELD};
pub use kind::{Channel, NotificationKind};
pub use preference::Preferences;
pub use telegram::{Chat, Telegrams};
pub use webhook::{MAX_WEBHOOK_FAILURES, MAX_WEBHOOKS, Webhook, Webhooks};

use crate::{
    Result, StorageError,
    database::{Database, Turn, sql},
    row::{found, new_id},
};
use protocol::id::AccountId;
use sqlx::FromRow;
use trading::time::Time;
use uuid::Uuid;

/// Something that a trader is to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matter {
    /// About what.
    pub kind: NotificationKind,
    /// What it comes from, the same whoever sees it: it is told once.
    pub cause: String,
    /// The first value of its sentence: what it is about. Never a secret.
    pub subject: String,
    /// The second one.
    pub detail: String,
    /// The row that it is about.
    pub about: Option<Uuid>,
    /// Since when it is so.
    pub since: Option<Time>,
}

/// A notification as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    /// Its name among rows.
    pub id: Uuid,
    /// What it says.
    pub matter: Matter,
    /// When it was written.
    pub created_at: Time,
    /// When it was read.
    pub read_at: Option<Time>,
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    kind: String,
    cause: String,
    subject: String,
    detail: String,
    about_id: Option<Uuid>,
    since_at: Option<i64>,
    created_at: i64,
    read_at: Option<i64>,
}

/// The columns that a [`Row`] is read from.
macro_rules! columns {
    () => {
        "id, kind, cause, subject, detail, about_id, since_at, created_at, read_at"
    };
}
use columns;

impl Row {
    fn notification(self) -> Result<Notification> {
        let kind = NotificationKind::of(&self.kind)
            .ok_or_else(|| StorageError::Damaged(format!("kind of notification {}", self.id)))?;
        Ok(Notification {
            id: self.id,
            matter: Matter {
                kind,
                cause: self.cause,
                subject: self.subject,
                detail: self.detail,
                about: self.about_id,
                since: self.since_at.map(Time),
            },
            created_at: Time(self.created_at),
            read_at: self.read_at.map(Time),
        })
    }
}

/// Notifications.
#[derive(Debug, Clone)]
pub struct Notifications {
    database: Database,
}

impl Notifications {
    pub(crate) fn new(database: Database) -> Self {
        Self { database }
    }

    /// Tells an account something, unless it was told; says whether it was new.
    ///
    /// # Errors
    /// When the database fails, or there is no such account.
    pub async fn tell(&self, account: AccountId, matter: &Matter, now: Time) -> Result<bool> {
        let mut turn = self.database.begin().await?;
        let is_new = tell(&mut turn, account.0, matter, now).await?;
        turn.commit().await?;
        Ok(is_new)
    }

    /// Those of an account, the newest first, before one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list(
        &self,
        account: AccountId,
        before: Option<Uuid>,
        most: i64,
    ) -> Result<Vec<Notification>> {
        let rows: Vec<Row> = sql(concat!(
            "SELECT ",
            columns!(),
            " FROM notifications WHERE account_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3"
        ))
        .bind(account.0)
        .bind(before.unwrap_or(Uuid::max()))
        .bind(most)
        .all(&self.database)
        .await?;
        rows.into_iter().map(Row::notification).collect()
    }

    /// How many an account has not read.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn unread(&self, account: AccountId) -> Result<i64> {
        let (count,): (i64,) =
            sql("SELECT COUNT(*) FROM notifications WHERE account_id = $1 AND read_at IS NULL")
                .bind(account.0)
                .one(&self.database)
                .await?;
        Ok(count)
    }

    /// One was read.
    ///
    /// # Errors
    /// [`StorageError::NotFound`], also where it is somebody else's.
    pub async fn read(&self, account: AccountId, id: Uuid, now: Time) -> Result<()> {
        let done = sql("UPDATE notifications SET read_at = COALESCE(read_at, $3)
             WHERE account_id = $1 AND id = $2")
        .bind(account.0)
        .bind(id)
        .bind(now.0)
        .run(&self.database)
        .await?;
        found(done)
    }

    /// All were read that are there.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn read_all(&self, account: AccountId, now: Time) -> Result<u64> {
        sql("UPDATE notifications SET read_at = $2 WHERE account_id = $1 AND read_at IS NULL")
            .bind(account.0)
            .bind(now.0)
            .run(&self.database)
            .await
    }

    /// Removes those written before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sweep(&self, before: Time) -> Result<u64> {
        sql("DELETE FROM notifications WHERE created_at < $1")
            .bind(before.0)
            .run(&self.database)
            .await
    }
}

/// Tells an account something in a turn, unless it was told: the notification, and what is to be
/// sent of it. Says whether it was new.
pub(crate) async fn tell(
    turn: &mut Turn,
    account: Uuid,
    matter: &Matter,
    now: Time,
) -> Result<bool> {
    let made: Option<(Uuid,)> = sql("INSERT INTO notifications
           (id, account_id, kind, cause, subject, detail, about_id, since_at, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (account_id, cause) DO NOTHING RETURNING id")
    .bind(new_id(now))
    .bind(account)
    .bind(matter.kind.name())
    .bind(&matter.cause)
    .bind(&matter.subject)
    .bind(&matter.detail)
    .bind(matter.about)
    .bind(matter.since.map(|time| time.0))
    .bind(now.0)
    .maybe_in(turn)
    .await?;
    let Some((id,)) = made else {
        return Ok(false);
    };
    for (channel, target) in delivery::targets(turn, account, matter.kind).await? {
        delivery::queue(turn, id, account, channel, target, now).await?;
    }
    Ok(true)
}

/// Shuts every way to the outside: whoever knew the old password may have opened one. Webhooks stay
/// and can be resumed; a chat has to be connected again.
pub(crate) async fn shut(turn: &mut Turn, account: AccountId, now: Time) -> Result<()> {
    for query in [
        "DELETE FROM telegram_links WHERE account_id = $1",
        "DELETE FROM telegram_chats WHERE account_id = $1",
    ] {
        sql(query).bind(account.0).run_in(turn).await?;
    }
    // No failures: that tells it from one that was given up. Before its deliveries, as where one
    // fails.
    sql("UPDATE webhooks SET disabled_at = $2, failures = 0
         WHERE account_id = $1 AND disabled_at IS NULL")
    .bind(account.0)
    .bind(now.0)
    .run_in(turn)
    .await?;
    sql(
        "UPDATE notification_deliveries SET state = 'dropped', failure = 'password reset'
         WHERE account_id = $1 AND state = 'queued' AND channel IN ('telegram', 'webhook')",
    )
    .bind(account.0)
    .run_in(turn)
    .await?;
    Ok(())
}
