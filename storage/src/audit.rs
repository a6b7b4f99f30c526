//! The audit trail: what was done, to whose account, by whom, from where. Entries are only added.

use crate::{
    Result,
    database::{Database, Turn, sql},
    row::new_id,
};
use protocol::id::{AccountId, AuditId};
use sqlx::FromRow;
use trading::time::Time;
use uuid::Uuid;

/// Something that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// To whose account, where it is known.
    pub account: Option<AccountId>,
    /// By whom, where that is somebody else than the account's owner.
    pub actor: Option<AccountId>,
    /// What, as a stable word such as `signed-in`.
    pub action: String,
    /// More of it; never a secret.
    pub detail: String,
    /// From which address.
    pub address: String,
}

/// An entry as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRecord {
    /// Its name among rows.
    pub id: AuditId,
    /// What was done.
    pub entry: AuditEntry,
    /// When.
    pub at: Time,
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    account_id: Option<Uuid>,
    actor_id: Option<Uuid>,
    action: String,
    detail: String,
    address: String,
    created_at: i64,
}

impl Row {
    fn record(self) -> AuditRecord {
        AuditRecord {
            id: AuditId(self.id),
            entry: AuditEntry {
                account: self.account_id.map(AccountId),
                actor: self.actor_id.map(AccountId),
                action: self.action,
                detail: self.detail,
                address: self.address,
            },
            at: Time(self.created_at),
        }
    }
}

/// The audit trail.
#[derive(Debug, Clone)]
pub struct Audit {
    database: Database,
}

impl Audit {
    pub(crate) fn new(database: Database) -> Self {
        Self { database }
    }

    /// Writes an entry.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add(&self, entry: &AuditEntry, now: Time) -> Result<()> {
        let mut turn = self.database.begin().await?;
        add_in(&mut turn, entry, now).await?;
        turn.commit().await
    }

    /// Whether an account was signed in to from an address; nothing where it never was from any.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn knows(&self, account: AccountId, address: &str) -> Result<Option<bool>> {
        let (all, here): (i64, i64) = sql(
            "SELECT COUNT(*), COALESCE(SUM(CASE WHEN address = $2 THEN 1 ELSE 0 END), 0)
             FROM audit WHERE account_id = $1
               AND action IN ('registered', 'signed-in', 'admin-created')",
        )
        .bind(account.0)
        .bind(address)
        .one(&self.database)
        .await?;
        Ok((all > 0).then_some(here > 0))
    }

    /// Removes what was done before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sweep(&self, before: Time) -> Result<u64> {
        sql("DELETE FROM audit WHERE created_at < $1")
            .bind(before.0)
            .run(&self.database)
            .await
    }

    /// What was done to an account, the last first, before an entry.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn of(
        &self,
        account: AccountId,
        before: Option<AuditId>,
        most: i64,
    ) -> Result<Vec<AuditRecord>> {
        let rows: Vec<Row> = sql(
            "SELECT id, account_id, actor_id, action, detail, address, created_at
             FROM audit WHERE account_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3",
        )
        .bind(account.0)
        .bind(before.map_or(Uuid::max(), |id| id.0))
        .bind(most)
        .all(&self.database)
        .await?;
        Ok(rows.into_iter().map(Row::record).collect())
    }

    /// What was done to anybody, the last first, before an entry.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list(&self, before: Option<AuditId>, most: i64) -> Result<Vec<AuditRecord>> {
        let rows: Vec<Row> = sql(
            "SELECT id, account_id, actor_id, action, detail, address, created_at
             FROM audit WHERE id < $1 ORDER BY id DESC LIMIT $2",
        )
        .bind(before.map_or(Uuid::max(), |id| id.0))
        .bind(most)
        .all(&self.database)
        .await?;
        Ok(rows.into_iter().map(Row::record).collect())
    }
}

/// Writes an entry in the turn of what it tells: there is never one without the other.
pub(crate) async fn add_in(turn: &mut Turn, entry: &AuditEntry, now: Time) -> Result<()> {
    sql(
        "INSERT INTO audit (id, account_id, actor_id, action, detail, address, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(new_id(now))
    .bind(entry.account.map(|id| id.0))
    .bind(entry.actor.map(|id| id.0))
    .bind(&entry.action)
    .bind(&entry.detail)
    .bind(&entry.address)
    .bind(now.0)
    .run_in(turn)
    .await?;
    Ok(())
}
