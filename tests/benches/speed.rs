//! The two runs that are measured beside other engines. `make bench` runs them.
//!
//! - `reference_*`: the reference strategy over a million M1 bars, on one core: signals, event
//!   loop, equity curve and all statistics. `full_costs` has spread, commission, slippage, swap and
//!   margin; `ideal` none of them, as the other engines are run.
//! - `sweep_*`: a thousand parameter sets over 57,600 H1 bars, on all cores: trades, net profit,
//!   the summary and the greatest drawdown of each.
//!
//! Reading the data and compiling the strategy are left out, as they are for the others.

use backtest::{
    market::Market,
    run::run_on,
    statistics::{Input, Statistics},
    sweep::{Grid, sweep},
    venue::Venue,
};
use divan::Bencher;
use phoenix_tests::{gold_h1, read_bars, ready_strategies, shared, spread_sets};
use std::sync::LazyLock;
use trading::{
    bar::Bars,
    strategy::{
        Document,
        plan::{Plan, compile},
    },
};

fn main() {
    divan::main();
}

static REFERENCE: LazyLock<Document> = LazyLock::new(|| {
    let mut ready = ready_strategies().into_iter();
    let found = ready.find(|(name, _)| name == "gold-macd-adx");
    found.expect("the reference strategy").1
});

/// A million bars where they are; else what may be shipped, said aloud.
static MINUTES: LazyLock<Bars> = LazyLock::new(|| {
    shared("data/XAUUSD_M1_1000000_tiled.csv.gz").map_or_else(
        || {
            eprintln!("../shared/data is not here: 57,600 H1 bars stand in for a million M1 bars");
            gold_h1()
        },
        |path| read_bars(&path),
    )
});

#[divan::bench]
fn reference_ideal(bencher: Bencher<'_, '_>) {
    let venue = Venue::ideal(REFERENCE.symbol.clone(), 2, 0.0);
    reference(bencher, &venue);
}

#[divan::bench]
fn reference_full_costs(bencher: Bencher<'_, '_>) {
    let mut venue = Venue::typical(&REFERENCE.symbol).expect("gold is known");
    // Money enough to trade to the end.
    venue.account.balance = 1e6;
    reference(bencher, &venue);
}

fn reference(bencher: Bencher<'_, '_>, venue: &Venue) {
    let mut plan = compile(&REFERENCE).expect("it compiles");
    if venue.account.leverage == 0.0 {
        plan = plan.with_lots(1.0);
    }
    let values = plan.values();
    let bars = &*MINUTES;
    bencher.bench_local(|| {
        let market = Market::new(bars, venue);
        let run = run_on(&plan, &values, venue, &market, None);
        let statistics = Statistics::compute(&Input {
            trades: &run.trades,
            bars,
            equity: &run.equity,
            initial_balance: venue.account.balance,
            lot_value: venue.money_per_price(),
        });
        (statistics.trades, statistics.net_profit)
    });
}

#[divan::bench]
fn sweep_a_thousand_sets(bencher: Bencher<'_, '_>) {
    let plan = compile(&REFERENCE).expect("it compiles").with_lots(1.0);
    let venue = Venue::ideal(REFERENCE.symbol.clone(), 2, 0.0);
    swept(bencher, &plan, &venue);
}

#[divan::bench]
fn sweep_a_thousand_sets_full_costs(bencher: Bencher<'_, '_>) {
    let plan = compile(&REFERENCE).expect("it compiles");
    let mut venue = Venue::typical(&REFERENCE.symbol).expect("gold is known");
    venue.account.balance = 1e6;
    swept(bencher, &plan, &venue);
}

/// A thousand sets spread evenly over all that each ready strategy lets vary, with full costs.
#[divan::bench(args = ready_names(), sample_count = 20)]
fn sweep_ready(bencher: Bencher<'_, '_>, name: &str) {
    let mut ready = ready_strategies().into_iter();
    let (_, document) = ready.find(|(found, _)| found == name).expect("it is ready");
    let plan = compile(&document).expect("it compiles");
    let mut venue = Venue::typical(&document.symbol).expect("its terms are known");
    venue.account.balance = 1e6;
    let sets = spread_sets(&document, &plan, 1_000);
    let bars = gold_h1();
    bencher
        .counter(divan::counter::ItemsCount::new(sets.len()))
        .bench_local(|| {
            let market = Market::new(&bars, &venue);
            sweep(&plan, &venue, &market, &sets, |_| true).len()
        });
}

fn ready_names() -> Vec<String> {
    ready_strategies()
        .into_iter()
        .map(|(name, _)| name)
        .collect()
}

fn swept(bencher: Bencher<'_, '_>, plan: &Plan, venue: &Venue) {
    let bars = gold_h1();
    let axes = ["fast=5..24", "slow=26..75"].map(|axis| axis.parse().expect("an axis"));
    let grid = Grid::new(plan, axes.to_vec()).expect("a grid");
    bencher.bench_local(|| {
        let market = Market::new(&bars, venue);
        sweep(plan, venue, &market, &grid.sets, |_| true).len()
    });
}
