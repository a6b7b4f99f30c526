//! Who wants what by which way. Only what differs from the usual is kept.

use super::{Channel, NotificationKind};
use crate::{
    Result,
    database::{Database, sql},
};
use protocol::id::AccountId;

/// Preferences.
#[derive(Debug, Clone)]
pub struct Preferences {
    database: Database,
}

impl Preferences {
    pub(crate) fn new(database: Database) -> Self {
        Self { database }
    }

    /// Everything that goes some way.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn load(&self, account: AccountId) -> Result<Vec<(NotificationKind, Channel)>> {
        let rows: Vec<(String, String, bool)> =
            sql("SELECT kind, channel, is_on FROM notification_preferences WHERE account_id = $1")
                .bind(account.0)
                .all(&self.database)
                .await?;
        let said = |kind: NotificationKind, channel: Channel| {
            rows.iter()
                .find(|(k, c, _)| k == kind.name() && c == channel.name())
                .map(|(_, _, is_on)| *is_on)
        };
        let mut all = Vec::new();
        for kind in NotificationKind::ALL {
            for channel in Channel::ALL {
                if said(kind, channel).unwrap_or_else(|| kind.is_usual(channel)) {
                    all.push((kind, channel));
                }
            }
        }
        Ok(all)
    }

    /// Says what goes which way; everything else does not.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save(
        &self,
        account: AccountId,
        wanted: &[(NotificationKind, Channel)],
    ) -> Result<()> {
        let mut turn = self.database.begin().await?;
        sql("DELETE FROM notification_preferences WHERE account_id = $1")
            .bind(account.0)
            .run_in(&mut turn)
            .await?;
        for kind in NotificationKind::ALL {
            for channel in Channel::ALL {
                let is_on = wanted.contains(&(kind, channel));
                if is_on == kind.is_usual(channel) {
                    continue;
                }
                sql(
                    "INSERT INTO notification_preferences (account_id, kind, channel, is_on)
                     VALUES ($1, $2, $3, $4)
                     ON CONFLICT (account_id, kind, channel) DO UPDATE SET is_on = excluded.is_on",
                )
                .bind(account.0)
                .bind(kind.name())
                .bind(channel.name())
                .bind(is_on)
                .run_in(&mut turn)
                .await?;
            }
        }
        turn.commit().await
    }
}
