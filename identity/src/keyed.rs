//! Hashing with a key that is not in the database: for codes that are short enough to type.

use crate::token::TokenHash;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fmt;
use zeroize::Zeroizing;

/// The server's key for the hashes of short codes. [`SealKey::hash_key`](crate::SealKey::hash_key)
/// makes it.
///
/// A code of 40 or 50 bits is safe from guessing at our door, where attempts are counted, but not
/// in a stolen database: a graphics card tries 2^40 SHA-256 in minutes and 2^50 in a day. Hashed
/// with a key that the thief has not, it cannot be tried at all.
#[derive(Clone)]
pub struct HashKey(Zeroizing<[u8; 32]>);

impl HashKey {
    /// A key of given bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// HMAC-SHA-256 over what kind of code it is, whose, and its digits. A code of one kind or
    /// person never has the hash of another's.
    ///
    /// A nought ends the kind and the code comes last with a length fixed by its kind, so no two
    /// inputs run together to the same bytes.
    pub(crate) fn hash(&self, kind: &str, whose: &[u8], code: &[u8]) -> TokenHash {
        TokenHash::from_bytes(hmac_sha256(&self.0, &[kind.as_bytes(), &[0], whose, code]))
    }
}

impl fmt::Debug for HashKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HashKey(..)")
    }
}

/// HMAC-SHA-256 (RFC 2104) over the parts, one after another.
pub(crate) fn hmac_sha256(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    // HMAC fills a key that is shorter than a block of 64 bytes with noughts. Doing it here spares
    // an error that cannot be.
    let mut block = Zeroizing::new([0; 64]);
    block[..32].copy_from_slice(key);
    let mut mac = <Hmac<Sha256> as KeyInit>::new((&*block).into());
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use data_encoding::HEXLOWER;

    #[test]
    fn rfc_4231_case_1_and_a_key_of_our_length() {
        // The RFC's key has 20 bytes; filled with noughts to 32 it is the same key.
        let mut key = [0; 32];
        key[..20].fill(0x0b);
        assert_eq!(
            HEXLOWER.encode(&hmac_sha256(&key, &[b"Hi ", b"There"])),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        );
    }

    #[test]
    fn key_kind_owner_and_code_all_count() {
        let key = HashKey::from_bytes([1; 32]);
        let hash = key.hash("kind", b"whose", b"code");
        assert_eq!(hash, key.hash("kind", b"whose", b"code"));
        assert_ne!(
            hash,
            HashKey::from_bytes([2; 32]).hash("kind", b"whose", b"code")
        );
        assert_ne!(hash, key.hash("kinf", b"whose", b"code"));
        assert_ne!(hash, key.hash("kind", b"whosf", b"code"));
        assert_ne!(hash, key.hash("kind", b"whose", b"codf"));
        assert_ne!(hash, key.hash("kindw", b"hose", b"code"));
        assert_eq!(format!("{key:?}"), "HashKey(..)");
    }
}
