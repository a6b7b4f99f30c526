//! What accounts do, whatever way it is asked for: a form, a call, the command line.
//!
//! | file | what |
//! |---|---|
//! | `command.rs` | what is to be done at once |
//! | `key_file.rs` | the key that seals secrets in the database |
//! | `kitchen.rs` | hashing of passwords, a few at a time |
//! | `gate.rs` | who failed too often waits |
//! | `letter.rs` | what mails say |
//! | `machine.rs` | what the API for machines needs |
//! | `registration.rs` | from an address to an account |
//! | `sign_in.rs` | password, then the second factor |
//! | `settings.rs` | new passwords and addresses, roles |
//! | `second_factor.rs` | setting it up, turning it off |
//! | `export/` | everything of mine |
//! | `leave.rs` | good-bye |

mod command;
mod export;
mod gate;
mod key_file;
mod kitchen;
mod leave;
mod letter;
mod machine;
mod registration;
mod second_factor;
mod settings;
mod sign_in;

pub(crate) use command::NotGiven;
pub(crate) use export::Part;
pub(crate) use key_file::KeyProblem;
pub(crate) use sign_in::{SignedIn, Step};

use gate::Gate;
use identity::{HashKey, HashingFailed, NoRandomness, SealKey, WeakPassword};
use kitchen::Kitchen;
use protocol::id::AccountId;
use std::{path::Path, sync::Arc};
use storage::{AuditEntry, NewMail, Owner, Storage, StorageError};
use trading::{language::Language, time::Time};

/// Where accounts are attended to. A clone is another handle of the same.
#[derive(Debug, Clone)]
pub(crate) struct Desk(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    storage: Storage,
    seal: SealKey,
    codes: HashKey,
    kitchen: Kitchen,
    gate: Gate,
}

/// Who asks, from where.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    /// The network address, as the audit trail has it.
    pub(crate) address: String,
    /// What the browser calls itself.
    pub(crate) agent: String,
    /// The language of the page.
    pub(crate) language: Language,
    /// What links in mails begin with, such as `https://phoenix.example`.
    pub(crate) origin: String,
    /// Who they are without an account.
    pub(crate) visitor: Option<Owner>,
}

/// Why it was not done.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AccountError {
    /// No new password is that easy to guess.
    #[error("the password is too weak: {0}")]
    Weak(#[from] WeakPassword),
    /// There is no such account, or its password is another.
    #[error("wrong address or password")]
    Wrong,
    /// Who is signed in does not know the password.
    #[error("wrong password")]
    WrongPassword,
    /// The code is wrong, too old or used.
    #[error("wrong code")]
    WrongCode,
    /// It was tried too often; after so many seconds it may be tried again.
    #[error("too many attempts: {0} s to wait")]
    Wait(u64),
    /// The link was used, or is too old.
    #[error("the link was used or is too old")]
    Gone,
    /// The address has an account.
    #[error("the address has an account")]
    Taken,
    /// It is the address that the account has.
    #[error("the address is the same")]
    SameEmail,
    /// The database failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The machine failed.
    #[error("{0}")]
    Machine(String),
}

impl From<NoRandomness> for AccountError {
    fn from(error: NoRandomness) -> Self {
        Self::Machine(error.to_string())
    }
}

impl From<HashingFailed> for AccountError {
    fn from(error: HashingFailed) -> Self {
        Self::Machine(error.to_string())
    }
}

/// What is done here returns this.
pub(crate) type Done<T> = std::result::Result<T, AccountError>;

impl Desk {
    /// Opens it. The key is that of the variable, or of a file in the folder, which is made if
    /// there is none.
    pub(crate) fn open(
        storage: Storage,
        home: &Path,
        key: Option<&str>,
    ) -> std::result::Result<Self, KeyProblem> {
        let seal = key_file::key(home, key)?;
        let kitchen = Kitchen::new().map_err(|error| KeyProblem::Machine(error.to_string()))?;
        Ok(Self(Arc::new(Inner {
            codes: seal.hash_key(),
            gate: Gate::new(storage.throttles.clone()),
            storage,
            seal,
            kitchen,
        })))
    }

    /// Where things are kept.
    pub(crate) fn storage(&self) -> &Storage {
        &self.0.storage
    }

    /// What secrets are sealed with.
    pub(crate) fn seal(&self) -> &SealKey {
        &self.0.seal
    }

    /// Writes to the audit trail. What was done is done: that it could not be written down is for
    /// the log.
    pub(crate) async fn note(
        &self,
        account: Option<AccountId>,
        action: &str,
        detail: &str,
        caller: &Caller,
    ) {
        self.note_by(account, None, action, detail, caller).await;
    }

    /// The same where somebody else did it.
    pub(crate) async fn note_by(
        &self,
        account: Option<AccountId>,
        actor: Option<AccountId>,
        action: &str,
        detail: &str,
        caller: &Caller,
    ) {
        let entry = AuditEntry {
            account,
            actor,
            action: action.to_owned(),
            detail: detail.to_owned(),
            address: caller.address.clone(),
        };
        tracing::info!(action, account = ?account.map(|id| id.0), address = caller.address, "audit");
        if let Err(error) = self.0.storage.audit.add(&entry, crate::clock::now()).await {
            tracing::error!(%error, action, "the audit trail could not be written");
        }
    }

    /// Puts a mail into the outbox.
    async fn post(&self, mail: NewMail, now: Time) -> Done<()> {
        self.0.storage.mails.queue(&mail, now).await?;
        Ok(())
    }
}
