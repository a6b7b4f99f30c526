//! What is said between page and worker. A message is JSON; what is large goes beside it as
//! buffers that are handed over and not copied.

use protocol::run::Terms;
use serde::{Deserialize, Serialize};
use trading::{language::Language, timeframe::Timeframe};

/// Which history.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct HistoryKey {
    /// The symbol.
    pub symbol: String,
    /// The length of its bars.
    pub timeframe: Timeframe,
}

/// A backtest to run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// On which history.
    pub history: HistoryKey,
    /// On which terms.
    pub terms: Terms,
    /// The strategy as JSON text.
    pub document: String,
    /// In which language faults are told.
    pub language: Language,
}

/// From the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Request {
    /// Keep this history. Part 0: its bytes, as `protocol::bars` has them.
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
}

/// From the worker.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
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
    /// The run came to this.
    Done {
        /// Of the request.
        id: u32,
        /// What it came to.
        outcome: Result<Outcome, RunFault>,
    },
}

/// What a backtest came to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// Number of bars.
    pub bars: usize,
    /// Closed trades.
    pub trades: u32,
    /// Sum of their profits in account money.
    pub net_profit: f64,
    /// The account's currency.
    pub currency: String,
    /// Entries that were refused for want of margin or volume.
    pub refused: u32,
    /// Milliseconds from the request to the outcome, inside the worker.
    pub elapsed_ms: f64,
}

/// Why a backtest came to nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
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
    /// The worker ended, or was ended.
    Stopped,
}

/// A fault of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
