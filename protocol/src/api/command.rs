//! What a trader wants done at once, and how far it is.
//!
//! ```text
//! queued ──> delivered ──> executed
//!    |           |   └───> failed
//!    └───────────┴───────> expired, by time
//! ```
//! A command only ever goes forward. It may be delivered more than once, since a connection can
//! break after it was sent: an executor knows by its id what it has done already.

use super::text::Remark;
use crate::id::{BrokerAccountId, CommandId, ExecutorId, StrategyId};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use trading::time::{DAY, Time};

/// The longest that a command may wait, in milliseconds.
pub const LONGEST: i64 = DAY;

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Action {
    /// Trade no more. What is open stays open.
    StopBot,
    /// Let a strategy open nothing until it is resumed.
    PauseStrategy {
        /// Which.
        strategy: StrategyId,
    },
    /// Let a paused strategy go on.
    ResumeStrategy {
        /// Which.
        strategy: StrategyId,
    },
    /// Close one position.
    ClosePosition {
        /// Its ticket at the broker.
        ticket: i64,
    },
    /// Trade no more, and close every position that Phoenix opened.
    StopAndClose,
    /// Close every position that Phoenix opened.
    CloseMine,
    /// Close every position, whoever opened it.
    CloseEverything,
    /// What a later version knows. Nobody can ask for it: an executor that is told to do it says
    /// that it failed.
    #[serde(other, skip_serializing)]
    Unknown,
}

impl Action {
    /// The word of its kind.
    pub fn name(&self) -> &'static str {
        match self {
            Self::StopBot => "stop_bot",
            Self::PauseStrategy { .. } => "pause_strategy",
            Self::ResumeStrategy { .. } => "resume_strategy",
            Self::ClosePosition { .. } => "close_position",
            Self::StopAndClose => "stop_and_close",
            Self::CloseMine => "close_mine",
            Self::CloseEverything => "close_everything",
            Self::Unknown => "unknown",
        }
    }
}

/// Who is to do it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Target {
    /// This executor.
    Executor(ExecutorId),
    /// Whichever executor reports for this account at a broker.
    BrokerAccount(BrokerAccountId),
}

/// A command to be given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewCommand {
    /// What is to be done.
    pub action: Action,
    /// Who is to do it.
    pub target: Target,
    /// When it is too late, in milliseconds since 1970 UTC; at most a day ahead.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub expires_at: Time,
}

impl NewCommand {
    /// The limit that it breaks.
    pub fn fault(&self, now: Time) -> Option<&'static str> {
        if self.expires_at <= now {
            Some("expires_at must be in the future")
        } else if self.expires_at.0 > now.0.saturating_add(LONGEST) {
            Some("expires_at may be at most a day ahead")
        } else if matches!(self.action, Action::ClosePosition { ticket } if ticket <= 0) {
            Some("a ticket is above 0")
        } else if self.action == Action::Unknown {
            Some("an action is of a kind that is known here")
        } else {
            None
        }
    }
}

/// How far a command is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum CommandState {
    /// It waits for its executor.
    Queued,
    /// It was sent to its executor.
    Delivered,
    /// The executor did it.
    Executed,
    /// The executor could not do it.
    Failed,
    /// Its time was over before anybody said that it was done.
    Expired,
}

impl CommandState {
    /// All there are.
    pub const ALL: [Self; 5] = [
        Self::Queued,
        Self::Delivered,
        Self::Executed,
        Self::Failed,
        Self::Expired,
    ];

    /// The word in rows and bodies.
    pub fn name(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Delivered => "delivered",
            Self::Executed => "executed",
            Self::Failed => "failed",
            Self::Expired => "expired",
        }
    }

    /// Whether something may still become of it.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Queued | Self::Delivered)
    }
}

/// The text names no state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no state of a command")]
pub struct NoCommandState;

impl FromStr for CommandState {
    type Err = NoCommandState;
    fn from_str(name: &str) -> Result<Self, NoCommandState> {
        let found = Self::ALL.into_iter().find(|state| state.name() == name);
        found.ok_or(NoCommandState)
    }
}

impl fmt::Display for CommandState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A command that was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Command {
    /// Its name among rows: an executor does each once.
    pub id: CommandId,
    /// What is to be done.
    pub action: Action,
    /// Who is to do it.
    pub target: Target,
    /// How far it is.
    pub state: CommandState,
    /// What the executor said of it.
    pub remark: Remark,
    /// When it was given.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub created_at: Time,
    /// When it is too late.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub expires_at: Time,
    /// When it was first sent to an executor.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<i64>))]
    pub delivered_at: Option<Time>,
    /// When the executor said what became of it.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<i64>))]
    pub finished_at: Option<Time>,
}

/// What became of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Outcome {
    /// It was done.
    Executed,
    /// It could not be done.
    Failed,
}

impl Outcome {
    /// The state that it leads to.
    pub fn state(self) -> CommandState {
        match self {
            Self::Executed => CommandState::Executed,
            Self::Failed => CommandState::Failed,
        }
    }
}

/// An executor says what became of a command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Receipt {
    /// What.
    pub outcome: Outcome,
    /// Why, where it failed; how, where there is something to say.
    #[serde(default)]
    pub remark: Remark,
}
