//! Accounts at brokers that their owner puts away. One takes no place of the plan any more and is
//! in no list; its deals stay, and it comes back when it is reported again and there is room.

use super::Reports;
use crate::{Notice, Result, StorageError, database::sql, notice::Subject};
use protocol::id::{AccountId, BrokerAccountId};
use trading::time::Time;

/// The most accounts at brokers of one account that are put away: their rows stay for good.
pub const MAX_RETIRED: i64 = 200;

impl Reports {
    /// Puts an account at a broker away; says whether it was not before.
    ///
    /// # Errors
    /// [`StorageError::NotFound`], also where it is somebody else's; [`StorageError::Live`] where a
    /// strategy trades on this one by name; [`StorageError::TooMany`].
    pub async fn retire(&self, account: AccountId, id: BrokerAccountId, now: Time) -> Result<bool> {
        let mut turn = self.database.begin().await?;
        // A report that comes at the same time is before or after all of this.
        turn.lock(account.0).await?;
        let found: Option<(Option<i64>,)> =
            sql("SELECT retired_at FROM broker_accounts WHERE account_id = $1 AND id = $2")
                .bind(account.0)
                .bind(id.0)
                .maybe_in(&mut turn)
                .await?;
        let (retired_at,) = found.ok_or(StorageError::NotFound)?;
        if retired_at.is_some() {
            return Ok(false);
        }
        let (live,): (i64,) = sql("SELECT COUNT(*) FROM activations
             WHERE account_id = $1 AND broker_account_id = $2 AND ended_at IS NULL")
        .bind(account.0)
        .bind(id.0)
        .one_in(&mut turn)
        .await?;
        if live > 0 {
            return Err(StorageError::Live);
        }
        let (retired,): (i64,) = sql("SELECT COUNT(*) FROM broker_accounts
             WHERE account_id = $1 AND retired_at IS NOT NULL")
        .bind(account.0)
        .one_in(&mut turn)
        .await?;
        if retired >= MAX_RETIRED {
            return Err(StorageError::TooMany(MAX_RETIRED));
        }
        sql("UPDATE broker_accounts SET retired_at = $3 WHERE account_id = $1 AND id = $2")
            .bind(account.0)
            .bind(id.0)
            .bind(now.0)
            .run_in(&mut turn)
            .await?;
        // Price history takes room, and an executor brings it again.
        for remove in [
            "DELETE FROM broker_bars WHERE account_id = $1 AND broker_account_id = $2",
            "DELETE FROM broker_specs WHERE account_id = $1 AND broker_account_id = $2",
        ] {
            sql(remove)
                .bind(account.0)
                .bind(id.0)
                .run_in(&mut turn)
                .await?;
        }
        let subject = Subject::Reported(id);
        self.notices
            .commit(turn, &[Notice { account, subject }])
            .await?;
        Ok(true)
    }
}
