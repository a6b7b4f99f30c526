//! kill -9 of the executor and of the terminal, anywhere, again and again: the programs themselves,
//! with what they leave on disk. Afterwards no order was given twice, none is forgotten, every
//! position had its stop, and every deal is in the journal once.
//!
//! Ten runs; `PHOENIX_CRASH=200` for as many as one likes. A thousand with the program's parts in one
//! process, killed at exact places, are in `tests/tests/live.rs`.

use backtest::venue::Venue;
use executor::{
    journal::Journal,
    trade::state::{Order, OrderKind},
};
use phoenix_golden::to_raw;
use phoenix_test_mt5::{command::Command as Deed, scenario::Scenario};
use phoenix_tests::sample;
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    io::{BufRead as _, BufReader, Write as _},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    time::Duration,
};

const RUNS: u64 = 10;
/// Bars of each run.
const BARS: usize = 120;

/// Numbers that follow from a seed (xorshift64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}

/// A port that nobody has: below those that the system gives to whoever connects, so that it is not
/// taken while the executor is away.
fn free_port(chance: &mut Chance) -> u16 {
    loop {
        let port = 20_000 + u16::try_from(chance.below(12_000)).expect("a small number");
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}

/// A process that is killed with whoever holds it.
struct Process(Child);

impl Process {
    fn kill(&mut self) {
        // It may have ended by itself: then that is told elsewhere.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

struct Place {
    folder: PathBuf,
    port: u16,
}

impl Place {
    fn executor(&self) -> Process {
        let program = Path::new(env!("CARGO_BIN_EXE_mt5")).with_file_name("phoenix-executor");
        let mut options = std::fs::File::options();
        let log = options.create(true).append(true);
        let log = log.open(self.folder.join("said")).expect("a log");
        let child = Command::new(program)
            .args(["--headless", "--port", &self.port.to_string(), "--state"])
            .arg(self.folder.join("state"))
            .arg("--strategy")
            .arg(self.folder.join("strategy.json"))
            .stdin(Stdio::null())
            .stdout(log.try_clone().expect("a log"))
            .stderr(log)
            .spawn();
        Process(
            child.expect("cargo has built phoenix-executor, as for the workspace's other tests"),
        )
    }

    fn terminal(&self) -> Terminal {
        let mut child = Command::new(env!("CARGO_BIN_EXE_mt5"))
            .arg(self.folder.join("scenario.json"))
            .arg("--control")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the terminal starts");
        let says = child.stdin.take().expect("a pipe");
        let hears = BufReader::new(child.stdout.take().expect("a pipe"));
        Terminal {
            process: Process(child),
            says,
            hears,
        }
    }
}

struct Terminal {
    process: Process,
    says: ChildStdin,
    hears: BufReader<ChildStdout>,
}

impl Terminal {
    fn begin(&mut self, deed: &Deed) {
        let line = serde_json::to_string(deed).expect("JSON");
        writeln!(self.says, "{line}").expect("it hears");
    }

    /// How things stand after what it was told; nothing when it was killed.
    fn end(&mut self) -> Option<Value> {
        let mut line = String::new();
        match self.hears.read_line(&mut line) {
            Ok(0) | Err(_) => None,
            Ok(_) => {
                let mut said: Value = serde_json::from_str(&line).expect("JSON");
                Some(said["state"].take())
            }
        }
    }

    fn obey(&mut self, deed: &Deed) -> Value {
        self.begin(deed);
        let state = self.end().expect("it answers");
        every_position_has_its_stop(&state);
        state
    }
}

fn every_position_has_its_stop(state: &Value) {
    for open in state["positions"].as_array().expect("a list") {
        assert!(open["stop"].as_f64().expect("a price") > 0.0, "{open}");
    }
}

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
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(folder.join("state")).expect("a folder");
    let settings = "[expert]\nanswer = 1000\nmax_volume = 100\nmax_positions = 100\n";
    std::fs::write(folder.join("state/executor.toml"), settings).expect("it can be written");
    let text = include_str!("../../../strategies/gold-macd-adx.json");
    let mut document: Value = serde_json::from_str(text).expect("JSON");
    document["parameters"]["threshold"] = serde_json::json!({ "value": 1, "label": "ADX" });
    std::fs::write(folder.join("strategy.json"), document.to_string()).expect("it can be written");
    let secret = "42".repeat(32);
    std::fs::write(folder.join("state/link.key"), &secret).expect("it can be written");
    let history = folder.join("bars.raw");
    std::fs::write(&history, to_raw(&sample("XAUUSD").head(BARS + 600)))
        .expect("it can be written");
    let result = folder.join("result.jsonl");
    let scenario = Scenario {
        bars: history,
        venue: Venue::typical(&"XAUUSD".parse().expect("a symbol")),
        first: 500,
        inputs: BTreeMap::from([
            ("Port".to_owned(), Value::Null),
            ("PairingKey".to_owned(), secret.into()),
        ]),
        result: Some(result.clone()),
        book: Some(folder.join("book.jsonl")),
        seed,
        ..Scenario::default()
    };
    let mut chance = Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let port = free_port(&mut chance);
    let place = Place { folder, port };
    let mut scenario = scenario;
    scenario.inputs.insert("Port".to_owned(), port.into());
    let text = serde_json::to_string(&scenario).expect("JSON");
    std::fs::write(place.folder.join("scenario.json"), text).expect("it can be written");

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
    // What is under way ends.
    terminal.obey(&Deed::Await);
    let state = terminal.obey(&Deed::Timers { count: 300 });
    let open: BTreeSet<i64> = state["positions"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|open| open["ticket"].as_i64().expect("a ticket"))
        .collect();
    terminal.begin(&Deed::Finish);
    let _ = terminal.end();
    executor.kill();

    let lines = std::fs::read_to_string(&result).expect("a result");
    let lines: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    let deals: Vec<&Value> = lines.iter().filter(|line| line["kind"] == "deal").collect();
    let mut commands = BTreeSet::new();
    for deal in &deals {
        let comment = deal["comment"].as_str().expect("a text");
        if deal["entry"] == 0 && comment.starts_with("PX-") {
            assert!(
                commands.insert(comment),
                "seed {seed}: {comment} was carried out twice"
            );
        }
    }
    let mut journal = Journal::open(&place.folder.join("state/journal.db")).expect("a journal");
    let account = journal
        .account(&scenario.server, scenario.login)
        .expect("it is read");
    let mut told = Vec::new();
    loop {
        let part = journal.unreported(account, 500).expect("it is read");
        if part.is_empty() {
            break;
        }
        let tickets: Vec<i64> = part.iter().map(|deal| deal.ticket).collect();
        journal.confirmed(account, &tickets).expect("it is written");
        told.extend(tickets);
    }
    let mut wanted: Vec<i64> = deals
        .iter()
        .map(|deal| deal["ticket"].as_i64().expect("a ticket"))
        .collect();
    wanted.sort_unstable();
    told.sort_unstable();
    assert_eq!(told, wanted, "seed {seed}: each deal is written down once");
    let runs = journal.runs(account).expect("it is read");
    let held = runs.iter().flat_map(|run| &run.state.held);
    let held: BTreeSet<i64> = held.map(|held| held.ticket).collect();
    assert_eq!(held, open, "seed {seed}: what is open is known");
    // At the end of history the market is closed: closings are asked for until it opens again.
    let opens = |order: &Order| matches!(order.kind, OrderKind::Open { .. });
    let mut orders = runs.iter().flat_map(|run| &run.state.orders);
    assert!(!orders.any(opens), "seed {seed}: every entry has an end");
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
    assert!(kills as u64 > runs * 4, "{kills} kills");
    assert!(deals as u64 > runs * 4, "{deals} deals");
}
