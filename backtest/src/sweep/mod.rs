//! Many parameter sets over one history.

mod grid;
mod ledger;

pub use grid::{Axis, AxisError, Grid};

use crate::{
    engine,
    equity::equity_curve,
    extremes::Extremes,
    market::Market,
    statistics::{Summary, drawdown::Meter},
    venue::Venue,
};
use ledger::SetLedger;
use trading::{
    strategy::{
        evaluate::{self, Hands, Sets},
        plan::Plan,
    },
    symbol::Trade,
};

/// Bytes that the signals of the sets which are tested together may take.
const MEMORY: usize = 64 << 20;

/// What one parameter set would have done.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The value of every parameter of the plan, in its order.
    pub values: Vec<f64>,
    /// Trades and what they brought.
    pub summary: Summary,
    /// Greatest fall of equity from a peak at bar closes, in account money; the same number as
    /// [`crate::statistics::Statistics::max_drawdown`] of a single run.
    pub max_drawdown: f64,
    /// Entries that the broker refused.
    pub rejected: u32,
}

impl Row {
    /// Net profit over the greatest drawdown; `None` without a drawdown.
    pub fn recovery_factor(&self) -> Option<f64> {
        crate::statistics::recovery::recovery_factor(self.summary.net_profit(), self.max_drawdown)
    }
}

/// Tests every parameter set over the same market; rows come in the order of `sets`. `done` is told
/// how many more sets are finished, from any thread; it returns whether to go on. What was not
/// tested when it said no has no row.
pub fn sweep(
    plan: &Plan,
    venue: &Venue,
    market: &Market<'_>,
    sets: &[Vec<f64>],
    done: impl Fn(usize) -> bool + Sync,
) -> Vec<Row> {
    let shared = Sets::new(plan, sets, market.bars, |bar| market.spread(bar));
    let extremes = Extremes::new(&market.bars.close);
    market.note_reach();
    let mut rows = Vec::with_capacity(sets.len());
    for sets in sets.chunks(shared.at_once(MEMORY)) {
        // Nothing is done yet: only asks whether to go on.
        if !done(0) {
            break;
        }
        let tables = shared.tables(sets, &Team);
        let row = |(place, values): (usize, &Vec<f64>)| -> Option<Row> {
            let mut table = tables.table(place);
            if shared.filters_vary() {
                table.may_enter =
                    evaluate::may_enter(plan, values, market.bars, |bar| market.spread(bar));
            }
            let row = row(plan, venue, market, &extremes, values, &table);
            done(1).then_some(row)
        };
        #[cfg(feature = "parallel")]
        let found: Vec<Row> = {
            use rayon::prelude::*;
            sets.par_iter().enumerate().map(row).while_some().collect()
        };
        #[cfg(not(feature = "parallel"))]
        let found: Vec<Row> = sets.iter().enumerate().map_while(row).collect();
        let is_whole = found.len() == sets.len();
        rows.extend(found);
        if !is_whole {
            break;
        }
    }
    rows
}

/// All threads that there are; without `parallel`, the one that asks.
struct Team;

impl Hands for Team {
    fn each<T: Send>(&self, pieces: &mut [T], work: impl Fn(&mut T) + Sync + Send) {
        #[cfg(feature = "parallel")]
        {
            use rayon::prelude::*;
            pieces.par_iter_mut().for_each(work);
        }
        #[cfg(not(feature = "parallel"))]
        evaluate::OneByOne.each(pieces, work);
    }
}

/// Runs the event loop over known signals and keeps only what a row tells.
fn row(
    plan: &Plan,
    venue: &Venue,
    market: &Market<'_>,
    extremes: &Extremes,
    values: &[f64],
    table: &evaluate::SignalTable,
) -> Row {
    if plan.orders.max_positions == 1 {
        let mut ledger = SetLedger::new(market, extremes, venue);
        let outcome = engine::run(plan, values, venue, market, None, table, &mut ledger);
        let (summary, max_drawdown) = ledger.finish();
        return Row {
            values: values.to_vec(),
            summary,
            max_drawdown,
            rejected: outcome.rejected,
        };
    }
    // Several positions float at once: only the whole curve tells the drawdown.
    let mut trades: Vec<Trade> = Vec::new();
    let outcome = engine::run(plan, values, venue, market, None, table, &mut trades);
    let mut meter = Meter::new(venue.account.balance);
    for equity in equity_curve(&trades, market, venue) {
        meter.push(equity);
    }
    Row {
        values: values.to_vec(),
        summary: trades.iter().map(|trade| trade.profit).collect(),
        max_drawdown: meter.finish().money(),
        rejected: outcome.rejected,
    }
}
