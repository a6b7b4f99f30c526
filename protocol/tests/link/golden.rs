//! The bytes of a small conversation. The Expert Advisor's tests and the Python codec of the
//! executor's tests read the same file: `tests/golden/link.txt`.

use protocol::link::{
    Nonce, Secret,
    executor::{Answered, FromExecutor, Guard, Open, Subscribe, Welcome},
    handshake,
    part::{CommandNumber, DeadMan, Money, Outcome, Ticket},
    terminal::{self, FromTerminal, Hello, Receipt, Tick},
};
use std::{fmt::Write as _, fs, path::Path};
use trading::{bar, language::Language, symbol::Side, time::Time, timeframe::Timeframe};

const ABOUT: &str = "\
# A conversation of executor and Expert Advisor, byte for byte: docs/link.md. Made by
# UPDATE_GOLDEN=1 cargo test -p protocol --features link --test link golden
# secret and nonces: bytes 0..31, 32..63 and 64..95. What each message says stands in
# protocol/tests/link/golden.rs.
";

/// 32 bytes that count up.
fn rising(first: u8) -> [u8; 32] {
    std::array::from_fn(|i| first + i as u8)
}

fn conversation() -> Vec<(&'static str, Vec<u8>)> {
    let secret = Secret::new(rising(0));
    let symbol: trading::symbol::Symbol = "XAUUSD".parse().unwrap();
    let timeframe = Timeframe::M15;
    let time = Time(1_700_000_100_000);
    let command = CommandNumber::new(1_000_001).unwrap();
    let hello = Hello {
        version: 1,
        program: "Phoenix.mq5 1.00".to_owned(),
        nonce: Nonce(rising(32)),
        login: 5_012_345,
        server: "Broker-Demo".to_owned(),
        company: "Bröker é Co".to_owned(),
        currency: "USD".to_owned(),
        money: Money::Demo,
        is_hedging: true,
        build: 5_200,
        magic: 470_855,
        chart: "XAUUSD".to_owned(),
        server_offset: 7_200_000,
    };
    let welcome = Welcome {
        version: 1,
        program: "phoenix-executor 0.1.0".to_owned(),
        nonce: Nonce(rising(64)),
        heartbeat_ms: 1_000,
        answer_ms: 50,
        language: Language::Id,
    };
    let bar = bar::Bar {
        time,
        open: 1985.12,
        high: 1986.5,
        low: 1984.01,
        close: 1985.99,
        tick_volume: 812.0,
        spread: 17.0,
    };
    let says: [FromTerminal; 3] = [
        Tick {
            symbol: symbol.clone(),
            time: Time(1_699_993_800_123),
            bid: 1985.98,
            ask: 1986.15,
        }
        .into(),
        terminal::Bar {
            symbol: symbol.clone(),
            timeframe,
            bar,
            opened: Time(1_700_001_000_000),
            now: Time(1_700_001_000_123),
            balance: 10_000.0,
            equity: 10_012.5,
        }
        .into(),
        Receipt {
            command,
            outcome: Outcome::Done,
            retcode: 10_009,
            text: "Request executed".to_owned(),
            order: Ticket(91),
            deal: Ticket(92),
            position: Ticket(91),
            volume: 0.1,
            price: 1986.15,
            stop: 1976.15,
            target: 0.0,
            time: Time(1_699_993_800_150),
        }
        .into(),
    ];
    let answers: [FromExecutor; 4] = [
        Guard {
            max_volume: 1.0,
            max_positions: 5,
            max_daily_loss: 500.0,
            dead_man: DeadMan::LeaveStops,
            dead_man_ms: 30_000,
        }
        .into(),
        Subscribe {
            bars: vec![(symbol.clone(), timeframe)],
            ticks: vec![symbol.clone()],
        }
        .into(),
        Open {
            command,
            expires: Time(1_699_993_805_123),
            symbol: symbol.clone(),
            side: Side::Buy,
            volume: 0.1,
            stop_distance: 10.0,
            target_distance: 0.0,
            deviation: 20,
        }
        .into(),
        Answered {
            symbol,
            timeframe,
            time,
        }
        .into(),
    ];

    let (hello, waiting) = handshake::hello(&secret, hello).unwrap();
    let (_, greeted) = handshake::greet(&secret, &hello).unwrap();
    let (welcome, mut executor) = greeted.welcome(&secret, welcome).unwrap();
    let (_, mut terminal) = waiting.welcome(&welcome).unwrap();
    let mut all = vec![("hello", hello), ("welcome", welcome)];
    let names = ["guard", "subscribe", "open", "answered"];
    let said = answers.map(|message| executor.outgoing.seal(&message).unwrap());
    all.extend(names.into_iter().zip(said));
    let names = ["tick", "bar", "receipt"];
    let said = says.map(|message| terminal.outgoing.seal(&message).unwrap());
    all.extend(names.into_iter().zip(said));
    all
}

#[test]
fn bytes_are_those_that_others_know() {
    let mut text = ABOUT.to_owned();
    for (name, bytes) in conversation() {
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        writeln!(text, "{name} {hex}").unwrap();
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/golden/link.txt");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, &text).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
}
