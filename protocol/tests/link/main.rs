//! The messages of executor and Expert Advisor: every one comes back as it went, golden bytes, and
//! bytes that are hostile.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod golden;
mod handshake;
mod hostile;
mod round_trip;
mod sample;
