//! Checkout, change, cancel, resume, portal.

use super::{
    Till,
    checkout::{Counter, checkout},
    payer,
};
use crate::clock::now;
use billing::{
    midtrans::client::MidtransFault,
    money::Currency,
    plan::Offer,
    stripe::client::StripeFault,
    subscription::{Ledger, Provider, Snapshot, State},
    test_mode,
};
use storage::{Account, StorageError};

/// How it goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Way {
    /// At this address of the provider's.
    Elsewhere(String),
    /// It is done.
    Done,
}

/// By what somebody is known who buys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Buyer {
    /// By a session: they are signed in.
    Session,
    /// By a key. A phone that was stolen must not charge the card that is known: what it begins is
    /// paid on the provider's page, which asks.
    Key,
}

/// Why it was not done. Nothing was paid.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BuyError {
    /// It is not on sale, or there is nothing to be changed.
    #[error("this is not on sale")]
    NotSold,
    /// A running subscription keeps its currency.
    #[error("a subscription keeps its currency")]
    Currency,
    /// A running subscription would be changed, and charged, by who is not signed in.
    #[error("a running subscription is changed at once: by who is signed in, not by a key")]
    ByKey,
    /// Another page of the same account is asking the provider.
    #[error("this account's checkout is being attended to")]
    Busy,
    /// A payment in rupiah that was begun can still be made, and cannot be ended.
    #[error("a payment that was begun can still be made")]
    Open,
    /// Many payments in rupiah were begun within the hour.
    #[error("too many payments were begun within the hour")]
    Often,
    /// A checkout of before was paid meanwhile.
    #[error("a checkout of this account was paid meanwhile")]
    Paid,
    /// The provider cannot be reached or said no.
    #[error("the payment provider: {0}")]
    Provider(String),
    /// The database failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl From<StripeFault> for BuyError {
    fn from(fault: StripeFault) -> Self {
        match fault {
            StripeFault::NotSold => Self::NotSold,
            StripeFault::Currency => Self::Currency,
            fault => Self::Provider(fault.to_string()),
        }
    }
}

impl From<MidtransFault> for BuyError {
    fn from(fault: MidtransFault) -> Self {
        Self::Provider(fault.to_string())
    }
}

impl Till {
    /// Which offers can be bought: all in test mode, else dollars by card (Stripe) and rupiah by
    /// what Indonesia pays with (Midtrans).
    pub(crate) fn is_sold(&self, offer: &Offer) -> bool {
        let has_provider = match offer.currency {
            Currency::Idr => self.0.midtrans.is_some(),
            Currency::Usd => self
                .0
                .stripe
                .as_ref()
                .is_some_and(|(stripe, _)| stripe.prices().price(offer).is_some()),
        };
        self.0.plans.price(offer).is_some() && (self.is_test() || has_provider)
    }

    /// Buys an offer, or changes a running subscription to it, which a key may not. `key` names the
    /// deed: sent twice, it is done once. `origin` is what our own addresses begin with.
    pub(crate) async fn buy(
        &self,
        (account, buyer): (&Account, Buyer),
        offer: &Offer,
        key: &str,
        origin: &str,
    ) -> Result<Way, BuyError> {
        if !self.is_sold(offer) {
            return Err(BuyError::NotSold);
        }
        let ledger = self.ledger(account.id).await?;
        if self.is_test() {
            // As with money, so that nobody finds out only then.
            if buyer == Buyer::Key && self.standing_of(&ledger).subscription.is_some() {
                return Err(BuyError::ByKey);
            }
            let fact = test_mode::checkout(&self.0.plans, &ledger, payer(account.id), offer, now());
            let fact = fact.ok_or(BuyError::NotSold)?;
            self.record(account.id, None, vec![fact]).await?;
            return Ok(Way::Done);
        }
        let counter = self.counter(account).await?;
        let way = match offer.currency {
            Currency::Idr => {
                self.buy_in_rupiah(&counter, account, offer, key, origin)
                    .await
            }
            Currency::Usd => {
                let who = (account, buyer);
                self.buy_by_card(&counter, who, offer, key, origin).await
            }
        };
        counter.close().await?;
        way
    }

    async fn buy_in_rupiah(
        &self,
        counter: &Counter<'_>,
        account: &Account,
        offer: &Offer,
        key: &str,
        origin: &str,
    ) -> Result<Way, BuyError> {
        // Both at once would pay twice for the same days.
        if stripe_subscription(&self.ledger(account.id).await?).is_some() {
            return Err(BuyError::Currency);
        }
        counter.clear().await?;
        let page = self.snap(counter, account.id, offer, key, origin).await?;
        Ok(Way::Elsewhere(page))
    }

    async fn buy_by_card(
        &self,
        counter: &Counter<'_>,
        (account, buyer): (&Account, Buyer),
        offer: &Offer,
        key: &str,
        origin: &str,
    ) -> Result<Way, BuyError> {
        let (stripe, _) = self.0.stripe.as_ref().ok_or(BuyError::NotSold)?;
        let ledger = self.ledger(account.id).await?;
        // Never two subscriptions at once: the one there is changes.
        if let Some(id) = stripe_subscription(&ledger) {
            if buyer == Buyer::Key {
                return Err(BuyError::ByKey);
            }
            let changed = stripe.change(&self.0.plans, &id, offer, key, now()).await?;
            self.record(account.id, None, vec![changed.fact]).await?;
            return Ok(Way::Done);
        }
        // Nor are days paid by card that are paid for in rupiah, or still could be.
        self.end_orders(account.id).await?;
        let ledger = self.ledger(account.id).await?;
        let standing = self.standing_of(&ledger);
        if standing.provider == Some(Provider::Midtrans) && standing.state == State::Ending {
            return Err(BuyError::Currency);
        }
        let trial_days = match self.0.plans.get(&offer.plan) {
            Some(plan) if !ledger.had_trial() => plan.trial_days,
            _ => 0,
        };
        let customer = ledger.customer(Provider::Stripe).map(str::to_owned);
        let wanted = checkout(account, offer, trial_days, customer, origin);
        Ok(Way::Elsewhere(counter.page(wanted).await?))
    }

    /// Ends the subscription with the period that is paid.
    pub(crate) async fn cancel(&self, account: &Account, key: &str) -> Result<(), BuyError> {
        let ledger = self.ledger(account.id).await?;
        let fact = if self.is_test() {
            let fact = test_mode::cancel(&ledger, payer(account.id), now());
            fact.ok_or(BuyError::NotSold)?
        } else {
            return self.cancel_all(account, &ledger, key).await;
        };
        self.record(account.id, None, vec![fact]).await?;
        Ok(())
    }

    /// There should be one. Should there be more, none of them goes on unseen.
    async fn cancel_all(
        &self,
        account: &Account,
        ledger: &Ledger,
        key: &str,
    ) -> Result<(), BuyError> {
        let (stripe, _) = self.running(ledger)?;
        let by_card = |one: &&Snapshot| one.subscription.provider == Provider::Stripe;
        for one in ledger.running().filter(by_card) {
            let id = &one.subscription.id;
            let fact = stripe.cancel(id, &format!("{key}-{id}"), now()).await?;
            self.record(account.id, None, vec![fact]).await?;
        }
        Ok(())
    }

    /// Takes a cancellation back.
    pub(crate) async fn resume(&self, account: &Account, key: &str) -> Result<(), BuyError> {
        let ledger = self.ledger(account.id).await?;
        let (stripe, id) = self.running(&ledger)?;
        let fact = stripe.resume(&id, key, now()).await?;
        self.record(account.id, None, vec![fact]).await?;
        Ok(())
    }

    /// The address of Stripe's portal: cards, invoices, cancelling.
    pub(crate) async fn portal(
        &self,
        account: &Account,
        key: &str,
        origin: &str,
    ) -> Result<String, BuyError> {
        let ledger = self.ledger(account.id).await?;
        let (stripe, _) = self.0.stripe.as_ref().ok_or(BuyError::NotSold)?;
        let customer = ledger.customer(Provider::Stripe).ok_or(BuyError::NotSold)?;
        let back = format!("{origin}/account/billing");
        Ok(stripe.portal(customer, &back, key).await?.url)
    }

    fn running(
        &self,
        ledger: &Ledger,
    ) -> Result<(&billing::stripe::client::Stripe, String), BuyError> {
        let (stripe, _) = self.0.stripe.as_ref().ok_or(BuyError::NotSold)?;
        let id = stripe_subscription(ledger).ok_or(BuyError::NotSold)?;
        Ok((stripe, id))
    }
}

/// Stripe's name of the subscription that runs.
pub(super) fn stripe_subscription(ledger: &Ledger) -> Option<String> {
    ledger
        .running()
        .find(|one| one.subscription.provider == Provider::Stripe)
        .map(|one| one.subscription.id.clone())
}
