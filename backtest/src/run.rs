//! One backtest from start to end.

use crate::{
    engine::{self, Finer, Outcome},
    equity::equity_curve,
    market::Market,
    venue::Venue,
};
use trading::{
    bar::Bars,
    strategy::{
        evaluate::{self, SignalTable},
        plan::Plan,
    },
    symbol::Trade,
};

/// What a backtest leaves.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Trades in the order in which they were closed. A position that was open when history
    /// ended is valued at the last close and comes last.
    pub trades: Vec<Trade>,
    /// Equity at the close of every bar, in account money.
    pub equity: Vec<f64>,
    /// What else happened.
    pub outcome: Outcome,
    /// The first bar at whose close rules were asked; the number of bars when there was none.
    pub warm: usize,
}

/// Tests a plan with these parameter values over `bars`. `finer` bars show in which order prices
/// were reached inside a bar; without them the worse order is assumed.
pub fn run(plan: &Plan, values: &[f64], venue: &Venue, bars: &Bars, finer: Option<&Bars>) -> Run {
    let market = Market::new(bars, venue);
    run_on(plan, values, venue, &market, finer)
}

/// The same over a market that several runs share.
pub fn run_on(
    plan: &Plan,
    values: &[f64],
    venue: &Venue,
    market: &Market<'_>,
    finer: Option<&Bars>,
) -> Run {
    let table = evaluate::evaluate(plan, values, market.bars, |bar| market.spread(bar));
    run_signals(plan, values, venue, market, finer, &table)
}

/// The same with the signals known.
pub fn run_signals(
    plan: &Plan,
    values: &[f64],
    venue: &Venue,
    market: &Market<'_>,
    finer: Option<&Bars>,
    table: &SignalTable,
) -> Run {
    let finer = finer.map(|bars| Finer::new(bars, plan.timeframe.millis()));
    let mut trades = Vec::new();
    let outcome = engine::run(plan, values, venue, market, finer, table, &mut trades);
    Run {
        equity: equity_curve(&trades, market, venue),
        trades,
        outcome,
        warm: table.warm,
    }
}
