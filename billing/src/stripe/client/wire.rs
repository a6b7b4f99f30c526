//! How requests reach Stripe.

use super::{super::object::PAYER, Stripe};
use crate::{
    outside::{CallError, Endpoint, Outside, Patience, Repeat, tls, word},
    payer::Payer,
    plan::Offer,
    secret::Secret,
    stripe::price::PriceBook,
};
use ::stripe::{ClientBuilder, IdempotencyKey, RequestStrategy, StripeError, StripeRequest};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;
use std::collections::HashMap;
use stripe_checkout::{
    CheckoutSessionMode,
    checkout_session::{
        CreateCheckoutSession, CreateCheckoutSessionLineItems,
        CreateCheckoutSessionSubscriptionData,
    },
};
use trading::time::{SECOND, Time};

const NAME: &str = "Stripe";

/// Where Stripe is, and as whom we come.
#[derive(Debug, Clone)]
pub struct StripeConfig {
    /// The secret or restricted key, `sk_…` or `rk_…`.
    pub key: Secret,
    /// The address of the API.
    pub api: Endpoint,
    /// Which price is what.
    pub prices: PriceBook,
    /// How patient we are.
    pub patience: Patience,
}

impl StripeConfig {
    /// Stripe's own address.
    pub const API: &str = "https://api.stripe.com/";

    /// Whether the key is of the live mode; otherwise no money moves.
    pub fn is_live(&self) -> bool {
        self.key.expose().contains("_live_")
    }
}

/// What a checkout is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkout {
    /// Who pays.
    pub payer: Payer,
    /// For what.
    pub offer: Offer,
    /// How many days are free; zero for who had a trial
    /// ([`crate::subscription::Ledger::had_trial`]).
    pub trial_days: u32,
    /// Stripe's name for the payer, if they have bought before.
    pub customer: Option<String>,
    /// Their address, to spare them typing it. Ignored if the customer is known.
    pub email: Option<String>,
    /// Where to go when it is done. Being there proves no payment: only events do.
    pub success_url: String,
    /// Where to go if it is not.
    pub cancel_url: String,
    /// Until when it can be paid: between half an hour and a day from when it is begun.
    pub expires: Time,
}

impl Checkout {
    pub(super) fn request(&self, price: &str) -> CreateCheckoutSession {
        let metadata = || HashMap::from([(PAYER.to_owned(), self.payer.to_string())]);
        let mut item = CreateCheckoutSessionLineItems::new();
        item.price = Some(price.to_owned());
        item.quantity = Some(1);
        let mut data = CreateCheckoutSessionSubscriptionData::new();
        data.metadata = Some(metadata());
        data.trial_period_days = (self.trial_days > 0).then_some(self.trial_days);
        // Stripe asks for a card before a trial too, unless told otherwise: so a trial turns into a
        // paid subscription by itself, and nobody has one trial after another.
        let request = CreateCheckoutSession::new()
            .mode(CheckoutSessionMode::Subscription)
            .line_items([item])
            .subscription_data(data)
            .client_reference_id(self.payer.to_string())
            .metadata(metadata())
            .success_url(&self.success_url)
            .cancel_url(&self.cancel_url)
            .expires_at(self.expires.0 / SECOND);
        match (&self.customer, &self.email) {
            (Some(customer), _) => request.customer(customer),
            (None, Some(email)) => request.customer_email(email),
            (None, None) => request,
        }
    }
}

/// Where to send the user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redirect {
    /// The provider's name for what was begun.
    pub id: String,
    /// The address.
    pub url: String,
}

/// An id that may stand in a path.
pub(super) fn id(id: &str) -> Result<&str, CallError> {
    let fits = !id.is_empty() && id.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'_');
    fits.then_some(id)
        .ok_or(CallError::Impossible("this is no id of Stripe's"))
}

impl Stripe {
    /// A way to Stripe. Nothing is sent yet.
    ///
    /// # Errors
    /// When the key cannot be a header.
    pub fn new(config: StripeConfig) -> Result<Self, CallError> {
        tls::install();
        let client = ClientBuilder::new(config.key.expose())
            .url(config.api.as_str())
            .timeout(config.patience.each)
            .build()
            .map_err(|_| CallError::Impossible("Stripe's key or address cannot be used"))?;
        Ok(Self {
            client,
            outside: Outside::new(NAME, config.patience),
            prices: config.prices,
        })
    }

    pub(super) async fn get<R: StripeRequest + Sync>(
        &self,
        request: &R,
    ) -> Result<Value, CallError> {
        self.send(request, RequestStrategy::Once).await
    }

    /// `deed` keeps apart what a user may do with one key.
    pub(super) async fn post<R: StripeRequest + Sync, T: DeserializeOwned>(
        &self,
        deed: &str,
        request: &R,
        key: &str,
    ) -> Result<T, CallError> {
        let key = IdempotencyKey::new(format!("{deed}-{key}"))
            .map_err(|_| CallError::Impossible("the key is too long"))?;
        let strategy = RequestStrategy::Idempotent(key);
        let answer = self.send(request, strategy).await?;
        serde_json::from_value(answer).map_err(|_| CallError::Unreadable(NAME))
    }

    /// Reading, and writing with a key, may both be repeated. The retries are ours and not those of
    /// `async-stripe`: with jitter, and seen by the breaker.
    async fn send<R: StripeRequest + Sync>(
        &self,
        request: &R,
        strategy: RequestStrategy,
    ) -> Result<Value, CallError> {
        self.outside
            .call(Repeat::Safe, || async {
                // As a plain value, so that our own reading, the same as for events, decides what
                // is needed: the full types of `async-stripe` refuse an answer for any field.
                let value: miniserde::json::Value = request
                    .build()
                    .customize()
                    .request_strategy(strategy.clone())
                    .send(&self.client)
                    .await
                    .map_err(fault)?;
                serde_json::from_str(&miniserde::json::to_string(&value))
                    .map_err(|_| CallError::Unreadable(NAME))
            })
            .await
    }
}

/// Without Stripe's words: they can hold what the user typed.
fn fault(error: StripeError) -> CallError {
    match error {
        StripeError::Stripe(_, status @ (409 | 429 | 500..)) => CallError::Failed(NAME, status),
        StripeError::Stripe(error, status) => {
            let code = error.code.as_ref().map(|code| word(code.as_str()));
            CallError::Refused {
                name: NAME,
                status,
                code: code.unwrap_or_else(|| word(error.type_.as_str())),
            }
        }
        StripeError::JSONDeserialize(_) => CallError::Unreadable(NAME),
        StripeError::ClientError(_) => CallError::Unreachable(NAME),
        StripeError::ConfigError(_) => CallError::Impossible("Stripe cannot be asked this"),
        StripeError::Timeout => CallError::Timeout(NAME),
    }
}
