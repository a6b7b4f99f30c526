//! How far two figures that are already written out are apart. Pure.
//!
//! Figures come from the engine as texts with their units. What is shown as a difference is the
//! difference of what is shown: whoever subtracts by hand finds the same number.

use crate::{pages::lab::outcome::write::signed, words::outcome::POINTS};
use trading::language::Language;

/// `now` less `then` with its unit, where both are one number with the same unit.
pub(super) fn difference(language: Language, now: &str, then: &str) -> Option<String> {
    let (now, now_unit, now_decimals) = read(language, now)?;
    let (then, then_unit, then_decimals) = read(language, then)?;
    if now_unit != then_unit {
        return None;
    }
    let decimals = now_decimals.max(then_decimals);
    let number = signed(language, now - then, decimals);
    Some(match now_unit {
        // 12% less 10% are two points, not two percent.
        "%" => format!("{number} {}", language.text(POINTS)),
        unit => format!("{number}{unit}"),
    })
}

/// The number, its unit with the space before it, and its decimals.
fn read(language: Language, text: &str) -> Option<(f64, &str, usize)> {
    let (thousands, point) = match language {
        Language::En => (',', '.'),
        Language::Id => ('.', ','),
    };
    let is_number = |c: char| c.is_ascii_digit() || "+-\u{2212}.,".contains(c);
    let end = text.find(|c| !is_number(c)).unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    // `3 days 4 h` is more than one number.
    if unit.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let plain: String = number
        .chars()
        .filter(|c| *c != thousands && *c != '+')
        .map(|c| match c {
            '\u{2212}' => '-',
            c if c == point => '.',
            c => c,
        })
        .collect();
    let decimals = plain.split_once('.').map_or(0, |(_, rest)| rest.len());
    Some((plain.parse().ok()?, unit, decimals))
}

#[cfg(test)]
mod tests {
    use super::{Language, difference};

    #[test]
    fn numbers_with_one_unit_are_subtracted() {
        let en = |now, then| difference(Language::En, now, then);
        assert_eq!(
            en("+1,234.50 USD", "\u{2212}0.50 USD").as_deref(),
            Some("+1,235.00 USD")
        );
        assert_eq!(en("12.5%", "12.5%").as_deref(), Some("0.0 pp"));
        assert_eq!(en("3", "1,677").as_deref(), Some("\u{2212}1,674"));
        let id = difference(Language::Id, "1.234,5%", "1.000,0%");
        assert_eq!(id.as_deref(), Some("+234,5 poin persen"));
    }

    #[test]
    fn what_is_no_single_number_has_no_difference() {
        let en = |now, then| difference(Language::En, now, then);
        assert_eq!(en("3 days 4 h", "3 days 1 h"), None);
        assert_eq!(en("1 day", "2 days"), None);
        assert_eq!(en("–", "1.00"), None);
        assert_eq!(en("5.00 USD", "5.00 EUR"), None);
        assert_eq!(en("\u{2212}1.2 / +3.4 USD", "\u{2212}1.2 / +3.4 USD"), None);
        assert_eq!(en("", ""), None);
    }
}
