//! libzmq's DEALER, through pyzmq, with a codec that was written from `docs/link.md` alone.

use crate::peer::{Events, link, next, secret, settings};
use executor::link::{EventKind, Leaving, Link, LinkFault, Settings, TerminalId, ZmtpFault};
use protocol::link::{
    FrameFault, FromTerminal,
    executor::{Open, Subscribe},
    part::{CommandNumber, NoticeCode, Outcome},
};
use std::{env, ffi::OsStr, path::Path, path::PathBuf, process::Stdio, time::Duration};
use tokio::process::{Child, Command};
use trading::{symbol::Side, symbol::Symbol, time::Time, timeframe::Timeframe};

/// Where scripts/setup puts it.
fn python() -> PathBuf {
    let cache = env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let cache = cache.unwrap_or_else(|| {
        PathBuf::from(env::var_os("HOME").unwrap_or_else(|| "/tmp".into())).join(".cache")
    });
    let program = cache.join("phoenix/pyzmq/bin/python");
    assert!(
        program.is_file(),
        "{} is not there: run scripts/setup",
        program.display()
    );
    program
}

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn play(scene: &str, rest: &[&OsStr]) -> Child {
    Command::new(python())
        .arg(here().join("tests/link/libzmq.py"))
        .arg(scene)
        .args(rest)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap()
}

async fn succeeds(child: Child) {
    let output = child.wait_with_output().await.unwrap();
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{words}");
}

/// A terminal on libzmq that plays a scene.
fn terminal(link: &Link, scene: &str) -> Child {
    let address = link.address().to_string();
    play(scene, &[address.as_ref(), secret().to_hex().as_ref()])
}

async fn arrives(events: &mut Events) -> TerminalId {
    let (id, kind) = next(events).await;
    match kind {
        EventKind::Arrived(hello) => assert_eq!(hello.program, "libzmq"),
        other => panic!("{other:?}"),
    }
    id
}

/// The scene's good message comes, and then its terminal goes because of what followed.
async fn falls(scene: &str, settings: Settings, why: Leaving) {
    let (link, mut events) = link(settings).await;
    let child = terminal(&link, scene);
    let id = arrives(&mut events).await;
    let (from, kind) = next(&mut events).await;
    assert_eq!(from, id);
    assert!(matches!(kind, EventKind::Message(_)), "{kind:?}");
    if let Leaving::Fault(fault) = &why {
        let dropped = EventKind::Dropped(fault.clone());
        assert_eq!(next(&mut events).await, (id, dropped));
    }
    assert_eq!(next(&mut events).await, (id, EventKind::Left(why)));
    succeeds(child).await;
}

#[tokio::test]
async fn the_other_codec_makes_the_same_bytes() {
    let golden = here().join("../tests/golden/link.txt");
    succeeds(play("golden", &[golden.as_ref()])).await;
}

#[tokio::test]
async fn libzmq_trades() {
    let (link, mut events) = link(settings()).await;
    let child = terminal(&link, "talk");
    let id = arrives(&mut events).await;
    let symbol: Symbol = "XAUUSD".parse().unwrap();
    let (mut ticks, mut receipts) = (0, 0);
    loop {
        let (from, kind) = next(&mut events).await;
        assert_eq!(from, id);
        let EventKind::Message(message) = kind else {
            panic!("{kind:?}");
        };
        match message {
            FromTerminal::Account(account) => assert!(account.flags.may_trade()),
            FromTerminal::Positions(positions) => {
                assert!(positions.positions.is_empty());
                let subscribe = Subscribe {
                    bars: vec![(symbol.clone(), Timeframe::M15)],
                    ticks: vec![symbol.clone()],
                };
                link.send(id, subscribe).unwrap();
            }
            FromTerminal::Tick(tick) => {
                ticks += 1;
                let open = Open {
                    command: CommandNumber::new(ticks).unwrap(),
                    expires: Time(60_000 + tick.time.0),
                    symbol: tick.symbol,
                    side: Side::Buy,
                    volume: 0.1,
                    stop_distance: 10.0,
                    target_distance: 0.0,
                    deviation: 20,
                };
                link.send(id, open).unwrap();
            }
            FromTerminal::Receipt(receipt) => {
                receipts += 1;
                assert_eq!(receipt.command.0.get(), receipts);
                assert_eq!(receipt.outcome, Outcome::Done);
            }
            FromTerminal::Notice(notice) => {
                assert_eq!(notice.code, NoticeCode::Other);
                assert_eq!(notice.text, "done – selesai");
                break;
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!((ticks, receipts), (100, 100));
    link.end(id, "that is all");
    assert_eq!(
        next(&mut events).await,
        (id, EventKind::Left(Leaving::Ended))
    );
    succeeds(child).await;
}

#[tokio::test]
async fn libzmq_forges() {
    let why = Leaving::Fault(FrameFault::Forged.into());
    falls("forge", settings(), why).await;
}

#[tokio::test]
async fn libzmq_repeats() {
    let fault = FrameFault::Sequence { due: 3, came: 2 };
    falls("replay", settings(), Leaving::Fault(fault.into())).await;
}

#[tokio::test]
async fn libzmq_sends_two_parts() {
    let why = Leaving::Fault(ZmtpFault::Parts.into());
    falls("parts", settings(), why).await;
}

#[tokio::test]
async fn libzmq_sends_too_much() {
    let fault = LinkFault::Zmtp(ZmtpFault::TooLarge((1 << 20) + 1));
    falls("large", settings(), Leaving::Fault(fault)).await;
}

#[tokio::test]
async fn libzmq_falls_silent() {
    let heartbeat = Duration::from_millis(100);
    let settings = Settings {
        heartbeat,
        ..settings()
    };
    falls("silence", settings, Leaving::Silent).await;
}
