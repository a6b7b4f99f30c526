//! Whose a row is: an account's, or a visitor's who has none and is known by a cookie.

use protocol::id::AccountId;
use sha2::{Digest, Sha256};
use std::{fmt, str::FromStr};
use uuid::{Builder, Uuid};

/// Whoever owns rows. An account's id is a version 7 UUID and a visitor's a version 8: neither can
/// be taken for the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Owner {
    /// A browser without an account.
    Visitor(Uuid),
    /// Somebody who signed in.
    Account(AccountId),
}

impl Owner {
    /// What stands in the rows.
    pub(crate) fn id(self) -> Uuid {
        match self {
            Self::Visitor(id) => id,
            Self::Account(id) => id.0,
        }
    }
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.id().fmt(f)
    }
}

/// A browser without an account. What its cookie says is a secret: whoever knows it, is it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Visitor([u8; 32]);

/// The text is not that of a visitor's cookie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no visitor's name")]
pub struct NoVisitor;

impl Visitor {
    /// Somebody new. 244 random bits from the system.
    pub fn new() -> Self {
        let mut secret = [0; 32];
        secret[..16].copy_from_slice(Uuid::new_v4().as_bytes());
        secret[16..].copy_from_slice(Uuid::new_v4().as_bytes());
        Self(secret)
    }

    /// What the cookie says.
    pub fn cookie(&self) -> String {
        let [a, b] = [&self.0[..16], &self.0[16..]].map(|half| {
            Uuid::from_slice(half).map_or_else(|_| String::new(), |half| half.simple().to_string())
        });
        a + &b
    }

    /// The owner of this visitor's rows. Made from a hash, so that who reads the database cannot
    /// make the cookie.
    pub fn owner(&self) -> Owner {
        let hash = Sha256::digest(self.0);
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hash[..16]);
        Owner::Visitor(Builder::from_custom_bytes(bytes).into_uuid())
    }
}

impl Default for Visitor {
    fn default() -> Self {
        Self::new()
    }
}

/// The secret stays out of logs.
impl fmt::Debug for Visitor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Visitor({})", self.owner())
    }
}

impl FromStr for Visitor {
    type Err = NoVisitor;
    fn from_str(cookie: &str) -> Result<Self, NoVisitor> {
        let (a, b) = cookie.split_at_checked(32).ok_or(NoVisitor)?;
        let mut secret = [0; 32];
        for (half, place) in [(a, 0), (b, 16)] {
            if half.len() != 32 {
                return Err(NoVisitor);
            }
            let half = Uuid::try_parse(half).map_err(|_| NoVisitor)?;
            secret[place..place + 16].copy_from_slice(half.as_bytes());
        }
        Ok(Self(secret))
    }
}

#[cfg(test)]
mod tests {
    use super::Visitor;

    #[test]
    fn a_cookie_reads_back_and_hides_the_owner() {
        let visitor = Visitor::new();
        let cookie = visitor.cookie();
        assert_eq!(cookie.len(), 64);
        assert_eq!(cookie.parse(), Ok(visitor));
        assert_ne!(Visitor::new().owner(), visitor.owner());
        assert!(!cookie.contains(&visitor.owner().id().simple().to_string()));
        assert!(!format!("{visitor:?}").contains(&cookie));
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            "x",
            &"g".repeat(64),
            &"0".repeat(63),
            &"0".repeat(65),
            "é".repeat(32).as_str(),
        ] {
            assert!(text.parse::<Visitor>().is_err(), "{text}");
        }
    }
}
