//! Where the stop and the target of a trade lay when it was opened.

use crate::{market::Market, run::Run, venue::Venue};
use serde::{Deserialize, Serialize};
use trading::{
    session::Desk,
    strategy::{evaluate::SignalTable, plan::Plan},
};

/// The prices at which a trade would have been closed, as they were set at its entry. A stop that
/// moved later is not told.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Levels {
    /// Stop loss.
    pub stop: Option<f64>,
    /// Take profit.
    pub target: Option<f64>,
}

/// The levels of every trade of a run, in the order of its trades.
pub fn levels(
    plan: &Plan,
    values: &[f64],
    venue: &Venue,
    market: &Market<'_>,
    table: &SignalTable,
    run: &Run,
) -> Vec<Levels> {
    let desk = Desk::new(plan, values, &venue.symbol, venue.money_per_price());
    let grid = venue.symbol.grid();
    let of = |trade: &trading::symbol::Trade| {
        // An entry is decided at the close before the bar in which it is filled.
        let Some(decided) = (trade.entry_bar as usize).checked_sub(1) else {
            return Levels::default();
        };
        let close = market.bars.close[decided];
        let distances = desk.distances(close, |column| table.value(column, decided));
        let sign = trade.side.sign();
        let level = |distance: Option<f64>, sign: f64| {
            distance.map(|distance| grid.nearest(trade.entry_price + distance * sign))
        };
        distances.map_or_else(Levels::default, |distances| Levels {
            stop: level(distances.initial_stop(), -sign),
            target: level(distances.target, sign),
        })
    };
    run.trades.iter().map(of).collect()
}
