//! One subscription state machine for all providers.
//!
//! Providers tell [`Fact`]s; a [`Ledger`] keeps the newest fact about each of the provider's
//! objects; a [`Standing`] is what the ledger means at a point in time. Joining facts is
//! commutative, associative and idempotent (each object's facts are totally ordered and the
//! greatest stays), so a ledger depends on the *set* of facts only: never on their order, on
//! duplicates, or on how they were batched.

mod fact;
mod grant;
mod ledger;
mod reference;
mod standing;

pub use fact::{
    Dispute, DisputeStatus, Fact, Failed, Observed, Paid, Purchase, PurchaseStatus, Refund,
    Snapshot, Status,
};
pub use grant::{GRACE, RENEWAL_SLACK, SKEW, TRIAL_SLACK};
pub use ledger::Ledger;
pub use reference::{NoRef, Provider, Ref};
pub use standing::{Standing, State, Terms};
