//! Asking Stripe. Requests are built and sent by `async-stripe`; answers are read by
//! [`super::object`], as little as is needed.

mod session;
mod wire;

pub use session::Session;
pub use wire::{Checkout, Redirect, StripeConfig};

use super::{
    event::{Event, Fetch, Notice},
    object::{Invoice, ObjectFault, Subscription, read},
    price::PriceBook,
};
use crate::{
    outside::{BreakerState, CallError, Outside},
    payer::Payer,
    plan::{Change, Offer, Plans},
    subscription::{Fact, Observed, Ref},
};
use ::stripe::Client;
use serde::Deserialize;
use stripe_billing::{
    billing_portal_session::CreateBillingPortalSession,
    invoice::RetrieveInvoice,
    invoice_payment::{
        ListInvoicePayment, ListInvoicePaymentPayment, ListInvoicePaymentPaymentType,
    },
    subscription::{
        RetrieveSubscription, UpdateSubscription, UpdateSubscriptionItems,
        UpdateSubscriptionPaymentBehavior, UpdateSubscriptionProrationBehavior,
    },
};
use trading::time::Time;

/// Why Stripe could not be asked, or was not understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StripeFault {
    /// The call failed.
    #[error(transparent)]
    Call(#[from] CallError),
    /// The answer was not understood.
    #[error(transparent)]
    Object(#[from] ObjectFault),
    /// Stripe does not sell this.
    #[error("this is not sold by Stripe")]
    NotSold,
    /// A running subscription cannot change its currency.
    #[error("a subscription keeps its currency")]
    Currency,
}

/// What came of following an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Followed {
    /// Whose it is. Nothing: no payer of ours, or not told because of [`Followed::fault`].
    pub payer: Option<Payer>,
    /// All that is known now. To be recorded even if there is a fault: facts never harm.
    pub facts: Vec<Fact>,
    /// What to tell the payer, once for each event's id.
    pub notice: Option<Notice>,
    /// Why there is not more. Answer 500 then, and Stripe delivers the event again.
    pub fault: Option<StripeFault>,
}

/// What came of a change of plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// What kind of change it was.
    pub change: Change,
    /// How the subscription is now. After an upgrade whose payment failed it is as it was.
    pub fact: Fact,
}

/// Asks Stripe.
///
/// `now` is the time before asking: what comes back is at least as new. `key` names what the user
/// asked for, such as a UUID made with the form: the same key is the same deed, however often it is
/// sent.
#[derive(Debug)]
pub struct Stripe {
    client: Client,
    outside: Outside,
    prices: PriceBook,
}

#[derive(Deserialize)]
struct InvoicePayments {
    data: Vec<InvoicePayment>,
}

#[derive(Deserialize)]
struct InvoicePayment {
    invoice: String,
}

impl Stripe {
    /// The breaker's state, for a metric.
    pub fn state(&self) -> BreakerState {
        self.outside.state()
    }

    /// What Stripe sells.
    pub const fn prices(&self) -> &PriceBook {
        &self.prices
    }

    /// Begins a checkout: the user goes to the address that comes back.
    ///
    /// # Errors
    /// When Stripe does not sell it or cannot be asked.
    pub async fn checkout(&self, checkout: &Checkout, key: &str) -> Result<Redirect, StripeFault> {
        let price = self
            .prices
            .price(&checkout.offer)
            .ok_or(StripeFault::NotSold)?;
        Ok(self.post("checkout", &checkout.request(price), key).await?)
    }

    /// Opens the portal, in which users change their card, see invoices, and cancel.
    ///
    /// # Errors
    /// When Stripe cannot be asked.
    pub async fn portal(
        &self,
        customer: &str,
        return_url: &str,
        key: &str,
    ) -> Result<Redirect, StripeFault> {
        let request = CreateBillingPortalSession::new()
            .customer(customer)
            .return_url(return_url);
        Ok(self.post("portal", &request, key).await?)
    }

    /// A subscription as it is now, and whose it is.
    ///
    /// # Errors
    /// When Stripe cannot be asked or is not understood.
    pub async fn subscription(
        &self,
        id: &str,
        now: Time,
    ) -> Result<(Option<Payer>, Fact), StripeFault> {
        let found = self.retrieve(id).await?;
        let payer = found.payer();
        Ok((payer, found.fact(&self.prices, Observed::fetched(now))?))
    }

    async fn retrieve(&self, id: &str) -> Result<Subscription, StripeFault> {
        let request = RetrieveSubscription::new(wire::id(id)?);
        Ok(read("subscription", &self.get(&request).await?)?)
    }

    /// Changes the plan of a subscription.
    ///
    /// An upgrade is charged at once, and if that fails the subscription stays as it is
    /// (<https://docs.stripe.com/billing/subscriptions/pending-updates>): nobody has a plan that is
    /// not paid. A downgrade counts at once and the difference is credited to the next invoices:
    /// nobody loses what they paid. (Stripe can also downgrade at the end of the period, but only by
    /// way of a subscription schedule, which then has to be ended before any other change.)
    ///
    /// # Errors
    /// When Stripe does not sell it, cannot be asked, or says no.
    pub async fn change(
        &self,
        plans: &Plans,
        id: &str,
        to: &Offer,
        key: &str,
        now: Time,
    ) -> Result<Changed, StripeFault> {
        let price = self.prices.price(to).ok_or(StripeFault::NotSold)?;
        let current = self.retrieve(id).await?;
        let (item, from) = current.item(&self.prices)?;
        if from.currency != to.currency {
            return Err(StripeFault::Currency);
        }
        let change = plans.change(from, to);
        let mut update = UpdateSubscriptionItems::new();
        update.id = Some(item);
        update.price = Some(price.to_owned());
        let request = UpdateSubscription::new(wire::id(id)?).items([update]);
        let request = match change {
            Change::None => {
                let fact = current.fact(&self.prices, Observed::fetched(now))?;
                return Ok(Changed { change, fact });
            }
            Change::Upgrade => request
                .payment_behavior(UpdateSubscriptionPaymentBehavior::PendingIfIncomplete)
                .proration_behavior(UpdateSubscriptionProrationBehavior::AlwaysInvoice),
            Change::Downgrade => {
                request.proration_behavior(UpdateSubscriptionProrationBehavior::CreateProrations)
            }
        };
        let fact = self.update("change", &request, key, now).await?;
        Ok(Changed { change, fact })
    }

    /// Ends a subscription with the period that is paid.
    ///
    /// # Errors
    /// When Stripe cannot be asked or says no.
    pub async fn cancel(&self, id: &str, key: &str, now: Time) -> Result<Fact, StripeFault> {
        let request = UpdateSubscription::new(wire::id(id)?).cancel_at_period_end(true);
        self.update("cancel", &request, key, now).await
    }

    /// Takes a cancellation back.
    ///
    /// # Errors
    /// When Stripe cannot be asked or says no, such as because it has ended.
    pub async fn resume(&self, id: &str, key: &str, now: Time) -> Result<Fact, StripeFault> {
        let request = UpdateSubscription::new(wire::id(id)?).cancel_at_period_end(false);
        self.update("resume", &request, key, now).await
    }

    async fn update(
        &self,
        deed: &str,
        request: &UpdateSubscription,
        key: &str,
        now: Time,
    ) -> Result<Fact, StripeFault> {
        let object: serde_json::Value = self.post(deed, request, key).await?;
        let subscription: Subscription = read("subscription", &object)?;
        Ok(subscription.fact(&self.prices, Observed::fetched(now))?)
    }

    /// Reads an event and asks for what it does not say.
    pub async fn follow(&self, event: &Event, now: Time) -> Followed {
        let mut followed = Followed {
            payer: None,
            facts: Vec::new(),
            notice: None,
            fault: None,
        };
        let reading = match event.read(&self.prices) {
            Ok(reading) => reading,
            Err(fault) => {
                match self.is_foreign(event).await {
                    Ok(true) => {}
                    Ok(false) => followed.fault = Some(fault.into()),
                    Err(away) => followed.fault = Some(away),
                }
                return followed;
            }
        };
        followed.payer = reading.payer;
        followed.facts = reading.facts;
        followed.notice = reading.notice;
        for fetch in reading.fetch {
            if let Err(fault) = self.fetch(fetch, now, &mut followed).await {
                followed.fault = Some(fault);
            }
        }
        followed
    }

    /// Whether an event is about another product that is sold through the same account of Stripe's:
    /// all that we sell are subscriptions, and all of them say whose they are.
    async fn is_foreign(&self, event: &Event) -> Result<bool, StripeFault> {
        match event.subscription()? {
            Some(id) => Ok(self.retrieve(&id).await?.payer().is_none()),
            None => Ok(true),
        }
    }

    async fn fetch(
        &self,
        fetch: Fetch,
        now: Time,
        followed: &mut Followed,
    ) -> Result<(), StripeFault> {
        let invoice = match fetch {
            Fetch::Subscription(id) => {
                let found = self.retrieve(&id).await?;
                let Some(payer) = found.payer() else {
                    // Of another product that is sold through the same account of Stripe's.
                    return Ok(());
                };
                let fact = found.fact(&self.prices, Observed::fetched(now))?;
                followed.payer = followed.payer.or(Some(payer));
                followed.facts.push(fact);
                return Ok(());
            }
            Fetch::Invoice(id) => id,
            Fetch::InvoiceOf(intent, reversal) => {
                let mut payment =
                    ListInvoicePaymentPayment::new(ListInvoicePaymentPaymentType::PaymentIntent);
                payment.payment_intent = Some(intent);
                let request = ListInvoicePayment::new().payment(payment).limit(1);
                let answer = self.get(&request).await?;
                let payments: InvoicePayments = read("list of payments", &answer)?;
                // A payment without an invoice is not for a subscription.
                let Some(payment) = payments.data.into_iter().next() else {
                    return Ok(());
                };
                let fact = reversal.fact(Ref::stripe(&payment.invoice));
                followed.facts.push(fact);
                payment.invoice
            }
        };
        let request = RetrieveInvoice::new(wire::id(&invoice)?);
        let invoice: Invoice = read("invoice", &self.get(&request).await?)?;
        let payer = match (invoice.payer(), invoice.subscription()) {
            (Some(payer), _) => Some(payer),
            (None, Some(id)) => self.retrieve(&id).await?.payer(),
            (None, None) => None,
        };
        let Some(payer) = payer else {
            return Ok(());
        };
        followed.payer = followed.payer.or(Some(payer));
        followed.facts.extend(invoice.paid(&self.prices, now)?);
        Ok(())
    }
}
