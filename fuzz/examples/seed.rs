//! Writes the seeds anew, from real messages: `cargo run --example seed` in this folder. What fuzzing
//! found is kept beside them under names of its own, and stays.

#[path = "../../protocol/tests/link/sample.rs"]
mod sample;

use protocol::{
    api::market::PackedBars,
    bars::encode,
    link::{
        FromExecutor,
        executor::{
            Close, CloseAll, Guard, HistoryRequest, Modify, Open, Subscribe, SymbolsRequest,
        },
        frame::Message,
        part::{CommandNumber, DeadMan, Ping, Request, Ticket},
        wire::Writer,
    },
};
use std::{fs, io, path::Path};
use trading::{
    bar::{Bar, Bars},
    symbol::{Side, Symbol},
    time::Time,
    timeframe::Timeframe,
};

fn main() -> io::Result<()> {
    let kinds = sample::from_terminal(9)
        .iter()
        .map(body)
        .chain(sample::from_executor(9).iter().map(body))
        .collect::<Vec<_>>();
    for (kind, body) in &kinds {
        put("link_body", &format!("kind-{kind}"), &joined(*kind, body))?;
    }
    zmtp(&kinds)?;
    frames()?;
    bars()?;
    events()?;
    expert(&kinds)
}

fn put(target: &str, name: &str, bytes: &[u8]) -> io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("seeds")
        .join(target);
    fs::create_dir_all(&folder)?;
    fs::write(folder.join(name), bytes)
}

fn body<M: Message>(message: &M) -> (u8, Vec<u8>) {
    let mut out = Writer::with_capacity(256);
    message.put(&mut out);
    (message.kind(), out.finish().unwrap_or_default())
}

fn joined(kind: u8, body: &[u8]) -> Vec<u8> {
    [&[kind], body].concat()
}

fn zmtp(kinds: &[(u8, Vec<u8>)]) -> io::Result<()> {
    let mut talk = vec![2, 40];
    for (_, body) in kinds {
        match u8::try_from(body.len()) {
            Ok(len) => talk.extend([0, len]),
            Err(_) => talk.extend([&[2][..], &(body.len() as u64).to_be_bytes()].concat()),
        }
        talk.extend(body);
    }
    put("zmtp", "talk", &talk)?;
    let ready = b"\x04\x1c\x05READY\x0bSocket-Type\x00\x00\x00\x06DEALER";
    put(
        "zmtp",
        "ready",
        &[&[1, 3][..], ready, b"\x00\x01x"].concat(),
    )?;
    let mut greeting = vec![0, 5, 0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 3, 0];
    greeting.extend(b"NULL");
    greeting.resize(66, 0);
    put("zmtp", "greeting", &[&greeting, &ready[..]].concat())?;
    put(
        "zmtp",
        "ping",
        b"\x02\x01\x04\x05\x04PING\x02\0\0\0\0\0\0\0\x01x",
    )?;
    put("zmtp", "parts", b"\x02\x01\x01\x01a\x00\x01b")?;
    put("zmtp", "large", b"\x02\x01\x02\0\0\0\0\0\x10\0\0xyz")
}

fn frames() -> io::Result<()> {
    let good: Vec<u8> = (0..16).flat_map(|i| [i % 2, 0, 0, 0]).collect();
    put("link_frame", "good", &good)?;
    for deed in 1..8_u8 {
        let deeds: Vec<u8> = (0..6)
            .flat_map(|i| [deed * 2 + i % 2, i, 20 * i, 1 << i, i % 2, 0, 0, 0])
            .collect();
        put("link_frame", &format!("deed-{deed}"), &deeds)?;
    }
    put("link_frame", "first", &[16, 0, 30, 1, 17, 0, 5, 128])
}

fn bars() -> io::Result<()> {
    let made = |count: i64, price: f64, step: f64| -> Bars {
        let bar = |i: i64| {
            let open = price + step * i as f64;
            Bar {
                time: Time(1_700_000_000_000 + i * 3_600_000),
                open,
                high: open + 2.0 * step,
                low: open - step / 2.0,
                close: open + step,
                tick_volume: (i * 7) as f64,
                spread: 20.0,
            }
        };
        (0..count).map(bar).collect()
    };
    let all = [
        ("none", made(0, 1.0, 1.0)),
        ("whole", made(3, 2_000.0, 2.0)),
        ("decimal", made(12, 1.25, 0.25)),
        ("raw", made(4, 1.0 / 3.0, 0.1)),
    ];
    for (name, bars) in all {
        put("bars", name, &encode(&bars))?;
        let text = serde_json::to_vec(&PackedBars(bars))?;
        put("packed", name, &text)?;
    }
    Ok(())
}

fn events() -> io::Result<()> {
    let id = "01890a5d-ac96-774b-bcce-b302099a8057";
    let command = format!(
        "{{\"id\":\"{id}\",\"executor\":\"{id}\",\"state\":\"queued\",\"action\":{{\"kind\":\"pause\"}},\
         \"created_at\":1,\"expires_at\":2}}"
    );
    let lines = [
        "\u{7}: alive\n\n".to_owned(),
        "\u{1}id: 1\nevent: resync\ndata: {\"kind\":\"resync\"}\n\n".to_owned(),
        format!(
            "\u{9}event: reported\ndata: {{\"kind\":\"reported\",\"broker_account\":\"{id}\"}}\n\n"
        ),
        format!("\u{9}data: {{\"kind\":\"executor_seen\",\"executor\":\"{id}\"}}\n\n"),
        "?data:{\"kind\":\"strategies_changed\"}\r\n\r\ndata: {\"kind\":\"later\",\"x\":[1]}\n"
            .to_owned(),
        format!("?data: {{\"kind\":\"command_delivered\",\"command\":{command}}}\n\n"),
    ];
    for (number, said) in lines.iter().enumerate() {
        put("event_stream", &format!("said-{number}"), said.as_bytes())?;
    }
    Ok(())
}

/// Deeds against the Expert Advisor: see `src/expert.rs`.
struct Deeds(Vec<u8>);

impl Deeds {
    fn deed(mut self, deed: u8, what: &[u8]) -> Self {
        self.0.push(deed);
        self.0.extend((what.len() as u16).to_le_bytes());
        self.0.extend(what);
        self
    }

    fn say(self, message: impl Into<FromExecutor>) -> Self {
        let (kind, body) = body(&message.into());
        self.deed(0, &joined(kind, &body))
    }

    fn tick(self) -> Self {
        self.deed(3, &[])
    }
}

fn expert(kinds: &[(u8, Vec<u8>)]) -> io::Result<()> {
    for (kind, body) in kinds.iter().filter(|(kind, _)| *kind > 64) {
        let deeds = Deeds(vec![3]).deed(0, &joined(*kind, body)).tick();
        put("expert", &format!("kind-{kind}"), &deeds.0)?;
    }
    let gold: Symbol = "XAUUSD".parse().map_err(io::Error::other)?;
    let number = |number| CommandNumber::new(number).ok_or(io::ErrorKind::InvalidData);
    let later = Time(4_000_000_000_000);
    let open = |command: u64| -> io::Result<Open> {
        Ok(Open {
            command: number(command)?,
            expires: later,
            symbol: gold.clone(),
            side: if command % 2 == 0 {
                Side::Buy
            } else {
                Side::Sell
            },
            volume: 0.1,
            stop_distance: 5.0,
            target_distance: 7.5,
            deviation: 10,
        })
    };
    let subscribe = Subscribe {
        bars: vec![(gold.clone(), Timeframe::M1)],
        ticks: vec![gold.clone()],
    };
    let guard = Guard {
        max_volume: 1.0,
        max_positions: 9,
        max_daily_loss: 0.0,
        dead_man: DeadMan::CloseOurs,
        dead_man_ms: 3_000,
    };
    // Tickets of this terminal begin at 1001: deposit, then the foreign position's order and deal.
    let trade = Deeds(vec![3])
        .say(guard)
        .say(subscribe)
        .tick()
        .say(open(1)?)
        .say(open(2)?)
        .say(Modify {
            command: number(3)?,
            expires: later,
            position: Ticket(1_004),
            stop: 2_050.0,
            target: 0.0,
        })
        .tick()
        .say(Ping { token: 5 });
    let close = |ticket, command| -> io::Result<Close> {
        Ok(Close {
            command: number(command)?,
            expires: later,
            position: Ticket(ticket),
        })
    };
    let all = |everything| -> io::Result<CloseAll> {
        Ok(CloseAll {
            command: number(9)?,
            expires: later,
            everything,
        })
    };
    put("expert", "trade", &trade.0)?;
    let closing = Deeds(vec![3])
        .say(open(4)?)
        .say(close(1_004, 5)?)
        .say(close(1_002, 6)?)
        .say(open(6)?)
        .say(all(false)?);
    put("expert", "close", &closing.0)?;
    put("expert", "everything", &Deeds(vec![3]).say(all(true)?).0)?;
    let history = Deeds(vec![3])
        .say(HistoryRequest {
            request: Request(1),
            symbol: gold.clone(),
            timeframe: Timeframe::M1,
            before: Time(0),
            count: 20,
        })
        .say(SymbolsRequest {
            request: Request(2),
            like: "usd".to_owned(),
        });
    put("expert", "history", &history.0)?;
    let silence = Deeds(vec![3])
        .say(guard_of_silence())
        .say(open(8)?)
        .deed(4, &[0; 40]);
    put("expert", "silence", &silence.0)?;
    let ready = b"\x04\x1c\x05READY\x0bSocket-Type\x00\x00\x00\x06ROUTER";
    put(
        "expert",
        "ready",
        &Deeds(vec![1]).deed(1, ready).deed(2, b"PHXL\x01A").0,
    )?;
    put("expert", "stranger", &Deeds(vec![2]).deed(5, &[b'x'; 64]).0)
}

fn guard_of_silence() -> Guard {
    Guard {
        max_volume: 0.2,
        max_positions: 2,
        max_daily_loss: 50.0,
        dead_man: DeadMan::CloseOurs,
        dead_man_ms: 1_000,
    }
}
