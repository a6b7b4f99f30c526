//! Economic news, as the terminal's calendar has it, and whether an entry is too near.

use protocol::link::part::{CalendarEvent, Importance};
use trading::{
    strategy::filter::{Impact, NewsWindow},
    time::{MINUTE, Time},
};

/// When a strategy does not enter for news.
#[derive(Debug, Clone, PartialEq)]
pub struct NewsRule {
    /// Around which news.
    pub window: NewsWindow,
    /// What then.
    pub manner: Manner,
}

/// What the trader wants where a strategy stays out around news.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Manner {
    /// Whether it enters where nobody knows what news there are.
    pub enters_without_calendar: bool,
    /// Whether the server is asked about an entry near to news, rather than not making it.
    pub is_supervised: bool,
    /// Whether it enters where the server does not answer in time.
    pub enters_without_answer: bool,
}

/// The calendar, as far as it is known.
#[derive(Debug, Clone, Default)]
pub struct News {
    events: Vec<CalendarEvent>,
    /// From when to when all events are known.
    known: Option<(Time, Time)>,
}

/// What there is around a moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Sight<'a> {
    /// Nothing that counts.
    Clear,
    /// This.
    Near(&'a CalendarEvent),
    /// The calendar does not reach there.
    Unknown,
}

impl News {
    /// All events from `since` to `until`.
    pub fn of(events: Vec<CalendarEvent>, since: Time, until: Time) -> Self {
        Self {
            events,
            known: Some((since, until)),
        }
    }

    /// What there is around `now` for a symbol of these currencies.
    pub fn look(&self, window: &NewsWindow, currencies: [&str; 2], now: Time) -> Sight<'_> {
        let minutes = |count: u32| i64::from(count) * MINUTE;
        // Before news of this moment until after news of that one.
        let first = Time(now.0 - minutes(window.minutes_after));
        let last = Time(now.0 + minutes(window.minutes_before));
        let counts = |event: &&CalendarEvent| {
            (first..=last).contains(&event.time)
                && impact(event.importance).is_some_and(|impact| impact >= window.impact)
                && currencies.contains(&event.currency.as_str())
        };
        match self.events.iter().find(counts) {
            Some(event) => Sight::Near(event),
            None if self
                .known
                .is_some_and(|(since, until)| since <= first && last < until) =>
            {
                Sight::Clear
            }
            None => Sight::Unknown,
        }
    }
}

const fn impact(importance: Importance) -> Option<Impact> {
    match importance {
        Importance::None => None,
        Importance::Low => Some(Impact::Low),
        Importance::Moderate => Some(Impact::Medium),
        Importance::High => Some(Impact::High),
    }
}

#[cfg(test)]
mod tests {
    use super::{CalendarEvent, Impact, Importance, MINUTE, News, NewsWindow, Sight, Time};

    const WINDOW: NewsWindow = NewsWindow {
        minutes_before: 30,
        minutes_after: 15,
        impact: Impact::Medium,
    };

    fn event(importance: Importance, currency: &str) -> CalendarEvent {
        CalendarEvent {
            id: 1,
            time: at(1_000),
            country: "US".to_owned(),
            currency: currency.to_owned(),
            importance,
            name: "Nonfarm Payrolls".to_owned(),
        }
    }

    const fn at(minute: i64) -> Time {
        Time(minute * MINUTE)
    }

    fn near(event: CalendarEvent, minute: i64) -> bool {
        let news = News::of(vec![event], at(0), at(2_000));
        match news.look(&WINDOW, ["XAU", "USD"], at(minute)) {
            Sight::Near(_) => true,
            Sight::Clear => false,
            Sight::Unknown => panic!("it is known"),
        }
    }

    #[test]
    fn the_window_is_before_and_after() {
        for (minute, is_near) in [
            (969, false),
            (970, true),
            (1_000, true),
            (1_015, true),
            (1_016, false),
        ] {
            assert_eq!(
                near(event(Importance::High, "USD"), minute),
                is_near,
                "{minute}"
            );
        }
    }

    #[test]
    fn what_does_not_move_the_symbol_does_not_count() {
        assert!(near(event(Importance::Moderate, "XAU"), 1_000));
        assert!(!near(event(Importance::Low, "USD"), 1_000));
        assert!(!near(event(Importance::None, "USD"), 1_000));
        assert!(!near(event(Importance::High, "EUR"), 1_000));
    }

    #[test]
    fn where_the_calendar_ends_nothing_is_known() {
        let look =
            |news: &News, minute| news.look(&WINDOW, ["EUR", "USD"], at(minute)) == Sight::Unknown;
        assert!(look(&News::default(), 0));
        let news = News::of(Vec::new(), at(100), at(200));
        for (minute, is_unknown) in [(114, true), (115, false), (169, false), (170, true)] {
            assert_eq!(look(&news, minute), is_unknown, "{minute}");
        }
    }
}
