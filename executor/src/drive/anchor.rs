//! A clock that runs on by itself, whatever is done to this computer's.

use std::time::Instant;
use trading::time::Time;

/// What time it was somewhere, and since when we know.
#[derive(Debug, Clone, Copy)]
pub(super) struct Anchor {
    then: Time,
    since: Instant,
}

impl Anchor {
    /// It is this time there now.
    pub(super) fn at(then: Time) -> Self {
        Self {
            then,
            since: Instant::now(),
        }
    }

    /// What time it is there.
    pub(super) fn now(&self) -> Time {
        let passed = i64::try_from(self.since.elapsed().as_millis()).unwrap_or(i64::MAX);
        Time(self.then.0.saturating_add(passed))
    }
}
