//! Commands, whichever way they are given: a call of a machine's or a form of a page.

use super::Desk;
use crate::clock::now;
use protocol::{
    api::command::{Command, NewCommand},
    id::AccountId,
};
use storage::{Given, StorageError};

/// Why a command was not given.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotGiven {
    /// It breaks this limit.
    #[error("{0}")]
    Invalid(&'static str),
    /// Another command was given with the same key.
    #[error("another command was given with this key")]
    OtherCommand,
    /// The target is not theirs, there are too many, or the database failed.
    #[error(transparent)]
    Storage(StorageError),
}

impl Desk {
    /// Gives a command, known by the key of the request: given twice, it is one. `by` says in the
    /// audit trail by what it was given, `address` from which network address.
    pub(crate) async fn give_command(
        &self,
        account: AccountId,
        key: &str,
        new: &NewCommand,
        by: &str,
        address: &str,
    ) -> Result<Command, NotGiven> {
        let at = now();
        if let Some(fault) = new.fault(at) {
            return Err(NotGiven::Invalid(fault));
        }
        match self.storage().commands.give(account, key, new, at).await {
            Ok(Given::New(command)) => {
                let detail = format!("{} {} by {by}", new.action.name(), command.id);
                self.note_machine(account, "command-given", &detail, address)
                    .await;
                Ok(command)
            }
            // The answer was lost, or a form was sent twice: the command is there even so.
            Ok(Given::Before(command)) => Ok(command),
            Err(StorageError::Exists) => Err(NotGiven::OtherCommand),
            Err(error) => Err(NotGiven::Storage(error)),
        }
    }
}
