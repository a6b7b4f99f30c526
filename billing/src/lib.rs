//! Plans, subscriptions and the payment providers: what was paid for, and what it allows.
//!
//! ```text
//! webhook or notification -> verified -> facts -> Ledger (one for each payer, kept as JSON)
//!                                                    |
//!                                         Plans + now -> Standing -> quota::allowance
//! ```
//! Everything but the `client` modules is pure: no clock, no network. A ledger is a function of the
//! *set* of facts it was told, so order, duplicates and replays of events change nothing.

#[cfg(feature = "fake")]
pub mod fake;
pub mod live;
pub mod midtrans;
pub mod money;
#[cfg(feature = "client")]
pub mod outside;
pub mod payer;
pub mod plan;
pub mod quota;
pub mod secret;
pub mod stripe;
pub mod subscription;
pub mod test_mode;
