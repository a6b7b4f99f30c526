//! Devices and programs that have a key of an account: what there is, how one comes by another, and
//! how one is cut off.

mod approve;
mod form;
mod key_made;
mod line;
mod overview;

pub use approve::approve;
pub use key_made::key_made;
pub use overview::devices;

use crate::{
    Fault, Look, Notice,
    words::{device as words, fault as faults},
};
use trading::time::Time;

/// What a key opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// It takes commands, says what became of them, and reports.
    Executor,
    /// It gives commands, reads everything and approves devices.
    Phone,
    /// It only reads.
    Read,
}

impl Scope {
    /// All there are.
    pub const ALL: [Self; 3] = [Self::Executor, Self::Phone, Self::Read];

    /// Its name in forms.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Executor => "executor",
            Self::Phone => "phone",
            Self::Read => "read",
        }
    }

    /// The one of a name.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.name() == name)
    }
}

/// A key, without what is secret of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyLine {
    /// Names it when it is to be revoked.
    pub id: String,
    /// What its owner calls it.
    pub label: String,
    /// The part of it that may be seen.
    pub prefix: String,
    /// What it opens.
    pub scope: Scope,
    /// Since when there is the key.
    pub created_at: Time,
    /// Until when it opens anything; nothing if that has no end.
    pub expires_at: Option<Time>,
    /// When it was last used, if it was.
    pub used_at: Option<Time>,
    /// Whether it was revoked.
    pub is_revoked: bool,
}

impl KeyLine {
    /// Whether its time is over.
    fn is_over(&self, now: Time) -> bool {
        self.expires_at
            .is_some_and(|until| until.millis() <= now.millis())
    }
}

/// What the page of devices shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DevicesPage {
    /// The keys of the account, in the order in which they are shown.
    pub keys: Vec<KeyLine>,
    /// What has just been done.
    pub notice: Option<Notice>,
    /// What has just been refused.
    pub fault: Option<DeviceFault>,
    /// The time now.
    pub now: Time,
}

/// Why a device was not paired, or a key neither made nor revoked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeviceFault {
    /// No device waits under this code: it is mistyped, or older than ten minutes.
    NoCode,
    /// A name has 1 to 80 characters.
    Label,
    /// There are as many keys as an account may have.
    TooMany,
    /// There were too many attempts.
    Wait {
        /// How long it is until the next one is permitted.
        seconds: u64,
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

/// A device that waits to be approved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingDevice {
    /// What it shows.
    pub code: String,
    /// What it calls itself.
    pub name: String,
    /// What it asks for.
    pub scope: Scope,
    /// The address on the network that it asks from.
    pub address: String,
}

/// Why something was not done, in words.
fn say(look: &Look, fault: &DeviceFault) -> String {
    let usual = |fault: Fault| faults::say(&fault, look.language);
    match fault {
        DeviceFault::NoCode => look.say(words::NO_CODE).to_owned(),
        DeviceFault::Label => look.say(words::BAD_LABEL).to_owned(),
        DeviceFault::TooMany => look.say(words::TOO_MANY).to_owned(),
        DeviceFault::Wait { seconds } => usual(Fault::Wait { seconds: *seconds }),
        DeviceFault::Away { reference } => usual(Fault::Away {
            reference: reference.clone(),
        }),
        DeviceFault::Internal { reference } => usual(Fault::Internal {
            reference: reference.clone(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::Scope;

    #[test]
    fn names_read_back() {
        for scope in Scope::ALL {
            assert_eq!(Scope::of(scope.name()), Some(scope));
        }
        assert_eq!(Scope::of("else"), None);
    }
}
