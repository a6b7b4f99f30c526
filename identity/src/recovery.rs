//! Recovery codes: the way in when the phone with the authenticator is lost.

use crate::{
    digits::Digits,
    keyed::HashKey,
    random::{NoRandomness, fill},
    secret::Secret,
    token::TokenHash,
};
use std::{fmt, str::FromStr};
use zeroize::Zeroizing;

/// How many are made at once.
pub const COUNT: usize = 10;

/// Ten digits of base 32, 50 random bits, written `abcde-fghjk`. Each is good once, in place of a
/// code of the authenticator and beside the password, never without it.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryCode(Digits<10>);

/// The text is not that of a recovery code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no recovery code")]
pub struct NoRecoveryCode;

impl RecoveryCode {
    /// A new one.
    pub fn generate() -> Result<Self, NoRandomness> {
        Digits::random().map(Self)
    }

    /// A new sheet of them.
    pub fn sheet() -> Result<[Self; COUNT], NoRandomness> {
        let mut bytes = Zeroizing::new([[0; 10]; COUNT]);
        fill(bytes.as_flattened_mut())?;
        Ok(bytes.map(Self::from_bytes))
    }

    /// One of given bytes, of which each gives its lowest five bits.
    pub fn from_bytes(bytes: [u8; 10]) -> Self {
        Self(Digits::from_bytes(&bytes))
    }

    /// As it is shown: `abcde-fghjk`.
    pub fn text(&self) -> Secret<String> {
        let mut text = String::with_capacity(11);
        for (i, digit) in self.0.lower().enumerate() {
            if i == 5 {
                text.push('-');
            }
            text.push(digit);
        }
        Secret::new(text)
    }

    /// What the database keeps, for the account of this id.
    ///
    /// HMAC-SHA-256 with a key outside the database, not Argon2. At our door, attempts are throttled
    /// ([`Policy`](crate::Policy): four an hour once slow), and ten codes among 2^50 take longer to
    /// meet than there is time. In a stolen database, the codes cannot be tried without the key;
    /// who has the key as well can open the sealed secret of the authenticator beside them, so a
    /// slow hash would guard a door next to a hole, at ten times 25 ms a sign-in.
    pub fn hash(&self, key: &HashKey, account: &[u8; 16]) -> TokenHash {
        key.hash("recovery", account, self.0.values())
    }
}

impl FromStr for RecoveryCode {
    type Err = NoRecoveryCode;
    /// Forgives what a person does: either case, spaces, hyphens, O for 0, I and L for 1.
    fn from_str(text: &str) -> Result<Self, NoRecoveryCode> {
        Digits::forgiving(text).map(Self).ok_or(NoRecoveryCode)
    }
}

/// The secret stays out of logs.
impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCode(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_sheet_has_ten_different_codes() {
        let sheet = RecoveryCode::sheet().expect("sheet");
        let mut texts = sheet.clone().map(|code| code.text().reveal().clone());
        texts.sort_unstable();
        assert!(texts.windows(2).all(|two| two[0] != two[1]));
        assert!(!format!("{sheet:?}").contains(&texts[0]));
        assert_eq!(format!("{:?}", sheet[0]), "RecoveryCode(..)");
    }

    #[test]
    fn it_is_read_however_typed() {
        let code = RecoveryCode::from_bytes([10, 0, 12, 1, 31, 15, 16, 17, 18, 19]);
        assert_eq!(code.text().reveal(), "a0c1z-fghjk");
        for text in ["a0c1z-fghjk", "AOCIZFGHJK", " aoclz fghjk\n"] {
            assert_eq!(text.parse(), Ok(code.clone()), "{text}");
        }
        for text in [
            "",
            "a0c1z-fghj",
            "a0c1z-fghjkk",
            "a0c1z-fghju",
            "a0c1z-fghjé",
        ] {
            assert_eq!(text.parse::<RecoveryCode>(), Err(NoRecoveryCode), "{text}");
        }
    }

    #[test]
    fn a_hash_is_one_accounts_and_one_kinds() {
        let key = HashKey::from_bytes([9; 32]);
        let code = RecoveryCode::from_bytes([5; 10]);
        assert_ne!(code.hash(&key, &[1; 16]), code.hash(&key, &[2; 16]));
        assert_ne!(
            code.hash(&key, &[1; 16]),
            code.hash(&HashKey::from_bytes([8; 32]), &[1; 16])
        );
    }

    proptest! {
        #[test]
        fn it_reads_back(bytes in any::<[u8; 10]>(), digit in 0..10_usize, change in 1..32_u8) {
            let code = RecoveryCode::from_bytes(bytes);
            prop_assert_eq!(code.text().reveal().parse(), Ok(code.clone()));
            let mut other = bytes;
            other[digit] ^= change;
            let key = HashKey::from_bytes([9; 32]);
            prop_assert_ne!(RecoveryCode::from_bytes(other).hash(&key, &[1; 16]), code.hash(&key, &[1; 16]));
        }
    }
}
