//! Why something was not done.

use identity::WeakPassword;

/// Why something was not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// What was typed is no e-mail address.
    BadEmail,
    /// The new password is not good enough.
    Weak(WeakPassword),
    /// E-mail address or password is wrong; which of them is not said.
    Wrong,
    /// The current password is wrong.
    WrongPassword,
    /// The one-time code or recovery code is wrong, old or used.
    WrongCode,
    /// There were too many attempts.
    Wait {
        /// How long it is until the next one is permitted.
        seconds: u64,
    },
    /// The address has an account by now.
    Taken,
    /// The new address is the old one.
    SameEmail,
    /// What was typed to confirm a deletion is not the address of the account.
    NotTheEmail,
    /// The account has a subscription that is renewed: it is not deleted.
    StillPaying,
    /// A payment that was begun could still go through: the account is not deleted.
    StillOpen,
    /// The payment provider could not be asked: the account is not deleted.
    Provider {
        /// Where the log says more.
        reference: String,
    },
    /// The database is out of reach. Nothing was changed.
    Away {
        /// Where the log says more.
        reference: String,
    },
    /// The fault is ours.
    Internal {
        /// Where the log says more.
        reference: String,
    },
}
