//! Tables and numbers for a terminal.

use trading::language::Language;

/// Columns under their headings. The first `left` columns are words and stand at the left, the
/// others are numbers and stand at the right.
pub(crate) fn table(headings: &[&str], left: usize, rows: &[Vec<String>]) -> String {
    let mut widths: Vec<usize> = headings.iter().map(|h| h.chars().count()).collect();
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let mut line = String::new();
        for (place, (cell, width)) in cells.zip(&widths).enumerate() {
            let gap = if place == 0 { "" } else { "  " };
            line += gap;
            line += &if place < left {
                format!("{cell:<width$}")
            } else {
                format!("{cell:>width$}")
            };
        }
        line.truncate(line.trim_end().len());
        line + "\n"
    };
    let mut out = line(&mut headings.iter().copied());
    for row in rows {
        out += &line(&mut row.iter().map(String::as_str));
    }
    out
}

/// A whole number in groups of three digits.
pub(crate) fn count(number: impl TryInto<u64>, language: Language) -> String {
    let digits = number.try_into().unwrap_or(u64::MAX).to_string();
    grouped(&digits, language)
}

/// A number with so many decimals; a dash where there is none.
pub(crate) fn decimal(number: Option<f64>, decimals: usize, language: Language) -> String {
    let Some(number) = number else {
        return "-".to_owned();
    };
    let text = format!("{:.decimals$}", number.abs());
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    let zero = text.chars().all(|c| matches!(c, '0' | '.'));
    let sign = if number < 0.0 && !zero { "-" } else { "" };
    let rest = match language {
        Language::En => rest.to_owned(),
        Language::Id => rest.replace('.', ","),
    };
    format!("{sign}{}{rest}", grouped(whole, language))
}

/// The number without the dust of binary fractions: to twelve digits, whatever its size.
pub(crate) fn tidy(number: f64) -> f64 {
    format!("{number:.11e}").parse().unwrap_or(number)
}

fn grouped(digits: &str, language: Language) -> String {
    let between = match language {
        Language::En => ',',
        Language::Id => '.',
    };
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(between);
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        use Language::{En, Id};
        assert_eq!(count(1_000_000u64, En), "1,000,000");
        assert_eq!(count(1_000_000u64, Id), "1.000.000");
        assert_eq!(decimal(Some(-1234.567), 2, En), "-1,234.57");
        assert_eq!(decimal(Some(-1234.567), 2, Id), "-1.234,57");
        assert_eq!(decimal(Some(-0.001), 2, En), "0.00");
        assert_eq!(decimal(None, 2, En), "-");
    }

    #[test]
    fn dust_is_swept_and_small_numbers_stay() {
        assert_eq!(tidy(338.669_999_999_998_5).to_string(), "338.67");
        assert_eq!(tidy(0.000_001_234_567_8).to_string(), "0.0000012345678");
        assert_eq!(tidy(5.0).to_string(), "5");
        assert_eq!(tidy(0.0).to_string(), "0");
    }

    #[test]
    fn columns_stand_under_each_other() {
        let rows = [
            vec!["a".into(), "1".into()],
            vec!["bcd".into(), "10".into()],
        ];
        assert_eq!(
            table(&["name", "n"], 1, &rows),
            "name   n\na      1\nbcd   10\n"
        );
    }
}
