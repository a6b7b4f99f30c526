//! Nobody is charged for an account that is gone.

use super::{Till, buy::BuyError};
use crate::clock::now;
use billing::{
    midtrans::{
        client::{MidtransFault, PAGE},
        order::Order,
    },
    subscription::{Provider, PurchaseStatus, Snapshot},
};
use storage::{Account, PaymentOrder, StorageError};
use trading::time::{DAY, Time};

/// For how long an order is paid at most: bank transfers take their time.
pub(super) const ORDERS: i64 = 3 * DAY;

/// Why an account cannot go yet.
#[derive(Debug)]
pub(crate) enum Stays {
    /// Its card is still charged.
    Renewed,
    /// A payment that was begun could still go through.
    Paying,
    /// It could not be found out.
    Unknown(BuyError),
}

impl<E: Into<BuyError>> From<E> for Stays {
    fn from(error: E) -> Self {
        Self::Unknown(error.into())
    }
}

impl Till {
    /// Ends whatever of an account's could still be paid, so that it can be removed.
    pub(crate) async fn leave(&self, account: &Account) -> Result<(), Stays> {
        match self.clear(account).await {
            // What was paid is in the ledger now.
            Ok(()) | Err(BuyError::Paid) => {}
            Err(BuyError::Busy) => return Err(Stays::Paying),
            Err(error) => return Err(Stays::Unknown(error)),
        }
        let ledger = self.ledger(account.id).await.map_err(BuyError::from)?;
        let is_renewed =
            |one: &Snapshot| one.subscription.provider == Provider::Stripe && one.ends_at.is_none();
        if ledger.running().any(is_renewed) {
            return Err(Stays::Renewed);
        }
        let since = Time(now().0 - ORDERS);
        let orders = self.0.storage.ledgers.orders(account.id, since).await;
        for order in orders.map_err(BuyError::from)? {
            self.end_order(&order).await?;
        }
        Ok(())
    }

    async fn end_order(&self, kept: &PaymentOrder) -> Result<(), Stays> {
        let Some(midtrans) = self.0.midtrans.as_ref() else {
            return Ok(());
        };
        let order: Order = serde_json::from_str(&kept.content)
            .map_err(|error| BuyError::from(StorageError::Damaged(format!("an order: {error}"))))?;
        let ledger = self.ledger(kept.account).await.map_err(BuyError::from)?;
        let known = ledger.purchase(&order.id.reference());
        if known.is_some_and(|purchase| purchase.status != PurchaseStatus::Pending) {
            return Ok(());
        }
        let fact = match midtrans.cancel(&order, now()).await {
            Ok(fact) => fact,
            // Once the page is closed, nobody can begin.
            Err(MidtransFault::NotBegun) if kept.begun.0 + PAGE < now().0 => return Ok(()),
            Err(MidtransFault::NotBegun) => return Err(Stays::Paying),
            Err(fault) => return Err(BuyError::from(fault).into()),
        };
        let recorded = self.record(kept.account, None, vec![fact]).await;
        recorded.map_err(BuyError::from)?;
        let ledger = self.ledger(kept.account).await.map_err(BuyError::from)?;
        match ledger.purchase(&order.id.reference()).map(|one| one.status) {
            Some(PurchaseStatus::Pending) => Err(Stays::Paying),
            _ => Ok(()),
        }
    }
}
