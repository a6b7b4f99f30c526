//! A strict fake Stripe: what comes over HTTP. Its little world is in `world`.

mod world;

pub use world::FakePrice;

use super::{Fake, Request, Server, Trouble};
use crate::{secret::Secret, stripe::webhook::sign};
use axum::http::Method;
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::MutexGuard,
};
use trading::time::{SECOND, Time};
use world::World;

/// A webhook as Stripe would send it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// The header `Stripe-Signature`.
    pub signature: String,
    /// The body.
    pub body: Vec<u8>,
}

/// A strict fake Stripe.
#[derive(Debug)]
pub struct FakeStripe {
    server: Server<Api>,
    secret: Secret,
}

#[derive(Debug)]
struct Api {
    key: Secret,
    world: World,
    /// What was asked under an idempotency key, and what was answered.
    done: BTreeMap<String, (String, u16, Value)>,
    requests: Vec<String>,
}

impl FakeStripe {
    /// Starts one that accepts this key, signs with this secret, and sells at these prices.
    ///
    /// # Errors
    /// When no port can be had.
    pub async fn start(
        key: Secret,
        secret: Secret,
        prices: Vec<FakePrice>,
        now: Time,
    ) -> std::io::Result<Self> {
        let api = Api {
            key,
            world: World::new(prices, now),
            done: BTreeMap::new(),
            requests: Vec::new(),
        };
        let server = Server::start(api).await?;
        Ok(Self { server, secret })
    }

    /// Its address.
    pub fn url(&self) -> &str {
        self.server.url()
    }

    /// The next request meets with this.
    pub fn trouble(&self, trouble: Trouble) {
        self.server.trouble(trouble);
    }

    /// The requests so far, as `POST /v1/…`.
    pub fn requests(&self) -> Vec<String> {
        self.api().requests.clone()
    }

    /// The time in its world.
    pub fn now(&self) -> Time {
        self.api().world.now()
    }

    /// Lets time pass, and nothing else happen.
    pub fn advance(&self, millis: i64) {
        self.api().world.advance(millis);
    }

    /// The user completes a checkout with a good card. Returns the subscription.
    pub fn complete(&self, session: &str) -> Option<String> {
        self.api().world.complete(session)
    }

    /// Somebody buys another product that is sold through the same account of Stripe's.
    pub fn sell_something_else(&self) {
        self.api().world.foreign();
    }

    /// The period ends and the next one is paid, or, with a bad card, is not.
    pub fn renew(&self, subscription: &str, good_card: bool) {
        self.api().world.renew(subscription, good_card);
    }

    /// The open invoice of a subscription is paid after all.
    pub fn pay(&self, subscription: &str) {
        self.api().world.pay(subscription);
    }

    /// From now on the card is refused, or accepted again.
    pub fn set_card(&self, good: bool) {
        self.api().world.set_card(good);
    }

    /// The subscription ends at once: the retries are over, or somebody cancelled it so.
    pub fn end(&self, subscription: &str) {
        self.api().world.end(subscription);
    }

    /// Gives the money of the last paid invoice of a subscription back, all or half of it.
    pub fn refund(&self, subscription: &str, all: bool) {
        self.api().world.refund(subscription, all);
    }

    /// The bank disputes the last paid invoice, or the dispute goes on: a status of Stripe's.
    pub fn dispute(&self, subscription: &str, status: &str) {
        self.api().world.dispute(subscription, status);
    }

    /// All events so far, in their order, signed now.
    pub fn deliveries(&self) -> Vec<Delivery> {
        let api = self.api();
        let now = api.world.now();
        let sign = |event: &Value| {
            let body = event.to_string().into_bytes();
            let signature = sign(&self.secret, &body, now);
            Delivery { signature, body }
        };
        api.world.events().iter().map(sign).collect()
    }

    fn api(&self) -> MutexGuard<'_, Api> {
        self.server.fake()
    }
}

/// Stripe's form of an error: <https://docs.stripe.com/api/errors>.
fn refuse(status: u16, kind: &str, code: Option<&str>, message: &str) -> (u16, Value) {
    let error = json!({ "type": kind, "code": code, "message": message });
    (status, json!({ "error": error }))
}

fn invalid(message: &str) -> (u16, Value) {
    refuse(400, "invalid_request_error", None, message)
}

/// The parameters of a form or a query.
type Form = BTreeMap<String, String>;

fn form(text: &[u8]) -> Option<Form> {
    let mut form = Form::new();
    for (key, value) in url::form_urlencoded::parse(text) {
        // Twice the same key is ambiguous: refused.
        if form.insert(key.into_owned(), value.into_owned()).is_some() {
            return None;
        }
    }
    Some(form)
}

impl Fake for Api {
    fn answer(&mut self, request: &Request) -> (u16, Value) {
        let line = format!("{} {}", request.method, request.path);
        self.requests.push(line);
        let bearer = format!("Bearer {}", self.key.expose());
        if request.header("authorization") != Some(&bearer) {
            // Stripe repeats a part of the key; so do we, to see that nobody prints it.
            let words = format!("Invalid API Key provided: {}", self.key.expose());
            return refuse(401, "invalid_request_error", None, &words);
        }
        if request.header("stripe-version").is_none() {
            return invalid("a client should pin its version");
        }
        if request.method == Method::GET {
            let Some(query) = form(request.query.as_bytes()) else {
                return invalid("the query cannot be read");
            };
            return self.read(&request.path, &query);
        }
        let encoded = "application/x-www-form-urlencoded";
        if request.method != Method::POST || request.header("content-type") != Some(encoded) {
            return invalid("requests must be form-encoded POST");
        }
        let Some(key) = request.header("idempotency-key") else {
            return invalid("strict: every POST needs an idempotency key");
        };
        let Some(parameters) = form(&request.body) else {
            return invalid("the body cannot be read");
        };
        let asked = format!("{} {parameters:?}", request.path);
        // https://docs.stripe.com/api/idempotent_requests
        match self.done.get(key) {
            Some((before, _, _)) if *before != asked => {
                let words =
                    "Keys for idempotent requests can only be used with the same parameters";
                return refuse(400, "idempotency_error", None, words);
            }
            Some((_, status, answer)) => return (*status, answer.clone()),
            None => {}
        }
        let key = key.to_owned();
        let (status, answer) = self.write(&request.path, &parameters);
        self.done.insert(key, (asked, status, answer.clone()));
        (status, answer)
    }
}

/// Refuses parameters that are not known here, and the lack of those that are needed.
fn check(form: &Form, needed: &[&str], allowed: &[&str]) -> Result<(), (u16, Value)> {
    let known: BTreeSet<_> = needed.iter().chain(allowed).copied().collect();
    if let Some(other) = form.keys().find(|key| !known.contains(key.as_str())) {
        let words = format!("Received unknown parameter: {other}");
        let kind = "invalid_request_error";
        return Err(refuse(400, kind, Some("parameter_unknown"), &words));
    }
    if let Some(missing) = needed.iter().find(|key| !form.contains_key(**key)) {
        let words = format!("Missing required param: {missing}");
        let kind = "invalid_request_error";
        return Err(refuse(400, kind, Some("parameter_missing"), &words));
    }
    Ok(())
}

impl Api {
    fn read(&self, path: &str, query: &Form) -> (u16, Value) {
        let found = if let Some(id) = path.strip_prefix("/v1/checkout/sessions/") {
            self.world.session(id)
        } else if let Some(id) = path.strip_prefix("/v1/subscriptions/") {
            self.world.subscription(id)
        } else if let Some(id) = path.strip_prefix("/v1/invoices/") {
            self.world.invoice(id)
        } else if path == "/v1/invoice_payments" {
            let needed = ["payment[type]", "payment[payment_intent]"];
            if let Err(refusal) = check(query, &needed, &["limit"]) {
                return refusal;
            }
            let intent = query.get(needed[1]).map_or("", String::as_str);
            Some(self.world.invoice_payments(intent))
        } else {
            None
        };
        found.map_or_else(
            || {
                let kind = "invalid_request_error";
                refuse(404, kind, Some("resource_missing"), "No such object")
            },
            |object| (200, object),
        )
    }

    fn write(&mut self, path: &str, form: &Form) -> (u16, Value) {
        let result = match path {
            "/v1/checkout/sessions" => self.checkout(form),
            "/v1/billing_portal/sessions" => self.portal(form),
            _ => {
                if let Some(id) = path.strip_prefix("/v1/subscriptions/") {
                    self.update(id, form)
                } else if let Some(rest) = path.strip_prefix("/v1/checkout/sessions/")
                    && let Some(id) = rest.strip_suffix("/expire")
                {
                    self.expire(id, form)
                } else {
                    Err(invalid("Unrecognized request URL"))
                }
            }
        };
        result.unwrap_or_else(|refusal| refusal)
    }

    fn checkout(&mut self, form: &Form) -> Result<(u16, Value), (u16, Value)> {
        check(
            form,
            &[
                "mode",
                "line_items[0][price]",
                "line_items[0][quantity]",
                "success_url",
                "client_reference_id",
                "expires_at",
                "subscription_data[metadata][payer]",
            ],
            &[
                "cancel_url",
                "customer",
                "customer_email",
                "metadata[payer]",
                "subscription_data[trial_period_days]",
            ],
        )?;
        if form["mode"] != "subscription" {
            return Err(invalid(
                "You must use `subscription` mode with recurring prices",
            ));
        }
        if form.contains_key("customer") && form.contains_key("customer_email") {
            return Err(invalid(
                "You may only specify one of customer, customer_email",
            ));
        }
        let now = self.world.now().0 / SECOND;
        let expires: Option<i64> = form["expires_at"].parse().ok();
        let Some(expires) = expires.filter(|at| (now + 1_800..=now + 86_400).contains(at)) else {
            return Err(invalid(
                "`expires_at` must be between 30 minutes and 24 hours from now",
            ));
        };
        let trial = form.get("subscription_data[trial_period_days]");
        let days = trial.map(|days| days.parse::<i64>());
        if days
            .as_ref()
            .is_some_and(|days| !matches!(days, Ok(1..=730)))
        {
            return Err(invalid("trial_period_days must be 1 to 730"));
        }
        self.world
            .checkout(
                &form["line_items[0][price]"],
                &form["subscription_data[metadata][payer]"],
                form.get("customer").map(String::as_str),
                days.and_then(Result::ok),
                expires,
            )
            .map(|session| (200, session))
            .ok_or_else(|| invalid("No such price"))
    }

    fn expire(&mut self, id: &str, form: &Form) -> Result<(u16, Value), (u16, Value)> {
        check(form, &[], &[])?;
        let ended = self.world.expire(id).and_then(|()| self.world.session(id));
        ended.map(|session| (200, session)).ok_or_else(|| {
            invalid("Only Checkout Sessions with a status in [\"open\"] can be expired.")
        })
    }

    fn portal(&self, form: &Form) -> Result<(u16, Value), (u16, Value)> {
        check(form, &["customer"], &["return_url"])?;
        if !self.world.has_customer(&form["customer"]) {
            let kind = "invalid_request_error";
            return Err(refuse(
                400,
                kind,
                Some("resource_missing"),
                "No such customer",
            ));
        }
        let url = "https://billing.stripe.com/p/session/test_1";
        Ok((
            200,
            json!({ "id": "bps_1", "object": "billing_portal.session", "url": url }),
        ))
    }

    fn update(&mut self, id: &str, form: &Form) -> Result<(u16, Value), (u16, Value)> {
        check(
            form,
            &[],
            &[
                "cancel_at_period_end",
                "items[0][id]",
                "items[0][price]",
                "payment_behavior",
                "proration_behavior",
            ],
        )?;
        // https://docs.stripe.com/billing/subscriptions/pending-updates-reference
        let pending = form
            .get("payment_behavior")
            .is_some_and(|b| b == "pending_if_incomplete");
        let cancel = form.get("cancel_at_period_end");
        if pending && cancel.is_some() {
            return Err(invalid(
                "cancel_at_period_end cannot be changed with pending updates",
            ));
        }
        if let Some(cancel) = cancel {
            let cancel = cancel.parse().map_err(|_| invalid("Invalid boolean"))?;
            self.world
                .cancel(id, cancel)
                .ok_or_else(|| invalid("No such subscription"))?;
        }
        if let Some(price) = form.get("items[0][price]") {
            let item = form.get("items[0][id]").map_or("", String::as_str);
            let now = form
                .get("proration_behavior")
                .is_some_and(|b| b == "always_invoice");
            self.world
                .change(id, item, price, now, pending)
                .ok_or_else(|| invalid("No such subscription, item or price"))?;
        }
        self.world
            .subscription(id)
            .map(|object| (200, object))
            .ok_or_else(|| invalid("No such subscription"))
    }
}
