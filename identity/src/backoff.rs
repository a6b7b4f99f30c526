//! How long somebody who keeps failing has to wait. Arithmetic only: who counts, and for what
//! (an account, an address, both), is the caller's.
//!
//! Counting for an account alone lets a stranger keep its owner out, a quarter of an hour at a time.
//! Count for the pair of account and network address, and for the account with a higher
//! [`Policy::free`].

use trading::time::{DAY, MINUTE, SECOND, Time};

/// How many failures cost nothing: people mistype.
pub const FREE: u32 = 5;
/// The first wait, in milliseconds; each further failure doubles it.
pub const FIRST: i64 = SECOND;
/// The longest wait, in milliseconds.
pub const LONGEST: i64 = 15 * MINUTE;
/// After how long without a failure all is forgotten, in milliseconds.
pub const FORGOTTEN: i64 = DAY;

/// What is remembered of somebody's failures. A success deletes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attempts {
    /// How many there were.
    pub failures: u32,
    /// When the last one was.
    pub last: Time,
}

/// How failing is answered. The default is that of the constants here. Durations are in
/// milliseconds; `longest` is to be shorter than `forgotten`, which ends every wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// How many failures cost nothing.
    pub free: u32,
    /// The wait after one more than that.
    pub first: i64,
    /// The longest wait.
    pub longest: i64,
    /// After how long without a failure all is forgotten.
    pub forgotten: i64,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            free: FREE,
            first: FIRST,
            longest: LONGEST,
            forgotten: FORGOTTEN,
        }
    }
}

impl Policy {
    /// When the next attempt is permitted; `None` when at once. An attempt at that very millisecond
    /// is permitted.
    pub fn until(&self, attempts: &Attempts) -> Option<Time> {
        let delay = self.delay(attempts.failures);
        (delay > 0).then(|| Time(attempts.last.millis().saturating_add(delay)))
    }

    /// How many milliseconds there are left to wait at `now`; `None` when none. Even when the clock
    /// was set back, no longer than the wait itself.
    pub fn wait(&self, attempts: &Attempts, now: Time) -> Option<i64> {
        if self.is_forgotten(attempts, now) {
            return None;
        }
        let left = self.until(attempts)?.millis().saturating_sub(now.millis());
        (left > 0).then_some(left.min(self.delay(attempts.failures)))
    }

    /// What is to be remembered after one more failure.
    pub fn failed(&self, before: Option<Attempts>, now: Time) -> Attempts {
        let failures = before
            .filter(|attempts| !self.is_forgotten(attempts, now))
            .map_or(0, |attempts| attempts.failures);
        Attempts {
            failures: failures.saturating_add(1),
            last: now,
        }
    }

    /// Whether the last failure is so long ago that it no longer counts, and its row may go. A
    /// failure that far in the future was written by a clock that was wrong.
    pub fn is_forgotten(&self, attempts: &Attempts, now: Time) -> bool {
        let apart = now.millis().abs_diff(attempts.last.millis());
        u64::try_from(self.forgotten).is_ok_and(|forgotten| apart >= forgotten)
    }

    /// The wait after so many failures.
    fn delay(&self, failures: u32) -> i64 {
        let Some(doublings) = failures
            .checked_sub(self.free)
            .and_then(|n| n.checked_sub(1))
        else {
            return 0;
        };
        2_i64
            .checked_pow(doublings)
            .map_or(self.longest, |factor| self.first.saturating_mul(factor))
            .min(self.longest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOW: Time = Time(1_700_000_000_000);

    #[test]
    fn five_are_free_and_then_each_doubles_up_to_a_quarter_of_an_hour() {
        let policy = Policy::default();
        let mut attempts = None;
        let waits: Vec<i64> = (0..18)
            .map(|_| {
                let now = policy.failed(attempts, NOW);
                attempts = Some(now);
                policy
                    .until(&now)
                    .map_or(0, |until| (until.millis() - NOW.millis()) / SECOND)
            })
            .collect();
        assert_eq!(
            waits,
            [
                0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900
            ]
        );
    }

    #[test]
    fn the_wait_ends_when_it_is_over() {
        let policy = Policy::default();
        let attempts = Attempts {
            failures: 7,
            last: NOW,
        };
        for (after, left) in [
            (0, Some(2_000)),
            (1_999, Some(1)),
            (2_000, None),
            (DAY, None),
        ] {
            assert_eq!(
                policy.wait(&attempts, Time(NOW.millis() + after)),
                left,
                "{after}"
            );
        }
        // The clock went back an hour.
        assert_eq!(
            policy.wait(&attempts, Time(NOW.millis() - 60 * MINUTE)),
            Some(2_000)
        );
    }

    #[test]
    fn a_day_without_failure_forgets() {
        let policy = Policy::default();
        let attempts = Attempts {
            failures: 9,
            last: NOW,
        };
        for (after, failures) in [(DAY - 1, 10), (DAY, 1), (-DAY, 1), (1 - DAY, 10)] {
            let now = Time(NOW.millis() + after);
            assert_eq!(
                policy.failed(Some(attempts), now),
                Attempts {
                    failures,
                    last: now
                }
            );
        }
    }

    proptest! {
        #[test]
        fn waits_grow_and_are_bounded(failures in 0..u32::MAX, last in -1_i64 << 50..1_i64 << 50) {
            let policy = Policy::default();
            let [few, more] = [failures, failures + 1].map(|failures| {
                let until = policy.until(&Attempts { failures, last: Time(last) });
                until.map_or(0, |until| until.millis() - last)
            });
            prop_assert!(few <= more && more <= LONGEST && few >= 0);
            prop_assert!(few == more || few == 0 || more == 2 * few || more == LONGEST);
        }

        #[test]
        fn nothing_overflows(
            failures in any::<u32>(), last in any::<i64>(), now in any::<i64>(),
            free in any::<u32>(), first in any::<i64>(), longest in any::<i64>(), forgotten in any::<i64>(),
        ) {
            let policy = Policy { free, first, longest, forgotten };
            let attempts = Attempts { failures, last: Time(last) };
            let wait = policy.wait(&attempts, Time(now));
            prop_assert!(wait.is_none_or(|wait| wait > 0 && wait <= longest));
            let after = policy.failed(Some(attempts), Time(now));
            prop_assert!(after.failures >= 1 && after.last == Time(now));
            let _ = policy.until(&after);
        }

        #[test]
        fn who_waits_gets_in(failures in 0..100_u32, now in 0..1_i64 << 50) {
            let policy = Policy::default();
            let attempts = Attempts { failures, last: Time(now) };
            let wait = policy.wait(&attempts, Time(now));
            prop_assert_eq!(wait.is_some(), failures > FREE);
            let later = Time(now + wait.unwrap_or(0));
            prop_assert_eq!(policy.wait(&attempts, later), None);
        }
    }
}
