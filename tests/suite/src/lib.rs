//! The golden suite: what must come out the same to the last bit wherever Phoenix runs.
//!
//! A native test and the WASM harness call the very same functions on the very same bytes, and both
//! compare with one committed file, `tests/golden/suite.json`.

mod hash;
mod indicator;
mod raw;
mod strategy;

pub use hash::Hash;
pub use indicator::indicator_hashes;
pub use raw::{RawFault, from_raw, to_raw};
pub use strategy::{strategy_result, timed_run};
