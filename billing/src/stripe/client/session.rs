//! Checkouts that were begun: what became of them, and ending them before they are paid.

use super::{Stripe, StripeFault, wire};
use crate::stripe::object::{Checkout as Object, read};
use stripe_checkout::checkout_session::{ExpireCheckoutSession, RetrieveCheckoutSession};

/// What became of a checkout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Session {
    /// It can still be paid.
    Open,
    /// It was paid, or a trial was begun: this subscription came of it.
    Complete(Option<String>),
    /// It can be paid no more.
    Expired,
}

impl Stripe {
    /// What became of a checkout.
    ///
    /// # Errors
    /// When Stripe cannot be asked or is not understood.
    pub async fn session(&self, id: &str) -> Result<Session, StripeFault> {
        let request = RetrieveCheckoutSession::new(wire::id(id)?);
        let object: Object = read("checkout", &self.get(&request).await?)?;
        Ok(object.session()?)
    }

    /// Ends a checkout, so that it can be paid no more.
    ///
    /// # Errors
    /// When Stripe cannot be asked, or says no because it is open no more: ask what became of it.
    pub async fn expire(&self, id: &str, key: &str) -> Result<(), StripeFault> {
        let request = ExpireCheckoutSession::new(wire::id(id)?);
        let _: serde_json::Value = self.post("expire", &request, key).await?;
        Ok(())
    }
}
