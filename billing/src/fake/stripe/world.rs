//! What happens inside the fake Stripe: its objects, and the events that they cause.

use serde_json::{Value, json};
use std::collections::BTreeMap;
use trading::time::{DAY, SECOND, Time};

/// A price that the fake sells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FakePrice {
    /// Its id.
    pub id: String,
    /// What it costs, in Stripe's units.
    pub units: i64,
    /// In which currency, in small letters.
    pub currency: String,
    /// For how many days.
    pub days: i64,
}

#[derive(Debug)]
pub(super) struct World {
    now: i64,
    count: u32,
    good_card: bool,
    prices: Vec<FakePrice>,
    sessions: BTreeMap<String, Session>,
    subscriptions: BTreeMap<String, Value>,
    invoices: BTreeMap<String, Value>,
    events: Vec<Value>,
}

#[derive(Debug, Clone)]
struct Session {
    price: String,
    payer: String,
    customer: Option<String>,
    trial: Option<i64>,
    expires: i64,
    /// Ended by us.
    is_ended: bool,
    /// What came of it.
    subscription: Option<String>,
}

impl World {
    pub(super) fn new(prices: Vec<FakePrice>, now: Time) -> Self {
        Self {
            now: now.0.div_euclid(SECOND),
            count: 0,
            good_card: true,
            prices,
            sessions: BTreeMap::new(),
            subscriptions: BTreeMap::new(),
            invoices: BTreeMap::new(),
            events: Vec::new(),
        }
    }

    pub(super) const fn now(&self) -> Time {
        Time(self.now * SECOND)
    }

    pub(super) const fn advance(&mut self, millis: i64) {
        self.now += millis / SECOND;
    }

    pub(super) const fn set_card(&mut self, good: bool) {
        self.good_card = good;
    }

    pub(super) fn events(&self) -> &[Value] {
        &self.events
    }

    fn name(&mut self, kind: &str) -> String {
        self.count += 1;
        format!("{kind}_{}", self.count)
    }

    fn price(&self, id: &str) -> Option<FakePrice> {
        self.prices.iter().find(|price| price.id == id).cloned()
    }

    fn emit(&mut self, kind: &str, object: &Value) {
        let id = self.name("evt");
        self.events.push(json!({
            "id": id,
            "object": "event",
            "api_version": "2026-09-30.endive",
            "created": self.now,
            "livemode": false,
            "pending_webhooks": 1,
            "type": kind,
            "data": { "object": object },
        }));
    }

    fn tell(&mut self, subscription: &str, what: &str) {
        if let Some(object) = self.subscription(subscription) {
            self.emit(&format!("customer.subscription.{what}"), &object);
        }
    }

    pub(super) fn subscription(&self, id: &str) -> Option<Value> {
        self.subscriptions.get(id).cloned()
    }

    pub(super) fn invoice(&self, id: &str) -> Option<Value> {
        self.invoices.get(id).cloned()
    }

    pub(super) fn has_customer(&self, id: &str) -> bool {
        self.subscriptions.values().any(|s| s["customer"] == id)
    }

    fn intent(invoice: &str) -> String {
        invoice.replace("in_", "pi_")
    }

    pub(super) fn invoice_payments(&self, intent: &str) -> Value {
        let payments: Vec<_> = self
            .invoices
            .keys()
            .filter(|id| Self::intent(id) == intent)
            .map(|id| {
                let payment = json!({ "type": "payment_intent", "payment_intent": intent });
                json!({ "id": "inpay_1", "object": "invoice_payment", "invoice": id, "payment": payment })
            })
            .collect();
        json!({ "object": "list", "data": payments, "has_more": false, "url": "/v1/invoice_payments" })
    }

    pub(super) fn checkout(
        &mut self,
        price: &str,
        payer: &str,
        customer: Option<&str>,
        trial: Option<i64>,
        expires: i64,
    ) -> Option<Value> {
        self.price(price)?;
        let id = self.name("cs_test");
        let session = Session {
            price: price.to_owned(),
            payer: payer.to_owned(),
            customer: customer.map(str::to_owned),
            trial,
            expires,
            is_ended: false,
            subscription: None,
        };
        self.sessions.insert(id.clone(), session);
        self.session(&id)
    }

    /// As <https://docs.stripe.com/api/checkout/sessions/object> has it.
    pub(super) fn session(&self, id: &str) -> Option<Value> {
        let session = self.sessions.get(id)?;
        let status = self.status(session);
        let url = format!("https://checkout.stripe.com/c/pay/{id}");
        Some(json!({
            "id": id,
            "object": "checkout.session",
            "client_reference_id": session.payer,
            "metadata": { "payer": session.payer },
            "subscription": session.subscription,
            "status": status,
            "url": (status == "open").then_some(url),
        }))
    }

    fn status(&self, session: &Session) -> &'static str {
        match session {
            Session {
                subscription: Some(_),
                ..
            } => "complete",
            Session { is_ended: true, .. } => "expired",
            Session { expires, .. } if *expires <= self.now => "expired",
            _ => "open",
        }
    }

    /// Only what is open can be ended.
    pub(super) fn expire(&mut self, id: &str) -> Option<()> {
        let status = self.status(self.sessions.get(id)?);
        let session = self.sessions.get_mut(id)?;
        session.is_ended = true;
        (status == "open").then_some(())
    }

    pub(super) fn complete(&mut self, session: &str) -> Option<String> {
        let id = session.to_owned();
        let session = self.sessions.get(session)?.clone();
        if self.status(&session) != "open" {
            return None;
        }
        let price = self.price(&session.price)?;
        let customer = session.customer.clone().unwrap_or_else(|| self.name("cus"));
        let subscription = self.name("sub");
        if let Some(session) = self.sessions.get_mut(&id) {
            session.subscription = Some(subscription.clone());
        }
        let item = self.name("si");
        let days = session.trial.unwrap_or(price.days);
        let end = self.now + days * DAY / SECOND;
        let trial_end = session.trial.map(|_| end);
        self.subscriptions.insert(
            subscription.clone(),
            json!({
                "id": subscription,
                "object": "subscription",
                "customer": customer,
                "status": "incomplete",
                "cancel_at": null,
                "cancel_at_period_end": false,
                "trial_end": trial_end,
                "metadata": { "payer": session.payer },
                "items": { "object": "list", "data": [{
                    "id": item,
                    "object": "subscription_item",
                    "price": { "id": price.id, "object": "price", "currency": price.currency },
                    "current_period_start": self.now,
                    "current_period_end": end,
                }] },
            }),
        );
        self.tell(&subscription, "created");
        let units = if session.trial.is_some() {
            0
        } else {
            price.units
        };
        let invoice = self.bill(&subscription, &price, units, end);
        self.set_status(
            &subscription,
            if session.trial.is_some() {
                "trialing"
            } else {
                "active"
            },
        );
        self.settle(&invoice);
        self.tell(&subscription, "updated");
        let checkout = json!({
            "id": id,
            "object": "checkout.session",
            "client_reference_id": session.payer,
            "customer": customer,
            "subscription": subscription,
            "metadata": { "payer": session.payer },
            "status": "complete",
        });
        self.emit("checkout.session.completed", &checkout);
        Some(subscription)
    }

    /// Somebody buys another product of the same shop: a subscription that is not ours, and an
    /// invoice without any.
    pub(super) fn foreign(&mut self) {
        let (subscription, customer) = (self.name("sub"), self.name("cus"));
        let price = FakePrice {
            id: "price_of_something_else".to_owned(),
            units: 500,
            currency: "usd".to_owned(),
            days: 31,
        };
        let end = self.now + 31 * DAY / SECOND;
        let object = json!({
            "id": subscription, "object": "subscription", "customer": customer,
            "status": "active", "cancel_at": null, "cancel_at_period_end": false,
            "trial_end": null, "metadata": {},
            "items": { "object": "list", "data": [{
                "id": "si_foreign", "object": "subscription_item",
                "price": { "id": price.id, "object": "price", "currency": "usd" },
                "current_period_start": self.now, "current_period_end": end,
            }] },
        });
        self.subscriptions.insert(subscription.clone(), object);
        self.tell(&subscription, "created");
        let invoice = self.bill(&subscription, &price, 500, end);
        self.settle(&invoice);
        self.refund(&subscription, true);
        let alone = self.bill(&subscription, &price, 700, end);
        if let Some(invoice) = self.invoices.get_mut(&alone) {
            invoice["parent"] = json!(null);
        }
        self.settle(&alone);
    }

    fn set_status(&mut self, subscription: &str, status: &str) {
        if let Some(object) = self.subscriptions.get_mut(subscription) {
            object["status"] = json!(status);
        }
    }

    /// An open invoice from now until `end`.
    fn bill(&mut self, subscription: &str, price: &FakePrice, units: i64, end: i64) -> String {
        let id = self.name("in");
        let details = json!({
            "subscription": subscription,
            "metadata": self.subscriptions[subscription]["metadata"],
        });
        self.invoices.insert(
            id.clone(),
            json!({
                "id": id,
                "object": "invoice",
                "status": "open",
                "currency": price.currency,
                "total": units,
                "amount_paid": 0,
                "parent": { "type": "subscription_details", "subscription_details": details },
                "status_transitions": { "paid_at": null },
                "lines": { "object": "list", "data": [{
                    "amount": units,
                    "period": { "start": self.now, "end": end },
                    "pricing": { "type": "price_details", "price_details": { "price": price.id } },
                }] },
            }),
        );
        id
    }

    fn settle(&mut self, invoice: &str) {
        let now = self.now;
        if let Some(object) = self.invoices.get_mut(invoice) {
            object["status"] = json!("paid");
            object["amount_paid"] = object["total"].clone();
            object["status_transitions"]["paid_at"] = json!(now);
            let object = object.clone();
            self.emit("invoice.paid", &object);
        }
    }

    fn fail(&mut self, invoice: &str) {
        if let Some(object) = self.invoice(invoice) {
            self.emit("invoice.payment_failed", &object);
        }
    }

    fn priced(&self, subscription: &str) -> Option<FakePrice> {
        let object = self.subscriptions.get(subscription)?;
        self.price(object["items"]["data"][0]["price"]["id"].as_str()?)
    }

    fn end_of(&self, subscription: &str) -> i64 {
        self.subscriptions
            .get(subscription)
            .and_then(|s| s["items"]["data"][0]["current_period_end"].as_i64())
            .unwrap_or(0)
    }

    pub(super) fn renew(&mut self, subscription: &str, good_card: bool) {
        let Some(price) = self.priced(subscription) else {
            return;
        };
        let start = self.end_of(subscription);
        self.now = self.now.max(start);
        let cancelled = |s: &Value| s["cancel_at_period_end"] == true;
        if self.subscriptions.get(subscription).is_some_and(cancelled) {
            self.end(subscription);
            return;
        }
        let end = start + price.days * DAY / SECOND;
        if let Some(object) = self.subscriptions.get_mut(subscription) {
            let item = &mut object["items"]["data"][0];
            item["current_period_start"] = json!(start);
            item["current_period_end"] = json!(end);
            object["status"] = json!("active");
        }
        // The period moves at once; the money is asked for an hour later.
        self.tell(subscription, "updated");
        let invoice = self.bill(subscription, &price, price.units, end);
        self.now += 3_600;
        if good_card {
            self.settle(&invoice);
        } else {
            self.set_status(subscription, "past_due");
            self.fail(&invoice);
            self.tell(subscription, "updated");
        }
    }

    fn last(&self, subscription: &str, status: &str) -> Option<String> {
        let of = |i: &Value| {
            i["parent"]["subscription_details"]["subscription"] == subscription
                && i["status"] == status
        };
        self.invoices
            .iter()
            .filter(|(_, invoice)| of(invoice))
            .max_by_key(|(_, invoice)| invoice["lines"]["data"][0]["period"]["start"].as_i64())
            .map(|(id, _)| id.clone())
    }

    pub(super) fn pay(&mut self, subscription: &str) {
        if let Some(invoice) = self.last(subscription, "open") {
            self.set_status(subscription, "active");
            self.settle(&invoice);
            self.tell(subscription, "updated");
        }
    }

    pub(super) fn end(&mut self, subscription: &str) {
        self.set_status(subscription, "canceled");
        self.tell(subscription, "deleted");
    }

    pub(super) fn cancel(&mut self, subscription: &str, cancel: bool) -> Option<()> {
        let object = self.subscriptions.get_mut(subscription)?;
        if object["status"] == "canceled" {
            return None;
        }
        object["cancel_at_period_end"] = json!(cancel);
        self.tell(subscription, "updated");
        Some(())
    }

    pub(super) fn change(
        &mut self,
        subscription: &str,
        item: &str,
        price: &str,
        invoice_now: bool,
        pending: bool,
    ) -> Option<()> {
        let new = self.price(price)?;
        let old = self.priced(subscription)?;
        let object = self.subscriptions.get(subscription)?;
        if object["items"]["data"][0]["id"] != item || new.currency != old.currency {
            return None;
        }
        let end = self.end_of(subscription);
        if invoice_now {
            let invoice = self.bill(subscription, &new, (new.units - old.units).max(1), end);
            if !self.good_card {
                self.fail(&invoice);
                if pending {
                    // A pending update: the subscription stays as it is.
                    self.tell(subscription, "updated");
                    return Some(());
                }
                self.set_status(subscription, "past_due");
            } else {
                self.settle(&invoice);
            }
        }
        if let Some(object) = self.subscriptions.get_mut(subscription) {
            let price = json!({ "id": new.id, "object": "price", "currency": new.currency });
            object["items"]["data"][0]["price"] = price;
        }
        self.tell(subscription, "updated");
        Some(())
    }

    pub(super) fn refund(&mut self, subscription: &str, all: bool) {
        let Some(invoice) = self.last(subscription, "paid") else {
            return;
        };
        let object = &self.invoices[&invoice];
        let units = object["amount_paid"].as_i64().unwrap_or(0);
        let charge = json!({
            "id": invoice.replace("in_", "ch_"),
            "object": "charge",
            "amount": units,
            "amount_refunded": if all { units } else { units / 2 },
            "currency": object["currency"],
            "payment_intent": Self::intent(&invoice),
            "refunded": all,
        });
        self.emit("charge.refunded", &charge);
    }

    pub(super) fn dispute(&mut self, subscription: &str, status: &str) {
        let Some(invoice) = self.last(subscription, "paid") else {
            return;
        };
        let id = invoice.replace("in_", "dp_");
        let known = self.events.iter().any(|e| e["data"]["object"]["id"] == id);
        let closed = matches!(status, "won" | "lost" | "warning_closed");
        let dispute = json!({
            "id": id,
            "object": "dispute",
            "charge": invoice.replace("in_", "ch_"),
            "payment_intent": Self::intent(&invoice),
            "status": status,
        });
        let kind = match (known, closed) {
            (false, _) => "created",
            (true, false) => "updated",
            (true, true) => "closed",
        };
        self.emit(&format!("charge.dispute.{kind}"), &dispute);
    }
}
