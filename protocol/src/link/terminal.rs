//! What the terminal says.

use super::key::Nonce;
use super::part::{
    AccountFlags, CalendarEvent, CommandNumber, Money, NoticeCode, Outcome, Position, Request,
    Ticket, TradeMode,
};
pub use super::part::{Deal, Ping, Pong};
use super::wire::{messages, record};
use trading::{
    bar,
    symbol::{Symbol, SymbolSpec},
    time::Time,
    timeframe::Timeframe,
};

messages! {
    /// What the terminal says.
    pub enum FromTerminal {
        /// Who it is: the first message.
        1 = Hello,
        /// How the account stands.
        2 = Account,
        /// All open positions.
        3 = Positions,
        /// What the broker says of a symbol.
        4 = Spec,
        /// A new price.
        5 = Tick,
        /// A bar that has just closed.
        6 = Bar,
        /// A page of bars.
        7 = History,
        /// How a command ended.
        8 = Receipt,
        /// Something that the broker has just recorded.
        9 = Deal,
        /// A page of what the broker recorded.
        10 = Deals,
        /// A page of the economic calendar.
        11 = Calendar,
        /// Something that the trader should know.
        12 = Notice,
        /// The answer to a `Ping`.
        13 = Pong,
        /// A page of the symbols that there are.
        14 = Symbols,
        /// A request cannot be answered.
        15 = Failed,
        /// A sign of life.
        16 = Ping,
    }
}

record! {
    /// Who the terminal is: the first message.
    pub struct Hello {
        /// The version of the protocol that it speaks.
        pub version: u16,
        /// Name and version of the program, for people.
        pub program: String,
        /// What it adds to the keys of this connection.
        pub nonce: Nonce,
        /// The account's number.
        pub login: i64,
        /// The broker's server that the account is at.
        pub server: String,
        /// The broker.
        pub company: String,
        /// The account's currency.
        pub currency: String,
        /// What the account's money is.
        pub money: Money,
        /// Whether there can be several positions of one symbol.
        pub is_hedging: bool,
        /// MetaTrader's build.
        pub build: u32,
        /// The magic number that the Expert Advisor puts on its orders.
        pub magic: i64,
        /// The symbol of the chart that it runs on, as the broker writes it.
        pub chart: String,
        /// By how many milliseconds the server's time is ahead of UTC now.
        pub server_offset: i64,
    }
}

record! {
    /// How the account stands, in its money.
    pub struct Account {
        /// When.
        pub time: Time,
        /// Without open positions.
        pub balance: f64,
        /// With them.
        pub equity: f64,
        /// Held for open positions.
        pub margin: f64,
        /// Left for new ones.
        pub free: f64,
        /// What may be done.
        pub flags: AccountFlags,
    }
}

record! {
    /// All open positions of the account, whoever opened them.
    pub struct Positions {
        /// When.
        pub time: Time,
        /// The positions.
        pub positions: Vec<Position>,
    }
}

record! {
    /// What the broker says of a symbol.
    pub struct Spec {
        /// The symbol.
        pub symbol: Symbol,
        /// Decimal places of a price.
        pub digits: u32,
        /// Least price step of an order, in price units.
        pub tick_size: f64,
        /// Units in one lot.
        pub contract_size: f64,
        /// Least volume of an order, in lots.
        pub volume_min: f64,
        /// Greatest volume of an order, in lots.
        pub volume_max: f64,
        /// Step between allowed volumes, in lots.
        pub volume_step: f64,
        /// Least distance of a stop or target from the market, in points.
        pub stops_level: f64,
        /// Distance within which stops and targets may not be moved, in points.
        pub freeze_level: f64,
        /// What one lot is made of.
        pub base_currency: String,
        /// In what profit arises.
        pub profit_currency: String,
        /// In what margin is reckoned.
        pub margin_currency: String,
        /// What the broker lets be done.
        pub trade: TradeMode,
        /// Account money that one tick of one lot is worth.
        pub tick_value: f64,
        /// MetaTrader's number of how overnight interest is reckoned.
        pub swap_mode: u8,
        /// For a long position.
        pub swap_long: f64,
        /// For a short position.
        pub swap_short: f64,
        /// The day on which it is threefold: 0 is Sunday.
        pub triple: u8,
    }
}

impl Spec {
    /// The part of it that strategies and backtests know.
    pub fn symbol_spec(&self) -> SymbolSpec {
        SymbolSpec {
            symbol: self.symbol.clone(),
            digits: self.digits,
            tick_size: self.tick_size,
            contract_size: self.contract_size,
            volume_min: self.volume_min,
            volume_max: self.volume_max,
            volume_step: self.volume_step,
            stops_level: self.stops_level,
            profit_currency: self.profit_currency.clone(),
        }
    }
}

record! {
    /// A new price.
    pub struct Tick {
        /// Of what.
        pub symbol: Symbol,
        /// When.
        pub time: Time,
        /// The price at which one can sell.
        pub bid: f64,
        /// The price at which one can buy.
        pub ask: f64,
    }
}

record! {
    /// A bar that has just closed, and the account at its close.
    pub struct Bar {
        /// Of what.
        pub symbol: Symbol,
        /// How long.
        pub timeframe: Timeframe,
        /// The bar. Its time is server time.
        pub bar: bar::Bar,
        /// When the bar that is forming now opened, in server time, if this one is the newest that
        /// closed; 0 otherwise. See [`Bar::is_newest`].
        pub opened: Time,
        /// Server time of the tick by which the Expert Advisor saw it.
        pub now: Time,
        /// The account's balance at the last tick before that.
        pub balance: f64,
        /// The account's equity at the last tick before that.
        pub equity: f64,
    }
}

impl Bar {
    /// Whether no later bar has closed: only such a one may be a reason to enter.
    pub fn is_newest(&self) -> bool {
        self.opened != Time(0)
    }
}

record! {
    /// A page of bars.
    pub struct History {
        /// The request that it answers.
        pub request: Request,
        /// Whether no other page follows.
        pub is_last: bool,
        /// The bars, oldest first, in server time.
        pub bars: Vec<bar::Bar>,
    }
}

record! {
    /// How a command ended.
    pub struct Receipt {
        /// The command.
        pub command: CommandNumber,
        /// How.
        pub outcome: Outcome,
        /// MetaTrader's code.
        pub retcode: u32,
        /// The same in words.
        pub text: String,
        /// The order that it made.
        pub order: Ticket,
        /// The deal that it made.
        pub deal: Ticket,
        /// The position that it made or changed.
        pub position: Ticket,
        /// Lots that were filled.
        pub volume: f64,
        /// The price of the fill.
        pub price: f64,
        /// The stop that is set now; 0 is none.
        pub stop: f64,
        /// The target that is set now; 0 is none.
        pub target: f64,
        /// When.
        pub time: Time,
    }
}

record! {
    /// A page of what the broker recorded.
    pub struct Deals {
        /// The request that it answers.
        pub request: Request,
        /// Whether no other page follows.
        pub is_last: bool,
        /// The deals, oldest first.
        pub deals: Vec<Deal>,
    }
}

record! {
    /// A page of the economic calendar.
    pub struct Calendar {
        /// The request that it answers.
        pub request: Request,
        /// Whether no other page follows.
        pub is_last: bool,
        /// The events, earliest first.
        pub events: Vec<CalendarEvent>,
    }
}

record! {
    /// Something that the trader should know.
    pub struct Notice {
        /// What it is about.
        pub code: NoticeCode,
        /// The same in words.
        pub text: String,
    }
}

record! {
    /// A page of the symbols that there are.
    pub struct Symbols {
        /// The request that it answers.
        pub request: Request,
        /// Whether no other page follows.
        pub is_last: bool,
        /// Their names, as the broker writes them.
        pub names: Vec<String>,
    }
}

record! {
    /// A request cannot be answered.
    pub struct Failed {
        /// Which.
        pub request: Request,
        /// Why.
        pub text: String,
    }
}
