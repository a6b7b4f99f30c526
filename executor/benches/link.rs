//! From a tick leaving a terminal to the order arriving there, without anything being decided in
//! between: what the link itself takes. `cargo bench -p executor --bench link`.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement that fails has nothing to say"
)]

mod wire;

use executor::link::{EventKind, Link, Settings};
use protocol::link::{
    FromExecutor, FromTerminal, Nonce, Secret,
    executor::{Guard, Open},
    part::{CommandNumber, DeadMan, Money},
    terminal::{Hello, Tick},
};
use std::{net::SocketAddr, time::Instant};
use trading::{symbol::Side, symbol::Symbol, time::Time};
use wire::Wire;

const WARM_UP: usize = 2_000;
const ROUNDS: usize = 20_000;

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    let secret = Secret::new([1; 32]);
    let guard = Guard {
        max_volume: 1.0,
        max_positions: 1,
        max_daily_loss: 0.0,
        dead_man: DeadMan::LeaveStops,
        dead_man_ms: 10_000,
    };
    let any = SocketAddr::from(([127, 0, 0, 1], 0));
    let bound = Link::bind(any, secret.clone(), Settings::new(guard));
    let (link, mut events) = runtime.block_on(bound).unwrap();
    let address = link.address();
    runtime.spawn(async move {
        let mut number = 0;
        while let Some(event) = events.recv().await {
            let EventKind::Message(FromTerminal::Tick(tick)) = event.kind else {
                continue;
            };
            number += 1;
            let open = Open {
                command: CommandNumber::new(number).unwrap(),
                expires: tick.time,
                symbol: tick.symbol,
                side: Side::Buy,
                volume: 0.1,
                stop_distance: 10.0,
                target_distance: 0.0,
                deviation: 20,
            };
            link.send(event.terminal, open).unwrap();
        }
    });

    let mut terminal = Wire::connect(address, &secret, who());
    let _: FromExecutor = terminal.hear();

    let symbol: Symbol = "XAUUSD".parse().unwrap();
    let mut took = Vec::with_capacity(ROUNDS);
    for round in 0..WARM_UP + ROUNDS {
        let tick = Tick {
            symbol: symbol.clone(),
            time: Time(round as i64),
            bid: 2000.0,
            ask: 2000.2,
        };
        let bytes = terminal.seal(tick);
        let begun = Instant::now();
        terminal.send(&bytes);
        let answer = loop {
            if let FromExecutor::Open(open) = terminal.hear() {
                break open;
            }
        };
        if round >= WARM_UP {
            took.push(begun.elapsed());
        }
        assert_eq!(answer.expires, Time(round as i64));
    }
    took.sort_unstable();
    let at = |share: usize| took[(took.len() - 1) * share / 1_000].as_micros();
    println!(
        "tick out to order in, {ROUNDS} times: p50 {} us, p90 {} us, p99 {} us, p99.9 {} us",
        at(500),
        at(900),
        at(990),
        at(999)
    );
}

fn who() -> Hello {
    Hello {
        version: 1,
        program: "bench".to_owned(),
        nonce: Nonce([2; 32]),
        login: 1,
        server: String::new(),
        company: String::new(),
        currency: "USD".to_owned(),
        money: Money::Demo,
        is_hedging: true,
        build: 1,
        magic: 1,
        chart: String::new(),
        server_offset: 0,
    }
}
