//! Trades for the tests of this module.

use trading::{
    symbol::{ExitReason, Side, Trade},
    time::Time,
};

/// A trade that brought `profit`, with nothing else of interest.
pub(crate) fn trade(profit: f64) -> Trade {
    Trade {
        side: Side::Buy,
        volume: 1.0,
        entry_time: Time(0),
        exit_time: Time(0),
        entry_bar: 0,
        exit_bar: 0,
        entry_price: 100.0,
        exit_price: 100.0 + profit,
        gross: profit,
        commission: 0.0,
        swap: 0.0,
        profit,
        exit: ExitReason::ExitRule,
    }
}
