//! Pairing codes: shown on one screen, typed on another.

use crate::{
    digits::Digits, keyed::HashKey, random::NoRandomness, secret::Secret, token::TokenHash,
};
use std::{fmt, str::FromStr};

/// Eight digits of base 32, 40 random bits, shown as `ABCD-EFGH`. It pairs a device with an account
/// and is worth nothing a few minutes later: its owner must let it expire, let it be used once, and
/// count attempts.
///
/// With a million codes open at once, one guess in a million would meet one of them; attempts from
/// one address are to be held to a few a minute.
#[derive(Clone, PartialEq, Eq)]
pub struct PairingCode(Digits<8>);

/// The text is not that of a pairing code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no pairing code")]
pub struct NoPairingCode;

impl PairingCode {
    /// A new one.
    pub fn generate() -> Result<Self, NoRandomness> {
        Digits::random().map(Self)
    }

    /// One of given bytes, of which each gives its lowest five bits.
    pub fn from_bytes(bytes: [u8; 8]) -> Self {
        Self(Digits::from_bytes(&bytes))
    }

    /// As it is shown: `ABCD-EFGH`.
    pub fn text(&self) -> Secret<String> {
        let mut text = String::with_capacity(9);
        for (i, digit) in self.0.upper().enumerate() {
            if i == 4 {
                text.push('-');
            }
            text.push(digit);
        }
        Secret::new(text)
    }

    /// What the database keeps, and finds it by.
    pub fn hash(&self, key: &HashKey) -> TokenHash {
        key.hash("pairing", &[], self.0.values())
    }
}

impl FromStr for PairingCode {
    type Err = NoPairingCode;
    /// Forgives what a person does: either case, spaces, hyphens, O for 0, I and L for 1.
    fn from_str(text: &str) -> Result<Self, NoPairingCode> {
        Digits::forgiving(text).map(Self).ok_or(NoPairingCode)
    }
}

/// The secret stays out of logs.
impl fmt::Debug for PairingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PairingCode(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn it_is_shown_in_two_groups_and_read_however_typed() {
        let code = PairingCode::from_bytes([10, 0, 12, 1, 255, 15, 16, 17]);
        assert_eq!(code.text().reveal(), "A0C1-ZFGH");
        for text in [
            "A0C1-ZFGH",
            "a0c1zfgh",
            "AOCI ZFGH",
            " aocl - zfgh ",
            "A 0 C 1 Z F G H",
        ] {
            assert_eq!(text.parse(), Ok(code.clone()), "{text}");
        }
        for text in ["", "A0C1-ZFG", "A0C1-ZFGHH", "A0C1-ZFGU", "A0C1/ZFGH"] {
            assert_eq!(text.parse::<PairingCode>(), Err(NoPairingCode), "{text}");
        }
        assert_eq!(format!("{code:?}"), "PairingCode(..)");
    }

    #[test]
    fn no_two_are_the_same() {
        let mut codes: Vec<_> = (0..1_000)
            .filter_map(|_| PairingCode::generate().ok())
            .map(|code| code.text().reveal().clone())
            .collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), 1_000);
    }

    proptest! {
        #[test]
        fn it_reads_back_and_hashes_by_key(bytes in any::<[u8; 8]>(), digit in 0..8_usize, change in 1..32_u8) {
            let code = PairingCode::from_bytes(bytes);
            let read: PairingCode = code.text().reveal().parse().expect("code");
            let key = HashKey::from_bytes([3; 32]);
            prop_assert_eq!(read.hash(&key), code.hash(&key));
            prop_assert_ne!(code.hash(&HashKey::from_bytes([4; 32])), code.hash(&key));
            let mut other = bytes;
            other[digit] ^= change;
            prop_assert_ne!(PairingCode::from_bytes(other).hash(&key), code.hash(&key));
        }
    }
}
