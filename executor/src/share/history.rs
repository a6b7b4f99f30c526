//! How far one history is at the server, and what is asked of the terminal next.
//!
//! What the server has is one piece without a gap: it is continued to the older side page by page,
//! and to the newer side by what was missed, which is collected first and uploaded oldest first. So
//! it stays one piece wherever the program ends.

use protocol::api::market::MAX_READ;
use std::collections::VecDeque;
use trading::{
    bar::Bars,
    time::{HOUR, Time},
};

/// How many bars are asked for at a time: little enough for a terminal that trades.
pub(super) const COUNT: u32 = 1_000;
/// From one look for new bars to the next, in milliseconds.
const NEWER: i64 = HOUR;
/// So many pages are collected at most: beyond that a gap is the lesser evil.
const MOST_PAGES: usize = 200;

/// One history.
#[derive(Debug, Default)]
pub(super) struct History {
    /// Opening times of the first and the last bar that the server has, and how many there are.
    known: Option<(i64, i64, u64)>,
    /// Whether what the server has was looked up.
    is_looked_up: bool,
    /// Whether there is nothing older, or nobody wants it.
    is_whole: bool,
    /// Whether the server will never take it.
    is_over: bool,
    /// Not before then.
    rest: Time,
    /// When to look for new bars.
    newer_at: Time,
    /// The oldest of what was collected on the newer side, in server time.
    collected_to: Option<Time>,
    /// Pages that wait to be uploaded, the next one first.
    pages: VecDeque<Page>,
    /// Newer pages, the newest first, until they reach what is known.
    collected: Vec<Bars>,
}

#[derive(Debug)]
struct Page {
    bars: Bars,
    /// Whether nothing older follows.
    is_last: bool,
}

/// What is to be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ask {
    /// The newest bars.
    Newest,
    /// Those before a server time.
    Before(Time),
    /// Those before the bar of this UTC time.
    BeforeUtc(Time),
}

impl History {
    /// The server says what it has.
    pub(super) fn look_up(&mut self, known: Option<(Time, Time, u64)>) {
        if !self.is_looked_up {
            self.is_looked_up = true;
            self.known = known.map(|(first, last, bars)| (first.0, last.0, bars));
        }
    }

    /// What is to be asked of the terminal now.
    pub(super) fn ask(&self, now: Time) -> Option<Ask> {
        if self.is_over || now < self.rest || !self.pages.is_empty() {
            return None;
        }
        let Some((first, _, bars)) = self.known else {
            return Some(Ask::Newest);
        };
        if let Some(to) = self.collected_to {
            return Some(Ask::Before(to));
        }
        if now >= self.newer_at {
            return Some(Ask::Newest);
        }
        let has_all = self.is_whole || bars >= MAX_READ as u64;
        (!has_all).then_some(Ask::BeforeUtc(Time(first)))
    }

    /// The terminal has answered: bars in UTC, how many it gave, and the server time of the first.
    pub(super) fn answered(
        &mut self,
        asked: Ask,
        bars: Bars,
        given: usize,
        oldest: Time,
        now: Time,
    ) {
        let is_last = given < COUNT as usize;
        let Some((first, last, _)) = self.known else {
            // Nothing was there: one piece begins, from its newest page on.
            self.newer_at = Time(now.0 + NEWER);
            if bars.is_empty() {
                self.rest = Time(now.0 + NEWER);
            } else {
                self.pages.push_back(Page { bars, is_last });
            }
            return;
        };
        if matches!(asked, Ask::BeforeUtc(_)) {
            let older = bars.time.partition_point(|time| *time < first);
            if older == 0 {
                // Nothing older, or nothing that a server may have.
                self.is_whole = true;
            } else {
                let bars = bars.head(older);
                self.pages.push_back(Page { bars, is_last });
            }
            return;
        }
        let from = bars.time.partition_point(|time| *time < last);
        let is_reached = from > 0 || is_last || bars.is_empty();
        // The last one that the server has is sent again: a terminal may have learned more of it.
        self.collected.push(bars.slice(from, bars.len()));
        if is_reached || self.collected.len() >= MOST_PAGES {
            self.collected_to = None;
            self.newer_at = Time(now.0 + NEWER);
            let is_news = |bars: &Bars| bars.time.last().is_some_and(|time| *time > last);
            let collected = std::mem::take(&mut self.collected);
            let news = collected.into_iter().rev().filter(is_news);
            let page = |bars| Page {
                bars,
                is_last: false,
            };
            self.pages.extend(news.map(page));
        } else {
            self.collected_to = Some(oldest);
        }
    }

    /// The terminal does not answer, or cannot: later perhaps.
    pub(super) fn rest(&mut self, until: Time) {
        self.rest = until;
        self.collected.clear();
        self.collected_to = None;
    }

    /// What is to be uploaded now.
    pub(super) fn page(&self, now: Time) -> Option<&Bars> {
        let page = self.pages.front().filter(|_| now >= self.rest);
        page.map(|page| &page.bars)
    }

    /// The server has the page.
    pub(super) fn kept(&mut self) {
        let Some(Page { bars, is_last }) = self.pages.pop_front() else {
            return;
        };
        let (Some(first), Some(last)) = (bars.time.first(), bars.time.last()) else {
            return;
        };
        let count = bars.len() as u64;
        let (known_first, known_last, known) = self.known.unwrap_or((*first, *last, 0));
        self.is_whole |= is_last && *first <= known_first;
        self.known = Some((
            known_first.min(*first),
            known_last.max(*last),
            known + count,
        ));
    }

    /// The server does not take the page; it may at a time, or never. What it has is looked up again
    /// before.
    pub(super) fn refused(&mut self, until: Option<Time>) {
        *self = Self {
            rest: until.unwrap_or_default(),
            is_over: until.is_none(),
            ..Self::default()
        };
    }
}
