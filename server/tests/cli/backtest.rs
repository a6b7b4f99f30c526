//! `phoenix backtest` gives the golden results, and writes what it was asked to write.

use crate::support::{Place, golden, hourly, lines, number};
use std::fs;

#[test]
fn the_reference_without_and_with_costs() {
    let place = Place::new();
    let plain = place.run("backtest --strategy GOLD --ideal --json").json();
    assert_eq!(plain["trades"], 1_677);
    assert_eq!(plain["bars"], 57_600);
    assert!((number(&plain, "net_profit") - 338.67).abs() < 1e-6);
    for name in [
        "max_drawdown",
        "sharpe",
        "profit_factor",
        "elapsed_ms",
        "load_ms",
    ] {
        assert!(plain[name].is_number(), "{name}");
    }
    let cost = place
        .run("backtest --strategy GOLD --ideal --fee-per-fill 0.15 --json")
        .json();
    assert_eq!(cost["trades"], 1_677);
    assert!((number(&cost, "net_profit") + 164.43).abs() < 1e-6);
}

#[test]
fn the_trade_list_is_the_golden_one() {
    for (fee, file) in [
        ("0", "gold-macd-adx_XAUUSD_H1.trades.csv"),
        ("0.15", "gold-macd-adx_XAUUSD_H1_cost.trades.csv"),
    ] {
        let place = Place::new();
        place
            .run(&format!(
                "backtest --strategy GOLD --ideal --fee-per-fill {fee} --trades t.csv --json"
            ))
            .good();
        let ours = fs::read_to_string(place.path("t.csv")).unwrap();
        let mut ours = ours.lines();
        assert_eq!(
            ours.next(),
            Some("entry_time,exit_time,side,volume,entry_price,exit_price,profit,open_at_end")
        );
        let golden = golden(file);
        let golden: Vec<&str> = golden.lines().skip(1).collect();
        let ours: Vec<&str> = ours.collect();
        assert_eq!(ours.len(), golden.len());
        let last = ours.len() - 1;
        for (at, (ours, golden)) in ours.iter().zip(&golden).enumerate() {
            let (o, g): (Vec<&str>, Vec<&str>) =
                (ours.split(',').collect(), golden.split(',').collect());
            let utc = |time: &str| format!("{}Z", time.replace(' ', "T"));
            let price = |text: &str| text.parse::<f64>().unwrap();
            assert_eq!(o[0], utc(g[1]), "{ours}");
            assert_eq!(o[1], utc(g[3]), "{ours}");
            assert_eq!(o[2], g[4], "{ours}");
            assert_eq!(o[3], "1", "{ours}");
            assert_eq!(price(o[4]), price(g[5]), "{ours}");
            assert_eq!(price(o[5]), price(g[6]), "{ours}");
            assert!((price(o[6]) - price(g[7])).abs() < 1e-6, "{ours}");
            assert_eq!(o[7], if at == last { "true" } else { "false" }, "{ours}");
        }
    }
}

#[test]
fn a_million_minutes_as_they_are() {
    let file = crate::support::root().join("../shared/data/XAUUSD_M1_1000000_tiled.csv.gz");
    if !file.exists() {
        eprintln!(
            "skipped: {} is not here, and may not be shipped",
            file.display()
        );
        return;
    }
    let ran = Place::new().run(&format!(
        "backtest --strategy GOLD --ideal --json --bars {}",
        file.display()
    ));
    assert!(
        ran.stderr.contains("The bars are M1, the strategy says H1"),
        "{}",
        ran.stderr
    );
    assert!(ran.stderr.contains("use --resample"));
    let run = ran.json();
    assert_eq!(run["trades"], 23_635);
    assert_eq!(run["timeframe"], "M1");
    assert!((number(&run, "net_profit") - 112.08).abs() < 1e-6);
}

#[test]
fn the_report_is_text_and_a_page_in_both_languages() {
    let place = Place::new();
    let english = place.run("backtest --strategy GOLD --report r.html").good();
    assert!(english.stdout.contains("Net profit"), "{}", english.stdout);
    // Costs that are only an estimate say so.
    assert!(english.stdout.contains("typical"), "{}", english.stdout);
    let page = fs::read_to_string(place.path("r.html")).unwrap();
    assert!(page.contains("<html") && page.trim_end().ends_with("</html>"));
    let indonesian = place.run("backtest --strategy GOLD --lang id").good();
    assert!(
        indonesian.stdout.contains("Profit bersih"),
        "{}",
        indonesian.stdout
    );
    assert_eq!(place.names(), ["r.html"]);
}

#[test]
fn parameters_can_be_set() {
    let place = Place::new();
    let run = place
        .run("backtest --strategy GOLD --ideal --json --set fast=5 --set slow=26")
        .json();
    assert_eq!(run["trades"], 2_527);
    assert!((number(&run, "net_profit") + 602.91).abs() < 1e-6);
    assert_eq!(run["parameters"]["fast"], 5.0);
}

#[test]
fn hours_are_built_from_minutes_when_asked() {
    let place = Place::new();
    let mut rows = vec!["time,open,high,low,close".to_owned()];
    rows.extend((0..6_000).map(|bar| {
        let (day, hour, minute) = (bar / 1_440 + 1, bar / 60 % 24, bar % 60);
        let price = 1_800.0 + (f64::from(bar) / 500.0).sin() * 20.0;
        format!(
            "2024-01-{day:02} {hour:02}:{minute:02},{price:.2},{:.2},{:.2},{price:.2}",
            price + 0.5,
            price - 0.5
        )
    }));
    place.write("m1.csv", lines(&rows));
    let run = place
        .run("backtest --strategy GOLD --ideal --json --bars m1.csv --resample")
        .json();
    assert_eq!(
        (&run["timeframe"], &run["bars"]),
        (&"H1".into(), &100.into())
    );
    let run = place
        .run("backtest --strategy GOLD --ideal --json --bars m1.csv")
        .json();
    assert_eq!(
        (&run["timeframe"], &run["bars"]),
        (&"M1".into(), &6_000.into())
    );
}

#[test]
fn finer_bars_look_inside() {
    let place = Place::new();
    place.write("h1.csv", lines(&hourly(300)));
    place.write("other.csv", lines(&hourly(300)));
    // Bars of the same length show nothing.
    place
        .run("backtest --strategy GOLD --bars h1.csv --inside other.csv")
        .refused(&["--inside other.csv", "H1", "shorter bars"]);
    let mut minutes = vec!["time,open,high,low,close".to_owned()];
    for hour in 0..5 {
        for minute in (0..60).step_by(15) {
            minutes.push(format!(
                "2024-01-01T{hour:02}:{minute:02}:00Z,1815,1820,1810,1815"
            ));
        }
    }
    place.write("m15.csv", lines(&minutes));
    let run = place
        .run("backtest --strategy GOLD --bars h1.csv --inside m15.csv --json")
        .json();
    let notes = run["notes"].to_string();
    assert!(
        notes.contains("M15") && notes.contains("a part of the history"),
        "{notes}"
    );
}

#[test]
fn a_spec_and_a_balance_are_used() {
    let place = Place::new();
    let spec = r#"{
        "symbol": { "symbol": "XAUUSD", "digits": 2, "tick_size": 0.01, "contract_size": 100,
                    "volume_min": 0.01, "volume_max": 50, "volume_step": 0.01,
                    "profit_currency": "USD" },
        "costs": { "spread": { "fixed": 20 }, "commission_per_lot": 3.5 }
    }"#;
    place.write("spec.json", spec);
    let run = place
        .run("backtest --strategy GOLD --spec spec.json --balance 50000 --json")
        .json();
    assert_eq!(number(&run, "initial_balance"), 50_000.0);
    assert!(number(&run, "total_commission") > 0.0);
}

#[cfg(unix)]
#[test]
fn nobody_reading_is_no_error() {
    use std::{io::Read, process::Stdio};
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin!("phoenix"))
        .arg("schema")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut said = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut said)
        .unwrap();
    assert_eq!(said, "");
    assert_eq!(child.wait().unwrap().code(), Some(0));
}
