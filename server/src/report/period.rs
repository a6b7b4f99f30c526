//! Days, weeks and months. All of them begin at midnight UTC; a week begins on Monday.

use std::ops::Range;
use trading::time::{DAY, Time};

/// What a line of a report is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum By {
    /// A day.
    Day,
    /// A week.
    Week,
    /// A month.
    Month,
    /// A strategy, over a quarter of a year.
    Strategy,
}

impl By {
    /// All there are.
    pub(crate) const ALL: [Self; 4] = [Self::Day, Self::Week, Self::Month, Self::Strategy];

    /// Its name in addresses.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Strategy => "strategy",
        }
    }

    /// The one of a name.
    pub(crate) fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.name() == name)
    }

    /// When the period begins that a time is in.
    pub(crate) fn start(self, time: Time) -> Time {
        match self {
            Self::Day | Self::Strategy => Time(time.day() * DAY),
            Self::Week => Time((time.day() - time.weekday() as i64) * DAY),
            Self::Month => {
                let (year, month, _) = time.civil();
                Time::from_civil(year, month, 1, 0, 0, 0)
            }
        }
    }

    /// So many periods later; the time is the beginning of one.
    fn plus(self, start: Time, periods: i64) -> Time {
        match self {
            Self::Day | Self::Strategy => Time(start.0 + periods * DAY),
            Self::Week => Time(start.0 + periods * 7 * DAY),
            Self::Month => {
                let (year, month, _) = start.civil();
                let months = year * 12 + month - 1 + periods;
                let (year, month) = (months.div_euclid(12), months.rem_euclid(12) + 1);
                Time::from_civil(year, month, 1, 0, 0, 0)
            }
        }
    }

    /// How many periods a report has.
    const fn periods(self) -> i64 {
        match self {
            Self::Day => 30,
            Self::Week | Self::Month => 12,
            Self::Strategy => 90,
        }
    }

    /// The stretch of time of the report that ends with the period before a time; or with the
    /// running one.
    pub(crate) fn span(self, before: Option<Time>, now: Time) -> Range<Time> {
        let end = match before {
            Some(before) => self.start(before),
            None => self.plus(self.start(now), 1),
        };
        self.plus(end, -self.periods())..end
    }

    /// Before which day the report ends that comes after one; nothing where that is the running
    /// one, and nothing at all after that.
    pub(crate) fn later(self, span: &Range<Time>, now: Time) -> Option<Option<Time>> {
        let last = self.plus(self.start(now), 1);
        if span.end >= last {
            return None;
        }
        let end = self.plus(span.end, self.periods());
        Some((end < last).then_some(end))
    }
}

/// `2026-11-21` as midnight UTC of that day, within what deals may be of.
pub(crate) fn day_of(text: &str) -> Option<Time> {
    let mut parts = text.split('-');
    let mut next = |digits: usize| -> Option<i64> {
        let part = parts.next()?;
        let is_plain = part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
        is_plain.then(|| part.parse().ok())?
    };
    let (year, month, day) = (next(4)?, next(2)?, next(2)?);
    let time = Time::from_civil(year, month, day, 0, 0, 0);
    let is_real = time.civil() == (year, month, day) && (2000..2200).contains(&year);
    (parts.next().is_none() && is_real).then_some(time)
}

/// Midnight UTC as `2026-11-21`.
pub(crate) fn day_text(time: Time) -> String {
    let (year, month, day) = time.civil();
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::{By, day_of, day_text};
    use trading::time::Time;

    fn at(year: i64, month: i64, day: i64) -> Time {
        Time::from_civil(year, month, day, 0, 0, 0)
    }

    #[test]
    fn periods_begin_at_midnight_on_mondays_and_on_firsts() {
        let noon = Time::from_civil(2026, 11, 21, 12, 30, 0);
        assert_eq!(By::Day.start(noon), at(2026, 11, 21));
        assert_eq!(By::Week.start(noon), at(2026, 11, 16));
        assert_eq!(By::Month.start(noon), at(2026, 11, 1));
        assert_eq!(By::Week.start(at(2026, 11, 16)), at(2026, 11, 16));
    }

    #[test]
    fn reports_follow_each_other_without_a_gap() {
        let now = Time::from_civil(2026, 11, 21, 12, 30, 0);
        for by in By::ALL {
            let last = by.span(None, now);
            assert!(last.contains(&now) && by.later(&last, now).is_none());
            let before = by.span(Some(last.start), now);
            assert_eq!(before.end, last.start);
            assert_eq!(by.later(&before, now), Some(None), "{by:?}");
            let first = by.span(Some(before.start), now);
            assert_eq!(by.later(&first, now), Some(Some(before.end)));
        }
        assert_eq!(By::Month.span(None, now), at(2025, 12, 1)..at(2026, 12, 1));
    }

    #[test]
    fn a_day_reads_back_and_nonsense_is_none() {
        let day = at(2028, 2, 29);
        assert_eq!(day_of(&day_text(day)), Some(day));
        for text in [
            "",
            "x",
            "2027-02-29",
            "2026-11-21-1",
            "2026-1-1",
            "1999-01-01",
            "9999-01-01",
            "-026-01-01",
            "2026-13-01",
            "２０２６-01-01",
        ] {
            assert_eq!(day_of(text), None, "{text}");
        }
    }
}
