//! The time here, and the server's.

use std::time::{SystemTime, UNIX_EPOCH};
use trading::time::Time;

/// The time by this computer's clock.
pub(super) fn now() -> Time {
    let millis = |since: std::time::Duration| i64::try_from(since.as_millis()).unwrap_or(i64::MAX);
    Time(match SystemTime::now().duration_since(UNIX_EPOCH) {
        Ok(since) => millis(since),
        Err(error) => -millis(error.duration()),
    })
}

/// How far the server's clock is ahead of ours, in milliseconds, when it said `said` to a question
/// of `asked` that was answered at `answered`: it looked at its clock somewhere between, and the
/// middle is wrong by no more than half of that.
pub(super) fn ahead(asked: Time, said: Time, answered: Time) -> i64 {
    let half = answered.0.saturating_sub(asked.0).max(0) / 2;
    said.0.saturating_sub(asked.0.saturating_add(half))
}

#[cfg(test)]
mod tests {
    use super::{Time, ahead};

    #[test]
    fn the_servers_clock_is_read_in_the_middle() {
        assert_eq!(ahead(Time(1_000), Time(5_050), Time(1_100)), 4_000);
        assert_eq!(ahead(Time(1_000), Time(400), Time(1_000)), -600);
        // Ours was set back while it was asked.
        assert_eq!(ahead(Time(1_000), Time(1_000), Time(0)), 0);
        assert_eq!(
            ahead(Time(i64::MIN), Time(i64::MAX), Time(i64::MAX)),
            i64::MAX
        );
    }
}
