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
use tokio::runtime::Handle;
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

/// That what an account begins to pay is attended to here and nowhere else. Let go of it with
/// [`Counter::close`]; where a request ends before, it lets go of itself.
#[derive(Debug)]
pub(crate) struct Counter<'a> {
    till: &'a Till,
    account: &'a Account,
    /// Nothing once it was let go of.
    hold: Option<Hold>,
}

impl Drop for Counter<'_> {
    fn drop(&mut self) {
        let (Some(hold), Ok(runtime)) = (self.hold.take(), Handle::try_current()) else {
            return;
        };
        // What was asked meanwhile is written down: whoever comes next asks for the same.
        let storage = self.till.0.storage.clone();
        runtime.spawn(async move {
            if let Err(error) = storage.checkouts.release(hold).await {
                tracing::warn!(%error, "a checkout is held until its time is over");
            }
        });
    }
}

impl Till {
    /// Attends to what an account begins to pay.
    pub(super) async fn counter<'a>(
        &'a self,
        account: &'a Account,
    ) -> Result<Counter<'a>, BuyError> {
        let until = Time(now().0 + HELD);
        let hold = self.0.storage.checkouts.hold(account.id, now(), until);
        let hold = match hold.await {
            Err(StorageError::Exists) => return Err(BuyError::Busy),
            held => held?,
        };
        Ok(Counter {
            till: self,
            account,
            hold: Some(hold),
        })
    }
}

impl Counter<'_> {
    /// Lets go of it.
    pub(super) async fn close(mut self) -> Result<(), StorageError> {
        match self.hold.take() {
            Some(hold) => self.till.0.storage.checkouts.release(hold).await,
            None => Ok(()),
        }
    }

    fn stripe(&self) -> Result<&Stripe, BuyError> {
        let stripe = self.till.0.stripe.as_ref();
        stripe.map(|(stripe, _)| stripe).ok_or(BuyError::NotSold)
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
        let session = self.stripe()?.checkout(&begun.checkout, &begun.key).await?;
        let url = session.url.clone();
        begun.session = Some(session);
        self.write(Some(&begun)).await?;
        Ok(url)
    }

    /// Sees to it that nothing is open.
    ///
    /// [`BuyError::Paid`] where it was paid meanwhile.
    pub(super) async fn clear(&self) -> Result<(), BuyError> {
        if self.till.0.stripe.is_none() {
            return Ok(());
        }
        if let Some((_, session)) = self.open().await? {
            self.end(&session.id).await?;
        }
        self.write(None).await
    }

    /// The checkout that can still be paid.
    async fn open(&self) -> Result<Option<(Begun, Redirect)>, BuyError> {
        let hold = self.hold.as_ref();
        let Some(begun) = hold.and_then(|hold| hold.content.as_deref()) else {
            return Ok(None);
        };
        let begun: Begun = serde_json::from_str(begun)
            .map_err(|error| StorageError::Damaged(format!("a checkout: {error}")))?;
        let session = match &begun.session {
            Some(session) => session.clone(),
            // It has ended by itself, if there ever was one.
            None if begun.checkout.expires <= now() => return Ok(None),
            // Whoever asked died before the answer: asked again, it is the same one.
            None => match self.stripe()?.checkout(&begun.checkout, &begun.key).await {
                Ok(session) => session,
                // It never began, and will not. Any other refusal, such as of a key that is wrong
                // for a while, says nothing about it.
                Err(
                    StripeFault::NotSold
                    | StripeFault::Call(CallError::Refused {
                        status: 400 | 404, ..
                    }),
                ) => return Ok(None),
                Err(fault) => return Err(fault.into()),
            },
        };
        let is_open = self.is_open(&session.id).await?;
        Ok(is_open.then_some((begun, session)))
    }

    async fn end(&self, session: &str) -> Result<(), BuyError> {
        match self.stripe()?.expire(session, session).await {
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
        let subscription = match self.stripe()?.session(session).await {
            Ok(Session::Open) => return Ok(true),
            Ok(Session::Expired | Session::Complete(None)) => return Ok(false),
            Ok(Session::Complete(Some(subscription))) => subscription,
            // Of another account of Stripe's, or of its test mode: nobody pays there for us.
            Err(StripeFault::Call(CallError::Refused { status: 404, .. })) => return Ok(false),
            Err(fault) => return Err(fault.into()),
        };
        let (_, fact) = self.stripe()?.subscription(&subscription, now()).await?;
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
        let hold = self.hold.as_ref().ok_or(BuyError::Busy)?;
        match checkouts.write(hold, content.as_deref()).await {
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
