//! kill -9 of the executor and of the terminal, anywhere, again and again: the programs themselves,
//! with what they leave on disk. Afterwards no order was given twice, none is forgotten, every
//! position had its stop, and every deal is in the journal once.
//!
//! Ten runs; `PHOENIX_CRASH=200` for as many as one likes. A thousand with the program's parts in one
//! process, killed at exact places, are in `tests/tests/live.rs`; with a server, that is killed too,
//! `server/tests/whole`.

use crate::after::ends_well;
use phoenix_test_mt5::{
    command::Command as Deed,
    program::{Chance, Place, Process, Terminal, every_position_has_its_stop},
};
use phoenix_tests::sample;
use std::{path::Path, time::Duration};

const RUNS: u64 = 10;
/// Bars of each run.
const BARS: usize = 120;

/// Kills the executor or the terminal somewhere on the way through a bar. Both are there again at the
/// end.
fn kill(place: &Place, executor: &mut Process, terminal: &mut Terminal, chance: &mut Chance) {
    let after = Duration::from_micros(chance.below(4_000));
    terminal.begin(&Deed::Bars { count: 2 });
    // Not to wait for something: anywhere is where it shall be.
    std::thread::sleep(after);
    if chance.below(2) == 0 {
        executor.kill();
        let state = terminal.end().expect("the terminal goes on");
        every_position_has_its_stop(&state);
        *executor = place.executor();
    } else {
        terminal.process.kill();
        *terminal = place.terminal();
    }
    terminal.obey(&Deed::Await);
}

fn run(seed: u64) -> (usize, usize) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("crash-{seed}"));
    let strategy = folder.join("strategy.json");
    let bars = sample("XAUUSD").head(BARS + 600);
    let options = ["--strategy", &strategy.display().to_string()];
    let place = Place::new(folder, &bars, seed, &options);
    std::fs::write(strategy, Place::busy_strategy()).expect("it can be written");

    let mut chance = Chance::new(seed);
    let mut executor = place.executor();
    let mut terminal = place.terminal();
    terminal.obey(&Deed::Await);
    let mut bars = 0;
    let mut kills = 0;
    while bars < BARS {
        if chance.below(12) == 0 {
            kill(&place, &mut executor, &mut terminal, &mut chance);
            kills += 1;
            bars += 2;
        } else {
            terminal.obey(&Deed::Bars { count: 1 });
            bars += 1;
        }
    }
    let deals = ends_well(&place, executor, terminal);
    (kills, deals.len())
}

#[test]
fn whatever_is_killed_nothing_is_lost_doubled_or_without_a_stop() {
    let runs = std::env::var("PHOENIX_CRASH").ok();
    let runs = runs.map_or(RUNS, |runs| runs.parse().expect("a number of runs"));
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
