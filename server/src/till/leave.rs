//! Nobody is charged for an account that is gone.

use super::{Till, buy::BuyError, checkout::Counter};
use crate::clock::now;
use billing::subscription::{Provider, PurchaseStatus, Snapshot};
use protocol::id::AccountId;
use storage::Account;

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

impl From<BuyError> for Stays {
    fn from(error: BuyError) -> Self {
        match error {
            BuyError::Busy | BuyError::Open => Self::Paying,
            error => Self::Unknown(error),
        }
    }
}

impl Till {
    /// Ends whatever of an account's could still be paid, so that it can be removed. What comes back
    /// is to be kept until it is: meanwhile nobody begins to pay.
    pub(crate) async fn leave<'a>(&'a self, account: &'a Account) -> Result<Counter<'a>, Stays> {
        let counter = self.counter(account).await?;
        match self.end_all(&counter, account).await {
            Ok(()) => Ok(counter),
            Err(stays) => {
                // Waited for: who tries again at once is not told to wait.
                counter.close().await.map_err(BuyError::from)?;
                Err(stays)
            }
        }
    }

    async fn end_all(&self, counter: &Counter<'_>, account: &Account) -> Result<(), Stays> {
        match counter.clear().await {
            // What was paid is in the ledger now.
            Ok(()) | Err(BuyError::Paid) => {}
            Err(error) => return Err(error.into()),
        }
        let ledger = self.ledger(account.id).await.map_err(BuyError::from)?;
        let is_renewed =
            |one: &Snapshot| one.subscription.provider == Provider::Stripe && one.ends_at.is_none();
        if ledger.running().any(is_renewed) {
            return Err(Stays::Renewed);
        }
        Ok(self.end_orders(account.id).await?)
    }

    /// Sees to it that nothing that an account began to pay in rupiah can be paid any more.
    ///
    /// [`BuyError::Open`] where it still can.
    pub(super) async fn end_orders(&self, account: AccountId) -> Result<(), BuyError> {
        let Some(midtrans) = self.0.midtrans.as_ref() else {
            return Ok(());
        };
        for mut begun in self.orders(account).await? {
            let known = begun.status(&self.ledger(account).await?);
            if known.is_some_and(|status| status != PurchaseStatus::Pending) {
                continue;
            }
            // Asked before it is cancelled: a card that was charged a moment ago can be cancelled
            // too, and who has paid would have nothing.
            let mut status = self.ask_order(midtrans, &mut begun).await?;
            if status == Some(PurchaseStatus::Pending) {
                midtrans.cancel(begun.order()).await?;
                // And after that: it may have been paid meanwhile, and this is newer than what
                // anybody was told before.
                status = self.ask_order(midtrans, &mut begun).await?;
            }
            match status {
                Some(PurchaseStatus::Pending) => return Err(BuyError::Open),
                // Once the page is closed, nobody can begin.
                None if begun.can_begin(now()) => return Err(BuyError::Open),
                _ => {}
            }
        }
        Ok(())
    }
}
