//! Feature flags: declared here, turned by an operator. One that nobody touched is on.

use protocol::id::AccountId;
use sha2::{Digest, Sha256};
use storage::{Result, Storage};

/// Something that can be turned off without a new release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flag {
    /// Whether new accounts may be made.
    Registration,
    /// Whether notifications go to Telegram.
    NotifyTelegram,
    /// Whether notifications go to webhooks.
    NotifyWebhook,
}

impl Flag {
    /// All of them.
    pub(crate) const ALL: [Self; 3] = [
        Self::Registration,
        Self::NotifyTelegram,
        Self::NotifyWebhook,
    ];

    /// Its name in the rows and in forms.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Registration => "registration",
            Self::NotifyTelegram => "notify-telegram",
            Self::NotifyWebhook => "notify-webhook",
        }
    }

    /// The one of a name.
    pub(crate) fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|flag| flag.name() == name)
    }

    /// Whether it may differ between accounts; else it is on for everybody or for nobody.
    pub(crate) const fn is_by_account(self) -> bool {
        !matches!(self, Self::Registration)
    }

    /// Whether it is on, for an account or for somebody who has none.
    pub(crate) async fn is_on(self, storage: &Storage, account: Option<AccountId>) -> Result<bool> {
        if let Some(account) = account.filter(|_| self.is_by_account())
            && let Some(is_on) = storage.flags.of(self.name(), account).await?
        {
            return Ok(is_on);
        }
        let Some(setting) = storage.flags.load(self.name()).await? else {
            return Ok(true);
        };
        Ok(setting.is_on
            && match account {
                Some(account) if self.is_by_account() => {
                    place(self.name(), account) < setting.percent
                }
                _ => true,
            })
    }
}

/// Where an account stands among a hundred: always at the same place for one flag, and at another
/// for the next, so that it is not always the same people who try what is new.
fn place(name: &str, account: AccountId) -> u8 {
    let hash = Sha256::new()
        .chain_update(name)
        .chain_update([0])
        .chain_update(account.0.as_bytes())
        .finalize();
    let mut eight = [0; 8];
    eight.copy_from_slice(&hash[..8]);
    // Always below 100.
    (u64::from_be_bytes(eight) % 100) as u8
}

#[cfg(test)]
mod tests {
    use super::{Flag, place};
    use protocol::id::AccountId;
    use uuid::Uuid;

    #[test]
    fn a_share_of_accounts_is_about_that_share_and_keeps_its_members() {
        let all: Vec<u8> = (0..10_000)
            .map(|n| place("new", AccountId(Uuid::from_u128(n))))
            .collect();
        let share = |percent| all.iter().filter(|place| **place < percent).count();
        assert_eq!((share(0), share(100)), (0, 10_000));
        assert!((1_800..2_200).contains(&share(20)), "{}", share(20));
        let other = place("other", AccountId(Uuid::from_u128(1)));
        assert!(other < 100);
        assert_eq!(all[7], place("new", AccountId(Uuid::from_u128(7))));
    }

    #[test]
    fn names_read_back() {
        for flag in Flag::ALL {
            assert_eq!(Flag::of(flag.name()), Some(flag));
        }
        assert_eq!(Flag::of("else"), None);
    }
}
