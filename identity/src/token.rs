//! One-time tokens: what stands in the link of a letter, or in a device's memory once it is paired.

use crate::{
    random::{NoRandomness, random},
    secret::Secret,
};
use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};
use std::{fmt, str::FromStr};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// 256 random bits: whoever has them, is let in. The database keeps [`hash`](Self::hash) only.
#[derive(Clone)]
pub struct Token(Zeroizing<[u8; 32]>);

/// The text is not that of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no token")]
pub struct NoToken;

impl Token {
    /// A new one.
    pub fn generate() -> Result<Self, NoRandomness> {
        random().map(Self)
    }

    /// One of given bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// 43 characters that need no escaping in an address (base64url of RFC 4648, no padding).
    pub fn text(&self) -> Secret<String> {
        Secret::new(BASE64URL_NOPAD.encode(self.0.as_slice()))
    }

    /// What the database keeps. Plain SHA-256 is enough: the slow hashes make guessing dear, and
    /// 256 random bits cannot be guessed at any price.
    pub fn hash(&self) -> TokenHash {
        TokenHash(Sha256::digest(self.0.as_slice()).into())
    }
}

impl FromStr for Token {
    type Err = NoToken;
    /// Reads exactly what [`text`](Self::text) writes: each token has one spelling.
    fn from_str(text: &str) -> Result<Self, NoToken> {
        if text.len() != 43 {
            return Err(NoToken);
        }
        let bytes = Zeroizing::new(
            BASE64URL_NOPAD
                .decode(text.as_bytes())
                .map_err(|_| NoToken)?,
        );
        bytes
            .as_slice()
            .try_into()
            .map(Self::from_bytes)
            .map_err(|_| NoToken)
    }
}

impl PartialEq for Token {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_slice().ct_eq(other.0.as_slice()).into()
    }
}

impl Eq for Token {}

/// The secret stays out of logs.
impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(..)")
    }
}

/// What the database keeps in place of a secret. Comparing two takes the same time however much of
/// them agrees.
#[derive(Clone, Copy)]
pub struct TokenHash([u8; 32]);

impl TokenHash {
    /// From the database.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// From the database; `None` unless there are 32 bytes.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// For the database.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl PartialEq for TokenHash {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl Eq for TokenHash {}

/// No secret for a token, but one for shorter codes.
impl fmt::Debug for TokenHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenHash(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_known_token() {
        let token = Token::from_bytes([0; 32]);
        assert_eq!(token.text().reveal(), &"A".repeat(43));
        // `head -c 32 /dev/zero | sha256sum`
        assert_eq!(
            data_encoding::HEXLOWER.encode(token.hash().as_bytes()),
            "66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925"
        );
    }

    #[test]
    fn two_are_never_the_same_and_logs_do_not_know_them() {
        let (a, b) = (Token::generate().expect("a"), Token::generate().expect("b"));
        assert_ne!(a, b);
        assert_ne!(a.hash(), b.hash());
        assert_eq!(format!("{a:?} {:?}", a.hash()), "Token(..) TokenHash(..)");
    }

    #[test]
    fn a_hash_comes_from_32_bytes() {
        let hash = Token::from_bytes([7; 32]).hash();
        assert_eq!(TokenHash::from_slice(hash.as_bytes()), Some(hash));
        assert_eq!(TokenHash::from_bytes(*hash.as_bytes()), hash);
        assert_eq!(TokenHash::from_slice(&hash.as_bytes()[..31]), None);
        assert_eq!(TokenHash::from_slice(&[0; 33]), None);
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            &"A".repeat(42),
            &"A".repeat(44),
            // The last two bits must be nought, or a token would have four spellings.
            &("A".repeat(42) + "B"),
            &("A".repeat(42) + "="),
            &("A".repeat(42) + "+"),
            &("A".repeat(42) + " "),
            &("A".repeat(41) + "é"),
        ] {
            assert_eq!(text.parse::<Token>(), Err(NoToken), "{text}");
        }
    }

    proptest! {
        #[test]
        fn it_reads_back(bytes in any::<[u8; 32]>()) {
            let token = Token::from_bytes(bytes);
            prop_assert_eq!(token.text().reveal().parse(), Ok(token.clone()));
        }

        #[test]
        fn one_bit_makes_another(bytes in any::<[u8; 32]>(), bit in 0..256_usize) {
            let mut other = bytes;
            other[bit / 8] ^= 1 << (bit % 8);
            let (a, b) = (Token::from_bytes(bytes), Token::from_bytes(other));
            prop_assert_ne!(a.hash(), b.hash());
            prop_assert_ne!(a, b);
        }

        #[test]
        fn no_text_panics(text in any::<String>()) {
            let _ = text.parse::<Token>();
        }
    }
}
