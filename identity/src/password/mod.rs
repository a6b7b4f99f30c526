//! Passwords: which are good enough, and how they are kept.
//!
//! The policy follows NIST SP 800-63B, 5.1.1.2: a length, a list of what everybody uses, and no
//! rules about capitals and digits, which only make people write `Password1!`.

mod common;
mod cost;
mod hash;
mod normal;
mod policy;

pub use cost::Cost;
pub use hash::{BadHash, HashingFailed, PasswordHash, Verified};
pub use policy::{MAX_BYTES, MIN_CHARS, MIN_DIFFERENT, NewPassword, WeakPassword};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::email::EmailAddress;
    use proptest::prelude::*;

    fn email() -> EmailAddress {
        EmailAddress::parse("Budi.Santoso+phoenix@example.com").expect("address")
    }

    pub(super) fn new(text: &str) -> Result<NewPassword, WeakPassword> {
        NewPassword::new(text, &email())
    }

    proptest! {
        #[test]
        fn whatever_is_accepted_lets_in(text in r"\PC{6,40}") {
            if let Ok(password) = new(&text) {
                let hash = PasswordHash::make(&password, Cost::LEAST).expect("hash");
                let read: PasswordHash = hash.phc().parse().expect("phc");
                prop_assert!(read.verify(&text, Cost::LEAST).ok);
                let longer = text + "x";
                prop_assert!(!read.verify(&longer, Cost::LEAST).ok);
            }
        }

        #[test]
        fn no_text_panics(text in any::<String>()) {
            let _ = (new(&text), text.parse::<PasswordHash>());
        }
    }
}
