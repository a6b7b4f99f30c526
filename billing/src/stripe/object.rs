//! What we read of Stripe's objects, and which facts they are.
//!
//! Both shapes are read where Stripe changed them with API version 2025-03-31 ("basil"): the period
//! of a subscription moved to its items, an invoice's subscription to `parent`, and a charge lost
//! its `invoice`. Events come in the version that is set for our endpoint in Stripe's dashboard.

use super::{amount::from_stripe, price::PriceBook};
use crate::{
    money::Currency,
    payer::Payer,
    plan::Offer,
    subscription::{
        Dispute, DisputeStatus, Fact, Failed, Observed, Paid, Ref, Refund, Snapshot, Status,
    },
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;
use std::collections::BTreeMap;
use trading::time::{SECOND, Time};

/// The key under which the payer travels in metadata.
pub const PAYER: &str = "payer";

/// Why an object is not understood. It *is* from Stripe, so answer 500: Stripe delivers again for
/// three days, in which the configuration can be put right. Never ignore it: somebody has paid.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ObjectFault {
    /// The object lacks something or has another shape.
    #[error("Stripe's {0} has an unknown shape")]
    Shape(&'static str),
    /// A price is not in the configuration.
    #[error("the price {0} is not in the configuration")]
    Price(String),
    /// A state that we do not know.
    #[error("the state {0} is unknown")]
    Status(String),
}

/// Something that is an id, or the whole object if it was expanded.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum Id {
    Id(String),
    Object { id: String },
}

impl Id {
    fn into_string(self) -> String {
        match self {
            Self::Id(id) | Self::Object { id } => id,
        }
    }
}

#[derive(Debug, Deserialize)]
struct List<T> {
    #[serde(default = "Vec::new")]
    data: Vec<T>,
}

type Metadata = Option<BTreeMap<String, String>>;

fn payer(metadata: &Metadata) -> Option<Payer> {
    metadata.as_ref()?.get(PAYER)?.parse().ok()
}

const fn time(seconds: i64) -> Time {
    Time(seconds.saturating_mul(SECOND))
}

pub(super) fn read<T: DeserializeOwned>(
    name: &'static str,
    object: &Value,
) -> Result<T, ObjectFault> {
    T::deserialize(object).map_err(|_| ObjectFault::Shape(name))
}

/// A subscription.
#[derive(Debug, Deserialize)]
pub(super) struct Subscription {
    id: String,
    customer: Id,
    status: String,
    items: List<Item>,
    current_period_start: Option<i64>,
    current_period_end: Option<i64>,
    trial_end: Option<i64>,
    #[serde(default)]
    cancel_at_period_end: bool,
    cancel_at: Option<i64>,
    metadata: Metadata,
}

#[derive(Debug, Deserialize)]
struct Item {
    #[cfg(feature = "client")]
    id: String,
    price: Id,
    current_period_start: Option<i64>,
    current_period_end: Option<i64>,
}

impl Subscription {
    pub(super) fn payer(&self) -> Option<Payer> {
        payer(&self.metadata)
    }

    /// The item that is a plan of ours, and which.
    fn plan<'a>(&self, prices: &'a PriceBook) -> Result<(&Item, &'a Offer), ObjectFault> {
        let known = |item: &Item| prices.offer(&item.price.clone().into_string());
        let found = self
            .items
            .data
            .iter()
            .find_map(|item| Some((item, known(item)?)));
        found.ok_or_else(|| {
            let first = self.items.data.first();
            first.map_or(ObjectFault::Shape("subscription"), |item| {
                ObjectFault::Price(item.price.clone().into_string())
            })
        })
    }

    /// The name of that item and what it is, for a change of plan.
    #[cfg(feature = "client")]
    pub(super) fn item<'a>(
        &self,
        prices: &'a PriceBook,
    ) -> Result<(String, &'a Offer), ObjectFault> {
        self.plan(prices)
            .map(|(item, offer)| (item.id.clone(), offer))
    }

    pub(super) fn fact(self, prices: &PriceBook, observed: Observed) -> Result<Fact, ObjectFault> {
        let status = match self.status.as_str() {
            "incomplete" => Status::Incomplete,
            "incomplete_expired" => Status::Expired,
            "trialing" => Status::Trialing,
            "active" => Status::Active,
            "past_due" => Status::PastDue,
            "canceled" => Status::Canceled,
            "unpaid" => Status::Unpaid,
            "paused" => Status::Paused,
            _ => return Err(ObjectFault::Status(self.status)),
        };
        let (item, offer) = self.plan(prices)?;
        let shape = || ObjectFault::Shape("subscription");
        let start = item.current_period_start.or(self.current_period_start);
        let end = item.current_period_end.or(self.current_period_end);
        let period_end = time(end.ok_or_else(shape)?);
        let at_period_end = self.cancel_at_period_end.then_some(period_end);
        Ok(Fact::Subscription(Snapshot {
            plan: offer.plan.clone(),
            interval: offer.interval,
            status,
            period_start: time(start.ok_or_else(shape)?),
            period_end,
            trial_end: self.trial_end.map(time),
            ends_at: self.cancel_at.map(time).or(at_period_end),
            observed,
            subscription: Ref::stripe(self.id),
            customer: Some(self.customer.into_string()),
        }))
    }
}

/// An invoice.
#[derive(Debug, Deserialize)]
pub(super) struct Invoice {
    id: String,
    status: Option<String>,
    currency: String,
    total: i64,
    amount_paid: i64,
    /// Before basil.
    subscription: Option<Id>,
    subscription_details: Option<SubscriptionDetails>,
    /// Since basil.
    parent: Option<Parent>,
    lines: List<Line>,
    status_transitions: Option<Transitions>,
}

#[derive(Debug, Deserialize)]
struct Parent {
    subscription_details: Option<SubscriptionDetails>,
}

#[derive(Debug, Deserialize)]
struct SubscriptionDetails {
    subscription: Option<Id>,
    metadata: Metadata,
}

#[derive(Debug, Deserialize)]
struct Transitions {
    paid_at: Option<i64>,
}

#[derive(Debug, Deserialize)]
struct Line {
    amount: i64,
    period: Period,
    /// Before basil.
    price: Option<Id>,
    /// Since basil.
    pricing: Option<Pricing>,
}

#[derive(Debug, Deserialize)]
struct Period {
    start: i64,
    end: i64,
}

#[derive(Debug, Deserialize)]
struct Pricing {
    price_details: Option<PriceDetails>,
}

#[derive(Debug, Deserialize)]
struct PriceDetails {
    price: Id,
}

impl Line {
    fn price(&self) -> Option<String> {
        let details = self.pricing.as_ref().and_then(|p| p.price_details.as_ref());
        let price = details.map(|d| &d.price).or(self.price.as_ref())?;
        Some(price.clone().into_string())
    }
}

impl Invoice {
    fn details(&self) -> Option<&SubscriptionDetails> {
        let parent = self.parent.as_ref();
        parent
            .and_then(|p| p.subscription_details.as_ref())
            .or(self.subscription_details.as_ref())
    }

    pub(super) fn payer(&self) -> Option<Payer> {
        payer(&self.details()?.metadata)
    }

    /// Of which subscription; nothing if it is no subscription's.
    pub(super) fn subscription(&self) -> Option<String> {
        let nested = self.details().and_then(|d| d.subscription.clone());
        nested.or(self.subscription.clone()).map(Id::into_string)
    }

    pub(super) fn failed(&self, at: Time) -> Option<Fact> {
        Some(Fact::Failed(Failed {
            payment: Ref::stripe(&self.id),
            at,
            subscription: Ref::stripe(self.subscription()?),
        }))
    }

    /// Nothing if it is not paid, is no subscription's, or is an invoice over nothing: that is what
    /// a trial begins with, and it proves no payment.
    pub(super) fn paid(&self, prices: &PriceBook, seen: Time) -> Result<Option<Fact>, ObjectFault> {
        let Some(subscription) = self.subscription() else {
            return Ok(None);
        };
        if self.status.as_deref() != Some("paid") || (self.total <= 0 && self.amount_paid <= 0) {
            return Ok(None);
        }
        let currency: Currency = self
            .currency
            .parse()
            .map_err(|_| ObjectFault::Shape("invoice"))?;
        // An upgrade has a credit for the old plan beside the charge for the new one, and a renewal
        // may carry both for earlier days: what was bought is what lasts longest.
        let charged = || self.lines.data.iter().filter(|line| line.amount > 0);
        let line = charged()
            .filter_map(|line| Some((line, prices.offer(&line.price()?)?)))
            .max_by_key(|(line, _)| (line.period.end, line.amount));
        let Some((line, offer)) = line else {
            return match charged().find_map(Line::price) {
                Some(price) => Err(ObjectFault::Price(price)),
                // Paid for something that is no plan.
                None => Ok(None),
            };
        };
        let paid_at = self.status_transitions.as_ref().and_then(|t| t.paid_at);
        // What was paid with earlier credit counts as paid; what can be given back is the cash.
        let cash = if self.amount_paid > 0 {
            self.amount_paid
        } else {
            self.total
        };
        Ok(Some(Fact::Paid(Paid {
            payment: Ref::stripe(&self.id),
            paid_at: paid_at.map_or(seen, time),
            subscription: Ref::stripe(subscription),
            plan: offer.plan.clone(),
            from: time(line.period.start),
            until: time(line.period.end),
            amount: from_stripe(cash, currency),
        })))
    }
}

/// A charge.
#[derive(Debug, Deserialize)]
pub(super) struct Charge {
    id: String,
    amount_refunded: i64,
    currency: String,
    payment_intent: Option<Id>,
    /// Before basil.
    invoice: Option<Id>,
}

/// A dispute.
#[derive(Debug, Deserialize)]
pub(super) struct DisputeObject {
    id: String,
    status: String,
    payment_intent: Option<Id>,
}

/// Money that went back, of a payment whose invoice is not known yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reversal {
    /// By us.
    Refund {
        /// Of which charge.
        charge: Ref,
        /// When it was so.
        observed: Observed,
        /// How much so far.
        refunded: crate::money::Money,
    },
    /// By the payer's bank.
    Dispute {
        /// Which.
        dispute: Ref,
        /// When it was so.
        observed: Observed,
        /// Its state.
        status: DisputeStatus,
    },
}

impl Reversal {
    /// The fact, now that the invoice is known.
    pub fn fact(self, payment: Ref) -> Fact {
        match self {
            Self::Refund {
                charge,
                observed,
                refunded,
            } => Fact::Refund(Refund {
                charge,
                observed,
                payment,
                refunded,
            }),
            Self::Dispute {
                dispute,
                observed,
                status,
            } => Fact::Dispute(Dispute {
                dispute,
                observed,
                payment,
                status,
            }),
        }
    }
}

/// Where the money came from that went back: the payment intent, or the invoice itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// This payment intent's invoice, if it has one.
    PaymentIntent(String),
    /// This invoice.
    Invoice(String),
    /// A payment outside of any subscription.
    Unknown,
}

impl Charge {
    pub(super) fn reversal(self, observed: Observed) -> Result<(Reversal, Origin), ObjectFault> {
        let currency: Currency = self
            .currency
            .parse()
            .map_err(|_| ObjectFault::Shape("charge"))?;
        let origin = match (self.invoice, self.payment_intent) {
            (Some(invoice), _) => Origin::Invoice(invoice.into_string()),
            (None, Some(intent)) => Origin::PaymentIntent(intent.into_string()),
            (None, None) => Origin::Unknown,
        };
        let reversal = Reversal::Refund {
            charge: Ref::stripe(self.id),
            observed,
            refunded: from_stripe(self.amount_refunded, currency),
        };
        Ok((reversal, origin))
    }
}

impl DisputeObject {
    pub(super) fn reversal(self, observed: Observed) -> Result<(Reversal, Origin), ObjectFault> {
        // https://docs.stripe.com/api/disputes/object#dispute_object-status
        let status = match self.status.as_str() {
            "warning_needs_response" | "warning_under_review" | "warning_closed" => {
                DisputeStatus::Inquiry
            }
            "needs_response" | "under_review" => DisputeStatus::Open,
            // Prevented: refunded before it became one, and the refund is told by itself.
            "won" | "prevented" => DisputeStatus::Won,
            "lost" => DisputeStatus::Lost,
            _ => return Err(ObjectFault::Status(self.status)),
        };
        let origin = self.payment_intent.map_or(Origin::Unknown, |intent| {
            Origin::PaymentIntent(intent.into_string())
        });
        let reversal = Reversal::Dispute {
            dispute: Ref::stripe(self.id),
            observed,
            status,
        };
        Ok((reversal, origin))
    }
}

/// A checkout.
#[derive(Debug, Deserialize)]
pub(super) struct Checkout {
    client_reference_id: Option<String>,
    subscription: Option<Id>,
    metadata: Metadata,
    #[cfg(feature = "client")]
    status: Option<String>,
}

impl Checkout {
    #[cfg(feature = "client")]
    pub(super) fn session(self) -> Result<super::client::Session, ObjectFault> {
        use super::client::Session;
        match self.status.as_deref() {
            Some("open") => Ok(Session::Open),
            Some("complete") => Ok(Session::Complete(self.subscription())),
            Some("expired") => Ok(Session::Expired),
            Some(other) => Err(ObjectFault::Status(other.to_owned())),
            None => Err(ObjectFault::Shape("checkout")),
        }
    }

    pub(super) fn payer(&self) -> Option<Payer> {
        let reference = self.client_reference_id.as_ref();
        reference
            .and_then(|id| id.parse().ok())
            .or_else(|| payer(&self.metadata))
    }

    pub(super) fn subscription(self) -> Option<String> {
        self.subscription.map(Id::into_string)
    }
}
