//! Our statistics against those of other programs on the same trades; `golden/statistics` says
//! whose each number is and how it was made.

use backtest::statistics::{Input, Statistics, daily, drawdown};
use phoenix_tests::{close_to, gold_h1, golden_dir, parse_time, read_text};
use serde::Deserialize;
use serde_json::Value;
use std::path::Path;
use trading::{
    bar::Bars,
    symbol::{ExitReason, Side, Trade},
};

const INITIAL: f64 = 10_000.0;
const TOLERANCE: f64 = 1e-9;

#[derive(Deserialize)]
struct Row {
    entry_bar: u32,
    exit_bar: u32,
    side: String,
    entry_price: f64,
    exit_price: f64,
    profit: f64,
    entry_time: Option<String>,
    exit_time: Option<String>,
    exit: Option<ExitReason>,
    #[serde(default)]
    volume: Option<f64>,
    #[serde(default)]
    commission: Option<f64>,
    #[serde(default)]
    swap: Option<f64>,
}

/// A trade list. The reference lists know no costs beside `fee` per fill, trade one unit, and end
/// every trade at an open, the last one at the end of history.
fn trades(path: &Path, bars: &Bars, fee: f64) -> Vec<Trade> {
    let text = read_text(path);
    let mut trades: Vec<Trade> = csv::Reader::from_reader(text.as_bytes())
        .deserialize()
        .map(|row| {
            let row: Row = row.expect("a golden file");
            let commission = row.commission.unwrap_or(2.0 * fee);
            let swap = row.swap.unwrap_or(0.0);
            let time = |text: Option<String>, bar: u32| match text {
                Some(text) => parse_time(&text),
                None => bars.get(bar as usize).time,
            };
            Trade {
                side: if row.side == "long" {
                    Side::Buy
                } else {
                    Side::Sell
                },
                volume: row.volume.unwrap_or(1.0),
                entry_time: time(row.entry_time, row.entry_bar),
                exit_time: time(row.exit_time, row.exit_bar),
                entry_bar: row.entry_bar,
                exit_bar: row.exit_bar,
                entry_price: row.entry_price,
                exit_price: row.exit_price,
                gross: row.profit + commission - swap,
                commission,
                swap,
                profit: row.profit,
                exit: row.exit.unwrap_or(ExitReason::OppositeSignal),
            }
        })
        .collect();
    if let Some(last) = trades.last_mut() {
        last.exit = ExitReason::EndOfData;
    }
    trades
}

/// Balance plus open profit at each close; half the commission is paid at the entry.
fn equity(trades: &[Trade], bars: &Bars, lot_value: f64) -> Vec<f64> {
    let mut change = vec![0.0; bars.len() + 1];
    let mut open = vec![0.0; bars.len()];
    for t in trades {
        let (entry, exit) = (t.entry_bar as usize, t.exit_bar as usize);
        for (at, close) in open[entry..exit].iter_mut().zip(&bars.close[entry..exit]) {
            *at += (close - t.entry_price) * t.side.sign() * t.volume * lot_value;
            *at -= t.commission / 2.0;
        }
        change[exit] += t.profit;
    }
    let mut balance = INITIAL;
    open.iter()
        .zip(change)
        .map(|(open, change)| {
            balance += change;
            balance + open
        })
        .collect()
}

fn expected() -> Value {
    serde_json::from_str(&read_text(&golden_dir().join("statistics/expected.json")))
        .expect("a golden file")
}

/// Everything that `theirs` says must be in `ours`, under the same name.
fn compare(theirs: &Value, ours: &Value, path: &str, faults: &mut Vec<String>) {
    match (theirs, ours) {
        (Value::Object(fields), Value::Object(_)) => {
            for (name, value) in fields {
                compare(value, &ours[name], &format!("{path}/{name}"), faults);
            }
        }
        (Value::Array(a), Value::Array(b)) => {
            if a.len() != b.len() {
                faults.push(format!("{path}: {} entries, ours {}", a.len(), b.len()));
            }
            for (i, (a, b)) in a.iter().zip(b).enumerate() {
                compare(a, b, &format!("{path}/{i}"), faults);
            }
        }
        (Value::Number(a), Value::Number(b)) => {
            let (a, b) = (
                a.as_f64().expect("a golden file"),
                b.as_f64().expect("a golden file"),
            );
            if !close_to(b, a, TOLERANCE) {
                faults.push(format!("{path}: {a}, ours {b}"));
            }
        }
        _ if theirs == ours => {}
        _ => faults.push(format!("{path}: {theirs}, ours {ours}")),
    }
}

fn check(case: &str, file: &str, fee: f64, lot_value: f64) {
    let bars = gold_h1();
    let trades = trades(&golden_dir().join(file), &bars, fee);
    let equity = equity(&trades, &bars, lot_value);
    let ours = Statistics::compute(&Input {
        trades: &trades,
        bars: &bars,
        equity: &equity,
        initial_balance: INITIAL,
        lot_value,
    });
    let theirs = &expected()[case];
    let mut faults = Vec::new();
    let json = serde_json::to_value(&ours).expect("a golden file");
    compare(&theirs["statistics"], &json, case, &mut faults);

    for theirs in theirs["excursions"].as_array().expect("a golden file") {
        let trade = theirs["trade"].as_u64().expect("a golden file") as usize;
        let mut ours = serde_json::to_value(ours.excursions[trade]).expect("a golden file");
        ours["trade"] = trade.into();
        compare(
            theirs,
            &ours,
            &format!("{case}/excursions/{trade}"),
            &mut faults,
        );
    }

    let days = daily::day_ends(&bars.time, &equity);
    assert_eq!(
        days.len() as u64,
        theirs["days"].as_u64().expect("a golden file")
    );
    let points: Vec<f64> = days.iter().map(|d| d.equity).collect();
    let fall = drawdown::falls(INITIAL, &points).percent();
    let daily = theirs["daily_drawdown_percent"]
        .as_f64()
        .expect("a golden file");
    assert!(
        close_to(fall, daily, TOLERANCE),
        "daily drawdown {daily}, ours {fall}"
    );

    assert!(
        faults.is_empty(),
        "{} differ:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

#[test]
fn reference_trades_without_costs() {
    check(
        "H1",
        "reference/gold-macd-adx_XAUUSD_H1.trades.csv",
        0.0,
        1.0,
    );
}

#[test]
fn reference_trades_with_costs() {
    check(
        "H1_cost",
        "reference/gold-macd-adx_XAUUSD_H1_cost.trades.csv",
        0.15,
        1.0,
    );
}

#[test]
fn overlapping_trades_with_every_exit() {
    check("synthetic", "statistics/synthetic.trades.csv", 0.0, 100.0);
}

#[test]
fn a_million_bars_of_trades() {
    let path = golden_dir().join("reference/gold-macd-adx_XAUUSD_M1_1000000.trades.csv.gz");
    let bars = Bars::default();
    let ours = Statistics::compute(&Input {
        trades: &trades(&path, &bars, 0.0),
        bars: &bars,
        equity: &[],
        initial_balance: INITIAL,
        lot_value: 1.0,
    });
    let mut faults = Vec::new();
    let json = serde_json::to_value(&ours).expect("a golden file");
    compare(
        &expected()["M1_1000000"]["statistics"],
        &json,
        "M1",
        &mut faults,
    );
    assert!(
        faults.is_empty(),
        "{} differ:\n{}",
        faults.len(),
        faults.join("\n")
    );
}
