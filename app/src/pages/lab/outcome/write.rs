//! Numbers and moments as a language writes them. Losses carry a true minus sign, gains a plus:
//! neither is told by colour alone.

use trading::{
    language::Language,
    time::{MINUTE, Time},
};

/// Stands for a value that is not defined.
pub(super) const NONE: &str = "–";

/// With so many decimals, thousands grouped; what rounds to zero has no sign.
pub(super) fn fixed(language: Language, value: f64, decimals: usize) -> String {
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
pub(super) fn signed(language: Language, value: f64, decimals: usize) -> String {
    let text = fixed(language, value, decimals);
    if value > 0.0 && is_something(&text) {
        return format!("+{text}");
    }
    text
}

fn is_something(digits: &str) -> bool {
    digits.contains(|c| matches!(c, '1'..='9'))
}

/// A number that may not be defined.
pub(super) fn maybe(value: Option<f64>, tell: impl FnOnce(f64) -> String) -> String {
    value.map_or_else(|| NONE.to_owned(), tell)
}

/// `2017-01-02 23:01`, in UTC; headings name the zone.
pub(super) fn moment(time: Time) -> String {
    let (year, month, day) = time.civil();
    let minutes = time.time_of_day() / MINUTE;
    format!(
        "{year:04}-{month:02}-{day:02} {:02}:{:02}",
        minutes / 60,
        minutes % 60
    )
}

/// A number without the dust of binary fractions: `0.1`, not `0.10000000000000009`.
pub(super) fn plain(language: Language, value: f64) -> String {
    language.number((value * 1e8).round() / 1e8)
}

#[cfg(test)]
mod tests {
    use super::{Language::En, Language::Id, Time, fixed, maybe, moment, plain, signed};

    #[test]
    fn each_language_its_own() {
        assert_eq!(signed(En, 1_234_567.891, 2), "+1,234,567.89");
        assert_eq!(signed(Id, -1_234.5, 2), "\u{2212}1.234,50");
        assert_eq!(signed(En, -0.001, 2), "0.00");
        assert_eq!(signed(En, 0.001, 2), "0.00");
        assert_eq!(fixed(En, f64::NAN, 2), "–");
        assert_eq!(maybe(None, |v| fixed(En, v, 1)), "–");
        assert_eq!(plain(Id, 0.1 + 0.2), "0,3");
    }

    #[test]
    fn moments_are_utc() {
        assert_eq!(
            moment(Time::from_civil(2017, 1, 2, 23, 1, 59)),
            "2017-01-02 23:01"
        );
    }
}
