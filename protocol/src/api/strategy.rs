//! Saved strategies, their versions, and which of them trade.
//!
//! Revision and state are the `ETag`: who changes one says which they read. What trades is a
//! version, and stays that one whatever is saved afterwards.

use super::{report::BrokerLogin, text::Remark};
use crate::id::{BrokerAccountId, StrategyId};
use serde::{Deserialize, Serialize};
use trading::{time::Time, timeframe::Timeframe};

/// Where a strategy is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum StrategyState {
    /// It is worked on.
    Draft,
    /// One of its versions trades.
    Active,
    /// It is put away.
    Archived,
}

/// On which accounts at brokers a version trades.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Place {
    /// On every one that an executor of the trader's is logged in to.
    EveryAccount,
    /// On this one alone.
    BrokerAccount(BrokerAccountId),
}

/// A version that trades.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Activation {
    /// Which version.
    pub version: i64,
    /// Where.
    pub on: Place,
    /// Since when the strategy is live without a break, whichever version.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub since: Time,
    /// Since when this version is.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub started_at: Time,
    /// Whether it may open nothing because the plan allows fewer.
    pub is_paused: bool,
    /// When it will be paused unless the plan allows more by then.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<i64>))]
    pub pauses_at: Option<Time>,
}

/// A version that is to trade.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewActivation {
    /// Which version: nobody guesses it.
    pub version: i64,
    /// Where.
    pub on: Place,
}

/// A saved strategy in a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StrategyLine {
    /// Its name among rows.
    pub id: StrategyId,
    /// How often it was saved.
    pub revision: i64,
    /// Its name among people.
    pub name: String,
    /// The symbol.
    pub symbol: String,
    /// The length of its bars, such as `H1`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub timeframe: Timeframe,
    /// Where it is in its life.
    pub state: StrategyState,
    /// The number of its newest version.
    pub version: i64,
    /// What of it trades.
    pub live: Option<Activation>,
    /// First saved.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub created_at: Time,
    /// Last saved.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub updated_at: Time,
}

/// A saved strategy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WholeStrategy {
    /// What a list shows.
    pub strategy: StrategyLine,
    /// The JSON text of the document, exactly as it was saved.
    pub document: String,
}

/// A strategy to be saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewDocument {
    /// The JSON text: name, symbol and timeframe are read from it.
    pub document: String,
    /// What is to be known of this version; at most 500 characters.
    #[serde(default)]
    pub note: Remark,
}

/// What deals brought in, in one currency.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Earned {
    /// Of the accounts at brokers.
    pub currency: String,
    /// How many deals.
    pub deals: u64,
    /// How many trades were closed: one when its position is closed, one when it is turned around.
    pub closed: u64,
    /// How many of these gained, with all costs since they were opened.
    pub won: u64,
    /// Profit with commission, swap and fee.
    pub net: f64,
}

/// A version in a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VersionLine {
    /// Its number; the first is 1.
    pub number: i64,
    /// What was said of it when it was saved.
    pub note: Remark,
    /// Which version it brings back, if it does.
    pub origin: Option<i64>,
    /// When it was saved.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub saved_at: Time,
    /// What it earned, by currency.
    pub earned: Vec<Earned>,
}

/// The versions of a strategy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Versions {
    /// The newest first.
    pub items: Vec<VersionLine>,
    /// What the strategy earned in deals of which nobody knows the version.
    pub unknown: Vec<Earned>,
    /// What versions earned that are no longer kept.
    #[serde(default)]
    pub gone: Vec<GoneVersion>,
    /// Whether there are more deals than are added up: then the last ones are left out.
    #[serde(default)]
    pub is_cut: bool,
}

/// A version that is no longer kept. Its deals are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GoneVersion {
    /// Its number.
    pub number: i64,
    /// What it earned, by currency.
    pub earned: Vec<Earned>,
}

/// A version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WholeVersion {
    /// Its number.
    pub number: i64,
    /// What was said of it when it was saved.
    pub note: Remark,
    /// Which version it brings back, if it does.
    pub origin: Option<i64>,
    /// When it was saved.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub saved_at: Time,
    /// The JSON text of the document, exactly as it was saved.
    pub document: String,
    /// The SHA-256 of the document's bytes, in hexadecimal.
    pub hash: String,
}

/// A version that trades, for an executor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ActiveStrategy {
    /// Of which strategy: deals name it.
    pub strategy: StrategyId,
    /// Which version: deals name it too.
    pub version: i64,
    /// Where.
    pub on: Place,
    /// Which account that is at the broker, where it is one.
    pub login: Option<BrokerLogin>,
    /// Since when the strategy is live without a break.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub since: Time,
    /// Whether it may open nothing because the plan allows fewer. What it has open it goes on
    /// with.
    pub is_paused: bool,
    /// When it will be paused unless the plan allows more by then.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<i64>))]
    pub pauses_at: Option<Time>,
    /// The JSON text of the document.
    pub document: String,
    /// The SHA-256 of the document's bytes, in hexadecimal.
    pub hash: String,
}

/// Everything that trades.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ActiveStrategies {
    /// Those that are live longest first.
    pub items: Vec<ActiveStrategy>,
}
