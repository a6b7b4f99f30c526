//! A disk that is full while the executor trades.

use crate::after::ends_well;
use phoenix_test_mt5::{
    command::Command as Deed,
    program::{Place, Terminal, tickets},
};
use phoenix_tests::sample;
use serde_json::Value;
use std::path::Path;

/// Bars until enough was dealt, and for how long the disk is full.
const MOST: usize = 300;
const FULL: usize = 60;

fn open(state: &Value) -> Vec<i64> {
    tickets(state["positions"].as_array().expect("a list"))
}

fn dealt(state: &Value) -> u64 {
    state["deals"].as_u64().expect("a number")
}

/// Lets bars pass until things stand so.
fn until(terminal: &mut Terminal, is_so: impl Fn(&Value) -> bool) -> Value {
    let mut bars = (0..MOST).map(|_| terminal.obey(&Deed::Bars { count: 1 }));
    bars.find(is_so).expect("it comes to that")
}

#[test]
fn on_a_full_disk_nothing_is_opened_and_afterwards_all_goes_on() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("full-disk");
    let strategy = folder.join("strategy.json");
    let options = ["--strategy", &strategy.display().to_string()];
    let place = Place::new(folder, &sample("XAUUSD").head(1_500), 7, &options);
    std::fs::write(strategy, Place::busy_strategy()).expect("it can be written");
    let mut executor = place.limited_executor();
    let mut terminal = place.terminal();
    terminal.obey(&Deed::Await);
    let before = until(&mut terminal, |state| {
        dealt(state) >= 4 && !open(state).is_empty()
    });

    executor.limit_files("0");
    let known = open(&before);
    let requests = before["requests"].clone();
    let mut state = before;
    for _ in 0..FULL {
        state = terminal.obey(&Deed::Bars { count: 1 });
        let new = open(&state).into_iter().find(|one| !known.contains(one));
        assert_eq!(new, None, "it was opened and is written nowhere");
    }
    assert_eq!(
        state["requests"], requests,
        "nothing is asked of the broker"
    );
    assert!(!executor.has_ended());

    executor.limit_files("unlimited");
    terminal.obey(&Deed::Await);
    let dealt_then = dealt(&state);
    until(&mut terminal, |state| dealt(state) >= dealt_then + 4);
    ends_well(&place, executor, terminal);
}
