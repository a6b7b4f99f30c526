//! What runs on the trader's own computer: it evaluates strategies and has the Expert Advisor in
//! MetaTrader carry out what they decide.
//!
//! ```text
//! link    the ZeroMQ end that Expert Advisors come to
//! trade   what a strategy's live account is made of, without input or output
//! drive   messages in and out
//! demo    the paper terminal at work
//! journal what is on disk
//! secret_file files that nobody else may read
//! service everything together, without a network
//! paper   a terminal that trades on paper, for trying and for tests
//! uplink  the end towards the server
//! ```

pub mod demo;
pub mod drive;
pub mod journal;
pub mod link;
pub mod paper;
pub mod secret_file;
pub mod service;
pub mod trade;
pub mod uplink;
