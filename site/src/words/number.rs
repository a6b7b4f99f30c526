//! Numbers and money as a language writes them.

use trading::language::Language;

/// A whole number, in groups of three digits.
pub(crate) fn whole(number: u64, language: Language) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(signs(language).0);
        }
        out.push(digit);
    }
    out
}

/// An amount in its minor unit, exactly, with the code of its currency.
pub(crate) fn money(minor: i64, decimals: u32, code: &str, language: Language) -> String {
    let sign = if minor < 0 { "\u{2212}" } else { "" };
    // No currency has so many decimals; with more than these, a unit would not be a number.
    let decimals = decimals.min(18);
    let unit = 10_u64.pow(decimals);
    let (units, rest) = (minor.unsigned_abs() / unit, minor.unsigned_abs() % unit);
    let units = whole(units, language);
    if decimals == 0 {
        return format!("{code} {sign}{units}");
    }
    let (point, width) = (signs(language).1, decimals as usize);
    format!("{code} {sign}{units}{point}{rest:0width$}")
}

/// Between thousands, and before decimals.
const fn signs(language: Language) -> (char, char) {
    match language {
        Language::En => (',', '.'),
        Language::Id => ('.', ','),
    }
}

#[cfg(test)]
mod tests {
    use super::{money, whole};
    use trading::language::Language::{En, Id};

    #[test]
    fn each_language_groups_in_its_own_way() {
        for (number, en, id) in [
            (0, "0", "0"),
            (999, "999", "999"),
            (1_000, "1,000", "1.000"),
            (12_490_000, "12,490,000", "12.490.000"),
        ] {
            assert_eq!(
                (whole(number, En).as_str(), whole(number, Id).as_str()),
                (en, id)
            );
        }
    }

    #[test]
    fn money_is_exact_and_names_its_currency() {
        for (minor, decimals, code, en, id) in [
            (2_900, 2, "USD", "USD 29.00", "USD 29,00"),
            (123_456, 2, "USD", "USD 1,234.56", "USD 1.234,56"),
            (5, 2, "USD", "USD 0.05", "USD 0,05"),
            (-5, 2, "USD", "USD \u{2212}0.05", "USD \u{2212}0,05"),
            (449_000, 0, "IDR", "IDR 449,000", "IDR 449.000"),
            (
                i64::MIN,
                0,
                "IDR",
                "IDR \u{2212}9,223,372,036,854,775,808",
                "IDR \u{2212}9.223.372.036.854.775.808",
            ),
        ] {
            assert_eq!(money(minor, decimals, code, En), en);
            assert_eq!(money(minor, decimals, code, Id), id);
        }
        // Nonsense does not stop the page.
        assert!(money(1, 99, "XXX", En).ends_with('1'));
    }
}
