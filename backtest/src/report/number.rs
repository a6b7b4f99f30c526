//! Numbers, dates and lengths of time as readers of a language write them.

use trading::{
    language::Language,
    time::{DAY, HOUR, MINUTE, Time},
};

/// Stands for a value that is not defined.
pub(super) const NONE: &str = "–";

/// How one report writes numbers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Numbers<'a> {
    pub(super) language: Language,
    pub(super) currency: &'a str,
    /// `-` in a terminal, the true minus sign, as wide as a plus, on a page.
    pub(super) minus: char,
}

impl Numbers<'_> {
    /// With so many decimals, thousands grouped; what rounds to zero has no sign.
    pub(super) fn fixed(&self, value: f64, decimals: usize) -> String {
        if !value.is_finite() {
            return NONE.to_owned();
        }
        let plain = format!("{:.decimals$}", value.abs());
        let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
        let (thousands, point) = match self.language {
            Language::En => (',', '.'),
            Language::Id => ('.', ','),
        };
        let mut out = String::with_capacity(plain.len() + 8);
        if value < 0.0 && plain.contains(|c| matches!(c, '1'..='9')) {
            out.push(self.minus);
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

    /// As [`Numbers::fixed`], with a plus above zero.
    pub(super) fn signed(&self, value: f64, decimals: usize) -> String {
        let text = self.fixed(value, decimals);
        let is_more = value > 0.0 && text.contains(|c| matches!(c, '1'..='9'));
        if is_more { format!("+{text}") } else { text }
    }

    /// A whole number.
    pub(super) fn count(&self, value: impl TryInto<u64>) -> String {
        value
            .try_into()
            .map_or_else(|_| NONE.to_owned(), |v: u64| self.fixed(v as f64, 0))
    }

    /// An amount with its currency code.
    pub(super) fn amount(&self, value: f64) -> String {
        format!("{} {}", self.fixed(value, 2), self.currency)
    }

    /// A gain or a loss, with its sign and currency code.
    pub(super) fn money(&self, value: f64) -> String {
        format!("{} {}", self.signed(value, 2), self.currency)
    }

    /// A change in percent, with its sign.
    pub(super) fn percent(&self, value: f64) -> String {
        if value.is_finite() {
            format!("{}%", self.signed(value, 2))
        } else {
            NONE.to_owned()
        }
    }

    /// A share in percent, which has no sign.
    pub(super) fn share(&self, value: f64) -> String {
        format!("{}%", self.fixed(value, 1))
    }

    /// A length of time in its two largest units.
    pub(super) fn span(&self, millis: i64) -> String {
        let (day, hour, minute) = match self.language {
            Language::En if millis / DAY == 1 => ("day", "h", "min"),
            Language::En => ("days", "h", "min"),
            Language::Id => ("hari", "jam", "mnt"),
        };
        let (days, hours, minutes) = (millis / DAY, millis % DAY / HOUR, millis % HOUR / MINUTE);
        match (days, hours, minutes) {
            (0, 0, m) => format!("{m} {minute}"),
            (0, h, 0) => format!("{h} {hour}"),
            (0, h, m) => format!("{h} {hour} {m} {minute}"),
            // Hours say nothing beside a month.
            (d, h, _) if h == 0 || d >= 30 => format!("{} {day}", self.count(d)),
            (d, h, _) => format!("{d} {day} {h} {hour}"),
        }
    }
}

/// `2017-01-02`.
pub(super) fn date(time: Time) -> String {
    let (year, month, day) = time.civil();
    format!("{year:04}-{month:02}-{day:02}")
}

/// `2017-01-02 23:01`.
pub(super) fn minute(time: Time) -> String {
    let minutes = time.time_of_day() / MINUTE;
    format!("{} {:02}:{:02}", date(time), minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    const EN: Numbers<'_> = Numbers {
        language: Language::En,
        currency: "USD",
        minus: '-',
    };
    const ID: Numbers<'_> = Numbers {
        language: Language::Id,
        currency: "USD",
        minus: '−',
    };

    #[test]
    fn each_language_its_own() {
        assert_eq!(EN.money(1_234_567.891), "+1,234,567.89 USD");
        assert_eq!(ID.money(-1_234.5), "−1.234,50 USD");
        assert_eq!(ID.percent(3.387), "+3,39%");
        assert_eq!(EN.amount(10_000.0), "10,000.00 USD");
    }

    #[test]
    fn what_rounds_to_zero_has_no_sign() {
        assert_eq!(EN.signed(-0.001, 2), "0.00");
        assert_eq!(EN.signed(0.001, 2), "0.00");
        assert_eq!(EN.signed(-0.0, 0), "0");
    }

    #[test]
    fn spans_in_two_units() {
        assert_eq!(EN.span(0), "0 min");
        assert_eq!(EN.span(HOUR + 5 * MINUTE), "1 h 5 min");
        assert_eq!(EN.span(DAY), "1 day");
        assert_eq!(ID.span(2 * DAY + 3 * HOUR), "2 hari 3 jam");
        assert_eq!(EN.span(1_234 * DAY + HOUR), "1,234 days");
    }

    #[test]
    fn not_a_number_is_not_shown() {
        assert_eq!(EN.fixed(f64::NAN, 2), NONE);
        assert_eq!(EN.percent(f64::INFINITY), NONE);
    }

    #[test]
    fn moments() {
        let t = Time::from_civil(2017, 1, 2, 23, 1, 59);
        assert_eq!(
            (date(t).as_str(), minute(t).as_str()),
            ("2017-01-02", "2017-01-02 23:01")
        );
    }
}
