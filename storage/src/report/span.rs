//! What was reported of a stretch of time, oldest first and a part at a time: what reports are
//! reckoned from, and curves are drawn from.

use super::{BrokerRow, DealRow, EquityRow, Reports, columns};
use crate::{Result, database::sql};
use protocol::{
    api::report::{BrokerAccount, EquitySnapshot, KeptDeal},
    id::{AccountId, BrokerAccountId, DealId, ExecutorId},
};
use sqlx::FromRow;
use std::ops::Range;
use trading::time::Time;
use uuid::Uuid;

/// An account at a broker, and which executor reported it last.
#[derive(Debug, Clone, PartialEq)]
pub struct BrokerPlace {
    /// The account.
    pub account: BrokerAccount,
    /// Which executor gets its commands; none where that one is gone.
    pub executor: Option<ExecutorId>,
    /// Since when it is put away.
    pub retired_at: Option<Time>,
}

#[derive(FromRow)]
struct PlaceRow {
    #[sqlx(flatten)]
    broker: BrokerRow,
    executor_id: Option<Uuid>,
    retired_at: Option<i64>,
}

impl Reports {
    /// Every account at a broker that is not put away, in the order in which they were first
    /// reported, with who reports it. There are at most [`super::MAX_BROKER_ACCOUNTS`].
    ///
    /// # Errors
    /// When the database fails.
    pub async fn places(&self, account: AccountId) -> Result<Vec<BrokerPlace>> {
        let query = concat!(
            "SELECT ",
            columns!(broker ""),
            ", executor_id, retired_at FROM broker_accounts
             WHERE account_id = $1 AND retired_at IS NULL ORDER BY id"
        );
        self.places_by(query, account).await
    }

    /// The others: what they earned is still told. There are at most [`super::MAX_RETIRED`].
    ///
    /// # Errors
    /// When the database fails.
    pub async fn retired(&self, account: AccountId) -> Result<Vec<BrokerPlace>> {
        let query = concat!(
            "SELECT ",
            columns!(broker ""),
            ", executor_id, retired_at FROM broker_accounts
             WHERE account_id = $1 AND retired_at IS NOT NULL ORDER BY id"
        );
        self.places_by(query, account).await
    }

    async fn places_by(&self, query: &'static str, account: AccountId) -> Result<Vec<BrokerPlace>> {
        let rows: Vec<PlaceRow> = sql(query).bind(account.0).all(&self.database).await?;
        rows.into_iter()
            .map(|row| {
                Ok(BrokerPlace {
                    account: row.broker.account()?,
                    executor: row.executor_id.map(ExecutorId),
                    retired_at: row.retired_at.map(Time),
                })
            })
            .collect()
    }

    /// Deals that were executed in a stretch of time, oldest first, after one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn deals_in(
        &self,
        account: AccountId,
        span: &Range<Time>,
        after: Option<DealId>,
        most: i64,
    ) -> Result<Vec<KeptDeal>> {
        let query = concat!(
            "SELECT ",
            columns!(deal ""),
            " FROM deals
             WHERE account_id = $1 AND id >= $2 AND id < $3 AND id > $4
             ORDER BY id LIMIT $5"
        );
        self.deals_by(query, account, span, after, most).await
    }

    /// Deals before a stretch of time, of positions that something was closed of in it; oldest
    /// first, after one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn deals_before(
        &self,
        account: AccountId,
        span: &Range<Time>,
        after: Option<DealId>,
        most: i64,
    ) -> Result<Vec<KeptDeal>> {
        let query = concat!(
            "SELECT ",
            columns!(deal "d."),
            " FROM (SELECT DISTINCT broker_account_id, position_ticket FROM deals
                   WHERE account_id = $1 AND id >= $2 AND id < $3 AND position_ticket > 0
                     AND entry IN ('out', 'in_out', 'out_by')) p
             JOIN deals d ON d.account_id = $1 AND d.broker_account_id = p.broker_account_id
               AND d.position_ticket = p.position_ticket
             WHERE d.id < $2 AND d.id > $4
             ORDER BY d.id LIMIT $5"
        );
        self.deals_by(query, account, span, after, most).await
    }

    /// Deals by a query of an account, both ends of a stretch of time, the one before, and the most.
    async fn deals_by(
        &self,
        query: &'static str,
        account: AccountId,
        span: &Range<Time>,
        after: Option<DealId>,
        most: i64,
    ) -> Result<Vec<KeptDeal>> {
        let rows: Vec<DealRow> = sql(query)
            .bind(account.0)
            .bind(first_of(span.start))
            .bind(first_of(span.end))
            .bind(after.map_or(Uuid::nil(), |id| id.0))
            .bind(most)
            .all(&self.database)
            .await?;
        rows.into_iter().map(DealRow::deal).collect()
    }

    /// Equity snapshots of an account at a broker that were taken in a stretch of time, oldest
    /// first, after a time.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn equity_in(
        &self,
        account: AccountId,
        of: BrokerAccountId,
        span: &Range<Time>,
        after: Option<Time>,
        most: i64,
    ) -> Result<Vec<EquitySnapshot>> {
        let from = after.map_or(span.start.0, |after| after.0.saturating_add(1));
        let rows: Vec<EquityRow> = sql(concat!(
            "SELECT ",
            columns!(equity ""),
            " FROM equity_snapshots
             WHERE account_id = $1 AND broker_account_id = $2 AND taken_at >= $3 AND taken_at < $4
             ORDER BY taken_at LIMIT $5"
        ))
        .bind(account.0)
        .bind(of.0)
        .bind(from)
        .bind(span.end.0)
        .bind(most)
        .all(&self.database)
        .await?;
        Ok(rows.into_iter().map(EquityRow::snapshot).collect())
    }

    /// The last equity snapshot of each step of a stretch of time, oldest first. A step is in
    /// milliseconds and counted from 1970.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn equity_steps(
        &self,
        account: AccountId,
        of: BrokerAccountId,
        span: &Range<Time>,
        step: i64,
    ) -> Result<Vec<EquitySnapshot>> {
        let rows: Vec<EquityRow> = sql(concat!(
            "SELECT ",
            columns!(equity "e."),
            " FROM (SELECT MAX(taken_at) AS last_at FROM equity_snapshots
                   WHERE account_id = $1 AND broker_account_id = $2 AND taken_at >= $3
                     AND taken_at < $4
                   GROUP BY taken_at / $5) s
             JOIN equity_snapshots e ON e.account_id = $1 AND e.broker_account_id = $2
               AND e.taken_at = s.last_at
             ORDER BY e.taken_at"
        ))
        .bind(account.0)
        .bind(of.0)
        .bind(span.start.0)
        .bind(span.end.0)
        .bind(step.max(1))
        .all(&self.database)
        .await?;
        Ok(rows.into_iter().map(EquityRow::snapshot).collect())
    }

    /// The last equity snapshot of an account at a broker, if there is one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn last_equity(
        &self,
        account: AccountId,
        of: BrokerAccountId,
    ) -> Result<Option<EquitySnapshot>> {
        let row: Option<EquityRow> = sql(concat!(
            "SELECT ",
            columns!(equity ""),
            " FROM equity_snapshots
             WHERE account_id = $1 AND broker_account_id = $2 ORDER BY taken_at DESC LIMIT 1"
        ))
        .bind(account.0)
        .bind(of.0)
        .maybe(&self.database)
        .await?;
        Ok(row.map(EquityRow::snapshot))
    }
}

/// No deal of this time or later has a name below this one: names begin with the time in
/// milliseconds, in 48 bits.
fn first_of(time: Time) -> Uuid {
    let millis = u128::try_from(time.0).unwrap_or(0).min((1 << 48) - 1);
    Uuid::from_u128(millis << 80)
}

#[cfg(test)]
mod tests {
    use super::first_of;
    use crate::row::new_id;
    use trading::time::Time;

    #[test]
    fn names_of_a_time_lie_between_its_bounds() {
        for millis in [0, 1, 1_700_000_000_123, 7_258_118_399_999] {
            let id = new_id(Time(millis));
            assert!(first_of(Time(millis)) < id && id < first_of(Time(millis + 1)));
        }
        assert!(first_of(Time(-5)).is_nil());
        assert!(first_of(Time(i64::MAX)) > new_id(Time(7_258_118_399_999)));
    }
}
