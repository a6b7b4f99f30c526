//! What messages of both sides are made of.

use super::wire::{BodyFault, BodyFaultKind, Reader, Wire, Writer, choice, record};
use std::num::NonZeroU64;
use trading::symbol::Side;
use trading::time::Time;

/// The number of a command: unique for the account for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommandNumber(pub NonZeroU64);

impl CommandNumber {
    /// What a comment of MetaTrader's begins with when one of our commands caused it.
    pub const PREFIX: &'static str = "PX-";

    /// A number above 0.
    pub const fn new(number: u64) -> Option<Self> {
        match NonZeroU64::new(number) {
            Some(number) => Some(Self(number)),
            None => None,
        }
    }

    /// The comment that the Expert Advisor puts on orders, and so on deals and positions.
    pub fn comment(self) -> String {
        format!("{}{}", Self::PREFIX, self.0)
    }

    /// The command that a comment names. Brokers add words of their own behind it, such as
    /// `PX-12[sl]`; they are passed over.
    pub fn from_comment(comment: &str) -> Option<Self> {
        let rest = comment.strip_prefix(Self::PREFIX)?;
        let end = rest.find(|c: char| !c.is_ascii_digit());
        rest[..end.unwrap_or(rest.len())].parse().ok().map(Self)
    }
}

impl Wire for CommandNumber {
    const LEAST: usize = 8;
    fn put(&self, out: &mut Writer) {
        self.0.get().put(out);
    }
    fn get(from: &mut Reader<'_>) -> Result<Self, BodyFault> {
        Self::new(u64::get(from)?).ok_or(BodyFaultKind::Unknown.into())
    }
}

macro_rules! number {
    ($(#[$about:meta])* $name:ident($number:ty)) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub $number);
        impl Wire for $name {
            const LEAST: usize = size_of::<$number>();
            fn put(&self, out: &mut Writer) {
                self.0.put(out);
            }
            fn get(from: &mut Reader<'_>) -> Result<Self, BodyFault> {
                <$number>::get(from).map(Self)
            }
        }
    };
}
number!(
    /// Names a request of the executor's, so that the answer finds it.
    Request(u64)
);
number!(
    /// A ticket of the broker's: of a position, an order or a deal; 0 is none.
    Ticket(i64)
);
number!(
    /// What may be done at the terminal now: bits that are set when it is so.
    AccountFlags(u32)
);

impl AccountFlags {
    /// The terminal is connected to the broker.
    pub const CONNECTED: Self = Self(1);
    /// The terminal lets programs trade ("Algo Trading").
    pub const TERMINAL: Self = Self(2);
    /// This Expert Advisor may trade.
    pub const PROGRAM: Self = Self(4);
    /// The account may trade.
    pub const ACCOUNT: Self = Self(8);
    /// The account may be traded by programs.
    pub const ACCOUNT_BY_PROGRAM: Self = Self(16);
    /// The Expert Advisor's own guard holds: it opens nothing.
    pub const GUARD_HOLDS: Self = Self(32);

    /// Whether all bits of the other are set.
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether an order would be let through now.
    pub const fn may_trade(self) -> bool {
        self.has(Self(1 | 2 | 4 | 8 | 16)) && !self.has(Self::GUARD_HOLDS)
    }
}

/// What the account's money is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Money {
    /// Real.
    Real,
    /// Play money.
    Demo,
    /// A contest's.
    Contest,
}
choice!(Money as u8 { Money::Real = 0, Money::Demo = 1, Money::Contest = 2 });

record! {
    /// An open position. Whoever opened it: so the symbol is a text, which may hold letters that
    /// none of Phoenix's own symbols has.
    pub struct Position {
        /// Its ticket.
        pub ticket: Ticket,
        /// Its symbol, as the broker writes it.
        pub symbol: String,
        /// Its side.
        pub side: Side,
        /// Lots.
        pub volume: f64,
        /// The price at which it was opened.
        pub opened_price: f64,
        /// Stop loss; 0 is none.
        pub stop: f64,
        /// Take profit; 0 is none.
        pub target: f64,
        /// The price at which it could be closed now.
        pub price: f64,
        /// Floating profit in account money, without swap.
        pub profit: f64,
        /// Overnight interest in account money: positive when received.
        pub swap: f64,
        /// The magic number of the program that opened it; 0 is a person.
        pub magic: i64,
        /// When it was opened.
        pub time: Time,
        /// The broker's comment.
        pub comment: String,
    }
}

/// The side of a deal; what moves money only has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DealSide {
    /// Bought.
    Buy,
    /// Sold.
    Sell,
    /// Neither: a deposit, interest, a correction.
    None,
}
choice!(DealSide as u8 { DealSide::Buy = 0, DealSide::Sell = 1, DealSide::None = 2 });

/// What a deal did to its position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DealEntry {
    /// Opened it or added to it.
    In,
    /// Closed it or a part of it.
    Out,
    /// Turned it round.
    InOut,
    /// Closed it by an opposite one.
    OutBy,
    /// Nothing: it moved money only.
    Balance,
}
choice!(DealEntry as u8 {
    DealEntry::In = 0,
    DealEntry::Out = 1,
    DealEntry::InOut = 2,
    DealEntry::OutBy = 3,
    DealEntry::Balance = 4,
});

/// Who or what caused a deal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DealReason {
    /// An Expert Advisor or script.
    Program,
    /// A person.
    Person,
    /// The stop loss.
    StopLoss,
    /// The take profit.
    TakeProfit,
    /// The broker, for lack of margin.
    StopOut,
    /// Something else.
    Other,
}
choice!(DealReason as u8 {
    DealReason::Program = 0,
    DealReason::Person = 1,
    DealReason::StopLoss = 2,
    DealReason::TakeProfit = 3,
    DealReason::StopOut = 4,
    DealReason::Other = 5,
});

record! {
    /// What the broker recorded. Whoever caused it: so the symbol is a text, as in [`Position`].
    pub struct Deal {
        /// Its ticket.
        pub ticket: Ticket,
        /// The order that it filled.
        pub order: Ticket,
        /// The position that it belongs to.
        pub position: Ticket,
        /// The symbol; empty where it is no trade.
        pub symbol: String,
        /// Its side.
        pub side: DealSide,
        /// What it did to its position.
        pub entry: DealEntry,
        /// What caused it.
        pub reason: DealReason,
        /// Lots.
        pub volume: f64,
        /// The price.
        pub price: f64,
        /// Account money.
        pub profit: f64,
        /// Account money; a cost is negative.
        pub commission: f64,
        /// Account money; a cost is negative.
        pub swap: f64,
        /// Account money; a cost is negative.
        pub fee: f64,
        /// The magic number of the program that caused it; 0 is a person.
        pub magic: i64,
        /// When.
        pub time: Time,
        /// The broker's comment.
        pub comment: String,
    }
}

/// What the broker lets be done with a symbol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TradeMode {
    /// Nothing.
    Disabled,
    /// Only buying.
    LongOnly,
    /// Only selling.
    ShortOnly,
    /// Only closing.
    CloseOnly,
    /// Everything.
    Full,
}
choice!(TradeMode as u8 {
    TradeMode::Disabled = 0,
    TradeMode::LongOnly = 1,
    TradeMode::ShortOnly = 2,
    TradeMode::CloseOnly = 3,
    TradeMode::Full = 4,
});

/// How much an event of the calendar moves markets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Importance {
    /// A holiday or the like.
    None,
    /// A little.
    Low,
    /// Some.
    Moderate,
    /// Much.
    High,
}
choice!(Importance as u8 {
    Importance::None = 0,
    Importance::Low = 1,
    Importance::Moderate = 2,
    Importance::High = 3,
});

record! {
    /// An event of the economic calendar.
    pub struct CalendarEvent {
        /// MetaTrader's number of this value of this event.
        pub id: u64,
        /// When it is due.
        pub time: Time,
        /// The country's code.
        pub country: String,
        /// The currency that it moves.
        pub currency: String,
        /// How much.
        pub importance: Importance,
        /// What it is called.
        pub name: String,
    }
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Done.
    Done,
    /// Nothing happened.
    Refused,
    /// It was too late to begin; nothing happened.
    Expired,
    /// It may have happened: look at positions and deals.
    Unknown,
}
choice!(Outcome as u8 {
    Outcome::Done = 0,
    Outcome::Refused = 1,
    Outcome::Expired = 2,
    Outcome::Unknown = 3,
});

/// What a notice is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NoticeCode {
    /// A message of the executor's was dropped.
    Dropped,
    /// Trading is switched off in the terminal.
    TradingOff,
    /// The Expert Advisor's guard refused or holds.
    Guard,
    /// The executor was silent and the dead-man rule acted.
    DeadMan,
    /// The broker refused.
    Broker,
    /// Something else.
    Other,
}
choice!(NoticeCode as u16 {
    NoticeCode::Dropped = 1,
    NoticeCode::TradingOff = 2,
    NoticeCode::Guard = 3,
    NoticeCode::DeadMan = 4,
    NoticeCode::Broker = 5,
    NoticeCode::Other = 6,
});

record! {
    /// A sign of life, which asks for another.
    pub struct Ping {
        /// Comes back with the answer.
        pub token: u64,
    }
}

record! {
    /// The answer to a `Ping`.
    pub struct Pong {
        /// That of the `Ping`.
        pub token: u64,
    }
}

/// What the Expert Advisor does when the executor is silent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeadMan {
    /// Leave positions to their stops.
    LeaveStops,
    /// Close all of ours.
    CloseOurs,
}
choice!(DeadMan as u8 { DeadMan::LeaveStops = 0, DeadMan::CloseOurs = 1 });

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_names_its_command() {
        let number = CommandNumber::new(12).unwrap();
        assert_eq!(number.comment(), "PX-12");
        for comment in ["PX-12", "PX-12[sl]", "PX-12 tp 1.5"] {
            assert_eq!(CommandNumber::from_comment(comment), Some(number));
        }
        for other in ["", "PX-", "PX-0", "px-12", "12", "PX-99999999999999999999"] {
            assert_eq!(CommandNumber::from_comment(other), None, "{other}");
        }
    }

    #[test]
    fn trading_needs_every_leave() {
        assert!(AccountFlags(31).may_trade());
        for bit in 0..6 {
            assert!(!AccountFlags(31 ^ (1 << bit)).may_trade());
        }
    }
}
