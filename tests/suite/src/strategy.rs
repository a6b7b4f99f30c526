//! A strategy over the same bars: its trades to the last bit, and its statistics.

use crate::Hash;
use backtest::{
    run::{Run, run},
    statistics::{Input, Statistics},
    venue::Venue,
};
use serde_json::{Value, json};
use trading::{
    bar::Bars,
    strategy::{plan::Plan, validate::validate},
};

/// What a strategy document does over `bars`, on typical terms and on ideal ones: a hash of its
/// trade list, one of its statistics, and the numbers a person would look at first.
///
/// # Errors
/// When the document has faults or the symbol no typical terms.
pub fn strategy_result(document: &str, bars: &Bars) -> Result<Value, String> {
    let document = validate(document).map_err(|faults| format!("{faults:?}"))?;
    let plan = trading::strategy::plan::compile(&document).map_err(|e| e.to_string())?;
    let typical = Venue::typical(&document.symbol).ok_or("a symbol without typical terms")?;
    let ideal = Venue::ideal(document.symbol.clone(), typical.symbol.digits, 0.0);
    Ok(json!({
        "ideal": one(&plan.clone().with_lots(1.0), &ideal, bars),
        "typical": one(&plan, &typical, bars),
    }))
}

/// The reference run that the benchmarks time: signals, event loop, equity and statistics.
pub fn timed_run(plan: &Plan, venue: &Venue, bars: &Bars) -> (Run, Statistics) {
    let run = run(plan, &plan.values(), venue, bars, None);
    let statistics = Statistics::compute(&Input {
        trades: &run.trades,
        bars,
        equity: &run.equity,
        initial_balance: venue.account.balance,
        lot_value: venue.money_per_price(),
    });
    (run, statistics)
}

fn one(plan: &Plan, venue: &Venue, bars: &Bars) -> Value {
    let (run, statistics) = timed_run(plan, venue, bars);
    let mut trades = Hash::default();
    for trade in &run.trades {
        trades.integer(i64::from(trade.entry_bar));
        trades.integer(i64::from(trade.exit_bar));
        trades.bytes(trade.side.name().as_bytes());
        trades.bytes(trade.exit.name().as_bytes());
        trades.numbers(&[
            trade.volume,
            trade.entry_price,
            trade.exit_price,
            trade.gross,
            trade.commission,
            trade.swap,
            trade.profit,
        ]);
    }
    trades.numbers(&run.equity);
    let mut words = Hash::default();
    // Text that writes every number so that it reads back to the same bits.
    words.bytes(json!(statistics).to_string().as_bytes());
    json!({
        "trades": run.trades.len(),
        "trade_list": format!("{:016x}", trades.value()),
        "statistics": format!("{:016x}", words.value()),
        "net_profit": statistics.net_profit,
        "max_drawdown": statistics.max_drawdown,
        "sharpe": statistics.sharpe,
    })
}
