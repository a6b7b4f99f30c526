//! What a run of the simulated terminal is: market, account, the EA's inputs, and everything that
//! goes wrong. As JSON, or by the program's options.

use crate::{
    calendar::CalendarEntry,
    command::Timed,
    trouble::{Chances, Trouble},
};
use backtest::venue::Venue;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, path::PathBuf};
use trading::{symbol::Symbol, timeframe::Timeframe};

/// One terminal's day.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Scenario {
    /// The history: `.csv`, `.csv.gz` or `.raw` (columns, as `tests/suite` writes them).
    pub bars: PathBuf,
    /// The symbol of the chart.
    pub symbol: Symbol,
    /// Length of a bar; read off the history where it is not given.
    pub timeframe: Option<Timeframe>,
    /// Symbol, costs and account; typical ones where they are not given.
    pub venue: Option<Venue>,
    /// Other names that the broker has, without prices.
    pub others: Vec<String>,
    /// The first bar that is replayed. Bars before it are history.
    pub first: usize,
    /// How many bars are replayed at most.
    pub count: Option<usize>,
    /// The EA's inputs by their names.
    pub inputs: BTreeMap<String, serde_json::Value>,
    /// The folder that `FILE_COMMON` names.
    pub common: Option<PathBuf>,
    /// The account's number.
    pub login: i64,
    /// The trade server's name.
    pub server: String,
    /// The broker's name.
    pub company: String,
    /// Whether it is real money.
    pub money: Money,
    /// The terminal's language, as MetaTrader names it.
    pub language: String,
    /// How far the server's clock is ahead of UTC.
    pub server_offset_ms: i64,
    /// Least distance of a price from a level that may still be changed, in points.
    pub freeze_level: i64,
    /// Filling modes: `fok`, `ioc`.
    pub filling: Vec<Filling>,
    /// How the broker executes orders.
    pub execution: Execution,
    /// Whether 127.0.0.1 is among the allowed addresses.
    pub allows_address: bool,
    /// Whether `SocketIsReadable` says 1 of an empty socket now and then, as MetaTrader's does.
    pub speculates: bool,
    /// Whether the first `CopyRates` of a history fails, as it does while MetaTrader loads it.
    pub loads_history: bool,
    /// Whether the broker takes no levels with an order that opens: they have to be set afterwards.
    pub forgets_stops: bool,
    /// Timers after each tick.
    pub timers: u32,
    /// What goes wrong with which order.
    pub troubles: Vec<Trouble>,
    /// What goes wrong by chance.
    pub chances: Chances,
    /// What chance follows.
    pub seed: u64,
    /// What happens at which bar.
    pub events: Vec<Timed>,
    /// The economic calendar, in UTC.
    pub calendar: Vec<CalendarEntry>,
    /// Where deals and trades are written at the end, as JSON lines.
    pub result: Option<PathBuf>,
    /// Where the terminal's state of an account survives a kill; see [`crate::book`].
    pub book: Option<PathBuf>,
}

/// Whose money an account holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Money {
    Real,
    Demo,
    Contest,
}

/// A filling mode of a symbol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Filling {
    Fok,
    Ioc,
}

/// How a broker executes orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Execution {
    Request,
    Instant,
    Market,
    Exchange,
}

impl Default for Scenario {
    fn default() -> Self {
        Self {
            bars: PathBuf::new(),
            symbol: trading_symbol("XAUUSD"),
            timeframe: None,
            venue: None,
            others: Vec::new(),
            first: 1,
            count: None,
            inputs: BTreeMap::new(),
            common: None,
            login: 5_001,
            server: "Simulated-Demo".to_owned(),
            company: "Simulated Broker".to_owned(),
            money: Money::Demo,
            language: "English".to_owned(),
            server_offset_ms: 0,
            freeze_level: 0,
            filling: vec![Filling::Fok, Filling::Ioc],
            execution: Execution::Market,
            allows_address: true,
            speculates: true,
            loads_history: true,
            forgets_stops: false,
            timers: 1,
            troubles: Vec::new(),
            chances: Chances::default(),
            seed: 1,
            events: Vec::new(),
            calendar: Vec::new(),
            result: None,
            book: None,
        }
    }
}

/// A name that is known to be one.
fn trading_symbol(name: &str) -> Symbol {
    #[allow(clippy::expect_used, reason = "a literal")]
    name.parse().expect("a symbol")
}
