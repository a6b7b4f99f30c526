//! Deals, positions and equity, as an executor reports them. Whatever is reported twice is kept
//! once, whatever comes late or out of order is kept all the same: an executor repeats a report
//! until it has an answer.

use super::text::{Label, Remark};
use crate::id::{BrokerAccountId, DealId, StrategyId};
use serde::{Deserialize, Serialize};
use trading::{
    symbol::{Side, Symbol},
    time::Time,
};

/// The most deals, positions or equity snapshots of one report.
pub const MOST: usize = 500;

/// MetaTrader 5 is younger than the first, and no clock of a broker's is right that says the other.
const TIMES: std::ops::Range<Time> =
    Time::from_civil(2000, 1, 1, 0, 0, 0)..Time::from_civil(2200, 1, 1, 0, 0, 0);

/// Which account at which broker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BrokerLogin {
    /// The number that one logs in with.
    pub login: i64,
    /// The broker's server, such as `Broker-Live 3`.
    pub server: Label,
}

/// An account at a broker, in a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BrokerAccount {
    /// Its name among rows.
    pub id: BrokerAccountId,
    /// Which it is.
    pub login: BrokerLogin,
    /// The money that it is kept in.
    pub currency: Label,
    /// When something was last reported of it.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub seen_at: Time,
}

/// What a deal did to its position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Entry {
    /// It opened or added to it.
    In,
    /// It closed all or part of it.
    Out,
    /// It turned it around.
    InOut,
    /// It closed it by an opposite one.
    OutBy,
    /// It is no trade but money that came or went.
    Balance,
}

impl Entry {
    /// All there are.
    pub const ALL: [Self; 5] = [Self::In, Self::Out, Self::InOut, Self::OutBy, Self::Balance];

    /// The word in rows and bodies.
    pub fn name(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Out => "out",
            Self::InOut => "in_out",
            Self::OutBy => "out_by",
            Self::Balance => "balance",
        }
    }

    /// The one of this word.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|entry| entry.name() == name)
    }
}

/// MetaTrader's record of something that was executed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Deal {
    /// Its number at the broker: of one account no two deals have the same.
    pub ticket: i64,
    /// The order that it came of; 0 for none.
    #[serde(default)]
    pub order: i64,
    /// The position that it belongs to; 0 for none.
    #[serde(default)]
    pub position: i64,
    /// The symbol; none where it is no trade.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub symbol: Option<Symbol>,
    /// Bought or sold; none where it is no trade.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub side: Option<Side>,
    /// What it did to its position.
    pub entry: Entry,
    /// In lots.
    pub volume: f64,
    /// The price.
    pub price: f64,
    /// In the account's money, as the broker reports it.
    pub profit: f64,
    /// In the account's money; below 0 where it was paid.
    #[serde(default)]
    pub commission: f64,
    /// In the account's money; below 0 where it was paid.
    #[serde(default)]
    pub swap: f64,
    /// In the account's money; below 0 where it was paid.
    #[serde(default)]
    pub fee: f64,
    /// The number by which a program knows its own.
    #[serde(default)]
    pub magic: i64,
    /// Which strategy wanted it.
    #[serde(default)]
    pub strategy: Option<StrategyId>,
    /// Which version of it; without one, that which was live when it was executed.
    #[serde(default)]
    pub strategy_version: Option<i64>,
    /// What the broker or the program wrote beside it.
    #[serde(default)]
    pub comment: Remark,
    /// When it was executed, in milliseconds since 1970 UTC.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub time: Time,
}

/// A deal as it is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeptDeal {
    /// Its name among rows; they sort by the time of the deal.
    pub id: DealId,
    /// Of which account.
    pub broker_account: BrokerAccountId,
    /// The deal.
    pub deal: Deal,
    /// When it was first reported.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub received_at: Time,
}

/// An open position.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Position {
    /// Its number at the broker.
    pub ticket: i64,
    /// The symbol.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub symbol: Symbol,
    /// Which way it gains.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub side: Side,
    /// In lots.
    pub volume: f64,
    /// At which price it was opened.
    pub opened_price: f64,
    /// At which price it could be closed now.
    pub price: f64,
    /// Where it is closed at a loss.
    #[serde(default)]
    pub stop_loss: Option<f64>,
    /// Where it is closed at a gain.
    #[serde(default)]
    pub take_profit: Option<f64>,
    /// What it would gain if it were closed now, in the account's money.
    pub profit: f64,
    /// In the account's money.
    #[serde(default)]
    pub swap: f64,
    /// The number by which a program knows its own.
    #[serde(default)]
    pub magic: i64,
    /// Which strategy wanted it.
    #[serde(default)]
    pub strategy: Option<StrategyId>,
    /// When it was opened.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub opened_at: Time,
}

/// Everything that was open at a time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Positions {
    /// When. An older one than is known changes nothing.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub at: Time,
    /// All of them.
    pub positions: Vec<Position>,
}

/// Everything that was open at an account, in a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeptPositions {
    /// Of which account.
    pub broker_account: BrokerAccountId,
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub at: Time,
    /// All of them.
    pub positions: Vec<Position>,
}

/// What an account was worth at a time, in its money.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EquitySnapshot {
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub at: Time,
    /// Without what is open.
    pub balance: f64,
    /// With what is open.
    pub equity: f64,
    /// How much of it is held for what is open.
    pub margin: f64,
}

/// An equity snapshot as it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeptEquity {
    /// Of which account.
    pub broker_account: BrokerAccountId,
    /// The snapshot.
    pub snapshot: EquitySnapshot,
}

/// What an executor reports of one account at a broker.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Report {
    /// Of which account.
    pub login: BrokerLogin,
    /// The money that it is kept in.
    pub currency: Label,
    /// Deals, in any order; at most 500.
    #[serde(default)]
    pub deals: Vec<Deal>,
    /// What is open.
    #[serde(default)]
    pub positions: Option<Positions>,
    /// Equity snapshots, in any order; at most 500.
    #[serde(default)]
    pub equity: Vec<EquitySnapshot>,
}

impl Report {
    /// The limit that it breaks.
    pub fn fault(&self) -> Option<&'static str> {
        let positions = self.positions.as_ref();
        if self.login.login <= 0 {
            return Some("a login is above 0");
        }
        let lengths = [
            self.deals.len(),
            self.equity.len(),
            positions.map_or(0, |all| all.positions.len()),
        ];
        if lengths.into_iter().any(|length| length > MOST) {
            return Some("a report has at most 500 of each");
        }
        let faults = self.deals.iter().find_map(Deal::fault);
        faults
            .or_else(|| self.equity.iter().find_map(EquitySnapshot::fault))
            .or_else(|| positions.and_then(Positions::fault))
    }
}

impl Deal {
    fn fault(&self) -> Option<&'static str> {
        let is_trade = self.entry != Entry::Balance;
        if self.ticket <= 0 {
            Some("a ticket is above 0")
        } else if self.order < 0 || self.position < 0 {
            Some("numbers of orders and positions are 0 or above")
        } else if is_trade && (self.symbol.is_none() || self.side.is_none()) {
            Some("a trade has a symbol and a side")
        } else if self.strategy_version.is_some_and(|version| version < 1) {
            Some("a version is above 0")
        } else if self.strategy_version.is_some() && self.strategy.is_none() {
            Some("a version is one of a strategy")
        } else if !TIMES.contains(&self.time) {
            Some("a time is in milliseconds since 1970 UTC, from 2000 to 2200")
        } else {
            let money = [self.profit, self.commission, self.swap, self.fee];
            numbers(&money, &[self.volume, self.price])
        }
    }
}

impl EquitySnapshot {
    fn fault(&self) -> Option<&'static str> {
        if !TIMES.contains(&self.at) {
            return Some("a time is in milliseconds since 1970 UTC, from 2000 to 2200");
        }
        numbers(&[self.balance, self.equity], &[self.margin])
    }
}

impl Positions {
    fn fault(&self) -> Option<&'static str> {
        if !TIMES.contains(&self.at) {
            return Some("a time is in milliseconds since 1970 UTC, from 2000 to 2200");
        }
        self.positions.iter().find_map(|one| {
            if one.ticket <= 0 {
                return Some("a ticket is above 0");
            }
            let levels = [one.stop_loss, one.take_profit].map(|level| level.unwrap_or(0.0));
            let above = [
                one.volume,
                one.opened_price,
                one.price,
                levels[0],
                levels[1],
            ];
            numbers(&[one.profit, one.swap], &above)
        })
    }
}

/// JSON has no infinity, but 1e999 reads as one.
fn numbers(any: &[f64], not_below_zero: &[f64]) -> Option<&'static str> {
    if !any.iter().chain(not_below_zero).all(|x| x.is_finite()) {
        Some("a number is too large")
    } else if not_below_zero.iter().any(|x| *x < 0.0) {
        Some("volumes, prices and margins are 0 or above")
    } else {
        None
    }
}

/// What became of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReportReceipt {
    /// The account's name among rows.
    pub broker_account: BrokerAccountId,
    /// How many deals were new.
    pub new_deals: u32,
    /// How many were known.
    pub known_deals: u32,
    /// How many equity snapshots were new.
    pub new_equity: u32,
    /// Whether the positions were newer than those that were known.
    pub positions_kept: bool,
}
