//! What has just been done, said on the page that comes after it.

/// What has just been done. It goes to the next page by name, as `?notice=NAME`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// The address is confirmed, the account is there.
    AccountReady,
    /// This browser is signed out.
    SignedOut,
    /// The password was changed by who knew the old one.
    PasswordChanged,
    /// The password was set anew through a mail.
    PasswordReset,
    /// The address was changed.
    EmailChanged,
    /// One session was ended.
    SessionEnded,
    /// All sessions but this were ended.
    OthersEnded,
    /// The second factor is on.
    SecondFactorOn,
    /// The second factor is off.
    SecondFactorOff,
    /// The language of mails was chosen.
    LanguageSaved,
    /// The account and all that was in it are gone.
    AccountDeleted,
    /// The plan was bought or changed.
    PlanChanged,
    /// The plan was cancelled.
    PlanCanceled,
    /// The cancellation of the plan was taken back.
    PlanResumed,
    /// A device was approved.
    DeviceApproved,
    /// A key was revoked.
    KeyRevoked,
    /// An account at a broker was put away.
    AccountRetired,
    /// Somebody else's role was changed.
    RoleChanged,
    /// Somebody else's account was shut.
    AccountShut,
    /// Somebody else's account was opened again.
    AccountOpened,
}

impl Notice {
    /// All of them.
    pub const ALL: [Self; 20] = [
        Self::AccountReady,
        Self::SignedOut,
        Self::PasswordChanged,
        Self::PasswordReset,
        Self::EmailChanged,
        Self::SessionEnded,
        Self::OthersEnded,
        Self::SecondFactorOn,
        Self::SecondFactorOff,
        Self::LanguageSaved,
        Self::AccountDeleted,
        Self::PlanChanged,
        Self::PlanCanceled,
        Self::PlanResumed,
        Self::DeviceApproved,
        Self::KeyRevoked,
        Self::AccountRetired,
        Self::RoleChanged,
        Self::AccountShut,
        Self::AccountOpened,
    ];

    /// Its name in an address.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AccountReady => "account-ready",
            Self::SignedOut => "signed-out",
            Self::PasswordChanged => "password-changed",
            Self::PasswordReset => "password-reset",
            Self::EmailChanged => "email-changed",
            Self::SessionEnded => "session-ended",
            Self::OthersEnded => "others-ended",
            Self::SecondFactorOn => "second-factor-on",
            Self::SecondFactorOff => "second-factor-off",
            Self::LanguageSaved => "language-saved",
            Self::AccountDeleted => "account-deleted",
            Self::PlanChanged => "plan-changed",
            Self::PlanCanceled => "plan-canceled",
            Self::PlanResumed => "plan-resumed",
            Self::DeviceApproved => "device-approved",
            Self::KeyRevoked => "key-revoked",
            Self::AccountRetired => "account-retired",
            Self::RoleChanged => "role-changed",
            Self::AccountShut => "account-shut",
            Self::AccountOpened => "account-opened",
        }
    }

    /// The one of a name.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|notice| notice.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::Notice;

    #[test]
    fn names_read_back() {
        for notice in Notice::ALL {
            assert_eq!(Notice::of(notice.name()), Some(notice));
        }
        assert_eq!(Notice::of("else"), None);
    }
}
