//! The words that the parts of Phoenix speak to each other: what server and browser say of saved
//! strategies, runs and histories, the bytes in which bars travel, and the messages of executor and
//! Expert Advisor (`link`, behind a feature). Network code is in `client` alone, behind a feature.

pub mod api;
pub mod bars;
#[cfg(feature = "client")]
pub mod client;
pub mod history;
pub mod id;
#[cfg(feature = "link")]
pub mod link;
pub mod problem;
pub mod run;
pub mod strategy;
