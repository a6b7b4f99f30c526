//! For how long the last list of strategies counts while the server is out of reach: what was paid
//! for, and whether a strategy is still to trade, nobody knows then.

use std::time::{Duration, Instant};
use trading::time::{MINUTE, Time};

/// How much a clock may have been set back between two runs.
const SET_BACK: i64 = 5 * MINUTE;

/// Since when a list counts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Grace {
    allowed: Duration,
    /// By this computer's clock, which outlives the program.
    at: Time,
    /// By a clock that nobody sets, but which stands still while some computers sleep.
    since: Option<Instant>,
}

impl Grace {
    /// The server confirmed the list now.
    pub(super) fn begun(allowed: Duration, at: Time, since: Instant) -> Self {
        Self {
            allowed,
            at,
            since: Some(since),
        }
    }

    /// The server confirmed it then, in an earlier run.
    pub(super) fn earlier(allowed: Duration, at: Time) -> Self {
        Self {
            allowed,
            at,
            since: None,
        }
    }

    /// How much is left; nothing once it is over. The longer of both clocks' times counts.
    pub(super) fn left(&self, now: Time, instant: Instant) -> Duration {
        let passed = now.0.saturating_sub(self.at.0);
        if self.since.is_none() && passed < -SET_BACK {
            // A list of the future: the clock was set back, and how long ago it was nobody knows.
            return Duration::ZERO;
        }
        let by_clock = Duration::from_millis(u64::try_from(passed).unwrap_or(0));
        let here = self
            .since
            .map(|since| instant.saturating_duration_since(since));
        let passed = by_clock.max(here.unwrap_or_default());
        self.allowed.saturating_sub(passed)
    }
}

#[cfg(test)]
mod tests {
    use super::Grace;
    use std::time::{Duration, Instant};
    use trading::time::{HOUR, Time};

    #[test]
    fn the_longer_of_both_clocks_counts() {
        let (allowed, begin) = (Duration::from_hours(72), Instant::now());
        let grace = Grace::begun(allowed, Time(0), begin);
        let left = |hours: i64, monotonic: u64| {
            let instant = begin + Duration::from_hours(monotonic);
            grace.left(Time(hours * HOUR), instant).as_secs() / 3_600
        };
        assert_eq!(left(0, 0), 72);
        assert_eq!(left(12, 12), 60);
        // The computer slept.
        assert_eq!(left(71, 1), 1);
        assert_eq!(left(72, 1), 0);
        // Somebody sets the clock back again and again.
        assert_eq!(left(-500, 71), 1);
        assert_eq!(left(0, 73), 0);
    }

    #[test]
    fn a_list_of_an_earlier_run_counts_no_longer() {
        let grace = Grace::earlier(Duration::from_hours(72), Time(10 * HOUR));
        let left = |at: i64| grace.left(Time(at), Instant::now()).as_secs() / 3_600;
        assert_eq!(left(11 * HOUR), 71);
        assert_eq!(left(82 * HOUR), 0);
        assert_eq!(left(10 * HOUR - 1_000), 72);
        assert_eq!(left(9 * HOUR), 0, "a list of the future");
    }
}
