//! What was tested is what trades, on Windows too.

use crate::program::{Executor, command, folder, windows};
use backtest::{market::Market, run, venue::Venue};
use phoenix_golden::to_raw;
use phoenix_test_mt5::scenario::Scenario;
use phoenix_tests::{ready_strategies, sample};
use std::{collections::BTreeMap, process::Command};
use trading::{
    strategy::plan::compile,
    symbol::{ExitReason, Trade},
};

/// One that trades often, with stops, targets and a filter of time.
const STRATEGY: &str = "gold-macd-adx";
const BARS: usize = 1_500;
/// What the program says when it is there.
const THERE: &str = "Expert Advisors come in at 127.0.0.1:";
/// What it says of a closed position.
const CLOSED: &str = " closed at ";

/// Nothing that the machine's speed decides: a Windows program under Wine is slow to begin.
const SETTINGS: &str = "emergency_stop = 50
[expert]
answer = 1000
max_volume = 1000
max_positions = 1000
silence = 3600
";

#[test]
fn the_windows_program_trades_what_was_tested() {
    let folder = folder("windows");
    let state = folder.join("state");
    std::fs::create_dir(&state).expect("a folder");
    std::fs::write(state.join("executor.toml"), SETTINGS).expect("it can be written");
    let mut ready = ready_strategies().into_iter();
    let (_, document) = ready
        .find(|(name, _)| name == STRATEGY)
        .expect("a strategy");
    let text = serde_json::to_string(&document).expect("JSON");
    let strategy = folder.join("strategy.json");
    std::fs::write(&strategy, text).expect("it can be written");
    let bars = sample("XAUUSD").head(BARS);
    let (history, result) = (folder.join("bars.raw"), folder.join("result.jsonl"));
    std::fs::write(&history, to_raw(&bars)).expect("it can be written");
    let venue = Venue::typical(&document.symbol).expect("a known symbol");

    let mut executor = Executor::start(&[
        "--headless",
        "--port",
        "0",
        "--state",
        &windows(&state),
        "--strategy",
        &windows(&strategy),
    ]);
    let port: u16 = executor.wait(THERE).parse().expect("a port");
    let again = command(&["--headless", "--demo", "--state", &windows(&state)]).output();
    let again = again.expect("it runs");
    let complaint = String::from_utf8_lossy(&again.stderr).into_owned();
    assert!(!again.status.success(), "two work with one folder");
    assert!(
        complaint.contains("Phoenix is running already (process "),
        "{complaint}"
    );

    let key = std::fs::read_to_string(state.join("link.key")).expect("a key");
    let scenario = Scenario {
        bars: history,
        symbol: document.symbol.clone(),
        timeframe: Some(document.timeframe),
        venue: Some(venue.clone()),
        inputs: BTreeMap::from([
            ("Port".to_owned(), port.into()),
            ("PairingKey".to_owned(), key.trim().into()),
            ("MaxVolume".to_owned(), 1_000.0.into()),
            ("MaxPositions".to_owned(), 1_000.into()),
        ]),
        result: Some(result.clone()),
        ..Scenario::default()
    };
    let path = folder.join("scenario.json");
    let text = serde_json::to_string(&scenario).expect("JSON");
    std::fs::write(&path, text).expect("it can be written");
    let ended = Command::new(env!("CARGO_BIN_EXE_mt5"))
        .arg(&path)
        .output()
        .expect("the terminal ran");
    let complaint = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert!(ended.status.success(), "{complaint}");

    let plan = compile(&document).expect("it compiles");
    let market = Market::new(&bars, &venue);
    let tested = run::run_on(&plan, &plan.values(), &venue, &market, None).trades;
    // What is open at the end is valued there by the backtest only.
    let tested: Vec<Trade> = tested
        .into_iter()
        .filter(|trade| trade.exit != ExitReason::EndOfData)
        .collect();
    let lines = std::fs::read_to_string(&result).expect("a result");
    let of = |line: &str| {
        let value: serde_json::Value = serde_json::from_str(line).expect("JSON");
        (value["kind"] == "trade").then(|| serde_json::from_value::<Trade>(value).expect("a trade"))
    };
    let traded: Vec<Trade> = lines.lines().filter_map(of).collect();
    assert!(tested.len() > 20, "{}", tested.len());
    assert_eq!(traded.len(), tested.len());
    for (at, (traded, tested)) in traded.iter().zip(&tested).enumerate() {
        // Why it was closed, the terminal knows less exactly than the executor.
        let traded = Trade {
            exit: tested.exit,
            ..*traded
        };
        assert_eq!(traded, *tested, "trade {at}");
        executor.wait(CLOSED);
    }
}
