//! That an executor lives, and how it feels.

use super::{
    command::Command,
    text::{Label, Remark},
};
use crate::id::{AccountId, ExecutorId};
use serde::{Deserialize, Serialize};
use trading::time::Time;

/// How an executor feels.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Health {
    /// Whether it trades at all.
    pub is_running: bool,
    /// Whether the terminal is connected to its broker.
    pub is_connected: bool,
    /// Whether the terminal lets programs trade.
    pub may_trade: bool,
    /// How many reports wait in its journal.
    pub waiting_reports: u32,
    /// What else there is to say.
    #[serde(default)]
    pub remark: Remark,
}

/// An executor says that it lives.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Heartbeat {
    /// What it calls itself, such as the computer's name.
    pub name: Label,
    /// Its version.
    pub version: Label,
    /// How it feels.
    pub health: Health,
}

/// What it is told: also the way to get commands where no connection stays open.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HeartbeatAnswer {
    /// Which executor it is.
    pub executor: ExecutorId,
    /// Whose it is: what was kept for another account is not reported to this one. Servers of before
    /// do not say it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<AccountId>,
    /// The server's time.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub now: Time,
    /// Everything that it is to do and has not said to have done, the oldest first.
    pub commands: Vec<Command>,
    /// The newest version of the executor that this server offers, such as `1.2.0`; none where it
    /// offers none. It is downloaded at `/executors`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub newest: Option<Label>,
}

/// An executor in a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Executor {
    /// Its name among rows.
    pub id: ExecutorId,
    /// What it calls itself.
    pub name: Label,
    /// Its version.
    pub version: Label,
    /// How it last felt.
    pub health: Health,
    /// When it was first heard of.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub created_at: Time,
    /// When it was last heard of.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub seen_at: Time,
}
