//! How the executor stands: what the tray and the status page show.

use crate::{
    note::Note,
    uplink::{Newer, pairing::Shown},
};
use protocol::link::part::Money;
use trading::symbol::Symbol;

/// How everything stands.
#[derive(Debug, Clone, Default)]
pub struct Status {
    /// The way to the server.
    pub server: ServerView,
    /// How far the server's clock is ahead of this computer's, in milliseconds, where that is too much
    /// for anything to be entered.
    pub clock: Option<i64>,
    /// A newer version of this program, where the server offers one.
    pub newer: Option<Newer>,
    /// The terminals that are connected.
    pub terminals: Vec<TerminalView>,
    /// How many deals the server does not know yet.
    pub waiting_reports: u32,
    /// What happened last, the oldest first.
    pub notes: Vec<Note>,
}

/// The way to the server.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum ServerView {
    /// None is wanted: strategies come from files.
    #[default]
    None,
    /// This computer has no key: the trader has to approve a code.
    Pairing(Option<Shown>),
    /// It was not heard yet.
    Reaching,
    /// It answers.
    Online,
    /// It does not answer; what it said last counts.
    Offline(String),
}

/// A terminal, with its account.
#[derive(Debug, Clone, PartialEq)]
pub struct TerminalView {
    /// The account.
    pub login: i64,
    /// The broker's server.
    pub server: String,
    /// The account's money.
    pub currency: String,
    /// Whether that is real.
    pub money: Money,
    /// Whether the terminal is connected to the broker.
    pub is_connected: bool,
    /// Whether an order would be let through now.
    pub may_trade: bool,
    /// In account money, once it is known.
    pub balance: Option<f64>,
    /// In account money, once it is known.
    pub equity: Option<f64>,
    /// How many positions are open, whoever opened them.
    pub positions: usize,
    /// What those would bring now, in account money.
    pub profit: f64,
    /// Whether a person wants nothing to be opened.
    pub is_stopped: bool,
    /// The strategies on it.
    pub runs: Vec<RunView>,
    /// Symbols that the broker does not have by these names, and what it has that may be meant: the
    /// trader has to say.
    pub unnamed: Vec<(Symbol, Vec<Symbol>)>,
}

/// A strategy on an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunView {
    /// What the trader calls it.
    pub name: String,
    /// Its version.
    pub version: i64,
    /// What it trades, as the broker writes it.
    pub symbol: Symbol,
    /// How far it is.
    pub stage: Stage,
    /// How many positions it has open.
    pub positions: usize,
}

/// How far a strategy is on an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Its history is still coming.
    Waiting,
    /// It trades.
    Trading,
    /// A person paused it.
    Paused,
    /// It may open nothing: it is no longer live, or the plan does not allow it.
    HeldBack,
    /// It cannot trade here.
    Failed,
}

/// What a glance shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Glance {
    /// All is well.
    Trading,
    /// Nothing is opened, since nothing is to be, or a person wants it so.
    Idle,
    /// Something is missing: a terminal, its broker, the leave to trade, the server, a key.
    Trouble,
}

impl Status {
    /// What a glance shows.
    pub fn glance(&self) -> Glance {
        let is_alone = matches!(self.server, ServerView::None | ServerView::Online);
        let is_well = |one: &TerminalView| {
            one.is_connected
                && one.may_trade
                && one.runs.iter().all(|run| run.stage != Stage::Failed)
        };
        if !is_alone
            || self.clock.is_some()
            || self.terminals.is_empty()
            || !self.terminals.iter().all(is_well)
        {
            return Glance::Trouble;
        }
        let mut runs = self.terminals.iter().flat_map(|one| &one.runs);
        if runs.any(|run| run.stage == Stage::Trading) {
            Glance::Trading
        } else {
            Glance::Idle
        }
    }
}
