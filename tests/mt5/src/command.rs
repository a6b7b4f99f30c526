//! What a scenario lets happen at a bar, and what a test lets happen by a line on standard input.

use crate::trouble::Trouble;
use serde::{Deserialize, Serialize};

/// Something that happens to the terminal.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    /// So many timers.
    Timers {
        /// How many.
        count: u32,
    },
    /// So many bars are replayed.
    Bars {
        /// How many.
        count: usize,
    },
    /// Timers until the executor is connected and has subscribed.
    Await,
    /// The forward clock is put forward: heartbeats are missed, pauses are over.
    Advance {
        /// Milliseconds.
        ms: u64,
    },
    /// The machine's clock is wrong by so much.
    Shift {
        /// Milliseconds.
        ms: i64,
    },
    /// The server's zone changes.
    Offset {
        /// Milliseconds ahead of UTC.
        ms: i64,
    },
    /// Connections break.
    Drop,
    /// The EA is taken off the chart and put on it again.
    Restart,
    /// The chart or the account changes: the EA is stopped and started, but not loaded anew.
    Reinit {
        /// The account's number from now on.
        login: Option<i64>,
    },
    /// What permits trading changes.
    Permit {
        /// The button "Algo Trading".
        terminal: Option<bool>,
        /// The EA's own tick box.
        expert: Option<bool>,
        /// The account.
        account: Option<bool>,
        /// Programs on this account.
        programs: Option<bool>,
        /// The connection to the broker.
        online: Option<bool>,
    },
    /// Whether 127.0.0.1 is among the allowed addresses.
    Allow {
        /// Whether it is.
        address: bool,
    },
    /// Somebody else opens a position.
    Foreign {
        /// 0 buy, 1 sell.
        side: u8,
        /// Lots.
        volume: f64,
        /// Whose; 0 is a person.
        magic: i64,
    },
    /// Something goes wrong with the requests from now on.
    Trouble(Trouble),
    /// Says how things stand.
    State,
    /// Writes deals and trades, and ends.
    Finish,
}

/// Something at a bar, before its first tick.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct Timed {
    /// The bar's place in the history.
    pub bar: usize,
    /// What.
    #[serde(flatten)]
    pub command: Command,
}
