//! Which parameter sets are the best.

use backtest::sweep::Row;
use clap::ValueEnum;
use serde::Serialize;
use std::cmp::Ordering;
use trading::indicator::Text;

/// What makes one set better than another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(super) enum By {
    /// The greatest net profit
    NetProfit,
    /// The greatest profit factor
    ProfitFactor,
    /// The greatest net profit over the greatest drawdown
    Recovery,
    /// The greatest average profit of a trade
    Expectancy,
    /// The greatest share of winning trades
    WinRate,
    /// The greatest system quality number
    Sqn,
    /// The least drawdown
    Drawdown,
}

/// What is told of a set. What is not defined (a quotient without a divisor) is null.
#[derive(Debug, Serialize)]
pub(super) struct Figures {
    pub(super) trades: u32,
    pub(super) net_profit: f64,
    pub(super) profit_factor: Option<f64>,
    pub(super) win_rate_percent: Option<f64>,
    pub(super) expectancy: Option<f64>,
    pub(super) max_drawdown: f64,
    pub(super) recovery_factor: Option<f64>,
    pub(super) sqn: Option<f64>,
    pub(super) gross_profit: f64,
    pub(super) gross_loss: f64,
    pub(super) average_win: Option<f64>,
    pub(super) average_loss: Option<f64>,
    pub(super) largest_win: Option<f64>,
    pub(super) largest_loss: Option<f64>,
    pub(super) refused_entries: u32,
}

impl Figures {
    pub(super) fn new(row: &Row) -> Self {
        let summary = &row.summary;
        Self {
            trades: summary.trades(),
            net_profit: summary.net_profit(),
            profit_factor: summary.profit_factor(),
            win_rate_percent: summary.win_rate_percent(),
            expectancy: summary.expectancy(),
            max_drawdown: row.max_drawdown,
            recovery_factor: row.recovery_factor(),
            sqn: summary.sqn(),
            gross_profit: summary.gross_profit(),
            gross_loss: summary.gross_loss(),
            average_win: summary.average_win(),
            average_loss: summary.average_loss(),
            largest_win: summary.largest_win(),
            largest_loss: summary.largest_loss(),
            refused_entries: row.rejected,
        }
    }
}

impl By {
    /// The name as it is given.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::NetProfit => "net_profit",
            Self::ProfitFactor => "profit_factor",
            Self::Recovery => "recovery",
            Self::Expectancy => "expectancy",
            Self::WinRate => "win_rate",
            Self::Sqn => "sqn",
            Self::Drawdown => "drawdown",
        }
    }

    /// The name in a sentence.
    pub(super) const fn words(self) -> Text {
        let (en, id) = match self {
            Self::NetProfit => ("net profit", "profit bersih"),
            Self::ProfitFactor => ("profit factor", "profit factor"),
            Self::Recovery => ("recovery factor", "recovery factor"),
            Self::Expectancy => ("expectancy", "ekspektasi"),
            Self::WinRate => ("win rate", "win rate"),
            Self::Sqn => ("SQN", "SQN"),
            Self::Drawdown => ("least drawdown", "drawdown terkecil"),
        };
        Text { en, id }
    }

    /// The greater, the better. Sets without a trade, or for which it is not defined, come last.
    fn score(self, row: &Row) -> Option<f64> {
        let summary = &row.summary;
        if summary.trades() == 0 {
            return None;
        }
        match self {
            Self::NetProfit => Some(summary.net_profit()),
            Self::ProfitFactor => summary.profit_factor(),
            Self::Recovery => row.recovery_factor(),
            Self::Expectancy => summary.expectancy(),
            Self::WinRate => summary.win_rate_percent(),
            Self::Sqn => summary.sqn(),
            Self::Drawdown => Some(-row.max_drawdown),
        }
    }
}

/// The best rows, best first; equals in the order in which they were tested.
pub(super) fn best(rows: &[Row], by: By, top: usize) -> Vec<&Row> {
    let mut best: Vec<&Row> = rows.iter().collect();
    best.sort_by(|a, b| match (by.score(a), by.score(b)) {
        (Some(a), Some(b)) => b.total_cmp(&a),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    });
    best.truncate(top);
    best
}
