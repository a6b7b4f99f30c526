//! What was paid for: each account's ledger, the events that were taken, the payments that were
//! begun, and what was used of what is counted by the day. What is in a ledger or an order is its
//! maker's JSON.

mod part;

pub use part::Usage;

use crate::{
    NewMail, Result, StorageError,
    database::{Database, Turn, sql},
    mail,
};
use protocol::id::AccountId;
use trading::time::{DAY, Time};
use uuid::Uuid;

/// An event of a payment provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentEvent {
    /// The provider's name for it, with the provider's own before: `stripe:evt_1`.
    pub id: String,
    /// What kind of event.
    pub kind: String,
}

/// A one-off payment that was begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentOrder {
    /// Our name for it, which the provider gives back.
    pub id: Uuid,
    /// Who pays.
    pub account: AccountId,
    /// JSON of whoever began it.
    pub content: String,
    /// When.
    pub begun: Time,
}

/// Everything about payments.
#[derive(Debug, Clone)]
pub struct Ledgers {
    database: Database,
}

impl Ledgers {
    pub(crate) fn new(database: Database) -> Self {
        Self { database }
    }

    /// The ledger of an account, if anything was ever told of it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn load(&self, account: AccountId) -> Result<Option<String>> {
        let found: Option<(String,)> = sql("SELECT ledger FROM ledgers WHERE account_id = $1")
            .bind(account.0)
            .maybe(&self.database)
            .await?;
        Ok(found.map(|(ledger,)| ledger))
    }

    /// Changes a ledger while nobody else does: `change` gets what is there and says what is to be
    /// there, or nothing where it stays as it is. With an event, that one is marked as taken in the
    /// same turn, and what is to be told of it is put into the outbox; one that was taken before
    /// changes and tells nothing, and false is said.
    ///
    /// # Errors
    /// [`StorageError::NotFound`] where there is no such account; [`StorageError::Damaged`] where
    /// `change` cannot read what is there.
    pub async fn change(
        &self,
        account: AccountId,
        event: Option<(&PaymentEvent, Option<&NewMail>)>,
        now: Time,
        change: impl FnOnce(Option<&str>) -> std::result::Result<Option<String>, String> + Send,
    ) -> Result<bool> {
        let mut turn = self.database.begin().await?;
        turn.lock(account.0).await?;
        if let Some((event, _)) = event
            && !take(&mut turn, event, Some(account), now).await?
        {
            return Ok(false);
        }
        let known: Option<(Uuid,)> = sql("SELECT id FROM accounts WHERE id = $1")
            .bind(account.0)
            .maybe_in(&mut turn)
            .await?;
        known.ok_or(StorageError::NotFound)?;
        let before: Option<(String,)> = sql("SELECT ledger FROM ledgers WHERE account_id = $1")
            .bind(account.0)
            .maybe_in(&mut turn)
            .await?;
        let before = before.map(|(ledger,)| ledger);
        let after = change(before.as_deref()).map_err(StorageError::Damaged)?;
        if let Some(after) = after {
            sql(
                "INSERT INTO ledgers (account_id, ledger, updated_at) VALUES ($1, $2, $3)
                 ON CONFLICT (account_id) DO UPDATE
                 SET ledger = excluded.ledger, updated_at = excluded.updated_at",
            )
            .bind(account.0)
            .bind(after)
            .bind(now.0)
            .run_in(&mut turn)
            .await?;
        }
        if let Some((_, Some(mail))) = event {
            mail::queue_in(&mut turn, mail, now).await?;
        }
        turn.commit().await?;
        Ok(true)
    }

    /// Whether an event was taken before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn was_taken(&self, event: &str) -> Result<bool> {
        let found: Option<(String,)> = sql("SELECT id FROM payment_events WHERE id = $1")
            .bind(event)
            .maybe(&self.database)
            .await?;
        Ok(found.is_some())
    }

    /// Marks an event as taken that is about nobody we know.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take(&self, event: &PaymentEvent, now: Time) -> Result<()> {
        let mut turn = self.database.begin().await?;
        take(&mut turn, event, None, now).await?;
        turn.commit().await
    }

    /// Remembers a one-off payment before its provider hears of it. False where one of this name was
    /// begun before: it stays as it is.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin_order(&self, order: &PaymentOrder) -> Result<bool> {
        let done = sql(
            "INSERT INTO payment_orders (id, account_id, content, created_at)
             VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING",
        )
        .bind(order.id)
        .bind(order.account.0)
        .bind(&order.content)
        .bind(order.begun.0)
        .run(&self.database)
        .await?;
        Ok(done == 1)
    }

    /// Keeps what became of one that was begun.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep_order(&self, id: Uuid, content: &str) -> Result<()> {
        sql("UPDATE payment_orders SET content = $2 WHERE id = $1")
            .bind(id)
            .bind(content)
            .run(&self.database)
            .await?;
        Ok(())
    }

    /// The payment of this name, whoever's it is: its provider's notification names nobody else.
    ///
    /// # Errors
    /// [`StorageError::NotFound`].
    pub async fn order(&self, id: Uuid) -> Result<PaymentOrder> {
        let found: Option<(Uuid, String, i64)> =
            sql("SELECT account_id, content, created_at FROM payment_orders WHERE id = $1")
                .bind(id)
                .maybe(&self.database)
                .await?;
        let (account, content, begun) = found.ok_or(StorageError::NotFound)?;
        Ok(PaymentOrder {
            id,
            account: AccountId(account),
            content,
            begun: Time(begun),
        })
    }

    /// The payments that an account began since then, the last first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn orders(&self, account: AccountId, since: Time) -> Result<Vec<PaymentOrder>> {
        let rows: Vec<(Uuid, String, i64)> =
            sql("SELECT id, content, created_at FROM payment_orders
             WHERE account_id = $1 AND created_at >= $2 ORDER BY created_at DESC, id DESC")
            .bind(account.0)
            .bind(since.0)
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

    /// Every account that has paid or begun to.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn payers(&self) -> Result<Vec<AccountId>> {
        let rows: Vec<(Uuid,)> = sql("SELECT account_id FROM ledgers
             UNION SELECT account_id FROM payment_orders")
        .all(&self.database)
        .await?;
        Ok(rows.into_iter().map(|(id,)| AccountId(id)).collect())
    }

    /// How much of something an account has used on the day of a time (UTC).
    ///
    /// # Errors
    /// When the database fails.
    pub async fn used(&self, account: AccountId, quota: &str, now: Time) -> Result<u64> {
        let found: Option<(i64,)> =
            sql("SELECT used FROM usages WHERE account_id = $1 AND quota = $2 AND day = $3")
                .bind(account.0)
                .bind(quota)
                .bind(now.0.div_euclid(DAY))
                .maybe(&self.database)
                .await?;
        Ok(found.map_or(0, |(used,)| u64::try_from(used).unwrap_or(0)))
    }

    /// Uses one more of it, unless that would be more than the most; says whether it did.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn use_one(
        &self,
        account: AccountId,
        quota: &str,
        most: Option<u64>,
        now: Time,
    ) -> Result<bool> {
        let most = most.map_or(i64::MAX, |most| i64::try_from(most).unwrap_or(i64::MAX));
        if most == 0 {
            return Ok(false);
        }
        let done = sql(
            "INSERT INTO usages (account_id, quota, day, used) VALUES ($1, $2, $3, 1)
             ON CONFLICT (account_id, quota, day) DO UPDATE SET used = usages.used + 1
             WHERE usages.used < $4",
        )
        .bind(account.0)
        .bind(quota)
        .bind(now.0.div_euclid(DAY))
        .bind(most)
        .run(&self.database)
        .await?;
        Ok(done == 1)
    }
}

/// False where it was taken before.
async fn take(
    turn: &mut Turn,
    event: &PaymentEvent,
    account: Option<AccountId>,
    now: Time,
) -> Result<bool> {
    let done = sql(
        "INSERT INTO payment_events (id, account_id, kind, created_at)
         VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING",
    )
    .bind(&event.id)
    .bind(account.map(|id| id.0))
    .bind(&event.kind)
    .bind(now.0)
    .run_in(turn)
    .await?;
    Ok(done == 1)
}
