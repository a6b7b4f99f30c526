//! Numbers as they are typed, finished or not.

use trading::{decimal, language::Language};

/// What may be typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Any number.
    Any,
    /// A whole number from 0.
    Count,
}

/// Why a text is no number yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfinished {
    /// There is more to come: "", "-", "1.".
    Open,
    /// "1,000" is a thousand to one reader and 1 to another.
    Ambiguous,
    /// It counts something and has a fraction or a sign.
    NotWhole,
    /// It is no number.
    NotNumber,
}

/// Reads what was typed. Both decimal separators are understood; thousands are not separated,
/// because what separates them for one reader is the decimal sign of another.
pub fn read(text: &str, language: Language, kind: Kind) -> Result<f64, Unfinished> {
    let text = text.trim().replace('\u{2212}', "-");
    let digits = text.strip_prefix(['-', '+']).unwrap_or(&text);
    if digits.is_empty() {
        return Err(Unfinished::Open);
    }
    if !digits
        .chars()
        .all(|c| c.is_ascii_digit() || c == '.' || c == ',')
    {
        return Err(Unfinished::NotNumber);
    }
    let separators = digits.matches(['.', ',']).count();
    if separators > 1 {
        return Err(Unfinished::Ambiguous);
    }
    let foreign = match language {
        Language::En => ',',
        Language::Id => '.',
    };
    if let Some((whole, fraction)) = digits.split_once(['.', ',']) {
        if whole.is_empty() || fraction.is_empty() {
            return Err(Unfinished::Open);
        }
        if digits.contains(foreign) && fraction.len() == 3 && whole != "0" {
            return Err(Unfinished::Ambiguous);
        }
    }
    let value = decimal::read(&text.replace(',', ".")).ok_or(Unfinished::NotNumber)?;
    let is_count = value.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&value);
    if kind == Kind::Count && !is_count {
        return Err(Unfinished::NotWhole);
    }
    Ok(value)
}

/// A number as it stands in a field: with the language's decimal sign, without thousands.
pub fn write(value: f64, language: Language) -> String {
    let text = value.to_string();
    match language {
        Language::En => text,
        Language::Id => text.replace('.', ","),
    }
}

/// The next number up or down that one press of an arrow means: a step of the last digit written.
pub fn step(value: f64, text: &str, up: bool) -> f64 {
    let places = text
        .split_once(['.', ','])
        .map_or(0, |(_, fraction)| fraction.trim().len().min(9));
    let scale = 10_f64.powi(i32::try_from(places).unwrap_or(0));
    let sign = if up { 1.0 } else { -1.0 };
    ((value * scale).round() + sign) / scale
}

#[cfg(test)]
mod tests {
    use super::{Kind, Unfinished, read, step, write};
    use trading::language::Language::{En, Id};

    #[test]
    fn numbers_are_read_as_each_language_writes_them() {
        for (text, language, value) in [
            ("25", En, 25.0),
            (" -1.5 ", En, -1.5),
            ("\u{2212}2", En, -2.0),
            ("0.125", En, 0.125),
            ("0,5", En, 0.5),
            ("0,125", Id, 0.125),
            ("0.125", Id, 0.125),
            ("1,5", Id, 1.5),
            ("1.5", Id, 1.5),
            ("1000", Id, 1000.0),
        ] {
            assert_eq!(read(text, language, Kind::Any), Ok(value), "{text}");
        }
    }

    #[test]
    fn what_is_not_finished_is_no_number() {
        for (text, kind, why) in [
            ("", Kind::Any, Unfinished::Open),
            ("-", Kind::Any, Unfinished::Open),
            ("1.", Kind::Any, Unfinished::Open),
            (".5", Kind::Any, Unfinished::Open),
            ("1,000", Kind::Any, Unfinished::Ambiguous),
            ("1,000.5", Kind::Any, Unfinished::Ambiguous),
            ("inf", Kind::Any, Unfinished::NotNumber),
            ("NaN", Kind::Any, Unfinished::NotNumber),
            ("1e5", Kind::Any, Unfinished::NotNumber),
            ("--1", Kind::Any, Unfinished::NotNumber),
            ("1.5", Kind::Count, Unfinished::NotWhole),
            ("-1", Kind::Count, Unfinished::NotWhole),
            ("5000000000", Kind::Count, Unfinished::NotWhole),
        ] {
            assert_eq!(read(text, En, kind), Err(why), "{text}");
        }
        assert_eq!(
            read("1.000", Id, Kind::Any),
            Err(Unfinished::Ambiguous),
            "a thousand to an Indonesian"
        );
    }

    #[test]
    fn what_is_written_reads_back() {
        for value in [0.0, 25.0, -0.1, 1234.5, 0.001, 12.345] {
            for language in [En, Id] {
                assert_eq!(
                    read(&write(value, language), language, Kind::Any),
                    Ok(value)
                );
            }
        }
    }

    #[test]
    fn arrows_step_the_last_digit() {
        assert_eq!(step(25.0, "25", false), 24.0);
        assert_eq!(step(0.1, "0,10", true), 0.11);
        assert_eq!(step(1.5, "1.5", true), 1.6);
    }
}
