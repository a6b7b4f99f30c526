//! What machines and the server say to each other over HTTP: the JSON bodies of `/api/v1`.
//!
//! | file | what |
//! |---|---|
//! | `text.rs` | texts with a checked length |
//! | `auth.rs` | signing in without a browser |
//! | `credential.rs` | API keys |
//! | `pairing.rs` | how a device gets its key |
//! | `command.rs` | what a trader wants done at once, and how far it is |
//! | `report.rs` | deals, positions and equity, as an executor reports them |
//! | `heartbeat.rs` | that an executor lives, and how it feels |
//! | `market.rs` | what brokers say of symbols, and their own bars |
//! | `payment.rs` | plans, and what an account has |
//! | `backtest.rs` | a backtest on the server's history |
//! | `strategy.rs` | saved strategies |
//! | `event.rs` | what is pushed over an open connection |
//! | `page.rs` | lists, a part at a time |
//! | `problem.rs` | why something was not done |
//!
//! The server refuses fields that it does not know: a mistyped name is an error and never silently
//! nothing. So requests say `deny_unknown_fields`; what stands in answers too does not, since who
//! reads an answer passes over what a later server says more, and the server itself looks whether it
//! understood all of what it was sent. For kinds that are added later there is an `Unknown`, which
//! is read and never written. Each request has a `fault` that says which limit it breaks.

pub mod auth;
pub mod backtest;
pub mod command;
pub mod credential;
pub mod event;
pub mod heartbeat;
pub mod market;
pub mod page;
pub mod pairing;
pub mod payment;
pub mod problem;
pub mod report;
pub mod strategy;
pub mod supervision;
pub mod text;
