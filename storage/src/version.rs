//! The versions of strategies: each document that was saved, numbered, never changed.

use crate::{
    Owner, Result, StorageError, Strategies,
    database::{Turn, sql},
};
use protocol::id::StrategyId;
use sqlx::FromRow;
use trading::time::Time;
use uuid::Uuid;

/// How many of the newest versions are kept whatever became of them. Older ones stay where they
/// once traded.
pub const KEPT_VERSIONS: i64 = 200;

/// The most bytes that the documents of all versions of an account may have (32 MB).
pub const MAX_VERSION_BYTES: i64 = 32 << 20;

/// The same of a visitor, who is anybody (4 MB).
pub const MAX_VISITOR_VERSION_BYTES: i64 = 4 << 20;

/// What of the strategy `$1` may go: neither what trades, nor what was the last to trade, nor what
/// deals name. Only the last 50 that traded are kept for that: who saves and activates in turns
/// would keep everything else.
macro_rules! may_go {
    () => {
        "number NOT IN (SELECT a.version FROM activations a
                        WHERE a.strategy_id = $1 AND a.ended_at IS NULL)
         AND number NOT IN (SELECT e.version FROM
               (SELECT a.version FROM activations a
                WHERE a.strategy_id = $1 AND a.ended_at IS NOT NULL
                ORDER BY a.ended_at DESC, a.id DESC LIMIT 50) e)
         AND number NOT IN (SELECT d.strategy_version FROM deals d
               WHERE d.account_id = (SELECT s.owner_id FROM strategies s WHERE s.id = $1)
                 AND d.strategy_id = $1 AND d.strategy_version IS NOT NULL)"
    };
}

/// A version without its document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionSummary {
    /// Its number; the first is 1.
    pub number: i64,
    /// What was said of it when it was saved.
    pub note: String,
    /// Which version it brings back, if it does.
    pub origin: Option<i64>,
    /// When it was saved.
    pub saved_at: Time,
}

/// A version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// What a list shows.
    pub summary: VersionSummary,
    /// The JSON text.
    pub document: String,
}

#[derive(FromRow)]
struct Row {
    number: i64,
    note: String,
    origin: Option<i64>,
    saved_at: i64,
}

#[derive(FromRow)]
struct Whole {
    #[sqlx(flatten)]
    row: Row,
    document: String,
}

impl From<Row> for VersionSummary {
    fn from(row: Row) -> Self {
        Self {
            number: row.number,
            note: row.note,
            origin: row.origin,
            saved_at: Time(row.saved_at),
        }
    }
}

impl Strategies {
    /// The versions of a strategy, the newest first.
    ///
    /// # Errors
    /// [`StorageError::NotFound`], also where it is somebody else's.
    pub async fn versions(&self, owner: Owner, id: StrategyId) -> Result<Vec<VersionSummary>> {
        self.catch_up(owner, id).await?;
        let rows: Vec<Row> = sql("SELECT v.number, v.note, v.origin, v.saved_at
             FROM strategy_versions v JOIN strategies s ON s.id = v.strategy_id
             WHERE s.owner_id = $1 AND s.id = $2 ORDER BY v.number DESC")
        .bind(owner.id())
        .bind(id.0)
        .all(self.database())
        .await?;
        // Every strategy has at least one by now.
        if rows.is_empty() {
            return Err(StorageError::NotFound);
        }
        Ok(rows.into_iter().map(VersionSummary::from).collect())
    }

    /// Makes the version that is missing where a server of an older version of Phoenix saved the
    /// strategy: it runs on the same database while the newer one is rolled out.
    async fn catch_up(&self, owner: Owner, id: StrategyId) -> Result<()> {
        let behind: Option<(Uuid,)> = sql("SELECT s.id FROM strategies s
             WHERE s.owner_id = $1 AND s.id = $2 AND NOT EXISTS
               (SELECT 1 FROM strategy_versions v
                WHERE v.strategy_id = s.id AND v.document = s.document
                  AND v.number = (SELECT MAX(w.number) FROM strategy_versions w
                                  WHERE w.strategy_id = s.id))")
        .bind(owner.id())
        .bind(id.0)
        .maybe(self.database())
        .await?;
        let Some((id,)) = behind else {
            return Ok(());
        };
        let mut turn = self.database().begin().await?;
        turn.lock(owner.id()).await?;
        keep(&mut turn, id, "", None).await?;
        turn.commit().await
    }

    /// One version.
    ///
    /// # Errors
    /// [`StorageError::NotFound`], also where it is somebody else's.
    pub async fn version(&self, owner: Owner, id: StrategyId, number: i64) -> Result<Version> {
        let whole: Option<Whole> = sql("SELECT v.number, v.note, v.origin, v.saved_at, v.document
             FROM strategy_versions v JOIN strategies s ON s.id = v.strategy_id
             WHERE s.owner_id = $1 AND s.id = $2 AND v.number = $3")
        .bind(owner.id())
        .bind(id.0)
        .bind(number)
        .maybe(self.database())
        .await?;
        let whole = whole.ok_or(StorageError::NotFound)?;
        Ok(Version {
            summary: whole.row.into(),
            document: whole.document,
        })
    }
}

/// Makes a version of a strategy as it stands in its row, unless the newest one says the same; says
/// whether it did.
pub(crate) async fn keep(
    turn: &mut Turn,
    strategy: Uuid,
    note: &str,
    origin: Option<i64>,
) -> Result<bool> {
    let made = sql(
        "INSERT INTO strategy_versions (strategy_id, number, document, note, origin, saved_at)
         SELECT s.id,
                COALESCE((SELECT MAX(v.number) FROM strategy_versions v
                          WHERE v.strategy_id = s.id), 0) + 1,
                s.document, $2, $3, s.updated_at
         FROM strategies s
         WHERE s.id = $1 AND NOT EXISTS
           (SELECT 1 FROM strategy_versions v
            WHERE v.strategy_id = s.id AND v.document = s.document
              AND v.number = (SELECT MAX(w.number) FROM strategy_versions w
                              WHERE w.strategy_id = s.id))",
    )
    .bind(strategy)
    .bind(note)
    .bind(origin)
    .run_in(turn)
    .await?;
    if made == 0 {
        return Ok(false);
    }
    sql(concat!(
        "DELETE FROM strategy_versions
         WHERE strategy_id = $1
           AND number <= (SELECT MAX(v.number) FROM strategy_versions v
                          WHERE v.strategy_id = $1) - $2
           AND ",
        may_go!()
    ))
    .bind(strategy)
    .bind(KEPT_VERSIONS)
    .run_in(turn)
    .await?;
    Ok(true)
}

/// Makes room for the newest version of a strategy where its owner's take too much: the oldest ones
/// of this strategy go. Where that is not enough, it is refused.
pub(crate) async fn fit(turn: &mut Turn, owner: Owner, strategy: Uuid) -> Result<()> {
    let most = match owner {
        Owner::Account(_) => MAX_VERSION_BYTES,
        Owner::Visitor(_) => MAX_VISITOR_VERSION_BYTES,
    };
    let (used,): (i64,) = sql("SELECT COALESCE(SUM(OCTET_LENGTH(v.document)), 0)
         FROM strategy_versions v JOIN strategies s ON s.id = v.strategy_id
         WHERE s.owner_id = $1")
    .bind(owner.id())
    .one_in(turn)
    .await?;
    let mut over = used - most;
    if over <= 0 {
        return Ok(());
    }
    let old: Vec<(i64, i64)> = sql(concat!(
        "SELECT number, CAST(OCTET_LENGTH(document) AS BIGINT) FROM strategy_versions
         WHERE strategy_id = $1
           AND number < (SELECT MAX(v.number) FROM strategy_versions v WHERE v.strategy_id = $1)
           AND ",
        may_go!(),
        " ORDER BY number"
    ))
    .bind(strategy)
    .all_in(turn)
    .await?;
    let mut last = 0;
    for (number, bytes) in old {
        if over <= 0 {
            break;
        }
        over -= bytes;
        last = number;
    }
    if over > 0 {
        return Err(StorageError::Full(most));
    }
    sql(concat!(
        "DELETE FROM strategy_versions WHERE strategy_id = $1 AND number <= $2 AND ",
        may_go!()
    ))
    .bind(strategy)
    .bind(last)
    .run_in(turn)
    .await?;
    Ok(())
}
