//! Asking Midtrans.

use super::{
    notification::Hint,
    order::{Order, OrderId},
    status::{Answer, StatusFault},
};
use crate::{
    outside::{BreakerState, CallError, Endpoint, Outside, Patience, Repeat, tls},
    secret::Secret,
    subscription::Fact,
};
use reqwest::{Method, RequestBuilder, StatusCode};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::json;
use trading::time::{HOUR, MINUTE, Time};

const NAME: &str = "Midtrans";

/// For how long a way to pay can be chosen, in milliseconds.
pub const PAGE: i64 = HOUR;

/// The longest answer that is read, in bytes.
const LONGEST: usize = 1 << 20;

/// Where Midtrans is, and as whom we come.
#[derive(Debug, Clone)]
pub struct MidtransConfig {
    /// The server key.
    pub server_key: Secret,
    /// The address of Snap, [`MidtransConfig::SNAP`] or its sandbox.
    pub snap: Endpoint,
    /// The address of the API, [`MidtransConfig::API`] or its sandbox.
    pub api: Endpoint,
    /// How patient we are.
    pub patience: Patience,
}

impl MidtransConfig {
    /// Snap, where money moves.
    pub const SNAP: &str = "https://app.midtrans.com/";
    /// The API, where money moves.
    pub const API: &str = "https://api.midtrans.com/";
    /// Snap, where none does.
    pub const SANDBOX_SNAP: &str = "https://app.sandbox.midtrans.com/";
    /// The API, where none does.
    pub const SANDBOX_API: &str = "https://api.sandbox.midtrans.com/";
}

/// Why Midtrans could not be asked, or was not understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MidtransFault {
    /// The call failed.
    #[error(transparent)]
    Call(#[from] CallError),
    /// The answer does not fit the order.
    #[error(transparent)]
    Status(#[from] StatusFault),
    /// Midtrans does not know the order: the user has not chosen how to pay yet.
    #[error("nobody has begun to pay for this order")]
    NotBegun,
}

/// A payment page.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Page {
    /// For Snap's script in our own page.
    pub token: String,
    /// Or the address of the page.
    pub redirect_url: String,
}

/// Asks Midtrans.
#[derive(Debug)]
pub struct Midtrans {
    http: reqwest::Client,
    config: MidtransConfig,
    outside: Outside,
}

impl Midtrans {
    /// A way to Midtrans. Nothing is sent yet.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn new(config: MidtransConfig) -> Result<Self, CallError> {
        let http = tls::built(tls::client()?.timeout(config.patience.each))?;
        Ok(Self {
            http,
            outside: Outside::new(NAME, config.patience),
            config,
        })
    }

    /// The breaker's state, for a metric.
    pub fn state(&self) -> BreakerState {
        self.outside.state()
    }

    /// Opens a payment page for an order. To be asked once for each order: Midtrans refuses a
    /// second page for the same one, so after an error make a new order.
    ///
    /// # Errors
    /// When Midtrans cannot be asked or says no.
    pub async fn page(&self, order: &Order, finish_url: &str) -> Result<Page, MidtransFault> {
        // https://docs.midtrans.com/reference/request-body-json-parameter
        let body = json!({
            "transaction_details": {
                "order_id": order.id,
                "gross_amount": order.amount.minor,
            },
            "item_details": [{
                "id": format!("{}-{}", order.plan, order.interval),
                "name": format!("Phoenix {} ({})", order.plan, order.interval),
                "price": order.amount.minor,
                "quantity": 1,
            }],
            // https://docs.midtrans.com/reference/expire-a-snap-session
            "page_expiry": { "duration": PAGE / MINUTE, "unit": "minutes" },
            "credit_card": { "secure": true },
            "callbacks": { "finish": finish_url },
        });
        let url = self.config.snap.join(&["snap", "v1", "transactions"]);
        let page = self.outside.call(Repeat::Never, || async {
            let request = self.http.request(Method::POST, url.clone()).json(&body);
            let (status, bytes) = self.send(request).await?;
            match status {
                StatusCode::CREATED | StatusCode::OK => parse(&bytes),
                _ => Err(refused(status)),
            }
        });
        Ok(page.await?)
    }

    /// The fact about an order: what to do with a [`Hint`] once the order was found by its name, and
    /// from time to time with orders that are still pending. `now` is the time before asking.
    ///
    /// # Errors
    /// When Midtrans cannot be asked, or its answer does not fit the order.
    pub async fn fact(&self, order: &Order, now: Time) -> Result<Fact, MidtransFault> {
        let url = self
            .config
            .api
            .join(&["v2", &order.id.to_string(), "status"]);
        let answer: Answer = self
            .outside
            .call(Repeat::Safe, || async {
                let request = self.http.request(Method::GET, url.clone());
                let (status, bytes) = self.send(request).await?;
                // An unknown order is HTTP 200 or 404 with "404" in the body.
                if status == StatusCode::OK || status == StatusCode::NOT_FOUND {
                    return parse(&bytes);
                }
                Err(refused(status))
            })
            .await?;
        match answer.status_code.as_str() {
            "404" => Err(MidtransFault::NotBegun),
            "401" => Err(refused(StatusCode::UNAUTHORIZED).into()),
            code if code.starts_with('5') => Err(CallError::Failed(NAME, 500).into()),
            _ => Ok(answer.fact(order, now)?),
        }
    }

    /// Cancels an order that is not paid, so that it can be paid no more. Whether it worked says
    /// [`Midtrans::fact`] afterwards: it may have been paid meanwhile. Where nobody has chosen how to
    /// pay, it can still be chosen until [`PAGE`] after the page was opened.
    ///
    /// # Errors
    /// When Midtrans cannot be asked.
    pub async fn cancel(&self, order: &Order) -> Result<(), MidtransFault> {
        // https://docs.midtrans.com/reference/cancel-transaction
        let url = self
            .config
            .api
            .join(&["v2", &order.id.to_string(), "cancel"]);
        // Whatever it answers: what is true is asked for.
        let _: Answer = self
            .outside
            .call(Repeat::Safe, || async {
                let request = self.http.request(Method::POST, url.clone());
                let (status, bytes) = self.send(request).await?;
                if status.is_success() || status.is_client_error() {
                    return parse(&bytes);
                }
                Err(refused(status))
            })
            .await?;
        Ok(())
    }

    /// Verifies a notification: see [`super::notification::verify`].
    ///
    /// # Errors
    /// When it is not Midtrans', or about no order of ours.
    pub fn hint(&self, body: &[u8]) -> Result<OrderId, super::notification::NotificationFault> {
        let Hint { order } = super::notification::verify(body, &self.config.server_key)?;
        Ok(order)
    }

    async fn send(&self, request: RequestBuilder) -> Result<(StatusCode, Vec<u8>), CallError> {
        // The server key is the user, and there is no password:
        // https://docs.midtrans.com/docs/get-status-api-requests
        let key = self.config.server_key.expose();
        let mut response = request
            .basic_auth(key, Some(""))
            .header("accept", "application/json")
            .send()
            .await
            .map_err(|error| fault(&error))?;
        let status = response.status();
        if status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error() {
            return Err(CallError::Failed(NAME, status.as_u16()));
        }
        let mut bytes = Vec::new();
        while let Some(part) = response.chunk().await.map_err(|error| fault(&error))? {
            bytes.extend_from_slice(&part);
            if bytes.len() > LONGEST {
                return Err(CallError::Unreadable(NAME));
            }
        }
        Ok((status, bytes))
    }
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, CallError> {
    serde_json::from_slice(bytes).map_err(|_| CallError::Unreadable(NAME))
}

fn refused(status: StatusCode) -> CallError {
    CallError::Refused {
        name: NAME,
        status: status.as_u16(),
        code: String::new(),
    }
}

fn fault(error: &reqwest::Error) -> CallError {
    if error.is_timeout() {
        CallError::Timeout(NAME)
    } else if error.is_builder() {
        CallError::Impossible("Midtrans cannot be asked this")
    } else {
        CallError::Unreachable(NAME)
    }
}
