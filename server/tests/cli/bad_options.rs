//! Options that cannot be followed.

use crate::support::{Place, gold, hourly, lines};
use std::fs;

fn for_symbol(place: &Place, symbol: &str, timeframe: &str) {
    let text = fs::read_to_string(gold()).unwrap();
    let text = text.replace("\"XAUUSD\"", &format!("\"{symbol}\""));
    place.write(
        "s.json",
        text.replace("\"H1\"", &format!("\"{timeframe}\"")),
    );
}

#[test]
fn a_symbol_without_data() {
    let place = Place::new();
    for_symbol(&place, "USDJPY", "H1");
    place.run("backtest --strategy s.json --ideal").refused(&[
        "no H1 history of USDJPY",
        "XAUUSD H1",
        "phoenix import",
    ]);
    for_symbol(&place, "XAUUSD", "M5");
    place
        .run("backtest --strategy s.json")
        .refused(&["no M5 history of XAUUSD"]);
}

#[test]
fn a_symbol_without_known_costs() {
    let place = Place::new();
    for_symbol(&place, "USDJPY", "H1");
    place.write("bars.csv", lines(&hourly(100)));
    place
        .run("backtest --strategy s.json --bars bars.csv")
        .refused(&["USDJPY", "--spec"]);
    place
        .run("backtest --strategy s.json --bars bars.csv --ideal")
        .good();
}

#[test]
fn specs_that_make_no_sense() {
    let place = Place::new();
    let spec = |symbol: &str, digits: &str| {
        format!(
            r#"{{"symbol":{{"symbol":"{symbol}","digits":{digits},"tick_size":0.01,
            "contract_size":100,"volume_min":0.01,"volume_max":50,"volume_step":0.01,
            "profit_currency":"USD"}}}}"#
        )
    };
    for (text, part) in [
        (spec("XAUUSD", "99"), "digits"),
        (spec("EURUSD", "5"), "EURUSD"),
        (spec("XAUUSD", "\"two\""), "line 1"),
        (
            spec("XAUUSD", "2").replace("\"digits\"", "\"digit\""),
            "digit",
        ),
        (String::new(), "line 1"),
    ] {
        place.write("spec.json", text);
        place
            .run("backtest --strategy GOLD --spec spec.json")
            .refused(&["spec.json", part]);
    }
}

#[test]
fn numbers_that_make_no_sense() {
    let place = Place::new();
    for (options, part) in [
        ("--balance 0", "balance"),
        ("--balance NaN", "balance"),
        ("--ideal --fee-per-fill=-1", "fee"),
        ("--fee-per-fill 1", "--ideal"),
        ("--set fast=0", "/"),
        ("--set fast=x", "fast=x"),
        ("--set nothing=1", "nothing"),
        ("--timezone Mars", "Mars"),
        ("--store nowhere", "nowhere"),
    ] {
        place
            .run(&format!("backtest --strategy GOLD {options}"))
            .refused(&[part]);
    }
    place.run("backtest").refused(&["--strategy"]);
    place.run("nonsense").refused(&["nonsense"]);
}

#[test]
fn results_never_replace_what_they_are_made_from() {
    let place = Place::new();
    let bars = lines(&hourly(100));
    place.write("bars.csv", &bars);
    place
        .run("backtest --strategy GOLD --bars bars.csv --trades bars.csv")
        .refused(&["bars.csv", "another name"]);
    place
        .run("backtest --strategy GOLD --bars bars.csv --trades a.csv --report a.csv")
        .refused(&["a.csv", "another name"]);
    assert_eq!(fs::read_to_string(place.path("bars.csv")).unwrap(), bars);
    assert_eq!(place.names(), ["bars.csv"]);
}

#[test]
fn results_that_cannot_be_written() {
    let place = Place::new();
    place
        .run("backtest --strategy GOLD --trades no/such/t.csv")
        .refused(&["no/such/t.csv"]);
    place
        .run("backtest --strategy GOLD --report .")
        .refused(&["."]);
    place
        .run("sweep --strategy GOLD --set fast=5 --csv no/t.csv")
        .refused(&["no/t.csv"]);
    assert_eq!(place.names(), [""; 0]);
}
