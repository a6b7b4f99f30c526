//! History as a broker shows it: bid and ask, and the nights between bars.

mod reach;

use crate::venue::{Spread, Venue};
use reach::Reach;
use std::sync::OnceLock;
use trading::{
    bar::Bars,
    symbol::Side,
    time::{DAY, HOUR, Time, weekday_of},
    zone::{LocalClock, Zone},
};

/// Bars with the ask beside the bid. Made once and shared by all runs over the same history.
#[derive(Debug)]
pub struct Market<'a> {
    /// The bars; their prices are bid prices.
    pub bars: &'a Bars,
    /// How far the ask is above the bid.
    distance: Distance,
    /// The days of the history; empty without overnight interest.
    days: Vec<DayStart>,
    /// For every [`STRIDE`]-th bar its day: from there a bar's own is a few steps.
    day_marks: Vec<u32>,
    spread: Spread,
    /// What blocks of bars reach, once somebody asked for it.
    reach: OnceLock<Reach>,
}

/// Bars between two entries of [`Market::day_marks`].
const STRIDE: usize = 64;

/// How far the ask is above the bid, in price units.
#[derive(Debug)]
enum Distance {
    Same(f64),
    Each(Vec<f64>),
}

/// The first bar of a day, and the nights of interest before it.
#[derive(Debug, Clone, Copy)]
struct DayStart {
    bar: u32,
    nights: i32,
}

impl<'a> Market<'a> {
    /// History as the venue's broker shows it. A venue that does not pass
    /// [`Venue::check`] counts nights in UTC.
    pub fn new(bars: &'a Bars, venue: &Venue) -> Self {
        let point = venue.symbol.point();
        let distance = match venue.costs.spread {
            Spread::Fixed(points) => Distance::Same(points * point),
            Spread::Bars { least } if none_above(&bars.spread, least) => {
                Distance::Same(least * point)
            }
            Spread::Bars { least } => {
                let points = bars.spread.iter().map(|spread| at_least(*spread, least));
                Distance::Each(points.map(|points| points * point).collect())
            }
        };
        let swap = &venue.costs.swap;
        let days = if swap.long == 0.0 && swap.short == 0.0 {
            Vec::new()
        } else {
            let zone = Zone::parse(&swap.time_zone).unwrap_or_else(|_| Zone::utc());
            days(&bars.time, zone, swap.triple_night.index())
        };
        Self {
            bars,
            distance,
            day_marks: day_marks(&days, bars.len()),
            days,
            spread: venue.costs.spread,
            reach: OnceLock::new(),
        }
    }

    /// The spread of a bar in points.
    pub fn spread(&self, bar: usize) -> f64 {
        match self.spread {
            Spread::Fixed(points) => points,
            Spread::Bars { least } => at_least(self.bars.spread[bar], least),
        }
    }

    /// Number of bars.
    pub fn len(&self) -> usize {
        self.bars.len()
    }

    /// Whether there is no bar.
    pub fn is_empty(&self) -> bool {
        self.bars.is_empty()
    }

    /// How far the ask is above the bid during a bar, in price units.
    #[inline]
    pub fn distance(&self, bar: usize) -> f64 {
        match &self.distance {
            Distance::Same(distance) => *distance,
            Distance::Each(distances) => distances[bar],
        }
    }

    /// The same where it is the same for all bars.
    pub fn fixed_distance(&self) -> Option<f64> {
        match self.distance {
            Distance::Same(distance) => Some(distance),
            Distance::Each(_) => None,
        }
    }

    /// Price at which a position of this side could be closed at the close of a bar.
    #[inline]
    pub fn closing_price(&self, side: Side, bar: usize) -> f64 {
        match side {
            Side::Buy => self.bars.close[bar],
            Side::Sell => self.bars.close[bar] + self.distance(bar),
        }
    }

    /// Notes the reach of every few bars, so that runs over this market pass over whole blocks while
    /// they wait for a price. Worth its pass over the bars where many runs share the market.
    pub(crate) fn note_reach(&self) {
        self.reach.get_or_init(|| Reach::new(self));
    }

    /// The first bar of `from..=to` whose low is at most `low` or whose high is at least `high`, in
    /// the prices at which a position of this side is closed.
    #[inline]
    pub(crate) fn first_outside(
        &self,
        side: Side,
        low: f64,
        high: f64,
        from: usize,
        to: usize,
    ) -> Option<usize> {
        let Some(reach) = self.reach.get() else {
            return self.walk_to_first_outside(side, low, high, from, to);
        };
        let mut from = from;
        while from <= to {
            let block = from / reach::BLOCK;
            let end = ((block + 1) * reach::BLOCK - 1).min(to);
            if reach.may_leave(block, side, low, high)
                && let found @ Some(_) = self.walk_to_first_outside(side, low, high, from, end)
            {
                return found;
            }
            from = end + 1;
        }
        None
    }

    #[inline]
    fn walk_to_first_outside(
        &self,
        side: Side,
        low: f64,
        high: f64,
        from: usize,
        to: usize,
    ) -> Option<usize> {
        if from > to {
            return None;
        }
        let lows = &self.bars.low[from..=to];
        let highs = &self.bars.high[from..=to];
        let (no_low, no_high) = (low == f64::NEG_INFINITY, high == f64::INFINITY);
        let found = match (side, &self.distance) {
            // A column that cannot matter is not read.
            (Side::Buy, _) if no_high => first(lows, lows, |_, l, _| l <= low),
            (Side::Buy, _) => first(lows, highs, |_, l, h| (l <= low) | (h >= high)),
            (Side::Sell, Distance::Same(d)) if no_low => {
                first(highs, highs, |_, h, _| h + d >= high)
            }
            (Side::Sell, Distance::Same(d)) => {
                first(lows, highs, |_, l, h| (l + d <= low) | (h + d >= high))
            }
            (Side::Sell, Distance::Each(distances)) => {
                let d = &distances[from..=to];
                if no_low {
                    first(highs, d, |_, h, d| h + d >= high)
                } else {
                    first(lows, highs, |i, l, h| {
                        (l + d[i] <= low) | (h + d[i] >= high)
                    })
                }
            }
        };
        found.map(|place| from + place)
    }

    /// Nights of interest between two bars, the triple one counted three times.
    #[inline]
    pub fn nights(&self, from: u32, to: u32) -> i32 {
        if self.days.is_empty() {
            return 0;
        }
        self.days[self.day_of(to)].nights - self.days[self.day_of(from)].nights
    }

    /// The bars of `from..to` in runs during which the nights since `from` stay the same: end of
    /// the run, and those nights.
    pub(crate) fn night_runs(&self, from: u32, to: u32) -> impl Iterator<Item = (u32, i32)> + '_ {
        let first = if self.days.is_empty() {
            0
        } else {
            self.day_of(from)
        };
        let start = self.days.get(first).map_or(0, |day| day.nights);
        let days = self.days.get(first..).unwrap_or_default();
        let last = to.max(from);
        let mut at = 0;
        let mut reached = from;
        std::iter::from_fn(move || {
            if reached >= last {
                return None;
            }
            let nights = days.get(at).map_or(0, |day| day.nights - start);
            reached = days.get(at + 1).map_or(last, |day| day.bar.min(last));
            at += 1;
            Some((reached, nights))
        })
    }

    /// Whether any night costs or brings interest.
    pub fn has_swap(&self) -> bool {
        !self.days.is_empty()
    }

    #[inline]
    fn day_of(&self, bar: u32) -> usize {
        let mut day = self.day_marks[bar as usize / STRIDE] as usize;
        while self.days.get(day + 1).is_some_and(|next| next.bar <= bar) {
            day += 1;
        }
        day
    }
}

/// Whether no spread is above `least`; looks at many at once.
fn none_above(spreads: &[f64], least: f64) -> bool {
    let mut chunks = spreads.chunks(1_024);
    chunks.all(|chunk| {
        !chunk
            .iter()
            .fold(false, |above, spread| above | (*spread > least))
    })
}

fn at_least(spread: f64, least: f64) -> f64 {
    if spread > least { spread } else { least }
}

/// Bars looked at together when waiting for a price.
const CHUNK: usize = 16;

/// The first place at which a bar is `outside`. No early exit inside a chunk: the whole of it is
/// compared with vector instructions.
#[inline(always)]
fn first(lows: &[f64], highs: &[f64], outside: impl Fn(usize, f64, f64) -> bool) -> Option<usize> {
    let len = lows.len().min(highs.len());
    let (lows, highs) = (&lows[..len], &highs[..len]);
    let mut start = 0;
    while start + CHUNK <= len {
        let mut reached = false;
        for i in start..start + CHUNK {
            reached |= outside(i, lows[i], highs[i]);
        }
        if reached {
            break;
        }
        start += CHUNK;
    }
    (start..len).find(|i| outside(*i, lows[*i], highs[*i]))
}

/// The days that have bars. The night that begins a weekday counts once, the triple one three
/// times, and those that begin Saturday and Sunday not at all: seven a week.
fn days(time: &[i64], zone: Zone, triple: usize) -> Vec<DayStart> {
    let mut clock = LocalClock::new(zone);
    let mut days = Vec::new();
    let mut nights = 0;
    let mut before: Option<i64> = None;
    let mut bar = 0;
    while bar < time.len() {
        let local = clock.local(Time(time[bar])).0;
        let today = local.div_euclid(DAY);
        for passed in before.unwrap_or(today)..today {
            nights += match weekday_of(passed) {
                5 | 6 => 0,
                weekday if weekday == triple => 3,
                _ => 1,
            };
        }
        before = Some(today);
        // A clock that is turned back at midnight shows a day twice: one entry serves.
        days.push(DayStart {
            bar: bar as u32,
            nights,
        });
        // A clock change moves midnight by at most some hours: look for it, then walk the rest.
        let midnight = time[bar] + ((today + 1) * DAY - local);
        bar += skip(&time[bar..], midnight - 3 * HOUR);
        while bar < time.len() && clock.local(Time(time[bar])).0.div_euclid(DAY) <= today {
            bar += 1;
        }
    }
    days
}

fn day_marks(days: &[DayStart], bars: usize) -> Vec<u32> {
    if days.is_empty() {
        return Vec::new();
    }
    let mut day = 0;
    (0..bars)
        .step_by(STRIDE)
        .map(|bar| {
            while days
                .get(day + 1)
                .is_some_and(|next| next.bar as usize <= bar)
            {
                day += 1;
            }
            day as u32
        })
        .collect()
}

/// How many times come before `until`, looking near the start first: a day is a small part of a
/// history, and searching all of it would touch all of its memory.
fn skip(time: &[i64], until: i64) -> usize {
    let mut reach = 64;
    while reach < time.len() && time[reach] < until {
        reach *= 2;
    }
    let known = reach / 2;
    let near = &time[known.min(time.len())..reach.min(time.len())];
    if time.get(known).is_none_or(|t| *t >= until) {
        return time[..known.min(time.len())].partition_point(|t| *t < until);
    }
    known + near.partition_point(|t| *t < until)
}

#[cfg(test)]
mod tests {
    use super::*;
    use trading::bar::Bar;

    fn bars(hours: impl Iterator<Item = i64>) -> Bars {
        // 2024-01-01 was a Monday.
        let start = Time::from_civil(2024, 1, 1, 0, 0, 0).0;
        hours
            .map(|hour| Bar {
                time: Time(start + hour * HOUR),
                ..Bar::default()
            })
            .collect()
    }

    fn venue() -> Venue {
        Venue::typical(&"XAUUSD".parse().unwrap()).unwrap()
    }

    #[test]
    fn a_week_has_seven_nights_and_the_triple_one_is_wednesday() {
        let noons = bars((0..14).map(|day| day * 24 + 12));
        let market = Market::new(&noons, &venue());
        let nights: Vec<i32> = (0..14).map(|to| market.nights(0, to)).collect();
        assert_eq!(nights[..8], [0, 1, 2, 5, 6, 7, 7, 7]);
        assert_eq!(nights[13], 14);
        assert_eq!(market.nights(2, 4), 4);
    }

    #[test]
    fn runs_of_nights_agree_with_nights_bar_by_bar() {
        let hourly = bars((0..400).filter(|hour| hour % 7 != 3));
        let mut venue = venue();
        venue.costs.swap.time_zone = "America/New_York+7".into();
        let market = Market::new(&hourly, &venue);
        let (from, to) = (5, 300);
        let mut at = from;
        for (end, nights) in market.night_runs(from, to) {
            assert!(end > at);
            for bar in at..end {
                assert_eq!(market.nights(from, bar), nights, "bar {bar}");
            }
            at = end;
        }
        assert_eq!(at, to);
    }

    #[test]
    fn a_price_is_found_where_a_plain_walk_finds_it() {
        let mut hourly = bars(0..100);
        for i in 0..100 {
            hourly.low[i] = 50.0 + ((i * 37) % 41) as f64;
            hourly.high[i] = hourly.low[i] + 3.0;
        }
        for has_reach in [false, true] {
            let market = Market::new(&hourly, &venue());
            if has_reach {
                market.note_reach();
            }
            finds_like_a_plain_walk(&hourly, &market);
        }
    }

    fn finds_like_a_plain_walk(hourly: &Bars, market: &Market<'_>) {
        let no = f64::INFINITY;
        for (low, high) in [(51.0, no), (-no, 92.0), (50.0, 93.5), (-no, no)] {
            for from in 0..100 {
                for side in [Side::Buy, Side::Sell] {
                    let d = if side == Side::Sell {
                        market.distance(0)
                    } else {
                        0.0
                    };
                    let plain = (from..100)
                        .find(|i| hourly.low[*i] + d <= low || hourly.high[*i] + d >= high);
                    assert_eq!(market.first_outside(side, low, high, from, 99), plain);
                }
            }
        }
    }
}
