//! The calendar of news: asked for while a strategy wants to know of them, and again every hour, since
//! news are moved and added.

use super::{Account, Asked, Effects};
use crate::trade::news::News;
use protocol::link::{FromExecutor, executor::CalendarRequest, terminal::Calendar};
use trading::time::{DAY, HOUR, MINUTE, Time};

/// How far back and ahead. A window of news has a day at the most on each side.
const AROUND: i64 = 2 * DAY;
/// From one question that was answered to the next.
const AGAIN: i64 = HOUR;
/// From one that was not answered to the next.
const RETRY: i64 = MINUTE;

impl Account {
    pub(super) fn ask_calendar(&mut self, now: Time, out: &mut Effects) {
        if !self.slots.iter().any(|slot| slot.terms.news.is_some()) {
            return;
        }
        let pause = if self.is_calendar_fresh { AGAIN } else { RETRY };
        let is_early = |asked: Time| (0..pause).contains(&(now.0 - asked.0));
        if self.calendar_asked.is_some_and(is_early) {
            return;
        }
        self.calendar_asked = Some(now);
        self.is_calendar_fresh = false;
        self.calendar.clear();
        self.asked
            .retain(|_, asked| !matches!(asked, Asked::Calendar(..)));
        let (since, until) = (Time(now.0 - AROUND), Time(now.0 + AROUND));
        let request = self.ask(Asked::Calendar(since, until));
        let ask = CalendarRequest {
            request,
            since,
            until,
        };
        out.sends.push(FromExecutor::CalendarRequest(ask));
    }

    pub(super) fn on_calendar(&mut self, page: Calendar) {
        let Some(&Asked::Calendar(since, until)) = self.asked.get(&page.request.0) else {
            return;
        };
        self.calendar.extend(page.events);
        if page.is_last {
            self.asked.remove(&page.request.0);
            let events = std::mem::take(&mut self.calendar);
            // What was known before stays until all of the new is there.
            self.news = News::of(events, since, until);
            self.is_calendar_fresh = true;
        }
    }
}
