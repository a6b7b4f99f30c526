//! What is said between page and worker. What is large goes beside a message as buffers that are
//! handed over and not copied.

use crate::part::Part;
use backtest::{levels::Levels, report::figure::FigureGroup, statistics::MonthReturn};
use protocol::run::Terms;
use serde::{Deserialize, Serialize};
use trading::{language::Language, symbol::Trade, timeframe::Timeframe};

/// Which history.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HistoryKey {
    /// The symbol.
    pub symbol: String,
    /// The length of its bars.
    pub timeframe: Timeframe,
}

/// A backtest to run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// On which history.
    pub history: HistoryKey,
    /// On which terms.
    pub terms: Terms,
    /// The strategy as JSON text.
    pub document: String,
    /// In which language faults are told.
    pub language: Language,
    /// The parts of the module that it takes. The page sees to them; the worker is not told.
    pub needs: Vec<Part>,
}

/// A file of price history to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportJob {
    /// Of what its prices are.
    pub symbol: String,
    /// The length of its bars; `None` to find out.
    pub timeframe: Option<Timeframe>,
    /// The clock of its times.
    pub time_zone: String,
    /// In which language its faults are told.
    pub language: Language,
}

/// What a file held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// Which history it became.
    pub history: HistoryKey,
    /// Number of bars.
    pub bars: usize,
    /// What was odd about its rows, each kind with the lines where it was seen first.
    pub flaws: Vec<String>,
}

/// From the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    /// Keep this history. Part 0: its bytes, as `protocol::bars` has them. Part 1, where it is a
    /// broker's own: what that says of the symbol, as JSON; the parts Files and Zones are there then.
    Load {
        /// Which.
        history: HistoryKey,
    },
    /// Run this.
    Run {
        /// Comes back with the answer.
        id: u32,
        /// What.
        job: Job,
    },
    /// Read a file of price history and keep it. Part 0: its bytes.
    Import {
        /// How to read it.
        file: ImportJob,
    },
    /// Run this once more and write the stand-alone report.
    Report {
        /// What.
        job: Job,
    },
}

/// From the worker.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// The history is kept.
    Loaded {
        /// Which.
        history: HistoryKey,
        /// Number of bars.
        bars: usize,
    },
    /// The history is damaged.
    NotLoaded {
        /// Which.
        history: HistoryKey,
        /// Why.
        why: String,
    },
    /// The run came to this. Parts: equity, then the values of each plot.
    Done {
        /// Of the request.
        id: u32,
        /// What it came to.
        outcome: Result<Box<Outcome>, RunFault>,
    },
    /// The file was read. Part 0: its bars, as `protocol::bars` has them.
    Imported {
        /// What it held, or what is wrong with it and what to do, in the language of the job.
        outcome: Result<Imported, String>,
    },
    /// The report, a whole HTML document.
    Reported {
        /// The text, or why there is none.
        html: Result<String, RunFault>,
    },
}

/// What a backtest came to. Equity and the values of plots travel beside it, as buffers.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Number of bars.
    pub bars: usize,
    /// The first bar at whose close rules were asked.
    pub warm: usize,
    /// The account's currency.
    pub currency: String,
    /// Decimal places of a price.
    pub digits: u32,
    /// Whether the history is the trader's own broker's: then typical terms are its own, too.
    pub is_own_broker: bool,
    /// Money in the account at the start.
    pub initial_balance: f64,
    /// Entries that were refused for want of margin or volume.
    pub refused: u32,
    /// What is told first, as numbers.
    pub headline: Headline,
    /// Every figure in the language of the job, each with what it means.
    pub figures: Vec<FigureGroup>,
    /// The trades in the order in which they were closed.
    pub trades: Vec<TradeRow>,
    /// Change of equity by calendar month (UTC).
    pub monthly: Vec<MonthReturn>,
    /// What a chart can draw, in the order of the document's indicators.
    pub plots: Vec<Plot>,
    /// Milliseconds from the request to the outcome, inside the worker.
    pub elapsed_ms: f64,
    /// Equity at the close of each bar.
    pub equity: Vec<f64>,
}

/// The numbers that are told first.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Headline {
    /// Closed trades.
    pub trades: u32,
    /// Sum of their profits in account money.
    pub net_profit: f64,
    /// The same in percent of the initial balance.
    pub return_percent: Option<f64>,
    /// Greatest fall of equity from a peak, in percent.
    pub max_drawdown_percent: f64,
    /// Gross profit over gross loss.
    pub profit_factor: Option<f64>,
    /// Trades that won, in percent.
    pub win_rate_percent: Option<f64>,
    /// Sharpe ratio, by days, a year.
    pub sharpe: Option<f64>,
}

/// A trade as the page shows it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TradeRow {
    /// The trade.
    pub trade: Trade,
    /// Where its stop and target lay at entry.
    pub levels: Levels,
}

/// An indicator's output over the whole history.
#[derive(Debug, Clone, PartialEq)]
pub struct Plot {
    /// The indicator with its numbers, such as `MACD(12, 26, 9)`: plots of one indicator share it.
    pub indicator: String,
    /// The output, such as `Signal`.
    pub output: String,
    /// Whether it is drawn over the candles; if not, in a pane that plots of one indicator share.
    pub is_overlay: bool,
    /// One value a bar, NaN where there is none.
    pub values: Vec<f64>,
}

impl Outcome {
    /// Takes the columns out, equity first, to travel as buffers.
    pub(super) fn take_columns(&mut self) -> Vec<Vec<f64>> {
        let mut columns = vec![std::mem::take(&mut self.equity)];
        columns.extend(self.plots.iter_mut().map(|p| std::mem::take(&mut p.values)));
        columns
    }

    /// Puts them back.
    pub(super) fn put_columns(&mut self, columns: Vec<Vec<f64>>) {
        let mut columns = columns.into_iter();
        self.equity = columns.next().unwrap_or_default();
        for (plot, values) in self.plots.iter_mut().zip(columns) {
            plot.values = values;
        }
    }
}

/// What [`RunFault::History`] says of prices whose sums are beyond every number.
pub const BEYOND: &str = "beyond";

/// Why a backtest came to nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RunFault {
    /// The document cannot be traded. Each fault with its place, in the language of the job.
    Document {
        /// The faults.
        faults: Vec<Place>,
    },
    /// The document cannot be compiled for these bars.
    Plan {
        /// Why.
        why: String,
    },
    /// There is no such history, or it did not arrive.
    History {
        /// Which.
        history: HistoryKey,
        /// Why: the status of the answer, where there was one.
        why: String,
    },
    /// Nobody knows what trading this symbol costs.
    Terms {
        /// The symbol.
        symbol: String,
    },
    /// The history ends before the strategy's indicators have their first values.
    TooShort {
        /// Number of bars.
        bars: usize,
    },
    /// A part of the module did not arrive.
    Part,
    /// The worker ended, or was ended.
    Stopped,
}

/// A fault of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Where: a JSON Pointer.
    pub pointer: String,
    /// The stable name of what is wrong.
    pub code: String,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: String,
}
