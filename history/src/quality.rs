//! What the bars look like in time: their timeframe and their gaps.

use serde::Serialize;
use trading::{
    bar::Bars,
    time::{DAY, HOUR, Time},
    timeframe::Timeframe,
};

/// Pauses up to this long are quiet minutes or the daily break, not gaps.
pub const SHORT_PAUSE: i64 = 3 * HOUR;

/// How many of the longest gaps are kept.
pub const GAPS_KEPT: usize = 10;

/// A time without bars.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Gap {
    /// Opening time of the last bar before it.
    pub after: Time,
    /// Opening time of the first bar behind it.
    pub before: Time,
    /// Missing time in milliseconds: from the end of the bar before to the bar behind.
    pub missing: i64,
}

/// The times without bars.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Gaps {
    /// Gaps within trading weeks: longer than [`SHORT_PAUSE`], and no weekend.
    pub count: u64,
    /// The longest of them, longest first.
    pub largest: Vec<Gap>,
    /// Weekends.
    pub weekends: u64,
    /// Pauses up to [`SHORT_PAUSE`]: minutes without a tick, daily breaks.
    pub short_pauses: u64,
}

/// Follows bars in order and learns their timeframe and gaps.
#[derive(Debug, Default)]
pub(crate) struct Quality {
    bars: u64,
    first: Option<Time>,
    last: Option<Time>,
    timeframe: Option<Timeframe>,
    steps: [u64; Timeframe::ALL.len()],
    other_steps: u64,
    gaps: Gaps,
}

impl Quality {
    /// Knows the timeframe beforehand, or learns it from the first chunk.
    pub(crate) fn new(timeframe: Option<Timeframe>) -> Self {
        Self {
            timeframe,
            ..Self::default()
        }
    }

    /// Takes the next bars.
    pub(crate) fn add(&mut self, bars: &Bars) {
        let before = self.last.map(|t| t.0);
        let Some((&first, &last)) = bars.time.first().zip(bars.time.last()) else {
            return;
        };
        self.bars += bars.len() as u64;
        self.first.get_or_insert(Time(first));
        self.last = Some(Time(last));
        let pairs = || {
            let joint = before.map(|before| (before, first));
            joint
                .into_iter()
                .chain(bars.time.windows(2).map(|pair| (pair[0], pair[1])))
        };
        for (a, b) in pairs() {
            match step_of(b.saturating_sub(a)) {
                Some(at) => self.steps[at] += 1,
                None => self.other_steps += 1,
            }
        }
        if self.timeframe.is_none() {
            self.timeframe = self.most_frequent();
        }
        if let Some(timeframe) = self.timeframe {
            for (a, b) in pairs() {
                // Nearly all bars follow at once: nothing to look into.
                if b.saturating_sub(a) != timeframe.millis() {
                    self.gaps.add(timeframe, Time(a), Time(b));
                }
            }
        }
    }

    fn most_frequent(&self) -> Option<Timeframe> {
        let best = *self.steps.iter().max()?;
        // The shortest of the most frequent: a day that is missing here and there makes steps of
        // two days, never the other way round.
        let at = self.steps.iter().position(|n| *n == best)?;
        (best > 0).then(|| Timeframe::ALL[at])
    }

    /// Number of bars.
    pub(crate) fn bars(&self) -> u64 {
        self.bars
    }

    /// First and last opening time.
    pub(crate) fn span(&self) -> (Option<Time>, Option<Time>) {
        (self.first, self.last)
    }

    /// The timeframe that was given or that the first bars have.
    pub(crate) fn timeframe(&self) -> Option<Timeframe> {
        self.timeframe
    }

    /// The most frequent step, where it is another than [`Quality::timeframe`].
    pub(crate) fn other_timeframe(&self) -> Option<Timeframe> {
        self.most_frequent().filter(|t| Some(*t) != self.timeframe)
    }

    /// The gaps so far.
    pub(crate) fn gaps(&self) -> &Gaps {
        &self.gaps
    }
}

/// Place in [`Timeframe::ALL`] of the timeframe with this distance between bars.
fn step_of(step: i64) -> Option<usize> {
    Timeframe::ALL.iter().position(|t| match t {
        Timeframe::MN1 => (28 * DAY - HOUR..=31 * DAY + HOUR).contains(&step),
        // Clocks change between days and weeks.
        Timeframe::D1 | Timeframe::W1 => (step - t.millis()).abs() <= HOUR,
        _ => step == t.millis(),
    })
}

impl Gaps {
    fn add(&mut self, timeframe: Timeframe, after: Time, before: Time) {
        let end = match timeframe {
            Timeframe::MN1 => timeframe.period(after).1.0,
            _ => after.0.saturating_add(timeframe.millis()),
        };
        let missing = before.0.saturating_sub(end);
        if missing <= 0 || (timeframe >= Timeframe::D1 && missing <= HOUR) {
            return;
        }
        if is_weekend(Time(end), before, missing) {
            self.weekends += 1;
        } else if missing <= SHORT_PAUSE {
            self.short_pauses += 1;
        } else {
            self.count += 1;
            let at = self.largest.partition_point(|gap| gap.missing >= missing);
            if at < GAPS_KEPT {
                self.largest.insert(
                    at,
                    Gap {
                        after,
                        before,
                        missing,
                    },
                );
                self.largest.truncate(GAPS_KEPT);
            }
        }
    }
}

/// Markets close on Friday or early on Saturday, whatever the clock, and open on Sunday or Monday.
/// The longest such pause is a stock exchange's, some 66 hours.
fn is_weekend(end: Time, next: Time, missing: i64) -> bool {
    const FRIDAY: usize = 4;
    const SATURDAY: usize = 5;
    const SUNDAY: usize = 6;
    missing > 12 * HOUR
        && missing <= 3 * DAY
        && matches!(end.weekday(), FRIDAY | SATURDAY)
        && matches!(next.weekday(), SUNDAY | 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bars(times: impl IntoIterator<Item = Time>) -> Bars {
        times
            .into_iter()
            .map(|time| trading::bar::Bar {
                time,
                open: 1.0,
                high: 1.0,
                low: 1.0,
                close: 1.0,
                ..Default::default()
            })
            .collect()
    }

    #[test]
    fn months_weeks_and_days_are_recognised() {
        let months = (1..=12).map(|m| Time::from_civil(2017, m, 1, 0, 0, 0));
        let weeks = (0..9).map(|w| Time(Time::from_civil(2017, 1, 1, 0, 0, 0).0 + w * 7 * DAY));
        let days = (0..40)
            .map(|d| Time(Time::from_civil(2017, 1, 2, 0, 0, 0).0 + d * DAY))
            .filter(|t| t.weekday() < 5);
        let mut quality = Quality::new(None);
        quality.add(&bars(months));
        assert_eq!(
            (quality.timeframe(), quality.gaps().count),
            (Some(Timeframe::MN1), 0)
        );
        let mut quality = Quality::new(None);
        quality.add(&bars(weeks));
        assert_eq!(
            (quality.timeframe(), quality.gaps().count),
            (Some(Timeframe::W1), 0)
        );
        let mut quality = Quality::new(None);
        quality.add(&bars(days));
        assert_eq!(
            (quality.timeframe(), quality.gaps().count),
            (Some(Timeframe::D1), 0)
        );
        assert_eq!(quality.gaps().weekends, 5);
    }

    #[test]
    fn gaps_are_told_from_weekends_and_breaks() {
        let hour = |d, h| Time::from_civil(2017, 1, d, h, 0, 0);
        let times = [
            hour(3, 20),
            hour(3, 21),
            hour(3, 23), // the daily break
            hour(4, 0),
            hour(4, 10), // a gap of nine hours
            hour(4, 11),
            hour(6, 21), // a gap of more than two days, ending on a Friday
            hour(8, 22), // the weekend
            hour(8, 23),
        ];
        // Chunks must not matter.
        for chunk in [1, 2, 9] {
            let mut quality = Quality::new(Some(Timeframe::H1));
            for times in times.chunks(chunk) {
                quality.add(&bars(times.iter().copied()));
            }
            let gaps = quality.gaps();
            assert_eq!((gaps.count, gaps.weekends, gaps.short_pauses), (2, 1, 1));
            assert_eq!(gaps.largest[1].missing, 9 * HOUR);
            assert_eq!(gaps.largest[1].after, hour(4, 0));
        }
    }
}
