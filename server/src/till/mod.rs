//! What accounts pay, and what they have for it. What is true is in the ledger; `billing` reads it.
//!
//! | file | what |
//! |---|---|
//! | `settings.rs` | plans, keys and addresses of the providers, all faults at once |
//! | `standing.rs` | which plan counts, what it allows, and how much of it was used |
//! | `quota.rs` | how much of something an account may have |
//! | `live.rs` | strategies that trade, and what becomes of them where the plan allows fewer |
//! | `buy.rs` | checkout, change, cancel, resume, portal |
//! | `checkout.rs` | the one checkout by card that an account has open |
//! | `order.rs` | the payments in rupiah that an account began |
//! | `leave.rs` | nothing can be paid any more for an account that goes |
//! | `news.rs` | what providers tell us |
//! | `letter.rs` | what payers are told by mail |

mod buy;
mod checkout;
mod leave;
mod letter;
mod live;
mod news;
mod order;
mod quota;
mod settings;
mod standing;
#[cfg(test)]
mod tests;

pub(crate) use buy::{BuyError, Buyer, Way};
pub(crate) use leave::Stays;
pub(crate) use live::{ActivateError, Running};
pub(crate) use news::NewsError;
pub(crate) use quota::QuotaError;
pub(crate) use settings::{BillingFault, BillingSettings};
pub(crate) use standing::Held;

use crate::{clock::now, meter};
use billing::{
    midtrans::client::Midtrans,
    outside::BreakerState,
    payer::Payer,
    plan::Plans,
    stripe::{client::Stripe, webhook::Webhook},
    subscription::{Fact, Ledger, Terms},
};
use protocol::id::AccountId;
use std::sync::Arc;
use storage::{NewMail, PaymentEvent, Storage, StorageError};

/// Where payments are attended to. A clone is another handle of the same.
#[derive(Debug, Clone)]
pub(crate) struct Till(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    storage: Storage,
    plans: Plans,
    stripe: Option<(Stripe, Webhook)>,
    midtrans: Option<Midtrans>,
}

impl Till {
    /// Opens it.
    pub(crate) fn open(
        storage: Storage,
        settings: BillingSettings,
    ) -> std::result::Result<Self, BillingFault> {
        let (stripe, midtrans) = settings.providers()?;
        Ok(Self(Arc::new(Inner {
            storage,
            plans: settings.plans,
            stripe,
            midtrans,
        })))
    }

    /// The plans.
    pub(crate) fn plans(&self) -> &Plans {
        &self.0.plans
    }

    /// Whether no money moves because there are no keys.
    pub(crate) fn is_test(&self) -> bool {
        self.0.stripe.is_none() && self.0.midtrans.is_none()
    }

    /// Has the breakers before the providers watched.
    pub(crate) fn watch(&self) {
        if self.0.stripe.is_some() {
            let till = self.clone();
            meter::watch("stripe", move || match &till.0.stripe {
                Some((stripe, _)) => stripe.state(),
                None => BreakerState::Closed,
            });
        }
        if self.0.midtrans.is_some() {
            let till = self.clone();
            meter::watch("midtrans", move || match &till.0.midtrans {
                Some(midtrans) => midtrans.state(),
                None => BreakerState::Closed,
            });
        }
    }

    fn terms(&self) -> Terms<'_> {
        Terms {
            plans: &self.0.plans,
            test_mode: self.is_test(),
        }
    }

    /// All that is known of an account's payments.
    pub(crate) async fn ledger(&self, account: AccountId) -> storage::Result<Ledger> {
        let text = self.0.storage.ledgers.load(account).await?;
        text.as_deref()
            .map_or_else(|| Ok(Ledger::default()), read)
            .map_err(StorageError::Damaged)
    }

    /// Writes facts into a ledger; with an event, once, and what is to be told of it in the same turn.
    /// False where the event was taken before.
    async fn record(
        &self,
        account: AccountId,
        event: Option<(&PaymentEvent, Option<&NewMail>)>,
        facts: Vec<Fact>,
    ) -> storage::Result<bool> {
        let change = move |before: Option<&str>| {
            let mut ledger = before.map_or_else(|| Ok(Ledger::default()), read)?;
            if !ledger.record_all(facts) {
                return Ok(None);
            }
            let text = serde_json::to_string(&ledger).map_err(|error| error.to_string())?;
            Ok(Some(text))
        };
        let ledgers = &self.0.storage.ledgers;
        ledgers.change(account, event, now(), change).await
    }
}

/// Reads a ledger as it is kept.
pub(crate) fn read(text: &str) -> std::result::Result<Ledger, String> {
    serde_json::from_str(text).map_err(|error| format!("a ledger: {error}"))
}

fn payer(account: AccountId) -> Payer {
    Payer(account.0)
}
