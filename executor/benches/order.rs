//! From the tick that closes a bar leaving a terminal to the first order arriving there, with twenty
//! strategies at work and the journal on disk: `cargo bench -p executor --bench order`.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement that fails has nothing to say"
)]

mod wire;

use backtest::{market::Market, venue::Venue};
use executor::{
    demo,
    drive::{Drive, Sources, Wish},
    journal::Journal,
    link::{Link, Settings},
    paper::PaperTerminal,
    service::{Active, Rules, Service},
};
use protocol::{
    id::StrategyId,
    link::{
        FromExecutor, FromTerminal, Nonce, Secret,
        executor::Guard,
        part::{DeadMan, Ping},
    },
};
use std::{net::SocketAddr, time::Instant};
use tokio::sync::mpsc;
use trading::{language::Language, timeframe::Timeframe};
use wire::Wire;

const STRATEGIES: usize = 20;

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    let secret = Secret::new([1; 32]);
    let guard = Guard {
        max_volume: 100.0,
        max_positions: 1_000,
        max_daily_loss: 0.0,
        dead_man: DeadMan::LeaveStops,
        dead_man_ms: 60_000,
    };
    let folder = std::env::temp_dir().join(format!("phoenix-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let journal = Journal::open(&folder.join("journal.db")).unwrap();
    let any = SocketAddr::from(([127, 0, 0, 1], 0));
    let mut settings = Settings::new(guard);
    settings.heartbeat = std::time::Duration::from_secs(60);
    let bound = Link::bind(any, secret.clone(), settings);
    let (link, events) = runtime.block_on(bound).unwrap();
    let address = link.address();
    let (wish, wishes) = mpsc::channel(4);
    let (_tell, inside) = mpsc::unbounded_channel();
    runtime
        .block_on(wish.send(Wish::Strategies(strategies())))
        .unwrap();
    let service = Service::new(journal, Rules::default());
    let from = Sources {
        link: (link, events),
        inside,
        server: mpsc::channel(1).1,
        wishes,
    };
    let (drive, _status) = Drive::new(service, from, Language::En, Box::new(|_| {}));
    runtime.spawn(drive.run());

    let bars = demo::history().unwrap();
    let venue = Venue::typical(&"XAUUSD".parse().unwrap()).unwrap();
    let market = Market::new(&bars, &venue);
    let mut terminal = PaperTerminal::new(&market, &venue, Timeframe::H1);
    terminal.skip(2_000);
    let mut wire = Wire::connect(address, &secret, terminal.hello(Nonce([2; 32])));
    for said in terminal.standing() {
        let bytes = wire.seal(said);
        wire.send(&bytes);
    }
    while !terminal.is_wanted() {
        hear(&mut wire, &mut terminal);
    }
    let (mut first, mut whole) = (Vec::new(), Vec::new());
    while let Some(opened) = terminal.opens() {
        let is_bar = opened
            .iter()
            .any(|said| matches!(said, FromTerminal::Bar(_)));
        let bytes: Vec<_> = opened.into_iter().map(|said| wire.seal(said)).collect();
        let begun = Instant::now();
        for bytes in &bytes {
            wire.send(bytes);
        }
        let mut orders = Vec::new();
        loop {
            if !is_bar {
                break;
            }
            let message = wire.hear();
            match message {
                FromExecutor::Answered(_) => {
                    whole.push(begun.elapsed());
                    break;
                }
                FromExecutor::Open(_) | FromExecutor::Modify(_) | FromExecutor::Close(_)
                    if orders.is_empty() =>
                {
                    first.push(begun.elapsed());
                    orders.push(message);
                }
                _ => orders.push(message),
            }
        }
        for order in orders {
            answer(&mut wire, terminal.on(order));
        }
        answer(&mut wire, terminal.passes());
        // Everything is heard before the next bar.
        let bytes = wire.seal(Ping { token: 1 });
        wire.send(&bytes);
        while !hear(&mut wire, &mut terminal) {}
    }
    told("to the first order", first);
    told("to the last word on a bar", whole);
    drop(runtime);
    std::fs::remove_dir_all(folder).unwrap();
}

/// Hears and answers one message; whether it was a `Pong`.
fn hear(wire: &mut Wire, terminal: &mut PaperTerminal<'_>) -> bool {
    let message = wire.hear();
    if matches!(message, FromExecutor::Pong(_)) {
        return true;
    }
    answer(wire, terminal.on(message));
    false
}

fn answer(wire: &mut Wire, says: Vec<FromTerminal>) {
    for said in says {
        let bytes = wire.seal(said);
        wire.send(&bytes);
    }
}

/// The ready strategies for gold, again and again until there are enough.
fn strategies() -> Vec<Active> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../strategies");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_string_lossy().contains("gold-"))
        .collect();
    files.sort();
    let files = files.iter().cycle().take(STRATEGIES).enumerate();
    files
        .map(|(at, path)| Active {
            strategy: StrategyId(uuid::Uuid::from_u128(at as u128 + 1)),
            version: 1,
            document: std::fs::read_to_string(path).unwrap(),
            login: None,
            is_paused: false,
        })
        .collect()
}

fn told(what: &str, mut took: Vec<std::time::Duration>) {
    took.sort_unstable();
    let at = |share: usize| took[(took.len() - 1) * share / 1_000].as_micros();
    println!(
        "from the tick that closes a bar {what}, {STRATEGIES} strategies, {} times: p50 {} us, p90 {} us, p99 {} us",
        took.len(),
        at(500),
        at(900),
        at(990)
    );
}
