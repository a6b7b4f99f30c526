//! What was paid and used, a part at a time: for more rows than there may be in memory.

use super::{Ledgers, PaymentOrder};
use crate::{Result, database::sql};
use protocol::id::AccountId;
use trading::time::{DAY, Time};
use uuid::Uuid;

/// How much of something was used on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Usage {
    /// Of what.
    pub quota: String,
    /// Which day: its beginning (UTC).
    pub day: Time,
    /// How much.
    pub used: u64,
}

impl Ledgers {
    /// What an account has used, day by day of one thing after the other, after one of them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn usages(
        &self,
        account: AccountId,
        after: Option<Usage>,
        most: i64,
    ) -> Result<Vec<Usage>> {
        let (quota, day) = after.map_or((String::new(), i64::MIN), |after| {
            (after.quota, after.day.0.div_euclid(DAY))
        });
        let rows: Vec<(String, i64, i64)> = sql("SELECT quota, day, used FROM usages
             WHERE account_id = $1 AND (quota > $2 OR (quota = $2 AND day > $3))
             ORDER BY quota, day LIMIT $4")
        .bind(account.0)
        .bind(quota)
        .bind(day)
        .bind(most)
        .all(&self.database)
        .await?;
        let usage = |(quota, day, used): (String, i64, i64)| Usage {
            quota,
            day: Time(day.saturating_mul(DAY)),
            used: u64::try_from(used).unwrap_or(0),
        };
        Ok(rows.into_iter().map(usage).collect())
    }

    /// The payments that an account ever began, the last named first, before one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn orders_part(
        &self,
        account: AccountId,
        before: Option<Uuid>,
        most: i64,
    ) -> Result<Vec<PaymentOrder>> {
        let rows: Vec<(Uuid, String, i64)> = sql("SELECT id, content, created_at
             FROM payment_orders WHERE account_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3")
        .bind(account.0)
        .bind(before.unwrap_or(Uuid::max()))
        .bind(most)
        .all(&self.database)
        .await?;
        let order = |(id, content, begun)| PaymentOrder {
            id,
            account,
            content,
            begun: Time(begun),
        };
        Ok(rows.into_iter().map(order).collect())
    }
}
