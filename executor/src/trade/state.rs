//! What of a run outlives the program. It is written as a whole, before anything is sent that
//! follows from it: what stands here and what the broker has are all that a start needs.

use serde::{Deserialize, Serialize};
use trading::{
    session::Memory,
    symbol::{ExitReason, Side},
    time::Time,
};

/// A run between two moments.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunState {
    /// Server time of the first bar that the session has seen.
    pub first_bar: Option<Time>,
    /// Server time of the last one.
    pub last_bar: Option<Time>,
    /// What the session remembers.
    pub memory: Option<Memory>,
    /// Whether a person or the plan wants no entries.
    pub is_paused: bool,
    /// Positions that the broker has for us.
    pub held: Vec<Held>,
    /// Orders whose end is not known.
    pub orders: Vec<Order>,
    /// Commissions of entries that were recorded before their receipt: command, cost.
    pub early: Vec<(u64, f64)>,
    /// Orders to open that were given up, and may be filled all the same.
    pub given_up: Vec<u64>,
}

/// A position that the broker has for us.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Held {
    /// The session's number of it.
    pub position: u64,
    /// The broker's.
    pub ticket: i64,
    /// The command that opened it.
    pub command: u64,
    /// Its side.
    pub side: Side,
    /// In lots.
    pub volume: f64,
    /// What of it was closed, in lots.
    pub closed: f64,
    /// What the price brought on what was closed, in account money.
    pub gross: f64,
    /// Commissions and fees, as a cost, in account money.
    pub commission: f64,
    /// Overnight interest of what was closed, in account money.
    pub swap: f64,
    /// The stop that the broker has.
    pub stop: f64,
    /// The target that the broker has; 0 is none.
    pub target: f64,
    /// The stop that the strategy wants, where the broker does not have it yet.
    pub wanted_stop: Option<f64>,
    /// Why it is to be closed, where it is.
    pub closing: Option<ExitReason>,
}

/// An order whose end is not known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Order {
    /// Its command number.
    pub command: u64,
    /// What it is to do.
    pub kind: OrderKind,
    /// After this it may not be begun.
    pub expires: Time,
    /// Whether the terminal does not know either what became of it.
    pub is_unknown: bool,
}

/// What an order is to do. Positions by the session's numbers, prices and distances in price units.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum OrderKind {
    /// Open a position.
    Open {
        /// The number that it shall have.
        position: u64,
        /// Its side.
        side: Side,
        /// In lots.
        volume: f64,
        /// Distance of the stop from the fill.
        stop_distance: f64,
        /// Whether that is the strategy's, and not the one for emergencies.
        has_stop: bool,
        /// Distance of the target from the fill; 0 is none.
        target_distance: f64,
    },
    /// Move its stop.
    Modify {
        /// Which.
        position: u64,
        /// Where to.
        stop: f64,
    },
    /// Close it.
    Close {
        /// Which.
        position: u64,
    },
}

impl Held {
    /// What it brought, costs included, in account money: computed as backtests do, so that what
    /// limits see is the same to the last bit.
    pub fn profit(&self) -> f64 {
        self.gross - self.commission + self.swap
    }

    /// Whether all of it was closed. Volumes are sums of what the broker filled.
    pub fn is_closed(&self) -> bool {
        self.closed >= self.volume * (1.0 - 1e-9)
    }
}
