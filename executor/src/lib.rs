//! What runs on the trader's own computer: it evaluates strategies and has the Expert Advisor in
//! MetaTrader carry out what they decide.
//!
//! ```text
//! link    the ZeroMQ end that Expert Advisors come to
//! trade   what a strategy's live account is made of, without input or output
//! paper   a terminal that trades on paper, for trying and for tests
//! uplink  the end towards the server
//! ```

pub mod link;
pub mod paper;
pub mod trade;
pub mod uplink;
