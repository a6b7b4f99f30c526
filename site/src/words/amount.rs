//! Money and prices as brokers report them: binary fractions of any size.

use trading::language::Language;

/// Beyond this a number is not written out: no broker reports it, and it would break every line.
const LARGEST: f64 = 1e15;

/// An amount with the code of its currency.
pub(crate) fn amount(value: f64, code: &str, language: Language) -> String {
    format!("{code} {}", number(value, decimals(code), language))
}

/// The same with a sign where it is above 0, too.
pub(crate) fn gain(value: f64, code: &str, language: Language) -> String {
    let said = number(value, decimals(code), language);
    let is_gain = value > 0.0 && said.bytes().any(|byte| (b'1'..=b'9').contains(&byte));
    let sign = if is_gain { "+" } else { "" };
    format!("{code} {sign}{said}")
}

/// A part of a whole, as percent with one decimal.
pub(crate) fn percent(part: f64, language: Language) -> String {
    format!("{}%", number(part * 100.0, 1, language))
}

/// With so many decimals.
pub(crate) fn number(value: f64, places: usize, language: Language) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    if value.abs() >= LARGEST {
        // The exponent is above 0: this is the sign.
        return format!("{value:.2e}").replace('-', "\u{2212}");
    }
    written(&format!("{:.places$}", value.abs()), value < 0.0, language)
}

/// With as many decimals as it has.
pub(crate) fn plain(value: f64, language: Language) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    let is_ordinary = value == 0.0 || (1e-9..LARGEST).contains(&value.abs());
    if !is_ordinary {
        return format!("{value:.2e}");
    }
    written(&value.abs().to_string(), value < 0.0, language)
}

/// Puts groups and the sign into digits with a point. Nothing is below 0 that is written as 0.
fn written(digits: &str, is_below: bool, language: Language) -> String {
    let (group, point) = match language {
        Language::En => (',', '.'),
        Language::Id => ('.', ','),
    };
    let (units, rest) = digits.split_once('.').unwrap_or((digits, ""));
    let mut out = String::with_capacity(digits.len() + 8);
    if is_below && digits.bytes().any(|byte| (b'1'..=b'9').contains(&byte)) {
        out.push('\u{2212}');
    }
    for (place, digit) in units.chars().enumerate() {
        if place > 0 && (units.len() - place).is_multiple_of(3) {
            out.push(group);
        }
        out.push(digit);
    }
    if !rest.is_empty() {
        out.push(point);
        out.push_str(rest);
    }
    out
}

/// How many decimals a currency has; most have two.
fn decimals(code: &str) -> usize {
    match code {
        "JPY" | "KRW" | "VND" | "CLP" => 0,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::{amount, gain, number, percent, plain};
    use trading::language::Language::{En, Id};

    #[test]
    fn money_is_written_as_a_language_does() {
        assert_eq!(amount(1_234.5, "USD", En), "USD 1,234.50");
        assert_eq!(amount(-1_234.567, "USD", Id), "USD \u{2212}1.234,57");
        assert_eq!(amount(-0.001, "USD", En), "USD 0.00");
        assert_eq!(amount(1_234.5, "JPY", En), "JPY 1,234");
        assert_eq!(gain(5.0, "EUR", Id), "EUR +5,00");
        assert_eq!(gain(0.001, "EUR", En), "EUR 0.00");
        assert_eq!(gain(-5.0, "EUR", En), "EUR \u{2212}5.00");
    }

    #[test]
    fn prices_keep_their_digits() {
        assert_eq!(plain(1.085_12, En), "1.08512");
        assert_eq!(plain(2_345.6, Id), "2.345,6");
        assert_eq!(plain(0.0, En), "0");
        assert_eq!(percent(0.4567, Id), "45,7%");
    }

    #[test]
    fn nonsense_stays_short() {
        for value in [1e300, -1e300, 5e-324, f64::NAN, f64::INFINITY, f64::MAX] {
            assert!(plain(value, En).len() < 12, "{value}");
            assert!(number(value, 2, En).len() < 12, "{value}");
        }
    }
}
