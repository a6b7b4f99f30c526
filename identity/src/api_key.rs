//! API keys: what a program of the user's says to be let in.

use crate::{digits::Digits, random::NoRandomness, secret::Secret, token::TokenHash};
use sha2::{Digest, Sha256};
use std::{fmt, str::FromStr};
use zeroize::Zeroizing;

/// What a key looks like, for the scanners that look for lost secrets in public code.
pub const PATTERN: &str = "phx_[0-9a-hjkmnp-tv-z]{8}_[0-9a-hjkmnp-tv-z]{52}_[0-9a-hjkmnp-tv-z]{6}";

const LENGTH: usize = 4 + 8 + 1 + 52 + 1 + 6;
/// Where the second underscore and the check digits are.
const CHECKED: usize = LENGTH - 7;

/// `phx_<prefix>_<secret>_<check>`, in small letters of base 32: a prefix of 8 digits that may be
/// shown so that its owner knows it in a list, 52 digits (260 random bits) that may not, and 6
/// digits by which a mistyped key is told from an unknown one without asking the database.
#[derive(Clone)]
pub struct ApiKey(Zeroizing<String>);

/// Why a text is no API key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadApiKey {
    /// It does not look like one.
    #[error("this is no API key")]
    Shape,
    /// It looks like one but was mistyped: the check digits do not fit.
    #[error("the API key is mistyped")]
    Check,
}

impl ApiKey {
    /// A new one.
    pub fn generate() -> Result<Self, NoRandomness> {
        Ok(Self::from_digits(&Digits::random()?, &Digits::random()?))
    }

    /// One of given bytes, of which each gives its lowest five bits.
    pub fn from_bytes(prefix: [u8; 8], secret: [u8; 52]) -> Self {
        Self::from_digits(&Digits::from_bytes(&prefix), &Digits::from_bytes(&secret))
    }

    fn from_digits(prefix: &Digits<8>, secret: &Digits<52>) -> Self {
        // Its full length at once: a text that grows leaves copies behind.
        let mut text = Zeroizing::new(String::with_capacity(LENGTH));
        text.push_str("phx_");
        text.extend(prefix.lower());
        text.push('_');
        text.extend(secret.lower());
        let check = check(&text);
        text.push('_');
        text.extend(check.lower());
        Self(text)
    }

    /// The part that may be shown: 8 characters. Unique only by chance (40 bits); find a key by its
    /// [`hash`](Self::hash).
    pub fn prefix(&self) -> &str {
        self.0.get(4..12).unwrap_or_default()
    }

    /// The whole key, to be shown once.
    pub fn text(&self) -> Secret<String> {
        Secret::new(self.0.to_string())
    }

    /// What the database keeps. Plain SHA-256 is enough for 260 random bits, as for a
    /// [`Token`](crate::Token).
    pub fn hash(&self) -> TokenHash {
        TokenHash::from_bytes(Sha256::digest(self.0.as_bytes()).into())
    }
}

/// 30 bits of SHA-256: one mistyped key in a thousand million passes, and is then merely unknown.
fn check(text: &str) -> Digits<6> {
    let [a, b, c, d, e, f, ..]: [u8; 32] = Sha256::digest(text.as_bytes()).into();
    Digits::from_bytes(&[a, b, c, d, e, f])
}

impl FromStr for ApiKey {
    type Err = BadApiKey;
    /// Reads exactly what [`text`](Self::text) writes, but for white space around it.
    fn from_str(text: &str) -> Result<Self, BadApiKey> {
        let text = text.trim();
        let mut parts = text.split('_');
        let (Some("phx"), Some(prefix), Some(secret), Some(given), None) = (
            parts.next(),
            parts.next(),
            parts.next(),
            parts.next(),
            parts.next(),
        ) else {
            return Err(BadApiKey::Shape);
        };
        Digits::<8>::strict(prefix).ok_or(BadApiKey::Shape)?;
        Digits::<52>::strict(secret).ok_or(BadApiKey::Shape)?;
        let given = Digits::<6>::strict(given).ok_or(BadApiKey::Shape)?;
        if check(text.get(..CHECKED).ok_or(BadApiKey::Shape)?) != given {
            return Err(BadApiKey::Check);
        }
        Ok(Self(Zeroizing::new(text.to_owned())))
    }
}

impl PartialEq for ApiKey {
    fn eq(&self, other: &Self) -> bool {
        // The hash compares in constant time.
        self.hash() == other.hash()
    }
}

impl Eq for ApiKey {}

/// Says the prefix only.
impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ApiKey({})", self.prefix())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::{prelude::*, string::string_regex};

    fn fixed() -> ApiKey {
        ApiKey::from_bytes([10, 11, 12, 13, 14, 15, 16, 17], [31; 52])
    }

    #[test]
    fn its_parts_and_what_logs_say() {
        let key = fixed();
        let text = key.text();
        let text = text.reveal();
        assert_eq!(text.len(), LENGTH);
        assert!(
            text.starts_with(&format!("phx_abcdefgh_{}_", "z".repeat(52))),
            "{text}"
        );
        assert_eq!(key.prefix(), "abcdefgh");
        assert_eq!(format!("{key:?}"), "ApiKey(abcdefgh)");
        assert_eq!(format!(" {text}\n").parse(), Ok(key));
    }

    #[test]
    fn a_published_key_stays_readable() {
        // Written down once, by another program: a changed check or alphabet would shut out every key there is.
        let text = fixed().text().reveal().clone();
        assert_eq!(&text[66..], PINNED);
    }
    const PINNED: &str = "h3zfqt";

    #[test]
    fn two_are_never_the_same() {
        let (a, b) = (
            ApiKey::generate().expect("a"),
            ApiKey::generate().expect("b"),
        );
        assert_ne!(a, b);
        assert_ne!(a.prefix(), b.prefix());
    }

    #[test]
    fn other_shapes_are_refused() {
        let text = fixed().text().reveal().clone();
        for text in [
            "",
            "phx",
            "phx___",
            &text[1..],
            &text[..LENGTH - 1],
            &(text.clone() + "0"),
            &(text.clone() + "_"),
            &text.to_uppercase(),
            &text.replace("phx", "phy"),
            &text.replace('_', "-"),
            &text.replacen('z', "u", 1),
            &text.replacen('z', "é", 1),
            &text.replacen('z', "", 1),
        ] {
            assert_eq!(text.parse::<ApiKey>(), Err(BadApiKey::Shape), "{text}");
        }
    }

    proptest! {
        #[test]
        fn it_reads_back(prefix in any::<[u8; 8]>(), secret in any::<[[u8; 26]; 2]>()) {
            let mut bytes = [0; 52];
            bytes.copy_from_slice(secret.as_flattened());
            let key = ApiKey::from_bytes(prefix, bytes);
            let read: ApiKey = key.text().reveal().parse().expect("key");
            prop_assert_eq!(read.hash(), key.hash());
            prop_assert_eq!(read.prefix(), key.prefix());
        }

        #[test]
        fn one_wrong_digit_is_a_mistyped_key(place in 4..LENGTH, digit in "[0-9a-hjkmnp-tv-z]") {
            let text = fixed().text().reveal().clone();
            prop_assume!(&text[place..=place] != "_" && text[place..=place] != digit);
            let mut wrong = text;
            wrong.replace_range(place..=place, &digit);
            prop_assert_eq!(wrong.parse::<ApiKey>(), Err(BadApiKey::Check));
        }

        #[test]
        fn what_has_the_pattern_has_the_shape(text in string_regex(PATTERN).expect("pattern")) {
            prop_assert_ne!(text.parse::<ApiKey>(), Err(BadApiKey::Shape));
        }

        #[test]
        fn no_text_panics(text in any::<String>()) {
            prop_assert_eq!(text.parse::<ApiKey>(), Err(BadApiKey::Shape));
        }
    }
}
