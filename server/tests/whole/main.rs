//! Everything at once, as programs: server, executor, and the Expert Advisor in the simulated
//! terminal.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod crash;
mod world;

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
