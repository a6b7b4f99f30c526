//! Decimal numbers as people write them.
//!
//! `str::parse` would do, but brings tables of its own, 10 KB that no packing makes smaller; the
//! JSON reader has what it takes already, and reads to the same bits.

/// The finite number that a text stands for, as `f64::from_str` reads it.
pub fn read(text: &str) -> Option<f64> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    if !is_shaped(digits) {
        return None;
    }
    // JSON wants exactly one zero before a point, none before other digits, and something behind it.
    let digits = digits.trim_start_matches('0');
    let zero = if digits.starts_with(|c: char| c.is_ascii_digit()) {
        ""
    } else {
        "0"
    };
    let (plain, power) = match digits.split_once(['e', 'E']) {
        Some((plain, power)) => (plain, format!("e{power}")),
        None => (digits, String::new()),
    };
    let end = if plain.ends_with('.') { "0" } else { "" };
    serde_json::from_str(&format!("{sign}{zero}{plain}{end}{power}")).ok()
}

/// Whether a text is written as a number is, be it finite or not.
pub fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let words = ["inf", "infinity", "nan"];
    is_shaped(digits) || words.iter().any(|word| digits.eq_ignore_ascii_case(word))
}

/// Digits with a point among, before or behind them, and perhaps a power of ten.
fn is_shaped(digits: &str) -> bool {
    let all = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (plain, power) = match digits.split_once(['e', 'E']) {
        Some((plain, power)) => (plain, Some(power.strip_prefix(['-', '+']).unwrap_or(power))),
        None => (digits, None),
    };
    let (whole, fraction) = plain.split_once('.').unwrap_or((plain, ""));
    all(whole)
        && all(fraction)
        && !(whole.is_empty() && fraction.is_empty())
        && power.is_none_or(|power| !power.is_empty() && all(power))
}

#[cfg(test)]
mod tests {
    use super::{is_number, read};
    use proptest::prelude::*;

    fn same(text: &str) {
        let known = text.parse::<f64>();
        let finite = known
            .as_ref()
            .ok()
            .copied()
            .filter(|value| value.is_finite());
        assert_eq!(
            read(text).map(f64::to_bits),
            finite.map(f64::to_bits),
            "{text:?}"
        );
        assert_eq!(is_number(text), known.is_ok(), "{text:?}");
    }

    #[test]
    fn edges_are_read_as_the_standard_library_does() {
        for text in [
            "",
            "-",
            "+",
            ".",
            "-.",
            "e5",
            ".e5",
            "1e",
            "1e+",
            "0",
            "-0",
            "+0",
            "00",
            "007",
            "0.",
            ".5",
            "5.",
            "-.5",
            "+5.e3",
            "1e5",
            "1E-5",
            "1.5e+05",
            "1e400",
            "-1e400",
            "1e-400",
            "4.9e-324",
            "1.7976931348623157e308",
            "inf",
            "-Infinity",
            "NaN",
            "infin",
            " 1",
            "1 ",
            "1_000",
            "1,5",
            "0x10",
            "1e5.0",
            "--1",
            "+-1",
            "1e--5",
            "\u{661}",
        ] {
            same(text);
        }
    }

    proptest! {
        #[test]
        fn anything_is_read_as_the_standard_library_does(text in "[-+]?[0-9]{0,20}[.]?[0-9]{0,20}([eE][-+]?[0-9]{0,3})?") {
            same(&text);
        }

        #[test]
        fn what_is_written_reads_back(value in any::<f64>()) {
            same(&value.to_string());
            same(&format!("{value:e}"));
        }
    }
}
