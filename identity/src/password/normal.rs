//! The form in which a password is looked at, whatever the keyboard.

use super::MAX_BYTES;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// The greatest length of what is looked at before it is normalised, in bytes. It is longer than
/// [`MAX_BYTES`] because the same text may be longer in another form of Unicode, and whoever chose a
/// password on one device must be able to type it on another.
pub(super) const MAX_TYPED: usize = 4 * MAX_BYTES;

/// The text in form NFKC, unless it is longer than any password can be.
pub(super) fn normal(text: &str) -> Option<Zeroizing<String>> {
    if text.len() > MAX_TYPED {
        return None;
    }
    // Room for the worst case at once (NFKC makes one character of three bytes into 18 of 33): a
    // text that grows leaves copies behind.
    let mut normal = Zeroizing::new(String::with_capacity(11 * text.len()));
    normal.extend(text.nfkc());
    Some(normal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::password::{Cost, PasswordHash, tests::new};

    #[test]
    fn keyboards_agree() {
        let hash = PasswordHash::make(
            &new("caf\u{e9} ol\u{e9} tubruk").expect("good"),
            Cost::LEAST,
        )
        .expect("hash");
        assert!(hash.verify("cafe\u{301} ole\u{301} tubruk", Cost::LEAST).ok);
        assert!(!hash.verify("cafe ole tubruk", Cost::LEAST).ok);
        // The longest there is, typed in its longest form.
        let long = "\u{1e17}\u{1e53}\u{1e09}\u{1e65}".repeat(21);
        let hash = PasswordHash::make(&new(&long).expect("good"), Cost::LEAST).expect("hash");
        let typed: String = long.nfkd().collect();
        assert!(typed.len() > MAX_BYTES && hash.verify(&typed, Cost::LEAST).ok);
    }
}
