//! kill -9 of server, executor and terminal, anywhere. Whatever dies, no order is given twice, every
//! position has its stop, and in the end the server knows each deal of the broker's, once, and what
//! is open.
//!
//! Three runs; `PHOENIX_CRASH=200` for as many as one likes.

use crate::world::World;
use phoenix_test_mt5::{
    command::Command as Deed,
    program::{Chance, every_position_has_its_stop, nothing_was_done_twice, tickets},
};
use serde_json::Value;
use std::time::{Duration, Instant};

const RUNS: u64 = 3;
/// Bars of each run.
const BARS: usize = 100;
/// Longer than anything takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(100);

/// Kills one of the three somewhere on the way through two bars. All are there again at the end.
fn kill(world: &mut World, chance: &mut Chance) {
    let after = Duration::from_micros(chance.below(4_000));
    world.terminal.begin(&Deed::Bars { count: 2 });
    // Not to wait for something: anywhere is where it shall be.
    std::thread::sleep(after);
    match chance.below(3) {
        0 => {
            world.executor.kill();
            ends(world);
            world.executor = world.computer.executor();
        }
        1 => {
            world.web.kill();
            ends(world);
            world.start_server();
        }
        _ => {
            world.terminal.process.kill();
            world.terminal = world.computer.terminal();
        }
    }
    world.terminal.obey(&Deed::Await);
}

/// The terminal goes on to the end of what it was told.
fn ends(world: &mut World) {
    let state = world.terminal.end().unwrap();
    every_position_has_its_stop(&state);
}

fn run(seed: u64) -> (usize, usize) {
    let mut world = World::new(&format!("whole-{seed}"), BARS + 600, seed);
    let mut chance = Chance::new(seed);
    world.terminal.obey(&Deed::Await);
    let (mut bars, mut kills) = (0, 0);
    while bars < BARS {
        if chance.below(10) == 0 {
            kill(&mut world, &mut chance);
            kills += 1;
            bars += 2;
        } else {
            world.terminal.obey(&Deed::Bars { count: 1 });
            bars += 1;
        }
    }
    // What is under way ends.
    world.terminal.obey(&Deed::Await);
    let mut state = world.terminal.obey(&Deed::Timers { count: 300 });
    let begun = Instant::now();
    let known = |world: &World, state: &Value| {
        let dealt = world.all("/reporting/deals").len() as u64;
        let open = world.here().get("/reporting/positions").json();
        let open: Vec<Value> = open["items"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|one| one["positions"].as_array().unwrap().clone())
            .collect();
        Some(dealt) == state["deals"].as_u64()
            && tickets(&open) == tickets(state["positions"].as_array().unwrap())
    };
    while !known(&world, &state) {
        assert!(
            begun.elapsed() < PATIENCE,
            "seed {seed}: the server does not come to know {state}\n{}",
            world.computer.log()
        );
        state = world.terminal.obey(&Deed::Timers { count: 20 });
    }
    let told = world.all("/reporting/deals").into_iter();
    let told: Vec<Value> = told.map(|mut kept| kept["deal"].take()).collect();
    let told = tickets(&told);
    world.terminal.begin(&Deed::Finish);
    let _ = world.terminal.end();
    let deals = world.computer.result("deal");
    nothing_was_done_twice(&deals);
    assert_eq!(told, tickets(&deals), "seed {seed}: each deal once");
    (kills, deals.len())
}

#[test]
fn whole_whatever_is_killed_the_server_comes_to_know_everything_once() {
    let runs = std::env::var("PHOENIX_CRASH").ok();
    let runs = runs.map_or(RUNS, |runs| runs.parse().unwrap());
    let (mut kills, mut deals) = (0, 0);
    for seed in 1..=runs {
        let (killed, dealt) = run(seed);
        kills += killed;
        deals += dealt;
    }
    eprintln!("{runs} runs, {kills} kills, {deals} deals");
    assert!(kills as u64 > runs * 4, "{kills} kills");
    assert!(deals as u64 > runs * 4, "{deals} deals");
}
