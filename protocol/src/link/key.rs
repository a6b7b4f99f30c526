//! The pairing secret, and the keys of a connection that follow from it.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fmt;

/// Bytes of a secret, a nonce, a key and a signature.
pub const LENGTH: usize = 32;

const TERMINAL: &[u8] = b"phoenix-link-1 terminal";
const EXECUTOR: &[u8] = b"phoenix-link-1 executor";

/// What one side of a connection adds to its keys: 32 random bytes, never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Nonce(pub [u8; LENGTH]);

/// What executor and Expert Advisor both know, and nobody else. It is never logged: its `Debug`
/// says nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret([u8; LENGTH]);

/// The text is no pairing secret. It is not repeated here: it may be nearly one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the pairing secret must be 64 hexadecimal digits")]
pub struct BadSecret;

impl Secret {
    /// A secret of these bytes, which must be random.
    pub const fn new(bytes: [u8; LENGTH]) -> Self {
        Self(bytes)
    }

    /// Reads 64 hexadecimal digits, as in `Phoenix/link.key`. White space around them, such as the
    /// line's end that an editor adds, is passed over.
    ///
    /// # Errors
    /// When the text is anything else.
    pub fn from_hex(text: &str) -> Result<Self, BadSecret> {
        let digits = text.trim().as_bytes();
        if digits.len() != 2 * LENGTH {
            return Err(BadSecret);
        }
        let mut bytes = [0; LENGTH];
        let (pairs, _) = digits.as_chunks::<2>();
        for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
            *byte = digit(*high)? << 4 | digit(*low)?;
        }
        Ok(Self(bytes))
    }

    /// The 64 digits for `Phoenix/link.key`.
    pub fn to_hex(&self) -> String {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let digit = |place: u8| char::from(DIGITS[usize::from(place & 15)]);
        let digits = self.0.iter().flat_map(|b| [digit(b >> 4), digit(*b)]);
        digits.collect()
    }

    /// The key of `Hello`.
    pub fn hello_key(&self) -> Key {
        Key::new(&self.0)
    }

    /// The key of all that the terminal sends after `Hello`.
    pub fn terminal_key(&self, terminal: &Nonce, executor: &Nonce) -> Key {
        self.derive(TERMINAL, terminal, executor)
    }

    /// The key of all that the executor sends.
    pub fn executor_key(&self, terminal: &Nonce, executor: &Nonce) -> Key {
        self.derive(EXECUTOR, terminal, executor)
    }

    /// Both nonces go into each key, so that neither side can be made to repeat one; the words
    /// differ, so that no message can be sent back to where it came from.
    fn derive(&self, words: &[u8], terminal: &Nonce, executor: &Nonce) -> Key {
        Key::new(&self.hello_key().sign(&[words, &terminal.0, &executor.0]))
    }
}

fn digit(letter: u8) -> Result<u8, BadSecret> {
    match letter {
        b'0'..=b'9' => Ok(letter - b'0'),
        b'a'..=b'f' => Ok(letter - b'a' + 10),
        b'A'..=b'F' => Ok(letter - b'A' + 10),
        _ => Err(BadSecret),
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

/// The key of one direction. Its two padded blocks are hashed already: signing a message costs its
/// own bytes only.
#[derive(Clone)]
pub struct Key(Hmac<Sha256>);

impl Key {
    fn new(bytes: &[u8; LENGTH]) -> Self {
        // A block of SHA-256 is 64 bytes: shorter keys are filled up with zeros (RFC 2104).
        let mut block = [0; 64];
        block[..LENGTH].copy_from_slice(bytes);
        Self(Hmac::new((&block).into()))
    }

    /// The signature of the parts, one after another.
    pub fn sign(&self, parts: &[&[u8]]) -> [u8; LENGTH] {
        let mut mac = self.0.clone();
        parts.iter().for_each(|part| mac.update(part));
        mac.finalize().into_bytes().into()
    }

    /// Whether this is the signature of the bytes. Takes the same time wherever they differ.
    pub fn has_signed(&self, bytes: &[u8], signature: &[u8]) -> bool {
        let mut mac = self.0.clone();
        mac.update(bytes);
        mac.verify_slice(signature).is_ok()
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_reads_back_and_stays_hidden() {
        let secret = Secret::new(std::array::from_fn(|i| i as u8 * 7));
        let text = secret.to_hex();
        assert_eq!(text.len(), 64);
        assert_eq!(Secret::from_hex(&text), Ok(secret.clone()));
        let upper = format!(" {}\r\n", text.to_uppercase());
        assert_eq!(Secret::from_hex(&upper), Ok(secret.clone()));
        assert_eq!(format!("{secret:?}"), "Secret(..)");
        for bad in ["", "00", &text[1..], &format!("{text}0"), &"g".repeat(64)] {
            assert_eq!(Secret::from_hex(bad), Err(BadSecret));
        }
    }

    /// RFC 4231, test case 2 has a short key; ours are 32 bytes, so case 1 is stretched to it: a
    /// key of 20 bytes 0x0b and 12 zeros is the same HMAC key.
    #[test]
    fn signs_as_the_rfc_does() {
        let mut key = [0; LENGTH];
        key[..20].fill(0x0b);
        let signature = Key::new(&key).sign(&[b"Hi ", b"There"]);
        assert_eq!(
            Secret::new(signature).to_hex(),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        );
        assert!(Key::new(&key).has_signed(b"Hi There", &signature));
        assert!(!Key::new(&key).has_signed(b"Hi There", &signature[..31]));
        assert!(!Key::new(&key).has_signed(b"Hi there", &signature));
    }

    #[test]
    fn every_part_changes_the_key() {
        let [a, b] = [Nonce([1; LENGTH]), Nonce([2; LENGTH])];
        let secret = Secret::new([3; LENGTH]);
        let sign = |key: Key| key.sign(&[]);
        let all = [
            sign(secret.hello_key()),
            sign(secret.terminal_key(&a, &b)),
            sign(secret.executor_key(&a, &b)),
            sign(secret.terminal_key(&b, &a)),
            sign(Secret::new([4; LENGTH]).terminal_key(&a, &b)),
        ];
        let distinct: std::collections::BTreeSet<_> = all.iter().collect();
        assert_eq!(distinct.len(), all.len());
    }
}
