//! The product's promise: what was tested is what trades. The executor as it is, over TCP, to the
//! Expert Advisor's real source in the simulated terminal; the deals there are the backtest's, exactly.

use backtest::{market::Market, run, venue::Venue};
use executor::{
    drive::{Drive, Sources, Wish},
    journal::Journal,
    link::{Link, Settings},
    note::{Matter, Note},
    service::{Active, Rules, Service},
    trade::run::Done,
};
use phoenix_golden::to_raw;
use phoenix_test_mt5::scenario::Scenario;
use phoenix_tests::{ready_everywhere, sample};
use protocol::{
    id::StrategyId,
    link::{Secret, executor::Guard, part::DeadMan},
};
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::sync::mpsc;
use trading::{
    bar::Bars,
    language::Language,
    strategy::{Document, plan::compile},
    symbol::{ExitReason, Trade},
};

/// Bars for each strategy here. `PHOENIX_PARITY=whole` takes all there are.
const BARS: usize = 4_000;

/// What the terminal wrote of a round trip.
#[derive(Debug, Deserialize)]
struct Round {
    position: i64,
    #[serde(flatten)]
    trade: Trade,
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("parity-{name}"));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// Trades a strategy through executor and Expert Advisor: the terminal's round trips, and what the
/// executor says of each.
async fn traded(
    name: &str,
    document: &Document,
    venue: &Venue,
    bars: &Bars,
) -> (Vec<Round>, BTreeMap<i64, Done>) {
    let folder = folder(name);
    let (history, result) = (folder.join("bars.raw"), folder.join("result.jsonl"));
    std::fs::write(&history, to_raw(bars)).expect("it can be written");
    let secret = Secret::new([9; 32]);
    let guard = Guard {
        max_volume: 1_000.0,
        max_positions: 1_000,
        max_daily_loss: 0.0,
        dead_man: DeadMan::LeaveStops,
        dead_man_ms: 600_000,
    };
    let mut settings = Settings::new(guard);
    // A busy machine changes nothing.
    settings.answer = Duration::from_secs(60);
    settings.heartbeat = Duration::from_secs(30);
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let (link, events) = Link::bind(address, secret, settings).await.expect("a link");
    let port = link.address().port();
    let journal = Journal::open(&folder.join("journal.db")).expect("a journal");
    let rules = Rules {
        emergency_stop: 0.5,
        ..Rules::default()
    };
    let (wish, wishes) = mpsc::channel(4);
    let (_tell, inside) = mpsc::unbounded_channel();
    let active = Active {
        strategy: StrategyId(
            "0192f0c1-2b7e-7cc3-9d5e-2f6f3b1c4d5e"
                .parse()
                .expect("a name"),
        ),
        version: 1,
        document: serde_json::to_string(document).expect("JSON"),
        login: None,
        is_paused: false,
    };
    wish.send(Wish::Strategies(vec![active]))
        .await
        .expect("it is heard");
    let done = Arc::new(Mutex::new(BTreeMap::new()));
    let noted = Arc::clone(&done);
    let log = Box::new(move |note: &Note| match &note.matter {
        Matter::Closed { done: closed, .. } => {
            let before = noted.lock().expect("whole").insert(closed.ticket, *closed);
            assert_eq!(before, None, "a position is closed once");
        }
        matter @ (Matter::Cannot { .. } | Matter::Journal { .. } | Matter::Dropped { .. }) => {
            panic!("{}", matter.say(Language::En))
        }
        _ => {}
    });
    let from = Sources {
        link: (link, events),
        inside,
        server: mpsc::channel(1).1,
        wishes,
        patience: Duration::from_secs(3),
    };
    let (drive, _status) = Drive::new(Service::new(journal, rules), from, Language::En, log);
    let drive = tokio::spawn(drive.run());
    let scenario = Scenario {
        bars: history,
        symbol: document.symbol.clone(),
        timeframe: Some(document.timeframe),
        venue: Some(venue.clone()),
        first: 1,
        inputs: BTreeMap::from([
            ("Port".to_owned(), port.into()),
            (
                "PairingKey".to_owned(),
                Secret::new([9; 32]).to_hex().into(),
            ),
            ("MaxVolume".to_owned(), 1_000.0.into()),
            ("MaxPositions".to_owned(), 1_000.into()),
        ]),
        result: Some(result.clone()),
        ..Scenario::default()
    };
    let path = folder.join("scenario.json");
    let text = serde_json::to_string(&scenario).expect("JSON");
    std::fs::write(&path, text).expect("it can be written");
    let ended = tokio::process::Command::new(env!("CARGO_BIN_EXE_mt5"))
        .arg(&path)
        .kill_on_drop(true)
        .output()
        .await
        .expect("the terminal ran");
    assert!(
        ended.status.success(),
        "{name}: {}",
        String::from_utf8_lossy(&ended.stderr)
    );
    wish.send(Wish::Stop).await.expect("it is heard");
    drive.await.expect("the executor ended well");
    let lines = std::fs::read_to_string(&result).expect("a result");
    let of = |line: &str| {
        let value: serde_json::Value = serde_json::from_str(line).expect("JSON");
        (value["kind"] == "trade").then(|| serde_json::from_value(value).expect("a trade"))
    };
    let rounds = lines.lines().filter_map(of).collect();
    let done = std::mem::take(&mut *done.lock().expect("whole"));
    (rounds, done)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_ready_strategy_trades_in_the_terminal_what_was_tested() {
    let is_whole = std::env::var("PHOENIX_PARITY").is_ok_and(|wish| wish == "whole");
    let (mut sets, mut trades) = (0, 0);
    for (name, document, history) in ready_everywhere() {
        let all = sample(history);
        let bars = if is_whole { all } else { all.head(BARS) };
        let venue = Venue::typical(&document.symbol).expect("a known symbol");
        let plan = compile(&document).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        let market = Market::new(&bars, &venue);
        let tested = run::run_on(&plan, &plan.values(), &venue, &market, None).trades;
        // What is open at the end is valued there by the backtest only.
        let tested: Vec<Trade> = tested
            .into_iter()
            .filter(|trade| trade.exit != ExitReason::EndOfData)
            .collect();
        let (rounds, done) = traded(&name, &document, &venue, &bars).await;
        for (at, (round, tested)) in rounds.iter().zip(&tested).enumerate() {
            let done = done.get(&round.position).expect("the executor knows it");
            let traded = Trade {
                exit: done.exit,
                ..round.trade
            };
            assert_eq!(traded, *tested, "{name}, trade {at}");
            assert_eq!(
                done.profit.to_bits(),
                tested.profit.to_bits(),
                "{name}, trade {at}"
            );
        }
        assert_eq!(rounds.len(), tested.len(), "{name}");
        assert!(!rounds.is_empty(), "{name} trades nothing in these bars");
        sets += 1;
        trades += rounds.len();
    }
    eprintln!("{sets} strategies on histories, {trades} round trips");
    assert!(sets == 36 && trades > 2_000, "{sets}, {trades}");
}
