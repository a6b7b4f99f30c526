//! Sealing: what the server must be able to read again and a thief of the database must not, such
//! as the secrets of authenticators and webhooks.

use crate::{
    keyed::{HashKey, hmac_sha256},
    random::{NoRandomness, random},
    secret::Secret,
};
use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead, KeyInit, Payload},
};
use data_encoding::{
    BASE64, BASE64_NOPAD, BASE64URL, BASE64URL_NOPAD, HEXLOWER, HEXLOWER_PERMISSIVE,
};
use std::fmt;
use zeroize::Zeroizing;

/// The only form there is so far: this byte, the nonce, and what XChaCha20-Poly1305
/// (draft-irtf-cfrg-xchacha-03) makes of the text, tag last.
const VERSION: u8 = 1;
const NONCE: usize = 24;
const TAG: usize = 16;

/// How many bytes sealing adds.
pub const OVERHEAD: usize = 1 + NONCE + TAG;

/// The key of all that is sealed. It lives in a file beside the server, never in the database.
#[derive(Clone)]
pub struct SealKey(Zeroizing<[u8; 32]>);

/// Why a text is no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadSealKey {
    /// It is neither 64 characters of hexadecimal nor 32 bytes in base64.
    #[error("a key is 32 bytes in hexadecimal or base64")]
    Shape,
    /// All its bytes are alike: somebody filled in a form instead of making a key.
    #[error("this key was not made by chance")]
    Weak,
}

/// Why something cannot be sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CannotSeal {
    /// There is no nonce without randomness.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// It is longer than the cipher can take: 256 GiB.
    #[error("too long to be sealed")]
    TooLong,
}

/// Why something cannot be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CannotOpen {
    /// It is no sealed text, or one of a later version.
    #[error("this is no sealed text")]
    Shape,
    /// It was sealed with another key or for another place, or was changed since. Which of them
    /// cannot be known.
    #[error("the seal is broken")]
    Broken,
}

impl SealKey {
    /// A new one.
    pub fn generate() -> Result<Self, NoRandomness> {
        random().map(Self)
    }

    /// A key of given bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Reads a key file's text: hexadecimal or base64 of either alphabet, padded or not, with white
    /// space around it.
    pub fn from_text(text: &str) -> Result<Self, BadSealKey> {
        let text = text.trim().as_bytes();
        let encodings = match text.len() {
            64 => &[HEXLOWER_PERMISSIVE][..],
            43 => &[BASE64_NOPAD, BASE64URL_NOPAD],
            44 => &[BASE64, BASE64URL],
            _ => return Err(BadSealKey::Shape),
        };
        let bytes = encodings
            .iter()
            .find_map(|encoding| encoding.decode(text).ok())
            .map(Zeroizing::new)
            .ok_or(BadSealKey::Shape)?;
        let key: [u8; 32] = bytes.as_slice().try_into().map_err(|_| BadSealKey::Shape)?;
        if key.iter().all(|byte| *byte == key[0]) {
            return Err(BadSealKey::Weak);
        }
        Ok(Self::from_bytes(key))
    }

    /// For a key file: 64 characters of hexadecimal.
    pub fn text(&self) -> Secret<String> {
        Secret::new(HEXLOWER.encode(self.0.as_slice()))
    }

    /// The key by which short codes are hashed: another one, made from this, so that there is one
    /// file to keep.
    pub fn hash_key(&self) -> HashKey {
        HashKey::from_bytes(hmac_sha256(
            &self.0,
            &[b"phoenix: hashes of short codes, 1"],
        ))
    }

    /// Seals a text for one place: `context` says which (table, column and row, such as
    /// `totp/0190b3…`), and it opens there only, so that nobody who can write to the database can
    /// move one user's secret to another's row. The same text never looks the same twice.
    pub fn seal(&self, plain: &[u8], context: &str) -> Result<Vec<u8>, CannotSeal> {
        // 192 random bits do not meet again, so no count of nonces has to be kept.
        let nonce = random::<NONCE>()?;
        let text = self
            .cipher()
            .encrypt(
                &XNonce::from(*nonce),
                Payload {
                    msg: plain,
                    aad: &associated(context),
                },
            )
            .map_err(|_| CannotSeal::TooLong)?;
        let mut sealed = Vec::with_capacity(OVERHEAD + plain.len());
        sealed.push(VERSION);
        sealed.extend(*nonce);
        sealed.extend(text);
        Ok(sealed)
    }

    /// Opens what was sealed with this key for the same place. To change keys, try the new one,
    /// then the old.
    pub fn open(&self, sealed: &[u8], context: &str) -> Result<Secret<Vec<u8>>, CannotOpen> {
        let Some((&VERSION, rest)) = sealed.split_first() else {
            return Err(CannotOpen::Shape);
        };
        let (nonce, text) = rest.split_first_chunk::<NONCE>().ok_or(CannotOpen::Shape)?;
        if text.len() < TAG {
            return Err(CannotOpen::Shape);
        }
        self.cipher()
            .decrypt(
                &XNonce::from(*nonce),
                Payload {
                    msg: text,
                    aad: &associated(context),
                },
            )
            .map(Secret::new)
            .map_err(|_| CannotOpen::Broken)
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new((&*self.0).into())
    }
}

/// The version counts too: a text of one version must not pass for one of another.
fn associated(context: &str) -> Vec<u8> {
    [&[VERSION], context.as_bytes()].concat()
}

/// The secret stays out of logs.
impl fmt::Debug for SealKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealKey(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key() -> SealKey {
        SealKey::from_bytes(*b"0123456789abcdef0123456789abcdef")
    }

    #[test]
    fn a_text_of_yesterday_opens_today() {
        // Written down once, by another program (the draft's algorithm in forty lines of Python):
        // whoever changes the form must keep reading this one.
        let sealed = HEXLOWER.decode(PINNED.as_bytes()).expect("hex");
        assert_eq!(
            key().open(&sealed, "totp/1").expect("open").reveal(),
            b"ember"
        );
    }
    const PINNED: &str = "01404142434445464748494a4b4c4d4e4f5051525354555657043516a32bfb367f8727da1cc23ee83f3bf9849543";

    #[test]
    fn twice_the_same_looks_different() {
        let (a, b) = (
            key().seal(b"x", "c").expect("a"),
            key().seal(b"x", "c").expect("b"),
        );
        assert_ne!(a, b);
        assert_ne!(a[1..=NONCE], b[1..=NONCE]);
        assert_eq!(a.len(), 1 + OVERHEAD);
    }

    #[test]
    fn another_key_does_not_open() {
        let sealed = key().seal(b"secret", "c").expect("sealed");
        let other = SealKey::generate().expect("key");
        assert_eq!(other.open(&sealed, "c").err(), Some(CannotOpen::Broken));
        for bit in 0..256 {
            let mut bytes = *key().0;
            bytes[bit / 8] ^= 1 << (bit % 8);
            let near = SealKey::from_bytes(bytes);
            assert_eq!(
                near.open(&sealed, "c").err(),
                Some(CannotOpen::Broken),
                "bit {bit}"
            );
        }
    }

    #[test]
    fn key_files_are_read() {
        let hex = key().text();
        let hex = hex.reveal();
        let bytes = key();
        for text in [
            hex.clone(),
            hex.to_uppercase(),
            format!(" {hex}\r\n"),
            BASE64.encode(bytes.0.as_slice()),
            BASE64_NOPAD.encode(bytes.0.as_slice()),
            BASE64URL.encode(bytes.0.as_slice()),
            BASE64URL_NOPAD.encode(bytes.0.as_slice()),
        ] {
            assert_eq!(
                *SealKey::from_text(&text).expect("key").0,
                *bytes.0,
                "{text}"
            );
        }
        for text in ["", &hex[1..], &hex.replace('3', "g"), "é", &"é".repeat(32)] {
            assert_eq!(
                SealKey::from_text(text).err(),
                Some(BadSealKey::Shape),
                "{text}"
            );
        }
        assert_eq!(
            SealKey::from_text(&"00".repeat(32)).err(),
            Some(BadSealKey::Weak)
        );
        assert_eq!(
            SealKey::from_text(&"A".repeat(43)).err(),
            Some(BadSealKey::Weak)
        );
    }

    #[test]
    fn logs_do_not_know_it_and_its_offspring_is_another() {
        let key = SealKey::generate().expect("key");
        let sealed = key.seal(b"hunter2", "c").expect("sealed");
        let opened = key.open(&sealed, "c").expect("opened");
        assert_eq!(format!("{key:?} {opened:?}"), "SealKey(..) Secret(..)");
        let hash = |key: &HashKey| key.hash("k", b"", b"c");
        assert_ne!(hash(&key.hash_key()), hash(&HashKey::from_bytes(*key.0)));
        assert_eq!(hash(&key.hash_key()), hash(&key.clone().hash_key()));
    }

    proptest! {
        #[test]
        fn what_is_sealed_opens(plain in any::<Vec<u8>>(), context in any::<String>(), key in any::<[u8; 32]>()) {
            let key = SealKey::from_bytes(key);
            let sealed = key.seal(&plain, &context).expect("sealed");
            prop_assert_eq!(sealed.len(), plain.len() + OVERHEAD);
            let opened = key.open(&sealed, &context).expect("opened");
            prop_assert_eq!(opened.reveal(), &plain);
        }

        #[test]
        fn any_flipped_bit_is_found(plain in any::<[u8; 20]>(), bit in 0..(OVERHEAD + 20) * 8) {
            let mut sealed = key().seal(&plain, "totp/1").expect("sealed");
            sealed[bit / 8] ^= 1 << (bit % 8);
            let want = if bit < 8 { CannotOpen::Shape } else { CannotOpen::Broken };
            prop_assert_eq!(key().open(&sealed, "totp/1").err(), Some(want));
        }

        #[test]
        fn a_part_does_not_open(plain in any::<[u8; 20]>(), length in 0..OVERHEAD + 20) {
            let sealed = key().seal(&plain, "totp/1").expect("sealed");
            prop_assert!(key().open(&sealed[..length], "totp/1").is_err());
            let longer = [&sealed[..], &[0]].concat();
            prop_assert!(key().open(&longer, "totp/1").is_err());
        }

        #[test]
        fn another_place_does_not_open(a in any::<String>(), b in any::<String>()) {
            prop_assume!(a != b);
            let sealed = key().seal(b"secret", &a).expect("sealed");
            prop_assert_eq!(key().open(&sealed, &b).err(), Some(CannotOpen::Broken));
        }

        #[test]
        fn no_bytes_panic(bytes in any::<Vec<u8>>(), text in any::<String>()) {
            prop_assert!(key().open(&bytes, "c").is_err());
            let _ = SealKey::from_text(&text);
        }
    }
}
