//! When visitors were here, and for how much there is room, in SQLite.

use super::Database;
use crate::{Owner, Result, StorageError, VisitorRepository};
use async_trait::async_trait;
use sqlx::SqliteConnection;
use trading::time::Time;

/// A visit is written down at most once in this many milliseconds (a day): reading a page must not
/// cost a write each time.
const DAY: i64 = 86_400_000;

#[async_trait]
impl VisitorRepository for Database {
    async fn seen(&self, owner: Owner, now: Time) -> Result<()> {
        let seen: Option<i64> =
            sqlx::query_scalar("SELECT seen_at FROM visitors WHERE owner_id = $1")
                .bind(owner.0)
                .fetch_optional(&self.read)
                .await?;
        // Who keeps nothing has no row, and gets none by looking: programs that read pages without
        // cookies are somebody new each time.
        if seen.is_some_and(|seen| seen.saturating_add(DAY) <= now.0) {
            sqlx::query("UPDATE visitors SET seen_at = $1 WHERE owner_id = $2 AND seen_at < $1")
                .bind(now.0)
                .bind(owner.0)
                .execute(&self.write)
                .await?;
        }
        Ok(())
    }

    async fn forget(&self, before: Time) -> Result<u64> {
        let mut forgotten = 0;
        // One visitor a turn: those who save meanwhile wait for one of them, not for all.
        loop {
            let mut turn = self.write.begin().await?;
            let owner: Option<Vec<u8>> = sqlx::query_scalar(
                "DELETE FROM visitors WHERE owner_id =
                   (SELECT owner_id FROM visitors WHERE seen_at < $1 ORDER BY seen_at LIMIT 1)
                 RETURNING owner_id",
            )
            .bind(before.0)
            .fetch_optional(&mut *turn)
            .await?;
            let Some(owner) = owner else {
                return Ok(forgotten);
            };
            // Runs first: they name strategies.
            for query in [
                "DELETE FROM runs WHERE owner_id = $1",
                "DELETE FROM strategies WHERE owner_id = $1",
            ] {
                sqlx::query(query).bind(&owner).execute(&mut *turn).await?;
            }
            turn.commit().await?;
            forgotten += 1;
        }
    }
}

/// Before every save, in its turn: refuses it when there is no room for so many bytes more, and
/// writes down that the visitor was here. Today every owner is a visitor; an account's rows will
/// have to pass this by.
pub(super) async fn admit(
    database: &Database,
    turn: &mut SqliteConnection,
    owner: Owner,
    bytes: usize,
    now: Time,
) -> Result<()> {
    // Pages in use, which SQLite counts itself: adding up rows would read all of them. Pages of
    // removed rows are used again and do not count.
    let used: i64 = sqlx::query_scalar(
        "SELECT (page_count - freelist_count) * page_size
         FROM pragma_page_count(), pragma_freelist_count(), pragma_page_size()",
    )
    .fetch_one(&mut *turn)
    .await?;
    let more = i64::try_from(bytes).unwrap_or(i64::MAX);
    if used.saturating_add(more) > database.most_bytes {
        return Err(StorageError::Full(database.most_bytes));
    }
    sqlx::query(
        "INSERT INTO visitors (owner_id, seen_at) VALUES ($1, $2)
         ON CONFLICT (owner_id) DO UPDATE SET seen_at = MAX(seen_at, excluded.seen_at)",
    )
    .bind(owner.0)
    .bind(now.0)
    .execute(&mut *turn)
    .await?;
    Ok(())
}
