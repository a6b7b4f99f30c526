//! A backtest on the server's own history.

use crate::{id::BrokerAccountId, run::Terms};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use trading::{symbol::Symbol, time::Time, timeframe::Timeframe};

/// The most bars that are tested at once: more than sixteen years of M5 bars hold.
pub const MAX_BARS: usize = 2_000_000;
/// The most trades that are told, the first ones.
pub const MAX_TRADES: usize = 2_000;

/// What is to be tested.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewBacktest {
    /// The JSON text of the strategy document.
    pub document: String,
    /// On another symbol than the document says.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub symbol: Option<Symbol>,
    /// On other bars than the document says, such as `H1`.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub timeframe: Option<Timeframe>,
    /// The terms.
    #[serde(default = "typical")]
    pub terms: Terms,
    /// On the bars and the terms of this account at a broker, as its executor uploaded them.
    #[serde(default)]
    pub broker_account: Option<BrokerAccountId>,
    /// Money at the start; what is usual on these terms without it.
    #[serde(default)]
    pub balance: Option<f64>,
    /// Other values for parameters of the document.
    #[serde(default)]
    pub parameters: BTreeMap<String, f64>,
}

fn typical() -> Terms {
    Terms::Typical
}

/// Figures of a backtest. Money is of the account; what ends in `_percent` is in percent. What is
/// not defined, such as an average of nothing, is null.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Figures {
    /// Number of closed trades.
    pub trades: u32,
    /// Those that earned.
    pub winning_trades: u32,
    /// Those that lost.
    pub losing_trades: u32,
    /// Balance before the first bar.
    pub initial_balance: f64,
    /// Equity at the last close.
    pub final_equity: f64,
    /// Sum of all trades' profits, costs included.
    pub net_profit: f64,
    /// Change of equity in percent of the initial balance.
    pub return_percent: Option<f64>,
    /// Gross profit over gross loss.
    pub profit_factor: Option<f64>,
    /// Average profit of a trade.
    pub expectancy: Option<f64>,
    /// Share of trades that earned.
    pub win_rate_percent: Option<f64>,
    /// Greatest fall of equity from a peak, in money.
    pub max_drawdown: f64,
    /// The same in percent of the peak; it may be another fall.
    pub max_drawdown_percent: f64,
    /// Net profit over the greatest drawdown.
    pub recovery_factor: Option<f64>,
    /// Annualised, of daily returns.
    pub sharpe: Option<f64>,
    /// Annualised, of daily returns.
    pub sortino: Option<f64>,
    /// Compound annual growth rate.
    pub cagr_percent: Option<f64>,
    /// Share of bars with an open position.
    pub exposure_percent: f64,
}

/// A closed trade.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TestedTrade {
    /// `long` or `short`.
    pub side: String,
    /// In lots.
    pub volume: f64,
    /// Opening time of the bar in which it was opened.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub entry_time: Time,
    /// Opening time of the bar in which it was closed.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub exit_time: Time,
    /// Price at entry.
    pub entry_price: f64,
    /// Price at exit.
    pub exit_price: f64,
    /// What it brought, costs included.
    pub profit: f64,
    /// Why it was closed, such as `stop_loss`.
    pub exit: String,
}

/// What came of a backtest. It says what would have happened, never what will.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Backtest {
    /// The strategy's name.
    pub name: String,
    /// The symbol.
    pub symbol: String,
    /// The length of its bars.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub timeframe: Timeframe,
    /// Number of bars.
    pub bars: u32,
    /// Opening time of the first.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<i64>))]
    pub from: Option<Time>,
    /// Opening time of the last.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<i64>))]
    pub to: Option<Time>,
    /// The account's money.
    pub currency: String,
    /// How many bars passed before any rule was asked.
    pub warm_up_bars: u32,
    /// Entries that the broker refused.
    pub refused_entries: u32,
    /// The figures.
    pub figures: Figures,
    /// The trades in the order in which they were closed, at most 2,000.
    pub trades: Vec<TestedTrade>,
    /// How many trades are left out there.
    pub left_out: u32,
}
