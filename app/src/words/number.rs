//! Numbers as a language writes them. Losses carry a true minus sign, gains a plus: neither is told
//! by colour alone.

use trading::language::Language;

/// Stands for a value that is not defined.
pub const NONE: &str = "–";

/// With so many decimals, thousands grouped; what rounds to zero has no sign.
pub fn fixed(language: Language, value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return NONE.to_owned();
    }
    let plain = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let (thousands, point) = match language {
        Language::En => (',', '.'),
        Language::Id => ('.', ','),
    };
    let mut out = String::with_capacity(plain.len() + 8);
    if value < 0.0 && is_something(&plain) {
        out.push('\u{2212}');
    }
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            out.push(thousands);
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push(point);
        out.push_str(fraction);
    }
    out
}

/// The same with a plus above zero.
pub fn signed(language: Language, value: f64, decimals: usize) -> String {
    let text = fixed(language, value, decimals);
    if value > 0.0 && is_something(&text) {
        return format!("+{text}");
    }
    text
}

/// An amount of money: with sign and cents.
pub fn amount(language: Language, value: f64) -> String {
    signed(language, value, 2)
}

fn is_something(digits: &str) -> bool {
    digits.contains(|c| matches!(c, '1'..='9'))
}

#[cfg(test)]
mod tests {
    use super::{Language::En, Language::Id, amount, fixed, signed};

    #[test]
    fn each_language_its_own() {
        assert_eq!(signed(En, 1_234_567.891, 2), "+1,234,567.89");
        assert_eq!(signed(Id, -1_234.5, 2), "\u{2212}1.234,50");
        assert_eq!(signed(En, -0.001, 2), "0.00");
        assert_eq!(signed(En, 0.001, 2), "0.00");
        assert_eq!(fixed(En, f64::NAN, 2), "–");
    }

    #[test]
    fn amounts_have_sign_and_cents() {
        assert_eq!(amount(En, -1234.5), "\u{2212}1,234.50");
        assert_eq!(amount(Id, 1234.567), "+1.234,57");
        assert_eq!(amount(En, 0.999), "+1.00");
    }
}
