//! Midtrans: one-off payments in Indonesia, by bank transfer, e-wallet, QRIS or card.
//!
//! A user pays for a month or a year and pays again when they like; nothing renews by itself. A
//! notification is only a hint: after its signature is verified the status is asked for, and only
//! the answer becomes a fact.

#[cfg(feature = "client")]
pub mod client;
pub mod notification;
pub mod order;
pub mod status;

mod amount;
