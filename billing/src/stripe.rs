//! Stripe: subscriptions by card, renewed by themselves.
//!
//! [`webhook`] verifies, [`event`] reads, [`client`] asks. What is read of Stripe's objects is in
//! [`object`], the same for events and answers, and as little as is needed: a field that Stripe adds
//! or renames elsewhere does not concern us.

pub mod amount;
#[cfg(feature = "client")]
pub mod client;
pub mod event;
pub mod object;
pub mod price;
pub mod webhook;
