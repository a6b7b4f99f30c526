//! Strategies as their owner has them: drafts, what trades, what is put away, and what each
//! earned.

use crate::{
    Live, Owner, Result, StorageError, Strategies, activation,
    database::sql,
    earning::{Deal, Span, Teller, VersionEarned},
    report::MAX_DEALS,
    strategy,
};
use protocol::{
    api::strategy::{Earned, StrategyState},
    id::{AccountId, StrategyId},
    strategy::StrategySummary,
};
use sqlx::FromRow;
use std::collections::BTreeMap;
use trading::time::Time;
use uuid::Uuid;

/// Every deal of the account `$1`, with what strategies the deals of its position name: the first
/// and the last by name, which are the same where there is one, and absent where there is none.
/// Each deal is read once: looking for the others of its position from every deal would take the
/// square of them where many say that they are of one position.
macro_rules! owned_deals {
    () => {
        "(SELECT id, broker_account_id, position_ticket, entry, volume, executed_at,
                 strategy_id, strategy_version, profit + commission + swap + fee AS net,
                 FIRST_VALUE(strategy_id) OVER (PARTITION BY broker_account_id, position_ticket
                   ORDER BY strategy_id IS NULL, strategy_id) AS first_owner,
                 FIRST_VALUE(strategy_id) OVER (PARTITION BY broker_account_id, position_ticket
                   ORDER BY strategy_id IS NULL, strategy_id DESC) AS last_owner
          FROM deals WHERE account_id = $1)"
    };
}

/// What every strategy of the account `$1` brought in.
const EARNINGS: &str = concat!(
    "SELECT t.strategy_id, t.currency, SUM(t.net)
     FROM (SELECT b.currency, d.net,
                  COALESCE(d.strategy_id,
                    CASE WHEN d.position_ticket > 0 AND d.first_owner = d.last_owner
                    THEN d.first_owner END) AS strategy_id
           FROM ",
    owned_deals!(),
    " d JOIN broker_accounts b ON b.id = d.broker_account_id) t
     WHERE t.strategy_id IS NOT NULL
     GROUP BY t.strategy_id, t.currency ORDER BY t.currency"
);

/// The first `$3` deals of the strategy `$2` of the account `$1`.
const EARNED: &str = concat!(
    "SELECT d.broker_account_id, b.currency, d.position_ticket, d.entry, d.volume, d.net,
            d.strategy_version, d.executed_at
     FROM ",
    owned_deals!(),
    " d JOIN broker_accounts b ON b.id = d.broker_account_id
     WHERE d.strategy_id = $2 OR
           (d.strategy_id IS NULL AND d.position_ticket > 0
            AND d.first_owner = $2 AND d.last_owner = $2)
     ORDER BY d.executed_at, d.id LIMIT $3"
);

/// A strategy and where it is in its life.
#[derive(Debug, Clone, PartialEq)]
pub struct Shelved {
    /// What a list shows.
    pub summary: StrategySummary,
    /// The number of its newest version.
    pub version: i64,
    /// How often its state was changed.
    pub turns: i64,
    /// Since when it is put away.
    pub archived_at: Option<Time>,
    /// What of it trades.
    pub live: Option<Live>,
}

impl Shelved {
    /// Where it is in its life.
    pub fn state(&self) -> StrategyState {
        match (self.live, self.archived_at) {
            (Some(_), _) => StrategyState::Active,
            (None, Some(_)) => StrategyState::Archived,
            (None, None) => StrategyState::Draft,
        }
    }
}

#[derive(FromRow)]
struct Row {
    #[sqlx(flatten)]
    row: strategy::Row,
    version: i64,
    turns: i64,
    archived_at: Option<i64>,
    live_version: Option<i64>,
    broker_account_id: Option<Uuid>,
    since: Option<i64>,
    started_at: Option<i64>,
}

impl Row {
    fn shelved(self) -> Result<Shelved> {
        let summary = self.row.summary()?;
        let live = match (self.live_version, self.since, self.started_at) {
            (Some(version), Some(since), Some(started_at)) => Some(Live {
                strategy: summary.id,
                version,
                on: activation::place(self.broker_account_id),
                since: Time(since),
                started_at: Time(started_at),
            }),
            _ => None,
        };
        Ok(Shelved {
            summary,
            version: self.version,
            turns: self.turns,
            archived_at: self.archived_at.map(Time),
            live,
        })
    }
}

impl Strategies {
    /// All of an owner with their states, the last saved first; or one of them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn shelf(&self, owner: Owner, of: Option<StrategyId>) -> Result<Vec<Shelved>> {
        let rows: Vec<Row> = sql(
            "SELECT s.id, s.revision, s.name, s.symbol, s.timeframe, s.created_at, s.updated_at,
                    s.turns, s.archived_at,
                    COALESCE((SELECT MAX(v.number) FROM strategy_versions v
                              WHERE v.strategy_id = s.id), 1) AS version,
                    a.version AS live_version, a.broker_account_id, a.since, a.started_at
             FROM strategies s
             LEFT JOIN activations a ON a.strategy_id = s.id AND a.ended_at IS NULL
             WHERE s.owner_id = $1 AND ($2 IS NULL OR s.id = $2)
             ORDER BY s.updated_at DESC, s.id DESC",
        )
        .bind(owner.id())
        .bind(of.map(|id| id.0))
        .all(self.database())
        .await?;
        rows.into_iter().map(Row::shelved).collect()
    }

    /// One with its state.
    ///
    /// # Errors
    /// [`StorageError::NotFound`], also where it is somebody else's.
    pub async fn shelved(&self, owner: Owner, id: StrategyId) -> Result<Shelved> {
        let found = self.shelf(owner, Some(id)).await?.pop();
        found.ok_or(StorageError::NotFound)
    }

    /// What every strategy of an account brought in so far, by currency: profit with commission,
    /// swap and fee. A deal that names no strategy, such as one that was closed by hand, belongs
    /// to the strategy of its position where that is one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn earnings(
        &self,
        account: AccountId,
    ) -> Result<BTreeMap<StrategyId, Vec<(String, f64)>>> {
        let rows: Vec<(Uuid, String, f64)> =
            sql(EARNINGS).bind(account.0).all(self.database()).await?;
        let mut all: BTreeMap<StrategyId, Vec<(String, f64)>> = BTreeMap::new();
        for (id, currency, net) in rows {
            all.entry(StrategyId(id)).or_default().push((currency, net));
        }
        Ok(all)
    }

    /// What each version of a strategy earned, and what nobody knows the version of.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn earned(&self, account: AccountId, id: StrategyId) -> Result<VersionEarned> {
        self.earned_within(account, id, MAX_DEALS).await
    }

    /// The same of at most so many deals, the first ones.
    ///
    /// # Errors
    /// As [`Strategies::earned`].
    pub async fn earned_within(
        &self,
        account: AccountId,
        id: StrategyId,
        most: i64,
    ) -> Result<VersionEarned> {
        let spans: Vec<Span> = sql("SELECT version, broker_account_id, started_at, ended_at
             FROM activations WHERE account_id = $1 AND strategy_id = $2")
        .bind(account.0)
        .bind(id.0)
        .all(self.database())
        .await?;
        let (mut teller, mut left) = (Teller::new(&spans), most);
        let mut told = Ok(());
        sql(EARNED)
            .bind(account.0)
            .bind(id.0)
            .bind(most.saturating_add(1))
            .each(self.database(), |deal: Deal| {
                left -= 1;
                if left >= 0 && told.is_ok() {
                    told = teller.deal(&deal);
                }
            })
            .await?;
        told?;
        Ok(VersionEarned {
            is_cut: left < 0,
            ..teller.told()
        })
    }
}

/// Nothing was earned.
pub(crate) fn nothing(currency: &str) -> Earned {
    Earned {
        currency: currency.to_owned(),
        deals: 0,
        closed: 0,
        won: 0,
        net: 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::{EARNED, EARNINGS};
    use crate::database::{Database, sql_of};
    use uuid::Uuid;

    /// SQLite says how it goes about it, whatever there is.
    #[tokio::test]
    async fn deals_are_found_by_account_and_read_once() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::sqlite(folder.path()).await.unwrap();
        for (query, has_more) in [(EARNINGS, false), (EARNED, true)] {
            let mut explain = sql_of(format!("EXPLAIN QUERY PLAN {query}")).bind(Uuid::max());
            if has_more {
                explain = explain.bind(Uuid::max()).bind(1_i64);
            }
            let steps: Vec<(i64, i64, i64, String)> = explain.all(&database).await.unwrap();
            let steps: Vec<_> = steps.into_iter().map(|(_, _, _, step)| step).collect();
            let of_deals: Vec<_> = steps.iter().filter(|one| one.contains(" deals")).collect();
            assert_eq!(of_deals.len(), 1, "{steps:#?}");
            assert!(of_deals[0].contains("(account_id=?"), "{steps:#?}");
            let again = steps.iter().any(|step| step.contains("CORRELATED"));
            assert!(!again, "{steps:#?}");
        }
        database.close().await;
    }
}
