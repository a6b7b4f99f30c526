//! How long a command from the web takes to the Expert Advisor and back: from the call that gives it
//! to the event that says that it was carried out. The programs are the real ones, the terminal the
//! simulated one, whose timer fires every 16 ms, as MetaTrader's does at worst.

#![allow(clippy::unwrap_used, reason = "a measurement may panic")]
#![allow(dead_code, reason = "shared with the tests of the program")]
#![allow(clippy::print_stdout, reason = "it is what it is for")]

#[path = "../tests/whole/world.rs"]
mod world;

#[path = "../tests/cli/browser.rs"]
mod browser;
#[path = "../tests/cli/documented.rs"]
mod documented;
#[path = "../tests/cli/machine.rs"]
mod machine;
#[path = "../tests/cli/support.rs"]
mod support;
#[path = "../tests/cli/web.rs"]
mod web;

use machine::now;
use phoenix_test_mt5::command::Command as Deed;
use serde_json::json;
use std::{
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};
use world::World;

/// Commands that are timed, and the pause between two.
const COMMANDS: usize = 300;
const PAUSE: Duration = Duration::from_millis(50);
/// From one timer of the Expert Advisor to the next.
const TIMER: Duration = Duration::from_millis(16);

fn main() {
    let mut world = World::new("latency", 1_200, 1);
    world.terminal.obey(&Deed::Await);
    // The account has to be known before anything can be commanded on it.
    while world.all("/reporting/accounts").is_empty() {
        world.terminal.obey(&Deed::Timers { count: 1 });
    }
    let account = world.all("/reporting/accounts").remove(0)["id"].take();
    let has_ended = AtomicBool::new(false);
    let World {
        terminal,
        web,
        cookie,
        ..
    } = &mut world;
    let here = machine::Machine::of_cookie(web, cookie);
    let mut took: Vec<Duration> = thread::scope(|scope| {
        scope.spawn(|| {
            while !has_ended.load(Ordering::Relaxed) {
                terminal.obey(&Deed::Timers { count: 1 });
                thread::sleep(TIMER);
            }
        });
        let mut events = here.listen();
        let took = (0..COMMANDS).map(|_| {
            thread::sleep(PAUSE);
            let command = json!({
                "action": { "kind": "close_mine" }, "target": { "broker_account": account },
                "expires_at": now() + 60_000,
            });
            let begun = Instant::now();
            let given = here.post("/command", &command);
            assert_eq!(given.status, 201, "{}", given.text());
            let id = given.value()["id"].take();
            loop {
                let event = events.next("command_changed").unwrap();
                let command = &event["command"];
                if command["id"] == id && command["state"] == "executed" {
                    return begun.elapsed();
                }
                assert_ne!(command["state"], "failed", "{event}");
            }
        });
        let took = took.collect();
        has_ended.store(true, Ordering::Relaxed);
        took
    });
    took.sort_unstable();
    let at = |share: f64| took[((took.len() as f64 - 1.0) * share).round() as usize];
    println!(
        "{COMMANDS} commands, given to carried out and known: p50 {:?}, p90 {:?}, p99 {:?}, worst {:?}",
        at(0.5),
        at(0.9),
        at(0.99),
        at(1.0)
    );
}
