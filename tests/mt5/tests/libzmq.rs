//! The EA against libzmq: `peer.py` is an executor of Python, written after docs/link.md alone.
//!
//! Without pyzmq these tests fail: a green run has spoken with libzmq. `scripts/setup` installs it.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::{env, path::PathBuf, process::Command};

/// The interpreter that has pyzmq.
fn python() -> PathBuf {
    let cache = env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let home = || PathBuf::from(env::var_os("HOME").unwrap_or_default()).join(".cache");
    let python = cache.unwrap_or_else(home).join("phoenix/pyzmq/bin/python");
    assert!(
        python.exists(),
        "{} is not there: run scripts/setup",
        python.display()
    );
    python
}

fn passes(case: &str) {
    let run = Command::new(python())
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/peer.py"))
        .args([env!("CARGO_BIN_EXE_mt5"), case])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{said}");
}

macro_rules! cases {
    ($($case:ident)*) => {$(
        #[test]
        fn $case() {
            passes(stringify!($case));
        }
    )*};
}

cases! {
    handshake
    questions
    bars
    trade
    levels_work
    forged
    wrong_key
    words
    guard
    foreign
    netting
    retcodes
    lost_answers
    restart
    killed
    connection
    dead_man
    dead_man_leaves
    switched_off
    clocks
    stop_refused
    stop_forgotten
    settings_kept
    late
    chance
}

/// A case in Python that nobody runs would be no test.
#[test]
fn every_case_is_run() {
    let peer = include_str!("peer.py");
    let here = include_str!("libzmq.rs");
    let named = peer.lines().filter_map(|line| {
        let rest = line.strip_prefix("def case_")?;
        rest.split('(').next()
    });
    for case in named {
        assert!(here.contains(&format!("\n    {case}\n")), "{case}");
    }
}
