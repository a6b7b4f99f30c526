//! What led fuzzing (`scripts/fuzz`) into the decoders, and what it found there, once more on stable Rust.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "../../fuzz/src/lib.rs"]
#[allow(unreachable_pub, reason = "another crate's")]
mod decoder;

use std::{fs, path::Path};

/// Every seed of a target, and every one with its end cut off.
fn replay(target: &str, check: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/seeds");
    let mut count = 0;
    for seed in fs::read_dir(folder.join(target)).unwrap() {
        let bytes = fs::read(seed.unwrap().path()).unwrap();
        check(&bytes);
        check(&bytes[..bytes.len() * 2 / 3]);
        count += 1;
    }
    assert!(count > 3, "{target} has {count} seeds");
}

#[test]
fn decoders_keep_their_promises() {
    replay("bars", decoder::bars::check);
    replay("event_stream", decoder::event_stream::check);
    replay("link_body", decoder::link_body::check);
    replay("link_frame", decoder::link_frame::check);
    replay("packed", decoder::packed::check);
    replay("zmtp", decoder::zmtp::check);
}
