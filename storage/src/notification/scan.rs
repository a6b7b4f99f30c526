//! Causes that nobody reports: executors that say nothing. Whoever looks, however often, tells it
//! once.

use super::{Matter, NotificationKind, Notifications};
use crate::{Result, database::sql};
use protocol::id::AccountId;
use trading::time::{DAY, Time};
use uuid::Uuid;

/// How many are attended to at a time.
const PART: i64 = 500;
/// Who said nothing for so long is gone for good, and nobody is told any more.
const LONGEST: i64 = DAY;

impl Notifications {
    /// Tells the owners of executors that were trading and have said nothing since `before`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn tell_silent(&self, before: Time, now: Time) -> Result<u64> {
        let rows: Vec<(Uuid, Uuid, String, i64)> = sql(
            // The health is JSON that we wrote ourselves: the text is always this.
            "SELECT e.id, e.account_id, e.name, e.seen_at
             FROM executors e JOIN credentials c ON c.id = e.credential_id
             WHERE c.revoked_at IS NULL AND e.seen_at <= $1 AND e.seen_at > $2
               AND e.health LIKE '%\"is_running\":true%'
               AND NOT EXISTS (SELECT 1 FROM notifications n
                               WHERE n.about_id = e.id AND n.kind = 'executor-silent'
                                 AND n.account_id = e.account_id AND n.since_at = e.seen_at)
             ORDER BY e.seen_at, e.id LIMIT $3",
        )
        .bind(before.0)
        .bind(now.0 - LONGEST)
        .bind(PART)
        .all(&self.database)
        .await?;
        let silent = rows.into_iter().map(|(id, account, name, seen)| {
            let matter = Matter {
                kind: NotificationKind::ExecutorSilent,
                cause: format!("executor-silent:{id}:{seen}"),
                subject: name,
                detail: String::new(),
                about: Some(id),
                since: Some(Time(seen)),
            };
            (account, matter)
        });
        self.tell_each(silent.collect(), now).await
    }

    /// Tells those who were told of a silence that it is over.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn tell_back(&self, now: Time) -> Result<u64> {
        let rows: Vec<(Uuid, Uuid, String, i64)> =
            sql("SELECT e.id, e.account_id, e.name, n.since_at
             FROM notifications n JOIN executors e ON e.id = n.about_id
             WHERE n.kind = 'executor-silent' AND n.created_at > $1 AND e.seen_at > n.since_at
               AND e.account_id = n.account_id
               AND NOT EXISTS (SELECT 1 FROM notifications b
                               WHERE b.about_id = e.id AND b.kind = 'executor-back'
                                 AND b.account_id = n.account_id AND b.since_at = n.since_at)
             ORDER BY n.id LIMIT $2")
            .bind(now.0 - LONGEST * 7)
            .bind(PART)
            .all(&self.database)
            .await?;
        let back = rows.into_iter().map(|(id, account, name, since)| {
            let matter = Matter {
                kind: NotificationKind::ExecutorBack,
                cause: format!("executor-back:{id}:{since}"),
                subject: name,
                detail: String::new(),
                about: Some(id),
                since: Some(Time(since)),
            };
            (account, matter)
        });
        self.tell_each(back.collect(), now).await
    }

    async fn tell_each(&self, all: Vec<(Uuid, Matter)>, now: Time) -> Result<u64> {
        let (mut told, mut failed) = (0, None);
        for (account, matter) in all {
            // One that fails, such as because the account is gone by now, is not to end it for others.
            match self.tell(AccountId(account), &matter, now).await {
                Ok(is_new) => told += u64::from(is_new),
                Err(error) => failed = Some(error),
            }
        }
        failed.map_or(Ok(told), Err)
    }
}
