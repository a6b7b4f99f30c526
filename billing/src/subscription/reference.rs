//! Names of the providers' objects.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// Who takes the money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Provider {
    /// Stripe: subscriptions by card, renewed by itself.
    Stripe,
    /// Midtrans: one-off payments in Indonesia, each for a month or a year.
    Midtrans,
    /// Nobody: the marked test mode without keys. Counts only while that mode is on.
    Test,
}

impl Provider {
    const ALL: [Self; 3] = [Self::Stripe, Self::Midtrans, Self::Test];

    /// Its name in small letters.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Stripe => "stripe",
            Self::Midtrans => "midtrans",
            Self::Test => "test",
        }
    }
}

impl fmt::Display for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The name of an object at a provider, written `stripe:sub_123`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Ref {
    /// At which provider.
    pub provider: Provider,
    /// The provider's own name for it.
    pub id: String,
}

/// The text names no object of a provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this names nothing at a payment provider")]
pub struct NoRef;

impl Ref {
    /// An object of Stripe.
    pub fn stripe(id: impl Into<String>) -> Self {
        Self::new(Provider::Stripe, id)
    }

    /// An order that Midtrans knows.
    pub fn midtrans(id: impl Into<String>) -> Self {
        Self::new(Provider::Midtrans, id)
    }

    /// An object of a provider.
    pub fn new(provider: Provider, id: impl Into<String>) -> Self {
        let id = id.into();
        Self { provider, id }
    }
}

impl fmt::Display for Ref {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.provider, self.id)
    }
}

impl FromStr for Ref {
    type Err = NoRef;
    fn from_str(text: &str) -> Result<Self, NoRef> {
        let (name, id) = text.split_once(':').ok_or(NoRef)?;
        let provider = Provider::ALL
            .into_iter()
            .find(|provider| provider.name() == name)
            .ok_or(NoRef)?;
        Ok(Self::new(provider, id))
    }
}

impl TryFrom<String> for Ref {
    type Error = NoRef;
    fn try_from(text: String) -> Result<Self, NoRef> {
        text.parse()
    }
}

impl From<Ref> for String {
    fn from(reference: Ref) -> Self {
        reference.to_string()
    }
}
