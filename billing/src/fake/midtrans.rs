//! A strict fake Midtrans.

use super::{Fake, Request, Server, Trouble};
use crate::{midtrans::notification::sign, secret::Secret};
use axum::http::Method;
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use std::{collections::BTreeMap, sync::MutexGuard};
use trading::time::{HOUR, Time};

/// A strict fake Midtrans: Snap and the API under one address.
#[derive(Debug)]
pub struct FakeMidtrans(Server<World>);

#[derive(Debug)]
struct World {
    key: Secret,
    now: Time,
    /// Orders with a payment page, and the transaction once somebody has chosen how to pay.
    orders: BTreeMap<String, (i64, Option<Value>)>,
    last_order: Option<String>,
    requests: Vec<String>,
}

impl FakeMidtrans {
    /// Starts one that accepts this server key, at this time.
    ///
    /// # Errors
    /// When no port can be had.
    pub async fn start(key: Secret, now: Time) -> std::io::Result<Self> {
        let world = World {
            key,
            now,
            orders: BTreeMap::new(),
            last_order: None,
            requests: Vec::new(),
        };
        Server::start(world).await.map(Self)
    }

    /// Its address.
    pub fn url(&self) -> &str {
        self.0.url()
    }

    /// The next request meets with this.
    pub fn trouble(&self, trouble: Trouble) {
        self.0.trouble(trouble);
    }

    /// The requests so far, as `GET /v2/…`.
    pub fn requests(&self) -> Vec<String> {
        self.world().requests.clone()
    }

    /// The order whose page was opened last.
    pub fn last_order(&self) -> Option<String> {
        self.world().last_order.clone()
    }

    /// Lets the time pass.
    pub fn set_time(&self, now: Time) {
        self.world().now = now;
    }

    /// The user chooses how to pay, or the bank decides: the transaction of an order gets this
    /// state. Returns the notification, as Midtrans would send it; nothing without a page.
    pub fn becomes(&self, order: &str, state: &str, payment_type: &str) -> Option<Vec<u8>> {
        let mut world = self.world();
        let time = jakarta(world.now);
        let (amount, transaction) = world.orders.get_mut(order)?;
        let code = match state {
            "pending" => "201",
            "deny" | "expire" | "cancel" => "202",
            _ => "200",
        };
        let fresh = json!({
            "order_id": order,
            "transaction_id": format!("mt-{order}"),
            "gross_amount": format!("{amount}.00"),
            "currency": "IDR",
            "payment_type": payment_type,
            "transaction_time": time,
        });
        let transaction = transaction.get_or_insert(fresh);
        transaction["transaction_status"] = json!(state);
        transaction["status_code"] = json!(code);
        if payment_type == "credit_card" {
            transaction["fraud_status"] = json!("accept");
        }
        if state == "settlement" {
            transaction["settlement_time"] = json!(time);
        }
        let body = transaction.clone();
        drop(world);
        self.notification(body)
    }

    /// Changes a field of a transaction, for what should never happen.
    pub fn corrupt(&self, order: &str, field: &str, value: Value) {
        if let Some((_, Some(transaction))) = self.world().orders.get_mut(order) {
            transaction[field] = value;
        }
    }

    fn notification(&self, mut body: Value) -> Option<Vec<u8>> {
        let text = |field: &str| body[field].as_str().unwrap_or_default().to_owned();
        let signature = sign(
            &text("order_id"),
            &text("status_code"),
            &text("gross_amount"),
            &self.world().key,
        );
        body["signature_key"] = json!(signature);
        serde_json::to_vec(&body).ok()
    }

    fn world(&self) -> MutexGuard<'_, World> {
        self.0.fake()
    }
}

fn jakarta(time: Time) -> String {
    Time(time.0 + 7 * HOUR)
        .to_string()
        .replace('T', " ")
        .replace('Z', "")
}

impl Fake for World {
    fn answer(&mut self, request: &Request) -> (u16, Value) {
        let line = format!("{} {}", request.method, request.path);
        self.requests.push(line);
        let expected = STANDARD.encode(format!("{}:", self.key.expose()));
        if request.header("authorization") != Some(&format!("Basic {expected}")) {
            let words = "Access denied due to unauthorized transaction";
            return (
                401,
                json!({ "status_code": "401", "status_message": words }),
            );
        }
        let parts: Vec<_> = request.path.trim_start_matches('/').split('/').collect();
        match (&request.method, parts.as_slice()) {
            (&Method::POST, ["snap", "v1", "transactions"]) => self.page(request),
            (&Method::GET, ["v2", order, "status"]) => self.status(order),
            (&Method::POST, ["v2", order, "cancel"]) => self.cancel(order),
            _ => (404, json!({ "error_messages": ["not found"] })),
        }
    }
}

impl World {
    fn page(&mut self, request: &Request) -> (u16, Value) {
        let refuse = |words: &str| (400, json!({ "error_messages": [words] }));
        if request.header("content-type") != Some("application/json") {
            return refuse("content type must be JSON");
        }
        let Ok(body) = serde_json::from_slice::<Value>(&request.body) else {
            return refuse("the body is not JSON");
        };
        let details = &body["transaction_details"];
        let Some(order) = details["order_id"].as_str() else {
            return refuse("transaction_details.order_id is required");
        };
        let fits = |c: u8| c.is_ascii_alphanumeric() || b"-_~.".contains(&c);
        if order.is_empty() || order.len() > 50 || !order.bytes().all(fits) {
            return refuse("transaction_details.order_id is invalid");
        }
        let Some(amount) = details["gross_amount"].as_i64().filter(|a| *a > 0) else {
            return refuse("transaction_details.gross_amount must be a whole number");
        };
        let items = body["item_details"].as_array();
        let sum = |items: &Vec<Value>| -> i64 {
            let price =
                |i: &Value| i["price"].as_i64().unwrap_or(0) * i["quantity"].as_i64().unwrap_or(0);
            items.iter().map(price).sum()
        };
        if items.is_some_and(|items| sum(items) != amount) {
            return refuse(
                "transaction_details.gross_amount is not equal to the sum of item_details",
            );
        }
        let page = &body["page_expiry"];
        let minutes = page["duration"]
            .as_i64()
            .filter(|_| page["unit"] == "minutes");
        if !minutes.is_some_and(|minutes| (5..=7 * 24 * 60).contains(&minutes)) {
            return refuse("page_expiry must be between 5 minutes and 7 days");
        }
        if self.orders.contains_key(order) {
            return refuse("transaction_details.order_id has already been taken");
        }
        self.orders.insert(order.to_owned(), (amount, None));
        self.last_order = Some(order.to_owned());
        let token = format!("token-{order}");
        let url = format!("https://app.sandbox.midtrans.com/snap/v4/redirection/{token}");
        (201, json!({ "token": token, "redirect_url": url }))
    }

    /// Only what waits to be paid can be cancelled.
    fn cancel(&mut self, order: &str) -> (u16, Value) {
        match self.orders.get_mut(order) {
            Some((_, Some(transaction))) => {
                let state = transaction["transaction_status"].as_str();
                if !matches!(state, Some("pending" | "authorize" | "capture")) {
                    let words = "Transaction status cannot be updated.";
                    return (
                        412,
                        json!({ "status_code": "412", "status_message": words }),
                    );
                }
                transaction["transaction_status"] = json!("cancel");
                transaction["status_code"] = json!("202");
                let mut answer = transaction.clone();
                answer["status_code"] = json!("200");
                (200, answer)
            }
            _ => self.status(order),
        }
    }

    fn status(&self, order: &str) -> (u16, Value) {
        match self.orders.get(order) {
            Some((_, Some(transaction))) => (200, transaction.clone()),
            _ => {
                let words = "Transaction doesn't exist.";
                (
                    404,
                    json!({ "status_code": "404", "status_message": words }),
                )
            }
        }
    }
}
