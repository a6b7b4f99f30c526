//! What an event says, and what is to be asked about it.
//!
//! Stripe promises neither order nor uniqueness (<https://docs.stripe.com/webhooks#behaviors>). The
//! ledger does not mind; asking for the object as it is now makes it better than the event was.

use super::{
    object::{
        Charge, Checkout, DisputeObject, Invoice, ObjectFault, Origin, Reversal, Subscription, read,
    },
    price::PriceBook,
};
use crate::{
    payer::Payer,
    subscription::{Fact, Observed, Ref},
};
use serde::Deserialize;
use serde_json::Value;
use trading::time::{SECOND, Time};

/// The events that our endpoint in Stripe's dashboard has to be told of. Others do no harm.
pub const EVENTS: [&str; 17] = [
    "charge.dispute.closed",
    "charge.dispute.created",
    "charge.dispute.funds_reinstated",
    "charge.dispute.funds_withdrawn",
    "charge.dispute.updated",
    "charge.refunded",
    "checkout.session.async_payment_succeeded",
    "checkout.session.completed",
    "customer.subscription.created",
    "customer.subscription.deleted",
    "customer.subscription.paused",
    "customer.subscription.pending_update_applied",
    "customer.subscription.resumed",
    "customer.subscription.trial_will_end",
    "customer.subscription.updated",
    "invoice.paid",
    "invoice.payment_failed",
];

/// An event that is Stripe's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its name, `evt_…`: to be kept, so that work that must be done once is done once. The ledger
    /// itself does not need it.
    pub id: String,
    /// What happened, such as `invoice.paid`.
    pub kind: String,
    /// When.
    pub created: Time,
    /// In which of Stripe's modes.
    pub live: bool,
    object: Value,
}

#[derive(Deserialize)]
struct Raw {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    created: i64,
    livemode: bool,
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    object: Value,
}

/// What to ask Stripe for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fetch {
    /// A subscription as it is now.
    Subscription(String),
    /// An invoice: whose it is and what it paid for.
    Invoice(String),
    /// The invoice that a payment intent paid, and what to make of it.
    InvoiceOf(String, Reversal),
}

/// Something to tell the payer, once for each event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// The trial ends soon, usually in three days.
    TrialEnds,
    /// A payment failed: another card is needed.
    PaymentFailed,
    /// Money was given back.
    Refunded,
    /// The bank wants the money back.
    Disputed,
}

/// What an event says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading {
    /// Whose it is, if the event says so.
    pub payer: Option<Payer>,
    /// What it says for sure.
    pub facts: Vec<Fact>,
    /// What to ask.
    pub fetch: Vec<Fetch>,
    /// What to tell.
    pub notice: Option<Notice>,
}

impl Reading {
    /// Whether it does not concern us.
    pub fn is_ignored(&self) -> bool {
        *self == Self::default()
    }
}

impl Event {
    /// Reads the outermost shape. Nothing if it is no event.
    pub(super) fn parse(body: &[u8]) -> Option<Self> {
        let raw: Raw = serde_json::from_slice(body).ok()?;
        // A time that no calendar has would be greater than all that is to come.
        let sane = (0..253_402_300_800).contains(&raw.created);
        sane.then(|| Self {
            id: raw.id,
            kind: raw.kind,
            created: Time(raw.created * SECOND),
            live: raw.livemode,
            object: raw.data.object,
        })
    }

    /// The subscription that it is about, if it is about one and says so.
    ///
    /// # Errors
    /// When it has another shape than such events have.
    #[cfg(feature = "client")]
    pub(super) fn subscription(&self) -> Result<Option<String>, ObjectFault> {
        if self.kind.starts_with("customer.subscription.") {
            let id = self.object["id"].as_str().map(str::to_owned);
            return id.map(Some).ok_or(ObjectFault::Shape("subscription"));
        }
        if self.kind.starts_with("invoice.") {
            let invoice: Invoice = read("invoice", &self.object)?;
            return Ok(invoice.subscription());
        }
        // What is left cannot be told apart: it is never taken for somebody else's.
        Err(ObjectFault::Shape("event"))
    }

    /// What it says. Events that do not concern us say nothing.
    ///
    /// # Errors
    /// When it concerns us and is not understood.
    pub fn read(&self, prices: &PriceBook) -> Result<Reading, ObjectFault> {
        let mut reading = Reading::default();
        let observed = Observed::told(self.created);
        match self.kind.as_str() {
            "checkout.session.completed" | "checkout.session.async_payment_succeeded" => {
                let checkout: Checkout = read("checkout", &self.object)?;
                reading.payer = checkout.payer();
                reading.fetch = checkout
                    .subscription()
                    .map(Fetch::Subscription)
                    .into_iter()
                    .collect();
            }
            // created, updated, deleted, paused, resumed, trial_will_end, pending_update_*: all
            // carry the subscription as it was.
            kind if kind.starts_with("customer.subscription.") => {
                let subscription: Subscription = read("subscription", &self.object)?;
                reading.payer = subscription.payer();
                let fact = subscription.fact(prices, observed)?;
                if let Fact::Subscription(snapshot) = &fact
                    && !snapshot.status.is_final()
                {
                    let id = snapshot.subscription.id.clone();
                    reading.fetch.push(Fetch::Subscription(id));
                }
                reading.facts.push(fact);
                if kind.ends_with(".trial_will_end") {
                    reading.notice = Some(Notice::TrialEnds);
                }
            }
            "invoice.paid" | "invoice.payment_succeeded" => {
                let invoice: Invoice = read("invoice", &self.object)?;
                reading.payer = invoice.payer();
                reading.facts.extend(invoice.paid(prices, self.created)?);
                let subscription = invoice.subscription();
                reading.fetch.extend(subscription.map(Fetch::Subscription));
            }
            "invoice.payment_failed" => {
                let invoice: Invoice = read("invoice", &self.object)?;
                reading.payer = invoice.payer();
                if let Some(failed) = invoice.failed(self.created) {
                    reading.facts.push(failed);
                    reading.notice = Some(Notice::PaymentFailed);
                }
                let subscription = invoice.subscription();
                reading.fetch.extend(subscription.map(Fetch::Subscription));
            }
            "charge.refunded" => {
                let charge: Charge = read("charge", &self.object)?;
                reading.reverse(charge.reversal(observed)?);
                reading.notice = Some(Notice::Refunded);
            }
            kind if kind.starts_with("charge.dispute.") => {
                let dispute: DisputeObject = read("dispute", &self.object)?;
                reading.reverse(dispute.reversal(observed)?);
                reading.notice = kind.ends_with(".created").then_some(Notice::Disputed);
            }
            _ => {}
        }
        Ok(reading)
    }
}

impl Reading {
    fn reverse(&mut self, (reversal, origin): (Reversal, Origin)) {
        match origin {
            Origin::Invoice(id) => {
                self.facts.push(reversal.fact(Ref::stripe(&id)));
                self.fetch.push(Fetch::Invoice(id));
            }
            Origin::PaymentIntent(id) => self.fetch.push(Fetch::InvoiceOf(id, reversal)),
            Origin::Unknown => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        plan::{Interval, Offer},
        stripe::price::PriceEntry,
        subscription::Status,
    };
    use serde_json::json;

    fn prices() -> PriceBook {
        let entry = |plan: &str| PriceEntry {
            offer: Offer {
                plan: plan.parse().unwrap(),
                interval: Interval::Month,
                currency: "usd".parse().unwrap(),
            },
            price: format!("price_{plan}"),
            former: Vec::new(),
        };
        PriceBook::new([entry("trader"), entry("pro")]).unwrap()
    }

    fn event(kind: &str, object: Value) -> Result<Reading, ObjectFault> {
        let body = json!({
            "id": "evt_1", "type": kind, "created": 100, "livemode": false,
            "data": { "object": object },
        });
        let event = Event::parse(body.to_string().as_bytes()).unwrap();
        event.read(&prices())
    }

    fn old_invoice(total: i64, lines: Value) -> Value {
        json!({
            "id": "in_1", "status": "paid", "currency": "usd", "total": total,
            "amount_paid": total, "subscription": { "id": "sub_1" },
            "subscription_details": {
                "metadata": { "payer": "018f0000-0000-7000-8000-000000000001" },
            },
            "lines": { "data": lines },
        })
    }

    fn line(price: &str, amount: i64, end: i64) -> Value {
        json!({ "amount": amount, "period": { "start": 50, "end": end }, "price": { "id": price } })
    }

    #[test]
    fn every_event_that_we_ask_for_is_read() {
        for kind in EVENTS {
            let fault = event(kind, json!({}));
            // A checkout may lack everything; all else has a name at least.
            assert_eq!(fault.is_err(), !kind.starts_with("checkout."), "{kind}");
        }
        let other = event("product.created", json!({ "id": "prod_1" })).unwrap();
        assert!(other.is_ignored());
    }

    #[test]
    fn the_old_shapes_are_read_too() {
        let invoice = old_invoice(2_900, json!([line("price_trader", 2_900, 90)]));
        let reading = event("invoice.paid", invoice).unwrap();
        assert!(reading.payer.is_some());
        let Fact::Paid(paid) = &reading.facts[0] else {
            panic!()
        };
        assert_eq!((paid.from, paid.until), (Time(50_000), Time(90_000)));
        assert_eq!(
            paid.paid_at,
            Time(100_000),
            "the event's, for want of a better"
        );
        let subscription = json!({
            "id": "sub_1", "customer": "cus_1", "status": "past_due",
            "items": { "data": [{ "id": "si_1", "price": { "id": "price_pro" } }] },
            "current_period_start": 50, "current_period_end": 90, "cancel_at": 80,
        });
        let reading = event("customer.subscription.updated", subscription).unwrap();
        let Fact::Subscription(snapshot) = &reading.facts[0] else {
            panic!()
        };
        assert_eq!(snapshot.status, Status::PastDue);
        assert_eq!(snapshot.ends_at, Some(Time(80_000)));
        let charge = json!({
            "id": "ch_1", "amount_refunded": 5, "currency": "usd", "invoice": "in_1",
        });
        let reading = event("charge.refunded", charge).unwrap();
        assert!(matches!(&reading.facts[0], Fact::Refund(r) if r.payment == Ref::stripe("in_1")));
        assert_eq!(reading.fetch, [Fetch::Invoice("in_1".into())]);
    }

    #[test]
    fn of_an_invoice_what_was_bought_counts() {
        let lines = json!([
            line("price_trader", -2_000, 90),
            line("price_pro", 5_000, 90),
            line("price_trader", 9_000, 60),
        ]);
        let reading = event("invoice.paid", old_invoice(3_000, lines)).unwrap();
        assert!(matches!(&reading.facts[0], Fact::Paid(p) if p.plan.as_str() == "pro"));
        // Nothing was paid: a whole coupon.
        let lines = json!([line("price_pro", 5_000, 90)]);
        let reading = event("invoice.paid", old_invoice(0, lines)).unwrap();
        assert!(reading.facts.is_empty());
        // Paid for what we do not know.
        let lines = json!([line("price_other", 5_000, 90)]);
        let fault = event("invoice.paid", old_invoice(5_000, lines)).unwrap_err();
        assert_eq!(fault, ObjectFault::Price("price_other".into()));
    }

    #[test]
    fn unknown_states_are_told() {
        let subscription = json!({
            "id": "sub_1", "customer": "cus_1", "status": "sleeping", "items": { "data": [] },
        });
        let fault = event("customer.subscription.updated", subscription).unwrap_err();
        assert_eq!(fault, ObjectFault::Status("sleeping".into()));
    }

    #[test]
    fn an_absurd_time_is_no_event() {
        for created in [-1, 253_402_300_800, i64::MAX] {
            let body = json!({
                "id": "evt_1", "type": "x", "created": created, "livemode": false,
                "data": { "object": {} },
            });
            assert_eq!(Event::parse(body.to_string().as_bytes()), None);
        }
    }
}
