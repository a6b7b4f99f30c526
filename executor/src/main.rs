//! `phoenix-executor`: evaluates strategies beside the terminal, and drives its Expert Advisor.
#![allow(clippy::print_stdout)] // a program of the command line speaks there

use anyhow::{Context, Result, bail};
use backtest::venue::Venue;
use clap::Parser;
use executor::{
    demo,
    drive::{Drive, Wish},
    journal::Journal,
    link::{self, Link},
    service::{Active, Out, Rules, Seat, Service},
};
use protocol::{
    id::StrategyId,
    link::{Secret, executor::Guard, part::DeadMan},
};
use std::{
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    time::Duration,
};
use tokio::sync::mpsc;

/// Evaluates strategies beside MetaTrader, and has its Expert Advisor carry out what they decide.
#[derive(Debug, Parser)]
#[command(version, about)]
struct Options {
    /// Trade on paper: history passes as if it were now. Nothing is sent to a broker.
    #[arg(long)]
    demo: bool,
    /// With --demo: milliseconds for each hour of history.
    #[arg(long, default_value_t = 1_000)]
    pace: u64,
    /// Trade this strategy, whatever the server says. May be given more than once.
    #[arg(long, value_name = "FILE")]
    strategy: Vec<PathBuf>,
    /// Where journal and secrets are kept.
    #[arg(long, value_name = "FOLDER", env = "PHOENIX_EXECUTOR_STATE")]
    state: Option<PathBuf>,
    /// The port on this computer at which Expert Advisors come in; 0 for any.
    #[arg(long, default_value_t = protocol::link::PORT)]
    port: u16,
}

fn main() -> Result<()> {
    let options = Options::parse();
    let state = state_folder(options.state.as_deref())?;
    std::fs::create_dir_all(&state).with_context(|| format!("{}", state.display()))?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(work(options, &state))
}

async fn work(options: Options, state: &Path) -> Result<()> {
    let journal = if options.demo {
        // What was traded on paper is of no use to the next one, whose history begins anew.
        Journal::in_memory()?
    } else {
        Journal::open(&state.join("journal.db"))?
    };
    let service = Service::new(journal, Rules::default());
    let guard = Guard {
        max_volume: 100.0,
        max_positions: 100,
        max_daily_loss: 0.0,
        dead_man: DeadMan::LeaveStops,
        dead_man_ms: 60_000,
    };
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, options.port));
    let secret = secret(&state.join("link.key"))?;
    let (link, events) = Link::bind(address, secret, link::Settings::new(guard)).await?;
    println!("Expert Advisors come in at {}", link.address());
    let (tell, inside) = mpsc::unbounded_channel();
    let (wish, wishes) = mpsc::channel(16);
    let active = local(&options.strategy)?;
    if active.is_empty() {
        bail!("nothing is to trade: give a strategy with --strategy FILE");
    }
    wish.send(Wish::Strategies(active)).await?;
    if options.demo {
        let bars = demo::history()?;
        let symbol = "XAUUSD".parse()?;
        let venue = Venue::typical(&symbol).context("the terms of gold")?;
        let pace = Duration::from_millis(options.pace);
        let ended = wish.clone();
        std::thread::Builder::new()
            .name("paper terminal".to_owned())
            .spawn(move || {
                demo::play(&bars, &venue, pace, &tell);
                // Nobody may be there to hear it.
                let _ = ended.blocking_send(Wish::Stop);
            })?;
    }
    let stop = wish;
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            let _ = stop.send(Wish::Stop).await;
        }
    });
    Drive::new(service, (link, events), inside, wishes, Box::new(log))
        .run()
        .await;
    Ok(())
}

/// What happens, for people.
fn log(out: &Out) {
    match out {
        Out::Closed(_, done) => println!(
            "closed {} at {} ({}): {:+.2}",
            done.ticket,
            done.price,
            done.exit.name(),
            done.profit
        ),
        Out::Send(Seat(_), protocol::link::FromExecutor::Open(order)) => println!(
            "{} {} {} ({})",
            order.side.name(),
            order.volume,
            order.symbol,
            order.command.comment()
        ),
        Out::Tell(_, tell) => println!("{tell:?}"),
        Out::Cannot(strategy, why) => println!("{strategy}: {why}"),
        Out::Journal(fault) => println!("{fault}"),
        _ => {}
    }
}

/// Strategies of files, each with a name that follows from its text: the same text is the same one.
fn local(files: &[PathBuf]) -> Result<Vec<Active>> {
    let read = |path: &PathBuf| {
        let document =
            std::fs::read_to_string(path).with_context(|| format!("{}", path.display()))?;
        Ok(Active {
            strategy: StrategyId(uuid::Uuid::new_v5(
                &uuid::Uuid::NAMESPACE_OID,
                document.as_bytes(),
            )),
            version: 1,
            document,
            login: None,
            is_paused: false,
        })
    };
    files.iter().map(read).collect()
}

/// The pairing secret, made when there is none.
fn secret(path: &Path) -> Result<Secret> {
    if let Ok(text) = std::fs::read_to_string(path) {
        return Secret::from_hex(text.trim()).with_context(|| format!("{}", path.display()));
    }
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|fault| anyhow::anyhow!("no random numbers: {fault}"))?;
    let secret = Secret::new(bytes);
    executor::secret_file::write(path, &secret.to_hex())?;
    Ok(secret)
}

/// Where this system keeps what programs remember.
fn state_folder(given: Option<&Path>) -> Result<PathBuf> {
    if let Some(given) = given {
        return Ok(given.to_owned());
    }
    let base = if cfg!(windows) {
        std::env::var_os("LOCALAPPDATA").map(PathBuf::from)
    } else {
        let home = || std::env::var_os("HOME").map(|home| Path::new(&home).join(".local/state"));
        std::env::var_os("XDG_STATE_HOME")
            .map(PathBuf::from)
            .or_else(home)
    };
    let base = base.context("no folder for what is to be kept: give one with --state")?;
    Ok(base.join("phoenix-executor"))
}
