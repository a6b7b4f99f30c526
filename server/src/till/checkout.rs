//! The checkout that an account has open at Stripe. There is never more than one that can be paid:
//! two would be two subscriptions. What is asked of Stripe is written down before it is asked, under
//! the key with which it is asked again, so that no checkout is ever forgotten, whatever dies between.

use super::{
    Till,
    buy::{BuyError, stripe_subscription},
};
use crate::clock::now;
use billing::{
    outside::CallError,
    plan::Offer,
    stripe::client::{Checkout, Redirect, Session, Stripe, StripeFault},
};
use serde::{Deserialize, Serialize};
use storage::{Account, Hold, StorageError};
use trading::time::{HOUR, MINUTE, Time};
use uuid::Uuid;

/// For how long a checkout can be paid.
const OPEN: i64 = HOUR;
/// Longer than it takes to ask Stripe three things, with all that may go wrong.
const HELD: i64 = 3 * MINUTE;

/// A checkout that was begun.
#[derive(Debug, Serialize, Deserialize)]
struct Begun {
    key: String,
    checkout: Checkout,
    /// Nothing while Stripe has not answered.
    session: Option<Redirect>,
}

impl Begun {
    /// Whether it is what is wanted now: the addresses and the time may differ.
    fn is_for(&self, checkout: &Checkout) -> bool {
        let terms = |one: &Checkout| (one.offer.clone(), one.trial_days, one.customer.clone());
        terms(&self.checkout) == terms(checkout)
    }
}

/// That an account's open checkout is attended to here and nowhere else.
#[derive(Debug)]
pub(super) struct Counter<'a> {
    till: &'a Till,
    stripe: &'a Stripe,
    account: &'a Account,
    hold: Hold,
}

impl Till {
    /// Attends to the open checkout of an account. Nothing without Stripe.
    pub(super) async fn counter<'a>(
        &'a self,
        account: &'a Account,
    ) -> Result<Option<Counter<'a>>, BuyError> {
        let Some((stripe, _)) = self.0.stripe.as_ref() else {
            return Ok(None);
        };
        let until = Time(now().0 + HELD);
        let hold = self.0.storage.checkouts.hold(account.id, now(), until);
        let hold = match hold.await {
            Err(StorageError::Exists) => return Err(BuyError::Busy),
            held => held?,
        };
        Ok(Some(Counter {
            till: self,
            stripe,
            account,
            hold,
        }))
    }
}

impl Counter<'_> {
    /// Lets go of it.
    pub(super) async fn close(self) -> Result<(), StorageError> {
        self.till.0.storage.checkouts.release(self.hold).await
    }

    /// The page of Stripe's on which this is paid: the one that is open if it is for the same, or
    /// another after that one was ended.
    pub(super) async fn page(&self, checkout: Checkout) -> Result<String, BuyError> {
        if let Some((begun, session)) = self.open().await? {
            if begun.is_for(&checkout) {
                return Ok(session.url);
            }
            self.end(&session.id).await?;
        }
        let mut begun = Begun {
            key: Uuid::now_v7().to_string(),
            checkout,
            session: None,
        };
        self.write(Some(&begun)).await?;
        let session = self.stripe.checkout(&begun.checkout, &begun.key).await?;
        let url = session.url.clone();
        begun.session = Some(session);
        self.write(Some(&begun)).await?;
        Ok(url)
    }

    /// Sees to it that nothing is open.
    ///
    /// [`BuyError::Paid`] where it was paid meanwhile.
    pub(super) async fn clear(&self) -> Result<(), BuyError> {
        if let Some((_, session)) = self.open().await? {
            self.end(&session.id).await?;
        }
        self.write(None).await
    }

    /// The checkout that can still be paid.
    async fn open(&self) -> Result<Option<(Begun, Redirect)>, BuyError> {
        let Some(begun) = self.hold.content.as_deref() else {
            return Ok(None);
        };
        let begun: Begun = serde_json::from_str(begun)
            .map_err(|error| StorageError::Damaged(format!("a checkout: {error}")))?;
        let session = match &begun.session {
            Some(session) => session.clone(),
            // It has ended by itself, if there ever was one.
            None if begun.checkout.expires <= now() => return Ok(None),
            // Whoever asked died before the answer: asked again, it is the same one.
            None => match self.stripe.checkout(&begun.checkout, &begun.key).await {
                Ok(session) => session,
                // It never began, and will not.
                Err(StripeFault::NotSold | StripeFault::Call(CallError::Refused { .. })) => {
                    return Ok(None);
                }
                Err(fault) => return Err(fault.into()),
            },
        };
        let is_open = self.is_open(&session.id).await?;
        Ok(is_open.then_some((begun, session)))
    }

    async fn end(&self, session: &str) -> Result<(), BuyError> {
        match self.stripe.expire(session, session).await {
            // It can be refused only because it is open no more: paid, or over.
            Err(StripeFault::Call(CallError::Refused { .. })) => {
                if self.is_open(session).await? {
                    return Err(BuyError::Provider("a checkout does not end".to_owned()));
                }
                Ok(())
            }
            ended => Ok(ended?),
        }
    }

    /// Whether it can still be paid. What was paid is written down, and refuses everything else as
    /// long as it runs.
    async fn is_open(&self, session: &str) -> Result<bool, BuyError> {
        let subscription = match self.stripe.session(session).await? {
            Session::Open => return Ok(true),
            Session::Expired | Session::Complete(None) => return Ok(false),
            Session::Complete(Some(subscription)) => subscription,
        };
        let (_, fact) = self.stripe.subscription(&subscription, now()).await?;
        self.till.record(self.account.id, None, vec![fact]).await?;
        let ledger = self.till.ledger(self.account.id).await?;
        if stripe_subscription(&ledger).is_some() {
            return Err(BuyError::Paid);
        }
        Ok(false)
    }

    async fn write(&self, begun: Option<&Begun>) -> Result<(), BuyError> {
        let content = begun.map(serde_json::to_string).transpose();
        let content = content.map_err(|error| StorageError::Damaged(error.to_string()))?;
        let checkouts = &self.till.0.storage.checkouts;
        match checkouts.write(&self.hold, content.as_deref()).await {
            // It took too long, and somebody else attends to it.
            Err(StorageError::NotFound) => Err(BuyError::Busy),
            written => Ok(written?),
        }
    }
}

/// What a checkout is for.
pub(super) fn checkout(
    account: &Account,
    offer: &Offer,
    trial_days: u32,
    customer: Option<String>,
    origin: &str,
) -> Checkout {
    Checkout {
        payer: super::payer(account.id),
        offer: offer.clone(),
        trial_days,
        customer,
        email: Some(account.email.as_str().to_owned()),
        success_url: format!("{origin}/account/billing?from=stripe"),
        cancel_url: format!("{origin}/account/billing"),
        expires: Time(now().0 + OPEN),
    }
}
