//! What hostile bytes are held against: for each decoder a function that takes any bytes and panics
//! when a promise is broken. The targets of cargo-fuzz call them, and so do tests on stable Rust, with
//! the seeds that are kept (`tests/tests/seeds.rs`, `tests/mt5/tests/seeds.rs`).

pub mod bars;
pub mod event_stream;
pub mod link_body;
pub mod link_frame;
pub mod packed;
pub mod zmtp;

// The product's own files that no other crate can reach, as they are.
#[path = "../../protocol/src/client/lines.rs"]
mod lines;
#[path = "../../executor/src/link/zmtp.rs"]
#[allow(dead_code, reason = "only the side that hears is asked")]
mod machine;

/// Messages of every kind, as the tests of `protocol` make them.
#[path = "../../protocol/tests/link/sample.rs"]
mod sample;
