//! What happened, for people: a line in the log, on the status page and in the tray.

mod words;

use crate::{
    trade::{limit::Limit, run::Done},
    uplink::Newer,
};
use trading::{language::Language, symbol::Side, time::Time};

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// When, by this computer's clock.
    pub at: Time,
    /// What.
    pub matter: Matter,
}

/// What happened. Texts within it are what somebody else said, and are shown as they are.
#[derive(Debug, Clone, PartialEq)]
pub enum Matter {
    /// A terminal has come.
    Arrived {
        /// The account.
        login: i64,
        /// The broker's server.
        server: String,
    },
    /// A terminal has gone.
    Left {
        /// Why.
        why: String,
    },
    /// Something that came to the door was not believed.
    Dropped {
        /// What.
        why: String,
    },
    /// A strategy wants a position.
    Ordered {
        /// Which side.
        side: Side,
        /// In lots.
        volume: f64,
        /// Of what.
        symbol: String,
    },
    /// A position was closed.
    Closed {
        /// Which.
        done: Done,
        /// Decimals of its prices.
        decimals: usize,
    },
    /// An entry was not allowed by the trader's own limits.
    Limited {
        /// Of which strategy.
        strategy: String,
        /// By which.
        limit: Limit,
    },
    /// An entry was too near to news.
    News {
        /// Of which strategy.
        strategy: String,
        /// What is due or was.
        event: String,
        /// When.
        at: Time,
    },
    /// An entry near to news was made, or not, as the server advised.
    Advised {
        /// Of which strategy.
        strategy: String,
        /// Whether it was made.
        enters: bool,
        /// Why.
        why: String,
    },
    /// An entry was not made, since nobody knows what news there are.
    NoCalendar {
        /// Of which strategy.
        strategy: String,
    },
    /// The terminal did not carry out an order.
    Refused {
        /// Of which strategy.
        strategy: String,
        /// MetaTrader's code.
        retcode: u32,
        /// The terminal's words.
        text: String,
    },
    /// A position bears our mark, and nobody here knows it.
    Orphan {
        /// Its ticket.
        ticket: i64,
    },
    /// A position is gone, and the broker's record does not say how.
    Lost {
        /// Its ticket.
        ticket: i64,
    },
    /// What was ordered was filled after it had been given up.
    Late {
        /// Its ticket.
        ticket: i64,
    },
    /// A strategy cannot trade.
    Cannot {
        /// Which.
        strategy: String,
        /// Why.
        why: String,
    },
    /// The terminal tells something itself.
    Notice {
        /// The terminal's words.
        text: String,
    },
    /// What a person wanted was done.
    Obeyed,
    /// What a person wanted was not done.
    Disobeyed {
        /// Why.
        why: String,
    },
    /// The journal fails: nothing is traded until it can be written.
    Journal {
        /// How.
        why: String,
    },
    /// The trader has to approve this computer.
    Pair {
        /// To be typed there.
        code: String,
        /// The page on which it is typed.
        page: String,
    },
    /// This computer did not get a key.
    NotPaired {
        /// Why.
        why: String,
    },
    /// The server answers.
    Online,
    /// The server does not answer.
    Offline {
        /// Why.
        why: String,
    },
    /// The server answers, but something does not go as it should.
    Trouble {
        /// What.
        why: String,
    },
    /// The server does not take a report or a receipt.
    NotTaken {
        /// Why.
        why: String,
    },
    /// This computer's clock is wrong: nothing is entered until it is right.
    Clock {
        /// How far the server's is ahead of it, in milliseconds.
        ahead: i64,
    },
    /// It is right again.
    ClockRight,
    /// This many deals waited to be told to whom this computer belonged before.
    Former {
        /// How many.
        deals: usize,
    },
    /// The server offers a newer version of this program.
    Newer(Newer),
    /// The list of strategies was not confirmed for too long.
    GraceOver,
    /// The key is no longer good.
    Revoked,
}

impl Matter {
    /// Whether somebody should look.
    pub const fn is_trouble(&self) -> bool {
        !matches!(
            self,
            Self::Arrived { .. }
                | Self::Ordered { .. }
                | Self::Closed { .. }
                | Self::News { .. }
                | Self::Advised { .. }
                | Self::Obeyed
                | Self::Online
                | Self::Newer(_)
                | Self::ClockRight
                | Self::Former { .. }
                | Self::Notice { .. }
        )
    }

    /// In words.
    pub fn say(&self, language: Language) -> String {
        match language {
            Language::En => words::english(self),
            Language::Id => words::indonesian(self),
        }
    }
}
