//! Numbers in text, read without allocating and rounded correctly.

/// Powers of ten that a double holds exactly.
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];

/// Longer numbers than this are no prices.
const MAX_LEN: usize = 64;

/// Reads a decimal number with `point` as its decimal sign.
///
/// Digits that fit 53 bits, divided by an exact power of ten, round only once: that is the quick
/// way for nearly every price. Everything else goes to the standard library, which is exact too.
pub(crate) fn parse(text: &[u8], point: u8) -> Option<f64> {
    quick(text, point).or_else(|| exact(text, point))
}

fn quick(text: &[u8], point: u8) -> Option<f64> {
    if text.len() > 16 {
        return None;
    }
    let mut digits = 0_u64;
    let mut seen = 0;
    let mut decimals = None;
    for &byte in text {
        if byte.is_ascii_digit() {
            digits = digits * 10 + u64::from(byte - b'0');
            seen += 1;
        } else if byte == point && decimals.is_none() {
            decimals = Some(seen);
        } else {
            return None;
        }
    }
    if seen == 0 || digits >= 1 << 53 {
        return None;
    }
    let scale = decimals.map_or(0, |before| seen - before);
    Some(digits as f64 / POWERS.get(scale)?)
}

fn exact(text: &[u8], point: u8) -> Option<f64> {
    let mut copy = [0_u8; MAX_LEN];
    let copy = copy.get_mut(..text.len())?;
    copy.copy_from_slice(text);
    if point != b'.' {
        if text.contains(&b'.') {
            return None;
        }
        for byte in copy.iter_mut().filter(|b| **b == point) {
            *byte = b'.';
        }
    }
    std::str::from_utf8(copy).ok()?.parse().ok()
}

/// Reads digits only, such as an epoch time.
pub(crate) fn parse_integer(text: &[u8]) -> Option<i64> {
    if text.is_empty() || text.len() > 18 {
        return None;
    }
    text.iter().try_fold(0_i64, |sum, b| {
        b.is_ascii_digit().then(|| sum * 10 + i64::from(b - b'0'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn odd_numbers() {
        assert_eq!(parse(b"1,5", b','), Some(1.5));
        assert_eq!(parse(b"1.5", b','), None);
        assert_eq!(parse(b"+1.5e3", b'.'), Some(1500.0));
        assert_eq!(parse(b"5.", b'.'), Some(5.0));
        assert_eq!(parse(b".5", b'.'), Some(0.5));
        assert_eq!(parse(b"-2", b'.'), Some(-2.0));
        for text in [
            &b""[..],
            b".",
            b"1.2.3",
            b"abc",
            b"1 2",
            &[0xff],
            &[b'1'; 65],
        ] {
            assert_eq!(parse(text, b'.'), None);
        }
        assert_eq!(parse_integer(b"1483228800"), Some(1_483_228_800));
        assert_eq!(parse_integer(b"12a"), None);
        assert_eq!(parse_integer(&[b'9'; 19]), None);
    }

    proptest! {
        #[test]
        fn rounds_as_the_standard_library(whole in 0_u64..100_000_000_000, part in "[0-9]{0,12}") {
            let text = format!("{whole}.{part}");
            let expected: f64 = text.parse().unwrap();
            prop_assert_eq!(parse(text.as_bytes(), b'.').map(f64::to_bits), Some(expected.to_bits()));
        }

        #[test]
        fn any_double_reads_back(bits in any::<u64>()) {
            let value = f64::from_bits(bits);
            prop_assume!(value.is_finite());
            let text = value.to_string();
            if text.len() <= MAX_LEN {
                prop_assert_eq!(parse(text.as_bytes(), b'.').map(f64::to_bits), Some(bits));
            }
        }
    }
}
