//! `phoenix sweep` tests every set and says what the best are worth.

use crate::support::{Place, golden, number};
use std::fs;

#[test]
fn six_sets_are_the_golden_ones() {
    let place = Place::new();
    let ran = place.run(
        "sweep --strategy GOLD --ideal --set fast=5..6 --set slow=26..28 --csv out.csv --top 3",
    );
    assert!(ran.stdout.contains("In-sample"), "{}", ran.stdout);
    ran.good();
    let golden = golden("gold-macd-adx_XAUUSD_H1.sweep.csv");
    let wanted: Vec<Vec<&str>> = golden
        .lines()
        .map(|line| line.split(',').collect::<Vec<_>>())
        .filter(|f| ["5", "6"].contains(&f[0]) && ["26", "27", "28"].contains(&f[1]))
        .collect();
    let ours = fs::read_to_string(place.path("out.csv")).unwrap();
    let mut ours = ours.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let header = ours.next().unwrap();
    assert_eq!(
        header[..7],
        [
            "fast",
            "slow",
            "trades",
            "net_profit",
            "profit_factor",
            "win_rate_percent",
            "expectancy"
        ]
    );
    let ours: Vec<_> = ours.collect();
    assert_eq!(ours.len(), 6);
    for (ours, wanted) in ours.iter().zip(&wanted) {
        assert_eq!(ours.len(), header.len());
        assert_eq!(ours[..3], wanted[..3]);
        let net = |text: &str| text.parse::<f64>().unwrap();
        assert!((net(ours[3]) - net(wanted[3])).abs() < 1e-6, "{ours:?}");
    }
}

#[test]
fn json_lists_the_best_first() {
    let answer = Place::new()
        .run("sweep --strategy GOLD --ideal --set fast=5,8,12 --top 2 --by profit_factor --json")
        .json();
    assert_eq!(
        (&answer["sets"], &answer["bars"]),
        (&3.into(), &57_600.into())
    );
    assert!(answer["elapsed_ms"].is_number());
    let best = answer["best"].as_array().unwrap();
    assert_eq!(best.len(), 2);
    assert!(number(&best[0], "profit_factor") >= number(&best[1], "profit_factor"));
    assert!(best[0]["parameters"]["fast"].is_number());
}

/// A set of a sweep says the same as a backtest with these values.
#[test]
fn a_row_equals_a_backtest() {
    let place = Place::new();
    let sweep = place
        .run("sweep --strategy GOLD --set threshold=20 --json")
        .json();
    let single = place
        .run("backtest --strategy GOLD --set threshold=20 --json")
        .json();
    for name in [
        "trades",
        "net_profit",
        "max_drawdown",
        "profit_factor",
        "sqn",
        "largest_loss",
    ] {
        assert_eq!(sweep["best"][0][name], single[name], "{name}");
    }
}

#[test]
fn what_makes_no_grid_is_refused() {
    let place = Place::new();
    for (set, parts) in [
        ("--set fast=9..5", &["fast=9..5"][..]),
        ("--set fast", &["fast=5..24"]),
        ("--set quick=5..9", &["quick", "fast"]),
        ("--set fast=5 --set fast=6", &["fast", "twice"]),
        ("--set fast=1..2000 --set slow=1..2000", &["2000 x 2000"]),
        ("--set fast=0..3", &["fast = 0"]),
        // The ranges of the document alone are millions.
        ("", &["5,082,000", "--set"]),
    ] {
        let command = format!("sweep --strategy GOLD --csv out.csv {set}");
        place.run(&command).refused(parts);
        assert_eq!(place.names(), [""; 0], "{set}");
    }
}

#[test]
fn a_sweep_speaks_indonesian() {
    let place = Place::new();
    let ran = place
        .run("sweep --strategy GOLD --ideal --set fast=5..6 --by expectancy --lang id")
        .good();
    for part in [
        "57.600 bar, 2 set dalam",
        "yang terbaik menurut ekspektasi",
        "profit bersih",
        "Uang dalam USD. In-sample",
    ] {
        assert!(
            ran.stdout.contains(part),
            "no \"{part}\" in: {}",
            ran.stdout
        );
    }
    assert!(
        ran.stderr.contains("Catatan: Kondisi ideal"),
        "{}",
        ran.stderr
    );
    for (set, part) in [
        (
            "--set quick=5..9",
            "--set: strategi ini tidak punya parameter quick",
        ),
        ("", "menghasilkan 5.082.000 set parameter"),
    ] {
        place
            .run(&format!("sweep --strategy GOLD --lang id {set}"))
            .refused(&["Kesalahan: ", part]);
    }
}
