//! When visitors were here, and for how much there is room.

use crate::{
    Owner, Result, StorageError,
    database::{Database, Turn, sql},
};
use protocol::id::AccountId;
use trading::time::Time;
use uuid::Uuid;

/// The most bytes that all visitors may take together, unless the server says otherwise (2 GB).
pub const MAX_BYTES: i64 = 2 << 30;

/// A visit is written down at most once in this many milliseconds (a day): reading a page must not
/// cost a write each time.
const DAY: i64 = 86_400_000;

/// Visitors as such: they need not say good-bye, so what they leave is removed in time.
#[derive(Debug, Clone)]
pub struct Visitors {
    database: Database,
}

impl Visitors {
    pub(crate) fn new(database: Database) -> Self {
        Self { database }
    }

    /// A visitor is here. Only who keeps something is remembered, to about a day.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn seen(&self, owner: Owner, now: Time) -> Result<()> {
        let seen: Option<(i64,)> = sql("SELECT seen_at FROM visitors WHERE owner_id = $1")
            .bind(owner.id())
            .maybe(&self.database)
            .await?;
        // Who keeps nothing has no row, and gets none by looking: programs that read pages without
        // cookies are somebody new each time.
        if seen.is_some_and(|(seen,)| seen.saturating_add(DAY) <= now.0) {
            sql("UPDATE visitors SET seen_at = $1 WHERE owner_id = $2 AND seen_at < $1")
                .bind(now.0)
                .bind(owner.id())
                .run(&self.database)
                .await?;
        }
        Ok(())
    }

    /// Removes everything of all who were not here since then, and says how many they were.
    ///
    /// # Errors
    /// When the database fails; who was forgotten until then is.
    pub async fn forget(&self, before: Time) -> Result<u64> {
        let mut forgotten = 0;
        // One visitor a turn: those who save meanwhile wait for one of them, not for all.
        loop {
            let owner: Option<(Uuid,)> = sql("SELECT owner_id FROM visitors WHERE seen_at < $1
                 ORDER BY seen_at LIMIT 1")
            .bind(before.0)
            .maybe(&self.database)
            .await?;
            let Some((owner,)) = owner else {
                return Ok(forgotten);
            };
            let mut turn = self.database.begin().await?;
            turn.lock(owner).await?;
            let gone = sql("DELETE FROM visitors WHERE owner_id = $1 AND seen_at < $2")
                .bind(owner)
                .bind(before.0)
                .run_in(&mut turn)
                .await?;
            if gone == 0 {
                // They came back, or somebody else has just forgotten them.
                continue;
            }
            // Runs first: they name strategies.
            for query in [
                "DELETE FROM runs WHERE owner_id = $1",
                "DELETE FROM strategies WHERE owner_id = $1",
            ] {
                sql(query).bind(owner).run_in(&mut turn).await?;
            }
            turn.commit().await?;
            forgotten += 1;
        }
    }
}

/// Gives what a visitor made to the account that they signed in to.
pub(crate) async fn adopt(turn: &mut Turn, visitor: Owner, account: AccountId) -> Result<()> {
    let Owner::Visitor(visitor) = visitor else {
        return Ok(());
    };
    turn.lock(visitor).await?;
    for query in [
        "UPDATE strategies SET owner_id = $2 WHERE owner_id = $1",
        "UPDATE runs SET owner_id = $2 WHERE owner_id = $1",
    ] {
        sql(query)
            .bind(visitor)
            .bind(account.0)
            .run_in(turn)
            .await?;
    }
    sql("DELETE FROM visitors WHERE owner_id = $1")
        .bind(visitor)
        .run_in(turn)
        .await?;
    Ok(())
}

/// For how much there is room.
#[derive(Debug, Clone)]
pub(crate) struct Room {
    database: Database,
    most_bytes: i64,
}

impl Room {
    pub(crate) fn new(database: Database, most_bytes: i64) -> Self {
        Self {
            database,
            most_bytes,
        }
    }

    /// Before every save, in its turn: refuses a visitor's when there is no room for so many bytes
    /// more, and writes down that they were here. An account's has its plan's limits instead.
    pub(crate) async fn admit(
        &self,
        turn: &mut Turn,
        owner: Owner,
        bytes: usize,
        now: Time,
    ) -> Result<()> {
        let Owner::Visitor(visitor) = owner else {
            return Ok(());
        };
        let used = self.database.bytes(turn).await?;
        let more = i64::try_from(bytes).unwrap_or(i64::MAX);
        if used.saturating_add(more) > self.most_bytes {
            return Err(StorageError::Full(self.most_bytes));
        }
        sql("INSERT INTO visitors (owner_id, seen_at) VALUES ($1, $2)
             ON CONFLICT (owner_id) DO UPDATE
             SET seen_at = CASE WHEN visitors.seen_at > excluded.seen_at
                                THEN visitors.seen_at ELSE excluded.seen_at END")
        .bind(visitor)
        .bind(now.0)
        .run_in(turn)
        .await?;
        Ok(())
    }
}
