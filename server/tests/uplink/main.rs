//! The executor's end towards the server, against the program itself: over a proxy that misbehaves
//! where the network would, and against a small server of its own where the real one never would.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod command;
mod errand;
mod fake;
mod key;
mod post;
mod proxy;
mod release;
mod strange;
mod strategy;
mod trader;

#[allow(dead_code, reason = "shared with the tests of the program")]
#[path = "../cli/browser.rs"]
mod browser;
#[allow(dead_code, reason = "shared with the tests of the program")]
#[path = "../cli/documented.rs"]
mod documented;
#[allow(dead_code, reason = "shared with the tests of the program")]
#[path = "../cli/machine.rs"]
mod machine;
#[allow(dead_code, reason = "shared with the tests of the program")]
#[path = "../cli/support.rs"]
mod support;
#[allow(dead_code, reason = "shared with the tests of the program")]
#[path = "../cli/web.rs"]
mod web;
