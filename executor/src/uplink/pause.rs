//! How long to wait before trying again: twice as long after each failure, up to a limit, and never
//! at the same time as everybody else.

use super::Pace;
use std::time::Duration;

/// The longest that a server may send us away: what is more is no answer of ours, and somebody waits
/// for what trades.
const LONGEST_SENT_AWAY: Duration = Duration::from_hours(1);

#[derive(Debug)]
pub(super) struct Pause {
    first: Duration,
    longest: Duration,
    next: Duration,
}

impl Pause {
    pub(super) fn new(pace: &Pace) -> Self {
        Self {
            first: pace.first_pause,
            longest: pace.longest_pause,
            next: pace.first_pause,
        }
    }

    /// Something went well.
    pub(super) fn reset(&mut self) {
        self.next = self.first;
    }

    /// The next one; it differs from one executor to the next.
    pub(super) fn next(&mut self) -> Duration {
        let mut byte = [0];
        // Without random numbers it is as long as it may be.
        let share = match getrandom::fill(&mut byte) {
            Ok(()) => f64::from(byte[0]) / 255.0,
            Err(_) => 1.0,
        };
        self.step(share)
    }

    /// Between half and all of what it is at the most; `share` says where, from 0 to 1.
    fn step(&mut self, share: f64) -> Duration {
        let most = self.next.min(self.longest);
        self.next = most.saturating_mul(2).min(self.longest);
        most.mul_f64(share.mul_add(0.5, 0.5))
    }
}

/// What the server asked for, as far as it is followed.
pub(super) fn sent_away(wait: Duration) -> Duration {
    wait.min(LONGEST_SENT_AWAY)
}

#[cfg(test)]
mod tests {
    use super::{Pace, Pause, sent_away};
    use std::time::Duration;

    #[test]
    fn pauses_grow_up_to_a_limit_and_begin_anew() {
        let mut pause = Pause::new(&Pace::default());
        let seconds: Vec<f64> = (0..8).map(|_| pause.step(1.0).as_secs_f64()).collect();
        assert_eq!(seconds, [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0]);
        assert_eq!(pause.step(0.0), Duration::from_secs(30));
        pause.reset();
        assert_eq!(pause.step(0.5), Duration::from_millis(750));
    }

    #[test]
    fn pauses_are_not_all_alike() {
        let mut pauses = (0..100).map(|_| Pause::new(&Pace::default()).next());
        let first = pauses.next();
        assert!(pauses.any(|other| Some(other) != first));
    }

    #[test]
    fn nobody_is_sent_away_for_ever() {
        assert_eq!(sent_away(Duration::from_secs(7)), Duration::from_secs(7));
        assert_eq!(sent_away(Duration::MAX), Duration::from_hours(1));
    }
}
