//! Which passwords are good enough.

use super::{common, normal::normal};
use crate::email::EmailAddress;
use std::fmt;
use zeroize::Zeroizing;

/// The least length of a new password, in characters.
pub const MIN_CHARS: usize = 10;
/// The greatest length of a new password, in bytes of UTF-8.
pub const MAX_BYTES: usize = 256;
/// A password of fewer different characters is a pattern.
pub const MIN_DIFFERENT: usize = 4;
/// From this length on, the local part of the e-mail address may not be in the password.
const MIN_LOCAL: usize = 4;

/// A password that is good enough to be kept. It is in the form NFKC of Unicode, so that it is the
/// same whether a keyboard says `é` or `e` and an accent.
pub struct NewPassword(pub(super) Zeroizing<String>);

/// Why a password is not good enough. The words for it are the reader's language's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WeakPassword {
    /// It has fewer than [`MIN_CHARS`] characters.
    #[error("the password is too short")]
    TooShort,
    /// It has more than [`MAX_BYTES`] bytes.
    #[error("the password is too long")]
    TooLong,
    /// It has a line break or another control character in it, which cannot be typed again.
    #[error("the password has a control character in it")]
    Control,
    /// It has fewer than [`MIN_DIFFERENT`] different characters.
    #[error("the password repeats itself")]
    Repetitive,
    /// It is one of those that everybody uses.
    #[error("the password is a common one")]
    Common,
    /// The e-mail address, or what is before its `@`, is in it.
    #[error("the e-mail address is in the password")]
    Email,
}

impl NewPassword {
    /// Checks a password that somebody chose who signs in with this address.
    pub fn new(text: &str, email: &EmailAddress) -> Result<Self, WeakPassword> {
        // Before any work is done on it: the text comes from a stranger.
        let text = normal(text).ok_or(WeakPassword::TooLong)?;
        if text.len() > MAX_BYTES {
            return Err(WeakPassword::TooLong);
        }
        if text.chars().any(char::is_control) {
            return Err(WeakPassword::Control);
        }
        if text.chars().count() < MIN_CHARS {
            return Err(WeakPassword::TooShort);
        }
        let small = Zeroizing::new(text.to_lowercase());
        let mut different = Zeroizing::new(small.chars().collect::<Vec<_>>());
        different.sort_unstable();
        different.dedup();
        if different.len() < MIN_DIFFERENT {
            return Err(WeakPassword::Repetitive);
        }
        if common::COMMON.contains(&small.as_str()) {
            return Err(WeakPassword::Common);
        }
        let key = email.key();
        let local = email.local().to_ascii_lowercase();
        // Many people sign up with `name+phoenix`, and are called `name`.
        let name = local.split('+').next().unwrap_or_default();
        if small.contains(&key) || (name.len() >= MIN_LOCAL && small.contains(name)) {
            return Err(WeakPassword::Email);
        }
        Ok(Self(text))
    }
}

/// The secret stays out of logs.
impl fmt::Debug for NewPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NewPassword(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::password::tests::new;

    #[test]
    fn the_policy() {
        use WeakPassword::{Common, Control, Email, Repetitive, TooLong, TooShort};
        for (text, want) in [
            ("correct horse battery", None),
            ("kudanil itu", None),
            ("9 mangga è", None),
            ("密码密语火山岛屿花园", None),
            ("Xk29vmQ!lo", None),
            ("", Some(TooShort)),
            ("Xk29vmQ!l", Some(TooShort)),
            // Nine characters, though ten code points before they are composed.
            ("Xk29vmQe\u{301}l", Some(TooShort)),
            ("Xk29\nvmQ!lo", Some(Control)),
            ("Xk29vmQ!lo\0", Some(Control)),
            ("aaaaaaaaaaaaaaa", Some(Repetitive)),
            ("AaBbAaBbAaBbAaBb", Some(Repetitive)),
            ("Password123", Some(Common)),
            ("QWERTYUIOP", Some(Common)),
            ("indonesia123", Some(Common)),
            ("ｐａｓｓｗｏｒｄ１２３", Some(Common)),
            ("BUDI.SANTOSO", Some(Email)),
            ("xx-budi.santoso-xx", Some(Email)),
            ("budi.santoso+phoenix", Some(Email)),
        ] {
            assert_eq!(new(text).err(), want, "{text:?}");
        }
        assert!(new(&"abcdefgh".repeat(32)).is_ok());
        assert_eq!(new(&("abcdefgh".repeat(32) + "i")).err(), Some(TooLong));
        assert_eq!(new(&"x".repeat(1 << 20)).err(), Some(TooLong));
        // Short in bytes, long when composed: 18 characters of one.
        assert_eq!(new(&"\u{fdfa}".repeat(20)).err(), Some(TooLong));
    }

    #[test]
    fn short_names_are_allowed_but_whole_addresses_are_not() {
        let email = EmailAddress::parse("bob@example.com").expect("address");
        assert!(NewPassword::new("bobsledding7", &email).is_ok());
        assert_eq!(
            NewPassword::new("BOB@example.com", &email).err(),
            Some(WeakPassword::Email)
        );
    }

    #[test]
    fn the_list_can_be_met() {
        for text in common::COMMON {
            assert!(
                text.chars().count() >= MIN_CHARS,
                "{text} is refused for its length"
            );
            assert_eq!(text, &text.to_lowercase(), "{text} is never looked for");
        }
        assert!(common::COMMON.len() >= 200, "{}", common::COMMON.len());
        let mut sorted = common::COMMON.to_vec();
        sorted.sort_unstable();
        assert!(
            sorted.windows(2).all(|two| two[0] != two[1]),
            "twice the same"
        );
    }
}
