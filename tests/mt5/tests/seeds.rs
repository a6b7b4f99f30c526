//! What led fuzzing (`scripts/fuzz`) through the Expert Advisor, and what it found there, once more. One
//! test, because there is one Expert Advisor in a process.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test may panic")]

#[path = "../../../fuzz/src/expert.rs"]
#[allow(unreachable_pub, reason = "another crate's")]
mod expert;

use phoenix_test_mt5::ordeal::Ordeal;
use std::{fs, path::Path};

#[test]
fn the_expert_advisor_keeps_its_promises() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds/expert");
    let mut count = 0;
    for seed in fs::read_dir(folder).unwrap() {
        expert::check(&fs::read(seed.unwrap().path()).unwrap());
        count += 1;
    }
    assert!(count > 16, "{count} seeds");
    what_comes_too_fast_waits();
}

/// Commands of ZMTP without end: at one look the EA takes little more than the greatest message.
fn what_comes_too_fast_waits() {
    const FLOOD: usize = 4 << 20;
    let ordeal = Ordeal::begin(&"07".repeat(32)).unwrap();
    ordeal.tell(expert::GREETING);
    ordeal.tell(expert::READY);
    ordeal.timer();
    ordeal.tell(&b"\x04\x02\x01x".repeat(FLOOD / 4));
    ordeal.timer();
    let taken = FLOOD - ordeal.untaken();
    assert!((1 << 20..6 << 18).contains(&taken), "{taken}");
}
