//! The sweep of 1,000 parameter sets gives the independent reference's trades and net profits, and
//! every row says what a single run with its values says.

use backtest::{
    market::Market,
    run,
    statistics::{Input, Statistics},
    sweep::{Axis, Grid, Row, sweep},
    venue::Venue,
};
use phoenix_tests::{gold_h1, golden_dir, read_text, ready_strategies, sample};
use trading::strategy::{Document, plan::compile};

fn reference() -> Document {
    let mut ready = ready_strategies().into_iter();
    let found = ready.find(|(name, _)| name == "gold-macd-adx");
    found.expect("the reference strategy").1
}

fn axis(text: &str) -> Axis {
    text.parse().expect(text)
}

#[test]
fn a_thousand_sets_on_gold_h1() {
    let document = reference();
    let plan = compile(&document).expect("it compiles").with_lots(1.0);
    let venue = Venue::ideal(document.symbol, 2, 0.0);
    let bars = gold_h1();
    let market = Market::new(&bars, &venue);
    let grid = Grid::new(&plan, vec![axis("fast=5..24"), axis("slow=26..75")]).expect("a grid");
    let rows = sweep(&plan, &venue, &market, &grid.sets, |_| true);
    let golden = read_text(&golden_dir().join("reference/gold-macd-adx_XAUUSD_H1.sweep.csv"));
    let golden: Vec<&str> = golden.lines().skip(1).collect();
    assert_eq!(rows.len(), golden.len());
    let place = |name: &str| {
        plan.parameters
            .iter()
            .position(|p| p.name == name)
            .expect(name)
    };
    let (fast, slow) = (place("fast"), place("slow"));
    let mut trades = 0;
    for (row, golden) in rows.iter().zip(golden) {
        let field: Vec<f64> = golden
            .split(',')
            .map(|f| f.parse().expect(golden))
            .collect();
        assert_eq!([row.values[fast], row.values[slow]], field[..2]);
        assert_eq!(f64::from(row.summary.trades()), field[2], "{golden}");
        let net = row.summary.net_profit();
        assert!((net - field[3]).abs() < 1e-6, "{golden}: ours {net}");
        trades += row.summary.trades();
    }
    assert_eq!(trades, 1_371_730);
}

/// Every ready strategy that has parameters to vary, on typical terms: rows of a sweep, computed
/// side by side, equal single runs to the last bit.
#[test]
fn rows_equal_single_runs() {
    let mut swept = 0;
    for (name, document) in ready_strategies() {
        let plan = compile(&document).unwrap_or_else(|e| panic!("{name}: {e}"));
        let axes: Vec<Axis> = document
            .parameters
            .iter()
            .filter_map(|(parameter, p)| {
                // The first, a middle and the last value of each range.
                let values: Vec<f64> = p.range?.values().collect();
                let picks = [
                    values[0],
                    values[values.len() / 2],
                    values[values.len() - 1],
                ];
                Some(Axis {
                    parameter: parameter.clone(),
                    values: picks.to_vec(),
                })
            })
            .take(3)
            .collect();
        let is_gold = document.symbol.as_str() == "XAUUSD";
        let bars = sample(if is_gold { "XAUUSD" } else { "GBPUSD" }).head(9_000);
        for venue in [
            Venue::typical(&document.symbol).expect("a known symbol"),
            Venue::ideal(document.symbol.clone(), 2, 0.15),
        ] {
            let plan = match venue.account.leverage {
                0.0 => plan.clone().with_lots(1.0),
                _ => plan.clone(),
            };
            let market = Market::new(&bars, &venue);
            let grid = Grid::new(&plan, axes.clone()).unwrap_or_else(|e| panic!("{name}: {e}"));
            let rows = sweep(&plan, &venue, &market, &grid.sets, |_| true);
            assert_eq!(rows.len(), grid.sets.len(), "{name}");
            for row in rows {
                let run = run::run_on(&plan, &row.values, &venue, &market, None);
                let statistics = Statistics::compute(&Input {
                    trades: &run.trades,
                    bars: &bars,
                    equity: &run.equity,
                    initial_balance: venue.account.balance,
                    lot_value: venue.money_per_price(),
                });
                let single = Row {
                    values: row.values.clone(),
                    summary: run.trades.iter().map(|trade| trade.profit).collect(),
                    max_drawdown: statistics.max_drawdown,
                    rejected: run.outcome.rejected,
                };
                assert_eq!(row, single, "{name}");
                swept += 1;
            }
        }
    }
    assert!(swept > 300, "the library has parameters to vary: {swept}");
}
