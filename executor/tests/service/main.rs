//! The service with a journal on disk and the paper terminal: what people want, what the server is
//! told, and what is left after the program was killed.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod command;
mod naming;
mod report;
mod room;
