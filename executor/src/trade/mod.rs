//! What a strategy's live account is made of. No input or output: messages of the terminal come in,
//! and what is to be written down and what is to be sent come out, in [`Effects`]. Whoever carries
//! them out writes first and sends then, so that after a crash the journal knows of every order that
//! can exist.
//!
//! ```text
//! account   one terminal: who hears what, what is known of it
//!   run     one strategy on it: the session of `trading`, its positions and orders
//!     state   what of a run outlives the program
//!   stored  what a run begins with, and is given again after a crash
//!   clock   server time and UTC
//!   limit   the guard before every entry
//!   number  numbers of commands
//! ```

pub mod account;
pub mod clock;
pub mod limit;
pub mod number;
pub mod run;
pub mod state;

pub use account::Account;

use self::state::RunState;
use protocol::link::{FromExecutor, part::CommandNumber, terminal::Deal};

/// What is to be done, in this order: first all of `writes`, in one piece; then the rest.
#[derive(Debug, Default)]
pub struct Effects {
    /// To be on disk before anything is sent.
    pub writes: Vec<Write>,
    /// To be sent to the terminal.
    pub sends: Vec<FromExecutor>,
    /// Positions that were closed, and by which run.
    pub done: Vec<(u32, run::Done)>,
    /// To be told to the trader.
    pub tells: Vec<Tell>,
}

/// Something to be written down.
#[derive(Debug, Clone)]
pub enum Write {
    /// A run as it is now.
    Run {
        /// Its number.
        run: u32,
        /// All of it that outlives the program.
        state: Box<RunState>,
    },
    /// What the broker recorded, and of which run; written once, whoever tells it again.
    Deal {
        /// The deal.
        deal: Box<Deal>,
        /// Whose.
        run: Option<u32>,
    },
    /// The newest command number that was given. Numbers of other runs are compared by their low bits:
    /// see [`number::Numbers`].
    Number(CommandNumber),
    /// What limits remember.
    Watch(limit::Watch),
    /// Whether a person wants nothing to be opened.
    Stopped(bool),
}

/// Something that the trader should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tell {
    /// An entry was not allowed by the trader's own limits.
    Limited {
        /// Of which run.
        run: u32,
        /// By which.
        limit: limit::Limit,
    },
    /// An order was not carried out.
    Refused {
        /// Of which run.
        run: u32,
        /// MetaTrader's code.
        retcode: u32,
        /// In words.
        text: String,
    },
    /// A position bears our mark, and nobody here knows it. It keeps its stop.
    Orphan {
        /// Its ticket.
        ticket: i64,
    },
    /// A position is gone, and the broker's record does not say how.
    Lost {
        /// Of which run.
        run: u32,
        /// Its ticket.
        ticket: i64,
    },
    /// What was ordered was filled after it had been given up; it is being closed.
    Late {
        /// Of which run.
        run: u32,
        /// Its ticket.
        ticket: i64,
    },
    /// A strategy cannot trade on this account.
    Cannot {
        /// Which run.
        run: u32,
        /// Why.
        why: String,
    },
    /// The terminal tells something itself.
    Notice {
        /// In words.
        text: String,
    },
}
