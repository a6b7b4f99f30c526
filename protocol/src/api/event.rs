//! What is pushed over an open connection. An executor hears its commands, everybody else what
//! happens. Nothing depends on having heard: what is missed stands in the lists.

use super::command::Command;
use crate::id::{BrokerAccountId, ExecutorId};
use serde::{Deserialize, Serialize};

/// One message. The name of its kind is the event's name too.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Event {
    /// To an executor: something is to be done.
    CommandDelivered {
        /// What.
        command: Command,
    },
    /// To the others: a command was given, or went further.
    CommandChanged {
        /// As it is now.
        command: Command,
    },
    /// Something new was reported of an account at a broker.
    Reported {
        /// Of which.
        broker_account: BrokerAccountId,
    },
    /// An executor was heard of.
    ExecutorSeen {
        /// Which.
        executor: ExecutorId,
    },
    /// Which strategies are live, or in which version, may have changed: read
    /// `GET /strategy/active` again. An executor hears it whenever it connects, too.
    StrategiesChanged,
    /// Something may have been missed: read the lists again.
    Resync,
    /// What a later version knows: nothing to be done.
    #[serde(other, skip_serializing)]
    Unknown,
}

impl Event {
    /// The word of its kind.
    pub fn name(&self) -> &'static str {
        match self {
            Self::CommandDelivered { .. } => "command_delivered",
            Self::CommandChanged { .. } => "command_changed",
            Self::Reported { .. } => "reported",
            Self::ExecutorSeen { .. } => "executor_seen",
            Self::StrategiesChanged => "strategies_changed",
            Self::Resync => "resync",
            Self::Unknown => "unknown",
        }
    }
}
