//! The time here, and the server's.

use std::time::{Duration, SystemTime, UNIX_EPOCH};
use trading::time::Time;

/// The time by this computer's clock.
pub(super) fn now() -> Time {
    let millis = |since: Duration| i64::try_from(since.as_millis()).unwrap_or(i64::MAX);
    Time(match SystemTime::now().duration_since(UNIX_EPOCH) {
        Ok(since) => millis(since),
        Err(error) => -millis(error.duration()),
    })
}

/// How far the server's clock is ahead of ours, in milliseconds, when it said `said` to a question
/// of `asked` whose answer took so long: it looked at its clock somewhere between, and the middle is
/// wrong by no more than half of that.
pub(super) fn ahead(asked: Time, said: Time, took: Duration) -> i64 {
    let half = i64::try_from(took.as_millis() / 2).unwrap_or(i64::MAX);
    said.0.saturating_sub(asked.0.saturating_add(half))
}

#[cfg(test)]
mod tests {
    use super::{Duration, Time, ahead};

    #[test]
    fn the_servers_clock_is_read_in_the_middle() {
        let millis = Duration::from_millis;
        assert_eq!(ahead(Time(1_000), Time(5_050), millis(100)), 4_000);
        assert_eq!(ahead(Time(1_000), Time(400), millis(0)), -600);
    }
}
