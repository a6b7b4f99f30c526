//! The circuit breaker. Pure: time comes in with the call.

use trading::time::Time;

/// What a breaker does with a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BreakerState {
    /// Lets it through.
    Closed,
    /// Keeps it from happening.
    Open,
    /// Lets a single one through, to see.
    HalfOpen,
}

/// Stops calls to who failed several times in a row, for a while; then lets one through to see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breaker {
    most: u32,
    rest: i64,
    failures: u32,
    /// When it may be tried again, once it was open.
    again: Option<Time>,
}

impl Breaker {
    /// Opens after so many failures in a row (at least one), for so many milliseconds.
    pub const fn new(most: u32, rest: i64) -> Self {
        Self {
            most: if most == 0 { 1 } else { most },
            rest,
            failures: 0,
            again: None,
        }
    }

    /// Its state.
    pub fn state(&self, now: Time) -> BreakerState {
        match self.again {
            None => BreakerState::Closed,
            Some(again) if now < again => BreakerState::Open,
            Some(_) => BreakerState::HalfOpen,
        }
    }

    /// Whether a call may be made. Half open, it allows one and is open again until that one is
    /// answered, or as long as before: a caller who went away must not close the way for ever.
    pub fn allow(&mut self, now: Time) -> bool {
        match self.state(now) {
            BreakerState::Closed => true,
            BreakerState::Open => false,
            BreakerState::HalfOpen => {
                self.again = Some(Time(now.0.saturating_add(self.rest)));
                true
            }
        }
    }

    /// A call was answered.
    pub const fn answered(&mut self) {
        self.failures = 0;
        self.again = None;
    }

    /// A call was not.
    pub fn failed(&mut self, now: Time) {
        self.failures = self.failures.saturating_add(1);
        if self.failures >= self.most {
            self.again = Some(Time(now.0.saturating_add(self.rest)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn it_opens_waits_and_tries_one() {
        let mut breaker = Breaker::new(2, 100);
        breaker.failed(Time(0));
        assert!(breaker.allow(Time(0)));
        breaker.failed(Time(1));
        assert_eq!(breaker.state(Time(100)), BreakerState::Open);
        assert!(!breaker.allow(Time(100)));
        assert_eq!(breaker.state(Time(101)), BreakerState::HalfOpen);
        assert!(breaker.allow(Time(101)));
        assert!(!breaker.allow(Time(102)), "only one");
        breaker.failed(Time(103));
        assert!(!breaker.allow(Time(202)));
        // The one that is let through may never come back.
        assert!(breaker.allow(Time(203)));
        assert!(breaker.allow(Time(303)));
        breaker.answered();
        assert_eq!(breaker.state(Time(303)), BreakerState::Closed);
        breaker.failed(Time(304));
        assert!(breaker.allow(Time(304)), "it counts from the start");
    }

    proptest! {
        /// Whatever happened: after the rest a call is let through, and an answer closes it.
        #[test]
        fn it_never_stays_open(events in proptest::collection::vec(0..3_u8, 0..50)) {
            let mut breaker = Breaker::new(3, 10);
            let mut now = 0;
            for event in events {
                now += 1;
                match event {
                    0 => breaker.failed(Time(now)),
                    1 => breaker.answered(),
                    _ => { breaker.allow(Time(now)); }
                }
            }
            prop_assert!(breaker.allow(Time(now + 10)));
            breaker.answered();
            prop_assert_eq!(breaker.state(Time(now)), BreakerState::Closed);
        }
    }
}
