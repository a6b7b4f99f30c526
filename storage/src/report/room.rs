//! For how many rows there is room. What is beyond is refused and never dropped: whoever reports
//! has it still.

use super::Reports;
use crate::{
    Result, StorageError,
    database::{Turn, sql},
};
use protocol::id::{AccountId, BrokerAccountId};

/// The most deals of one account. They are kept as long as the account is.
pub const MAX_DEALS: i64 = 200_000;
/// The most equity snapshots of one account at a broker: one every five seconds for as long as all
/// of them are kept, and what is left of those before.
pub const MAX_SNAPSHOTS: i64 = 600_000;

/// For how many rows there is room.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    /// Deals of an account.
    deals: i64,
    /// Equity snapshots of an account at a broker.
    snapshots: i64,
}

impl Default for Room {
    fn default() -> Self {
        Self {
            deals: MAX_DEALS,
            snapshots: MAX_SNAPSHOTS,
        }
    }
}

impl Reports {
    /// The same with room for so many deals of an account, and so many equity snapshots of an
    /// account at a broker.
    #[must_use]
    pub fn with_room(&self, deals: i64, snapshots: i64) -> Self {
        Self {
            room: Room { deals, snapshots },
            ..self.clone()
        }
    }
}

impl Room {
    /// Counts what is new of an account at a broker, in the turn in which it came. What is not new
    /// needs no room.
    pub(super) async fn admit(
        self,
        turn: &mut Turn,
        account: AccountId,
        of: BrokerAccountId,
        (new_deals, new_snapshots): (u64, u64),
    ) -> Result<()> {
        if (new_deals, new_snapshots) == (0, 0) {
            return Ok(());
        }
        let count = |rows| i64::try_from(rows).unwrap_or(i64::MAX);
        let (snapshots,): (i64,) = sql("UPDATE broker_accounts
             SET deal_count = deal_count + $3, snapshot_count = snapshot_count + $4
             WHERE account_id = $1 AND id = $2 RETURNING snapshot_count")
        .bind(account.0)
        .bind(of.0)
        .bind(count(new_deals))
        .bind(count(new_snapshots))
        .one_in(turn)
        .await?;
        if new_snapshots > 0 && snapshots > self.snapshots {
            return Err(StorageError::ReportsFull {
                what: "equity snapshots of an account at a broker",
                most: self.snapshots,
            });
        }
        if new_deals == 0 {
            return Ok(());
        }
        let (deals,): (i64,) = sql(
            "SELECT CAST(COALESCE(SUM(deal_count), 0) AS BIGINT) FROM broker_accounts
             WHERE account_id = $1",
        )
        .bind(account.0)
        .one_in(turn)
        .await?;
        if deals > self.deals {
            return Err(StorageError::ReportsFull {
                what: "deals of an account",
                most: self.deals,
            });
        }
        Ok(())
    }
}
