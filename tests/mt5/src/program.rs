//! Executor and terminal as programs, with all that they leave on disk: started, spoken to, killed.

use crate::{command::Command as Deed, scenario::Scenario};
use backtest::venue::Venue;
use serde_json::Value;
use std::{
    collections::BTreeMap,
    fs::File,
    io::{BufRead as _, BufReader, Write as _},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};
use trading::bar::Bars;

/// The bar that is replayed first: those before it are history.
const FIRST: usize = 500;

/// Numbers that follow from a seed (xorshift64).
#[derive(Debug)]
pub struct Chance(u64);

impl Chance {
    /// Those of a seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// The next one, from 0 to before `end`.
    pub const fn below(&mut self, end: u64) -> u64 {
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
        let port = 20_000 + chance.below(12_000) as u16;
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}

/// A program of the workspace, beside the test that runs.
///
/// # Panics
/// When cargo has not built it.
pub fn program(name: &str) -> PathBuf {
    let here = std::env::current_exe().expect("a test is a program");
    let folder = here.ancestors().nth(2).expect("target/…/deps/test");
    let program = folder.join(name);
    assert!(
        program.is_file(),
        "{} is built with the workspace's tests",
        program.display()
    );
    program
}

/// A process that is killed with whoever holds it.
#[derive(Debug)]
pub struct Process(Child);

impl Process {
    /// kill -9.
    pub fn kill(&mut self) {
        // It may have ended by itself: then that is told elsewhere.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }

    /// How long its files may become, in bytes; `unlimited` for as long as they like. Only of one
    /// that was started with [`Place::limited_executor`].
    ///
    /// # Panics
    /// When the system does not do it.
    pub fn limit_files(&self, bytes: &str) {
        let ran = Command::new("prlimit")
            .arg(format!("--pid={}", self.0.id()))
            .arg(format!("--fsize={bytes}:"))
            .status();
        assert!(ran.expect("prlimit").success());
    }

    /// Whether it has ended.
    ///
    /// # Panics
    /// When the system does not say.
    pub fn has_ended(&mut self) -> bool {
        self.0.try_wait().expect("the system says it").is_some()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A computer: what is on its disk, and at which port the executor waits.
#[derive(Debug)]
pub struct Place {
    /// The folder of everything.
    pub folder: PathBuf,
    /// The terminal's day.
    pub scenario: Scenario,
    options: Vec<String>,
}

impl Place {
    /// A place where gold is traded, with an executor that has these options beside its port and its
    /// folder.
    ///
    /// # Panics
    /// When the disk fails.
    pub fn new(folder: PathBuf, bars: &Bars, seed: u64, options: &[&str]) -> Self {
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(folder.join("state")).expect("a folder");
        let write = |name: &str, text: &str| {
            std::fs::write(folder.join(name), text).expect("it can be written");
        };
        write(
            "state/executor.toml",
            "[expert]\nanswer = 1000\nmax_volume = 100\nmax_positions = 100\n",
        );
        let secret = "42".repeat(32);
        write("state/link.key", &secret);
        let history = folder.join("bars.raw");
        std::fs::write(&history, phoenix_golden::to_raw(bars)).expect("it can be written");
        let port = free_port(&mut Chance::new(seed));
        let scenario = Scenario {
            bars: history,
            venue: Venue::typical(&"XAUUSD".parse().expect("a symbol")),
            first: FIRST,
            inputs: BTreeMap::from([
                ("Port".to_owned(), port.into()),
                ("PairingKey".to_owned(), secret.into()),
            ]),
            result: Some(folder.join("result.jsonl")),
            book: Some(folder.join("book.jsonl")),
            seed,
            ..Scenario::default()
        };
        let text = serde_json::to_string(&scenario).expect("JSON");
        write("scenario.json", &text);
        let mut all = vec!["--port".to_owned(), port.to_string()];
        all.extend(options.iter().map(|option| (*option).to_owned()));
        Self {
            folder,
            scenario,
            options: all,
        }
    }

    /// A strategy that trades gold often, as JSON.
    ///
    /// # Panics
    /// Never: the text is what it is.
    pub fn busy_strategy() -> String {
        let text = include_str!("../../../strategies/gold-macd-adx.json");
        let mut document: Value = serde_json::from_str(text).expect("JSON");
        document["parameters"]["threshold"] = serde_json::json!({ "value": 1, "label": "ADX" });
        document.to_string()
    }

    /// Starts the executor.
    ///
    /// # Panics
    /// When it does not start.
    pub fn executor(&self) -> Process {
        self.start(Command::new(program("phoenix-executor")))
    }

    /// The same where files may be no longer than [`Process::limit_files`] says; at first as long as
    /// they like. A write beyond that fails as on a disk that is full.
    ///
    /// # Panics
    /// When it does not start.
    pub fn limited_executor(&self) -> Process {
        let mut shell = Command::new("sh");
        // Without this the system ends a program at its first write that is too long.
        shell.args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\""]);
        shell.arg(program("phoenix-executor"));
        self.start(shell)
    }

    fn start(&self, mut program: Command) -> Process {
        // What it says itself goes where files may be as long as they like: to nobody.
        let log = File::options()
            .create(true)
            .append(true)
            .open(self.folder.join("said"));
        let child = program
            .args(["--headless", "--state"])
            .arg(self.folder.join("state"))
            .args(&self.options)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log.expect("a log"))
            .spawn();
        Process(child.expect("it starts"))
    }

    /// What the executor has written into its log.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.join("state/executor.log")).unwrap_or_default()
    }

    /// Starts the terminal.
    ///
    /// # Panics
    /// When it does not start.
    pub fn terminal(&self) -> Terminal {
        let mut child = Command::new(program("mt5"))
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

    /// What the terminal wrote at its end, of this kind.
    ///
    /// # Panics
    /// When it did not end well.
    pub fn result(&self, kind: &str) -> Vec<Value> {
        let path = self.scenario.result.as_deref().unwrap_or(Path::new(""));
        let text = std::fs::read_to_string(path).expect("a result");
        let lines = text
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
        lines.filter(|line| line["kind"] == kind).collect()
    }
}

/// The terminal, with its Expert Advisor.
#[derive(Debug)]
pub struct Terminal {
    /// The program.
    pub process: Process,
    says: ChildStdin,
    hears: BufReader<ChildStdout>,
}

impl Terminal {
    /// Has it begin something.
    ///
    /// # Panics
    /// When it does not listen.
    pub fn begin(&mut self, deed: &Deed) {
        let line = serde_json::to_string(deed).expect("JSON");
        writeln!(self.says, "{line}").expect("it hears");
    }

    /// How things stand after what it was told; nothing when it was killed.
    ///
    /// # Panics
    /// When it says something else.
    pub fn end(&mut self) -> Option<Value> {
        let mut line = String::new();
        match self.hears.read_line(&mut line) {
            Ok(0) | Err(_) => None,
            Ok(_) => {
                let mut said: Value = serde_json::from_str(&line).expect("JSON");
                Some(said["state"].take())
            }
        }
    }

    /// Has it do something, and says how things stand then.
    ///
    /// # Panics
    /// When it dies of it, or a position has no stop.
    pub fn obey(&mut self, deed: &Deed) -> Value {
        self.begin(deed);
        let state = self.end().expect("it answers");
        every_position_has_its_stop(&state);
        state
    }
}

/// # Panics
/// When one has none.
pub fn every_position_has_its_stop(state: &Value) {
    for open in state["positions"].as_array().expect("a list") {
        assert!(open["stop"].as_f64().expect("a price") > 0.0, "{open}");
    }
}

/// Tickets in a list of deals or positions.
///
/// # Panics
/// When there are none in it.
pub fn tickets(list: &[Value]) -> Vec<i64> {
    let ticket = |one: &Value| one["ticket"].as_i64().expect("a ticket");
    let mut all: Vec<i64> = list.iter().map(ticket).collect();
    all.sort_unstable();
    all
}

/// That no order of ours was carried out twice.
///
/// # Panics
/// When one was.
pub fn nothing_was_done_twice(deals: &[Value]) {
    let mut commands = std::collections::BTreeSet::new();
    for deal in deals {
        let comment = deal["comment"].as_str().expect("a text");
        if deal["entry"] == 0 && comment.starts_with("PX-") {
            assert!(commands.insert(comment), "{comment} was carried out twice");
        }
    }
}
