//! Counts for whoever watches over the service: of all accounts together, naming none.

use crate::{
    Result, Storage,
    database::{Database, sql},
    mail::MailState,
};
use trading::time::{MINUTE, SECOND, Time};

/// An executor says that it lives every ten seconds: who left out two is stale.
const ONLINE: i64 = 30 * SECOND;
/// Who was not heard of for as long is offline.
const STALE: i64 = 5 * MINUTE;

/// How many executors whose key was not revoked were heard of when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ExecutorTally {
    /// Within the last 30 seconds.
    pub online: i64,
    /// Before that, within the last five minutes.
    pub stale: i64,
    /// Before that.
    pub offline: i64,
}

/// How many connections a pool has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolTally {
    /// Which pool: `read` and `write` of SQLite, `all` of PostgreSQL.
    pub pool: &'static str,
    /// Connections that somebody uses.
    pub used: usize,
    /// Connections that wait for work.
    pub idle: usize,
    /// The most that there may be.
    pub most: u32,
}

impl Storage {
    /// How many executors live.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn tally_executors(&self, now: Time) -> Result<ExecutorTally> {
        let (online, stale, offline): (i64, i64, i64) =
            sql("SELECT COUNT(*) FILTER (WHERE e.seen_at > $1),
                    COUNT(*) FILTER (WHERE e.seen_at <= $1 AND e.seen_at > $2),
                    COUNT(*) FILTER (WHERE e.seen_at <= $2)
             FROM executors e JOIN credentials c ON c.id = e.credential_id
             WHERE c.revoked_at IS NULL")
            .bind(now.0.saturating_sub(ONLINE))
            .bind(now.0.saturating_sub(STALE))
            .one(&self.database)
            .await?;
        Ok(ExecutorTally {
            online,
            stale,
            offline,
        })
    }

    /// How many mails are in which state.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn tally_mails(&self) -> Result<Vec<(MailState, i64)>> {
        let rows: Vec<(String, i64)> = sql("SELECT state, COUNT(*) FROM mails GROUP BY state")
            .all(&self.database)
            .await?;
        let count = |state: MailState| {
            let row = rows.iter().find(|(name, _)| name == state.name());
            (state, row.map_or(0, |(_, count)| *count))
        };
        Ok(MailState::ALL.into_iter().map(count).collect())
    }

    /// How many connections there are.
    pub fn tally_pools(&self) -> Vec<PoolTally> {
        macro_rules! tally {
            ($name:literal, $pool:expr) => {{
                let (open, idle) = ($pool.size() as usize, $pool.num_idle());
                PoolTally {
                    pool: $name,
                    // Counted one after the other: more may be idle by now than were open.
                    used: open.saturating_sub(idle),
                    idle,
                    most: $pool.options().get_max_connections(),
                }
            }};
        }
        match &self.database {
            Database::Sqlite { read, write } => vec![tally!("read", read), tally!("write", write)],
            Database::Postgres(pool) => vec![tally!("all", pool)],
        }
    }
}
