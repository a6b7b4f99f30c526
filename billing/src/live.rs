//! What becomes of strategies that trade when the plan allows fewer than there are: it became
//! smaller, or ended.
//!
//! Nothing is closed, and nothing stops at once. Those that trade longest go on, as many as the
//! plan allows. The others go on for a week, in which their owner is told and can choose, and then
//! may open nothing more; what they have open they go on with. Whoever makes room or takes a larger
//! plan lets them go on at once.

use crate::{quota::Limit, subscription::GRACE};
use trading::time::Time;

/// What becomes of a strategy that trades.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Course {
    /// It goes on.
    Runs,
    /// It goes on until then, exclusive.
    Grace(Time),
    /// It opens nothing more, since then.
    Paused(Time),
}

/// What becomes of the strategy at a place among those that trade, where the one that does so
/// longest is at 0.
///
/// `excess` is since when more trade than the plan allows; without it, the excess begins now.
pub fn course(place: u64, limit: Limit, excess: Option<Time>, now: Time) -> Course {
    match limit {
        Limit::Of(most) if place >= most => {
            let since = excess.unwrap_or(now);
            let until = Time(since.0.saturating_add(GRACE));
            if now < until {
                Course::Grace(until)
            } else {
                Course::Paused(until)
            }
        }
        _ => Course::Runs,
    }
}

#[cfg(test)]
mod tests {
    use super::{Course, GRACE, course};
    use crate::quota::Limit;
    use proptest::prelude::*;
    use trading::time::Time;

    #[test]
    fn the_newest_are_paused_after_a_week() {
        let began = Some(Time(1_000));
        let at = |place, now| course(place, Limit::Of(2), began, Time(now));
        let end = Time(1_000 + GRACE);
        for now in [1_000, 1_000 + GRACE - 1] {
            assert_eq!(at(1, now), Course::Runs);
            assert_eq!(at(2, now), Course::Grace(end));
        }
        assert_eq!(at(1, end.0), Course::Runs);
        assert_eq!(at(2, end.0), Course::Paused(end));
        // Nobody is paused whose excess was only just found.
        let found = course(2, Limit::Of(2), None, Time(5));
        assert_eq!(found, Course::Grace(Time(5 + GRACE)));
        assert_eq!(
            course(u64::MAX, Limit::Unlimited, began, Time(i64::MAX)),
            Course::Runs
        );
        // Even a plan of none gives the week.
        assert_eq!(
            course(0, Limit::Of(0), began, Time(2_000)),
            Course::Grace(end)
        );
    }

    proptest! {
        #[test]
        fn a_plan_that_allows_it_pauses_nothing(
            place in 0_u64..50, most in 0_u64..50,
            began in 0_i64..1_000_000_000_000, waited in 0_i64..2_000_000_000_000,
        ) {
            let now = Time(began + waited);
            let found = course(place, Limit::Of(most), Some(Time(began)), now);
            prop_assert_eq!(found == Course::Runs, place < most);
            if let Course::Paused(since) = found {
                prop_assert!(waited >= GRACE && since <= now);
            }
            // More room never makes it worse, and neither does being live for longer.
            let rank = |course| match course {
                Course::Runs => 0,
                Course::Grace(_) => 1,
                Course::Paused(_) => 2,
            };
            let roomier = course(place, Limit::Of(most + 1), Some(Time(began)), now);
            prop_assert!(rank(roomier) <= rank(found));
            let older = course(place.saturating_sub(1), Limit::Of(most), Some(Time(began)), now);
            prop_assert!(rank(older) <= rank(found));
        }
    }
}
