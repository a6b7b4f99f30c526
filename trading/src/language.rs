//! The languages that Phoenix speaks, and how each of them writes numbers.

use crate::indicator::Text;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A language.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Indonesian.
    Id,
}

/// The text does not name a language.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a language that Phoenix speaks; use en or id")]
pub struct UnknownLanguage(pub String);

impl Language {
    /// All languages.
    pub const ALL: [Self; 2] = [Self::En, Self::Id];

    /// The ISO 639-1 code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Id => "id",
        }
    }

    /// The sentence in this language.
    pub const fn text(self, text: Text) -> &'static str {
        match self {
            Self::En => text.en,
            Self::Id => text.id,
        }
    }

    /// The number as readers of this language write it: `1,234.56` or `1.234,56`.
    pub fn number(self, value: f64) -> String {
        let (thousands, decimal) = match self {
            Self::En => (',', '.'),
            Self::Id => ('.', ','),
        };
        // Grouped digits help no reader outside these sizes.
        let size = value.abs();
        if !value.is_finite() || size >= 1e15 || (size > 0.0 && size < 1e-9) {
            return format!("{value:e}").replace('.', &decimal.to_string());
        }
        let plain = value.to_string();
        let (sign, digits) = match plain.strip_prefix('-') {
            Some(digits) => ("-", digits),
            None => ("", plain.as_str()),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let mut written = String::from(sign);
        for (place, digit) in whole.chars().enumerate() {
            if place > 0 && (whole.len() - place).is_multiple_of(3) {
                written.push(thousands);
            }
            written.push(digit);
        }
        if !fraction.is_empty() {
            written.push(decimal);
            written.push_str(fraction);
        }
        written
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Language {
    type Err = UnknownLanguage;
    fn from_str(code: &str) -> Result<Self, UnknownLanguage> {
        Self::ALL
            .into_iter()
            .find(|l| l.code().eq_ignore_ascii_case(code.trim()))
            .ok_or_else(|| UnknownLanguage(code.chars().take(40).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::Language::{En, Id};

    #[test]
    fn numbers_are_written_as_each_language_does() {
        for (value, en, id) in [
            (0.0, "0", "0"),
            (25.0, "25", "25"),
            (0.1, "0.1", "0,1"),
            (-1234.56, "-1,234.56", "-1.234,56"),
            (100_000.0, "100,000", "100.000"),
            (1_234_567.5, "1,234,567.5", "1.234.567,5"),
            (1e300, "1e300", "1e300"),
            (1.5e-12, "1.5e-12", "1,5e-12"),
        ] {
            assert_eq!(En.number(value), en);
            assert_eq!(Id.number(value), id);
        }
    }

    #[test]
    fn codes_read_back() {
        assert_eq!("id".parse(), Ok(Id));
        assert_eq!("EN".parse(), Ok(En));
        assert!("fr".parse::<super::Language>().is_err());
    }
}
