//! What the executor says.

pub use super::part::{Ping, Pong};

use super::key::Nonce;
use super::part::{CommandNumber, DeadMan, Request, Ticket};
use super::wire::{messages, record};
use trading::{
    language::Language,
    symbol::{Side, Symbol},
    time::Time,
    timeframe::Timeframe,
};

messages! {
    /// What the executor says.
    pub enum FromExecutor {
        /// The answer to `Hello`.
        65 = Welcome,
        /// The limits that the Expert Advisor keeps on its own.
        66 = Guard,
        /// Which bars and ticks are wanted.
        67 = Subscribe,
        /// Asks for what the broker says of a symbol.
        68 = SpecRequest,
        /// Asks for bars.
        69 = HistoryRequest,
        /// Asks for what the broker recorded.
        70 = DealsRequest,
        /// Asks for the economic calendar.
        71 = CalendarRequest,
        /// Asks which symbols there are.
        72 = SymbolsRequest,
        /// Open a position.
        73 = Open,
        /// Move stop and target of a position.
        74 = Modify,
        /// Close a position.
        75 = Close,
        /// Close all positions.
        76 = CloseAll,
        /// All that follows from a bar has been said.
        77 = Answered,
        /// A sign of life.
        78 = Ping,
        /// The answer to a `Ping`.
        79 = Pong,
        /// The executor goes.
        80 = Bye,
    }
}

record! {
    /// The answer to `Hello`.
    pub struct Welcome {
        /// The version of the protocol that it speaks.
        pub version: u16,
        /// Name and version of the program, for people.
        pub program: String,
        /// What it adds to the keys of this connection.
        pub nonce: Nonce,
        /// Milliseconds after which whoever said nothing says `Ping`.
        pub heartbeat_ms: u32,
        /// The most milliseconds that the Expert Advisor waits within a tick for what follows from
        /// a bar.
        pub answer_ms: u32,
        /// The language of what the Expert Advisor tells the trader.
        pub language: Language,
    }
}

record! {
    /// The limits that the Expert Advisor keeps on its own, whatever the executor says later. Of
    /// these and its own inputs the stricter holds.
    pub struct Guard {
        /// Lots of one order.
        pub max_volume: f64,
        /// Open positions.
        pub max_positions: u32,
        /// Account money since the server's midnight; 0 is no limit.
        pub max_daily_loss: f64,
        /// What happens when the executor is silent.
        pub dead_man: DeadMan,
        /// For how many milliseconds it must be.
        pub dead_man_ms: u32,
    }
}

record! {
    /// Which bars and ticks are wanted. Takes the place of the one before.
    pub struct Subscribe {
        /// Closed bars.
        pub bars: Vec<(Symbol, Timeframe)>,
        /// Symbols whose ticks are wanted.
        pub ticks: Vec<Symbol>,
    }
}

record! {
    /// Asks for what the broker says of a symbol.
    pub struct SpecRequest {
        /// Comes back with the answer.
        pub request: Request,
        /// Of what.
        pub symbol: Symbol,
    }
}

record! {
    /// Asks for bars.
    pub struct HistoryRequest {
        /// Comes back with the answer.
        pub request: Request,
        /// Of what.
        pub symbol: Symbol,
        /// How long.
        pub timeframe: Timeframe,
        /// Bars that open before this, in server time.
        pub before: Time,
        /// How many: the last ones.
        pub count: u32,
    }
}

record! {
    /// Asks for what the broker recorded.
    pub struct DealsRequest {
        /// Comes back with the answer.
        pub request: Request,
        /// From when on.
        pub since: Time,
    }
}

record! {
    /// Asks for the economic calendar.
    pub struct CalendarRequest {
        /// Comes back with the answer.
        pub request: Request,
        /// From when on.
        pub since: Time,
        /// Before when.
        pub until: Time,
    }
}

record! {
    /// Asks which symbols there are.
    pub struct SymbolsRequest {
        /// Comes back with the answer.
        pub request: Request,
        /// A part of the name, in capitals or not.
        pub like: String,
    }
}

record! {
    /// Open a position.
    pub struct Open {
        /// The command's number.
        pub command: CommandNumber,
        /// After this it may not be begun.
        pub expires: Time,
        /// Of what.
        pub symbol: Symbol,
        /// Which way.
        pub side: Side,
        /// Lots.
        pub volume: f64,
        /// Distance of the stop from the fill, in price units. Never 0: every position has a stop
        /// at the broker.
        pub stop_distance: f64,
        /// Distance of the target from the fill, in price units; 0 is none.
        pub target_distance: f64,
        /// Points that the price may be worse.
        pub deviation: u32,
    }
}

record! {
    /// Move stop and target of a position.
    pub struct Modify {
        /// The command's number.
        pub command: CommandNumber,
        /// After this it may not be begun.
        pub expires: Time,
        /// Which.
        pub position: Ticket,
        /// The new stop.
        pub stop: f64,
        /// The new target; 0 is none.
        pub target: f64,
    }
}

record! {
    /// Close a position.
    pub struct Close {
        /// The command's number.
        pub command: CommandNumber,
        /// After this it may not be begun.
        pub expires: Time,
        /// Which.
        pub position: Ticket,
    }
}

record! {
    /// Close all positions.
    pub struct CloseAll {
        /// The command's number.
        pub command: CommandNumber,
        /// After this it may not be begun.
        pub expires: Time,
        /// Also those that do not bear the Expert Advisor's magic number.
        pub everything: bool,
    }
}

record! {
    /// All that follows from a bar has been said: the Expert Advisor need not wait any longer.
    pub struct Answered {
        /// Of what.
        pub symbol: Symbol,
        /// How long.
        pub timeframe: Timeframe,
        /// When the closed bar opened, in server time.
        pub time: Time,
    }
}

record! {
    /// The executor goes.
    pub struct Bye {
        /// Why.
        pub text: String,
    }
}
