//! A simulated MetaTrader 5 with the Phoenix EA on its chart: one process, one terminal.

use anyhow::{Context, Result};
use backtest::venue::{Mode, Venue};
use clap::{Parser, ValueEnum};
use phoenix_test_mt5::{replay::Replay, scenario::Scenario, terminal::Terminal};
use serde_json::json;
use std::{fs, io, path::PathBuf};
use trading::{symbol::Symbol, timeframe::Timeframe};

/// Runs the EA's real source against a simulated terminal and broker.
///
/// Without --control it waits until an executor has subscribed, replays the history and writes the
/// result. With it, each line of standard input is a command (JSON, see the module `command`), and
/// each is answered with a line.
#[derive(Debug, Parser)]
struct Options {
    /// A scenario as JSON; the options below take the place of what it says.
    scenario: Option<PathBuf>,
    /// The history: .csv, .csv.gz or .raw.
    #[arg(long)]
    bars: Option<PathBuf>,
    /// The chart's symbol.
    #[arg(long)]
    symbol: Option<Symbol>,
    /// The length of a bar.
    #[arg(long)]
    timeframe: Option<Timeframe>,
    /// The venue as JSON.
    #[arg(long)]
    venue: Option<PathBuf>,
    /// How the account keeps positions.
    #[arg(long)]
    mode: Option<Keeping>,
    /// The first bar that is replayed.
    #[arg(long)]
    first: Option<usize>,
    /// How many bars are replayed at most.
    #[arg(long)]
    count: Option<usize>,
    /// The executor's port.
    #[arg(long)]
    port: Option<u16>,
    /// The pairing secret as 64 hexadecimal digits.
    #[arg(long)]
    key: Option<String>,
    /// MetaTrader's common folder, with Phoenix/link.key in it.
    #[arg(long)]
    common: Option<PathBuf>,
    /// The EA's magic number.
    #[arg(long)]
    magic: Option<i64>,
    /// The account's number.
    #[arg(long)]
    login: Option<i64>,
    /// What chance follows.
    #[arg(long)]
    seed: Option<u64>,
    /// Where deals and trades are written.
    #[arg(long)]
    result: Option<PathBuf>,
    /// Where the account survives a kill.
    #[arg(long)]
    book: Option<PathBuf>,
    /// Commands come on standard input.
    #[arg(long)]
    control: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Keeping {
    Netting,
    Hedging,
}

impl Options {
    fn scenario(&self) -> Result<Scenario> {
        let mut scenario = match &self.scenario {
            Some(path) => json_of(path)?,
            None => Scenario::default(),
        };
        if let Some(path) = &self.venue {
            scenario.venue = Some(json_of(path)?);
        }
        set(&mut scenario.bars, self.bars.clone());
        set(&mut scenario.symbol, self.symbol.clone());
        set(&mut scenario.first, self.first);
        set(&mut scenario.login, self.login);
        set(&mut scenario.seed, self.seed);
        let keep = |place: &mut Option<PathBuf>, value: &Option<PathBuf>| {
            if value.is_some() {
                place.clone_from(value);
            }
        };
        keep(&mut scenario.common, &self.common);
        keep(&mut scenario.result, &self.result);
        keep(&mut scenario.book, &self.book);
        scenario.count = self.count.or(scenario.count);
        scenario.timeframe = self.timeframe.or(scenario.timeframe);
        if let Some(mode) = self.mode {
            let venue = scenario.venue.take();
            let mut venue = venue
                .or_else(|| Venue::typical(&scenario.symbol))
                .context("give the venue of this symbol")?;
            venue.account.mode = match mode {
                Keeping::Netting => Mode::Netting,
                Keeping::Hedging => Mode::Hedging,
            };
            scenario.venue = Some(venue);
        }
        let inputs = [
            ("Port", self.port.map(|port| json!(port))),
            ("PairingKey", self.key.as_ref().map(|key| json!(key))),
            ("MagicNumber", self.magic.map(|magic| json!(magic))),
        ];
        for (name, value) in inputs {
            if let Some(value) = value {
                scenario.inputs.insert(name.to_owned(), value);
            }
        }
        Ok(scenario)
    }
}

fn set<T>(place: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *place = value;
    }
}

fn json_of<T: serde::de::DeserializeOwned>(path: &PathBuf) -> Result<T> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    serde_json::from_str(&text).with_context(|| path.display().to_string())
}

fn main() -> Result<()> {
    let options = Options::parse();
    let terminal = Terminal::new(options.scenario()?)?;
    let mut replay = Replay::start(terminal)?;
    if options.control {
        return replay.obey(io::BufReader::new(io::stdin()), io::stdout());
    }
    replay.wait_for_executor()?;
    replay.run()?;
    replay.finish()
}
