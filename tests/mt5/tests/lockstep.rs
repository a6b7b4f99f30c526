//! A history in lockstep, with an executor that speaks `protocol::link`: every message of the EA's is
//! read by the executor's own codec, and the round trips are those of the backtest's broker, to the
//! last bit.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use backtest::{market::Market, paper::Paper, venue::Venue};
use protocol::link::{
    FromExecutor, FromTerminal, Nonce, Secret,
    executor::{Answered, Guard, Open, Subscribe, Welcome},
    handshake::{self, Channel},
    part::{CommandNumber, DeadMan, Outcome},
    terminal::Bar,
};
use serde_json::Value;
use std::{
    fs,
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    process::Command,
};
use trading::{
    bar::{Bar as PriceBar, Bars},
    symbol::{Side, Symbol, SymbolSpec},
    time::{HOUR, Time},
};

const SECRET: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
const BARS: usize = 400;
const FIRST: usize = 20;
const STOP: f64 = 3.017;
const TARGET: f64 = 4.003;

fn bars() -> Bars {
    let mut price = 200_000;
    let prices = (0..BARS as i64).map(|i| {
        let move_ = ((i * 37) % 41 - 20) * 11;
        let open = price;
        price += move_;
        let at = |cents: i64| cents as f64 / 100.0;
        PriceBar {
            time: Time(Time::from_civil(2024, 1, 2, 0, 0, 0).0 + i * HOUR),
            open: at(open),
            high: at(open.max(price) + 60),
            low: at(open.min(price) - 60),
            close: at(price),
            tick_volume: 100.0,
            spread: 20.0,
        }
    });
    prices.collect()
}

/// One end of ZMTP 3.0: what libzmq's ROUTER does for one peer.
struct Router(TcpStream);

impl Router {
    fn accept(listener: &TcpListener) -> Self {
        let (stream, _) = listener.accept().unwrap();
        stream.set_nodelay(true).unwrap();
        let mut router = Self(stream);
        let mut greeting = [0_u8; 64];
        greeting[0] = 0xFF;
        greeting[9] = 0x7F;
        greeting[10] = 3;
        greeting[12..16].copy_from_slice(b"NULL");
        router.0.write_all(&greeting).unwrap();
        router.0.read_exact(&mut greeting).unwrap();
        assert_eq!(
            (greeting[0], greeting[10], &greeting[12..17]),
            (0xFF, 3, &b"NULL\0"[..])
        );
        let ready = b"\x05READY\x0bSocket-Type\0\0\0\x06ROUTER\x08Identity\0\0\0\0";
        router.frame(4, ready);
        let (flags, body) = router.take().unwrap();
        assert_eq!(flags, 4);
        assert!(body.starts_with(b"\x05READY\x0bSocket-Type\0\0\0\x06DEALER"));
        router
    }

    fn frame(&mut self, flags: u8, body: &[u8]) {
        let mut frame = Vec::new();
        if let Ok(size) = u8::try_from(body.len()) {
            frame.extend([flags, size]);
        } else {
            frame.push(flags | 2);
            frame.extend((body.len() as u64).to_be_bytes());
        }
        frame.extend(body);
        self.0.write_all(&frame).unwrap();
    }

    /// The next frame; nothing when the other side has gone.
    fn take(&mut self) -> Option<(u8, Vec<u8>)> {
        let mut head = [0_u8; 2];
        self.0.read_exact(&mut head).ok()?;
        let size = if head[0] & 2 == 0 {
            u64::from(head[1])
        } else {
            let mut long = [0_u8; 8];
            long[0] = head[1];
            self.0.read_exact(&mut long[1..]).unwrap();
            u64::from_be_bytes(long)
        };
        let mut body = vec![0; usize::try_from(size).unwrap()];
        self.0.read_exact(&mut body).unwrap();
        Some((head[0] & !2, body))
    }
}

struct Executor {
    router: Router,
    channel: Channel<FromExecutor, FromTerminal>,
}

impl Executor {
    fn greet(mut router: Router) -> Self {
        let secret = Secret::from_hex(SECRET).unwrap();
        let (_, hello) = router.take().unwrap();
        let (hello, greeted) = handshake::greet(&secret, &hello).unwrap();
        assert_eq!((hello.magic, hello.chart.as_str()), (47_855, "XAUUSD"));
        let welcome = Welcome {
            version: protocol::link::VERSION,
            program: "lockstep".to_owned(),
            nonce: Nonce([7; 32]),
            heartbeat_ms: 60_000,
            answer_ms: 1_000,
            language: trading::language::Language::En,
        };
        let (bytes, channel) = greeted.welcome(&secret, welcome).unwrap();
        router.frame(0, &bytes);
        Self { router, channel }
    }

    fn say(&mut self, message: impl Into<FromExecutor>) {
        let bytes = self.channel.outgoing.seal(&message.into()).unwrap();
        self.router.frame(0, &bytes);
    }

    fn hear(&mut self) -> Option<FromTerminal> {
        let (flags, bytes) = self.router.take()?;
        assert_eq!(flags, 0);
        Some(self.channel.incoming.open(&bytes).unwrap())
    }
}

fn side(number: u64) -> Side {
    if number.is_multiple_of(2) {
        Side::Buy
    } else {
        Side::Sell
    }
}

/// The number of the command that follows from a closed bar.
fn number(closed: usize) -> Option<u64> {
    closed.is_multiple_of(5).then_some(closed as u64)
}

fn decide(executor: &mut Executor, bars: &Bars, bar: &Bar) {
    let closed = bars.time.binary_search(&bar.bar.time.0).unwrap();
    assert_eq!(bar.bar, bars.get(closed), "a bar arrives as it is");
    if let Some(number) = number(closed) {
        executor.say(Open {
            command: CommandNumber::new(number).unwrap(),
            expires: Time::from_civil(9999, 1, 1, 0, 0, 0),
            symbol: bar.symbol.clone(),
            side: side(number),
            volume: 0.1,
            stop_distance: STOP,
            target_distance: TARGET,
            deviation: 10,
        });
    }
    executor.say(Answered {
        symbol: bar.symbol.clone(),
        timeframe: bar.timeframe,
        time: bar.bar.time,
    });
}

/// The same at the broker itself.
fn expected(bars: &Bars, venue: &Venue) -> Vec<Value> {
    let market = Market::new(bars, venue);
    let mut paper = Paper::new(&market, venue);
    let mut trades = Vec::new();
    while paper.next_bar() {
        let opened = paper.bar();
        let asked = opened.checked_sub(1).filter(|_| opened >= FIRST);
        if let Some(number) = asked.and_then(number) {
            let side = side(number);
            let levels = |spec: &SymbolSpec, price: f64| {
                let near = |price| Some(spec.grid().nearest(price));
                (
                    near(price - side.sign() * STOP),
                    near(price + side.sign() * TARGET),
                )
            };
            let quote = paper.quote();
            let seen = match side {
                Side::Buy => quote.ask,
                Side::Sell => quote.bid,
            };
            let (stop, target) = levels(&venue.symbol, seen);
            let position = paper.open(side, 0.1, stop, target).unwrap();
            let (stop, target) = levels(&venue.symbol, position.price);
            assert!(paper.set_levels(position.id, stop, target));
        }
        trades.extend(paper.walk().into_iter().map(|closed| closed.trade));
    }
    let values = trades
        .into_iter()
        .map(|trade| serde_json::to_value(trade).unwrap());
    values.collect()
}

#[test]
fn round_trips_are_those_of_the_backtests_broker() {
    let folder = tempfile::tempdir().unwrap();
    let bars = bars();
    let raw = folder.path().join("bars.raw");
    fs::write(&raw, phoenix_golden::to_raw(&bars)).unwrap();
    let result = folder.path().join("result.jsonl");
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let mut terminal = Command::new(env!("CARGO_BIN_EXE_mt5"))
        .arg("--bars")
        .arg(&raw)
        .arg("--result")
        .arg(&result)
        .args([
            "--symbol",
            "XAUUSD",
            "--first",
            &FIRST.to_string(),
            "--key",
            SECRET,
        ])
        .args(["--port", &port.to_string()])
        .spawn()
        .unwrap();

    let mut executor = Executor::greet(Router::accept(&listener));
    let symbol: Symbol = "XAUUSD".parse().unwrap();
    executor.say(Guard {
        max_volume: 1.0,
        max_positions: 100,
        max_daily_loss: 0.0,
        dead_man: DeadMan::LeaveStops,
        dead_man_ms: 0,
    });
    executor.say(Subscribe {
        bars: vec![(symbol.clone(), trading::timeframe::Timeframe::H1)],
        ticks: vec![symbol],
    });
    let (mut receipts, mut deals, mut ticks) = (0, 0, 0);
    while let Some(message) = executor.hear() {
        match message {
            FromTerminal::Bar(bar) => decide(&mut executor, &bars, &bar),
            FromTerminal::Receipt(receipt) => {
                assert_eq!(receipt.outcome, Outcome::Done, "{receipt:?}");
                receipts += 1;
            }
            FromTerminal::Deal(_) => deals += 1,
            FromTerminal::Tick(_) => ticks += 1,
            _ => {}
        }
    }
    assert!(terminal.wait().unwrap().success());

    let lines = fs::read_to_string(&result).unwrap();
    let mut rows: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    rows.retain(|row| row["kind"] == "trade");
    let found: Vec<Value> = rows
        .into_iter()
        .map(|mut row| {
            let fields = row.as_object_mut().unwrap();
            for own in ["kind", "position", "magic", "comment"] {
                fields.remove(own);
            }
            row
        })
        .collect();
    let venue = Venue::typical(&"XAUUSD".parse().unwrap()).unwrap();
    let expected = expected(&bars, &venue);
    assert!(expected.len() > 50, "{}", expected.len());
    assert_eq!(found, expected);
    let asked = (FIRST..BARS)
        .filter(|opened| number(opened - 1).is_some())
        .count();
    assert_eq!((receipts, deals), (asked, asked + expected.len()));
    assert_eq!(ticks, 1 + 2 * (BARS - FIRST));
}
