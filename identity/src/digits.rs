//! Douglas Crockford's base 32 (<https://www.crockford.com/base32.html>): the alphabet of every code
//! that a person may have to read and type. It has no I, L, O and U; who types an I or L meant 1,
//! and who types an O meant 0, so forgiving them is never ambiguous.

use crate::random::{NoRandomness, random};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

const UPPER: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// `N` digits of five bits each.
#[derive(Clone)]
pub(crate) struct Digits<const N: usize>(Zeroizing<[u8; N]>);

impl<const N: usize> Digits<N> {
    /// Random ones.
    pub(crate) fn random() -> Result<Self, NoRandomness> {
        random().map(|bytes| Self::from_bytes(&bytes))
    }

    /// One digit from each byte: its lowest five bits, so that even bytes give even digits.
    pub(crate) fn from_bytes(bytes: &[u8; N]) -> Self {
        Self(Zeroizing::new(bytes.map(|byte| byte & 31)))
    }

    /// The values, each less than 32.
    pub(crate) fn values(&self) -> &[u8; N] {
        &self.0
    }

    /// In capitals.
    pub(crate) fn upper(&self) -> impl Iterator<Item = char> {
        self.0
            .iter()
            .map(|&digit| UPPER[usize::from(digit & 31)].into())
    }

    /// In small letters.
    pub(crate) fn lower(&self) -> impl Iterator<Item = char> {
        self.upper().map(|c| c.to_ascii_lowercase())
    }

    /// Reads what a person typed: either case, look-alikes, with white space and hyphens of any
    /// kind anywhere.
    pub(crate) fn forgiving(text: &str) -> Option<Self> {
        Self::collect(text.chars().filter(|c| !is_gap(*c)).map(forgive))
    }

    /// Reads exactly what [`lower`](Self::lower) writes, and nothing else.
    pub(crate) fn strict(text: &str) -> Option<Self> {
        Self::collect(text.chars().map(|c| {
            if c.is_ascii_uppercase() {
                None
            } else {
                value(c)
            }
        }))
    }

    fn collect(values: impl Iterator<Item = Option<u8>>) -> Option<Self> {
        let mut digits = Zeroizing::new([0; N]);
        let mut length = 0;
        for value in values {
            *digits.get_mut(length)? = value?;
            length += 1;
        }
        (length == N).then_some(Self(digits))
    }
}

impl<const N: usize> PartialEq for Digits<N> {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_slice().ct_eq(other.0.as_slice()).into()
    }
}

impl<const N: usize> Eq for Digits<N> {}

fn value(c: char) -> Option<u8> {
    let c = u8::try_from(c).ok()?.to_ascii_uppercase();
    (0..)
        .zip(UPPER)
        .find_map(|(value, digit)| (*digit == c).then_some(value))
}

fn forgive(c: char) -> Option<u8> {
    match c {
        'o' | 'O' => Some(0),
        'i' | 'I' | 'l' | 'L' => Some(1),
        c => value(c),
    }
}

/// Hyphens come in many kinds once a word processor or a phone's keyboard had its way.
fn is_gap(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '_' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn all_digits_in_order() {
        let mut bytes = [0; 32];
        for (byte, value) in bytes.iter_mut().zip(0..) {
            *byte = value;
        }
        let digits = Digits::from_bytes(&bytes);
        assert_eq!(
            digits.upper().collect::<String>(),
            "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
        );
        assert_eq!(digits.values(), &bytes);
    }

    #[test]
    fn look_alikes_and_gaps_are_forgiven() {
        let want: Digits<8> = Digits::strict("01abc1yz").expect("strict");
        for text in [
            "O1ABC1YZ",
            "oiabclyz",
            " 0L a b\tC-IYz\n",
            "01AB\u{2014}C1YZ",
            "01ab_c1yz",
        ] {
            assert!(
                Digits::forgiving(text).expect("forgiving") == want,
                "{text}"
            );
        }
        for text in [
            "",
            "01abc1y",
            "01abc1yzz",
            "u1abc1yz",
            "01abc1y!",
            "０1abc1yz",
            "01abc1yé",
        ] {
            assert!(Digits::<8>::forgiving(text).is_none(), "{text}");
        }
        for text in [
            "01ABC1YZ",
            "oiabclyz",
            "01ab-c1yz",
            " 01abc1yz",
            "01abc1yz ",
        ] {
            assert!(Digits::<8>::strict(text).is_none(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(bytes in any::<[u8; 10]>()) {
            let digits = Digits::from_bytes(&bytes);
            let (upper, lower): (String, String) = (digits.upper().collect(), digits.lower().collect());
            prop_assert!(Digits::forgiving(&upper).expect("upper") == digits);
            prop_assert!(Digits::forgiving(&lower).expect("lower") == digits);
            prop_assert!(Digits::strict(&lower).expect("strict") == digits);
        }

        #[test]
        fn no_text_panics(text in any::<String>()) {
            let _ = (Digits::<8>::forgiving(&text), Digits::<8>::strict(&text));
        }
    }
}
