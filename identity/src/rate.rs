//! How often an address, or anybody, may do something. Arithmetic only: the caller keeps the
//! [`Window`].

use trading::time::Time;

/// So many times in a window of so long. Windows are fixed: across the border of two, twice as many
/// may pass within one window's length. That is the price of keeping two numbers only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// How many times. With nought nothing ever passes.
    pub most: u32,
    /// How long the window is, in milliseconds; more than nought, or nothing is ever held back.
    pub window_ms: i64,
}

/// What is remembered between steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// When the window began: with the first step in it.
    pub started: Time,
    /// How many passed in it.
    pub count: u32,
}

/// The answer to a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pass {
    /// Go on.
    Allowed,
    /// Too many.
    Held {
        /// In how many milliseconds it is worth trying again.
        retry_after_ms: i64,
    },
}

impl Rate {
    /// So many times a minute.
    pub const fn a_minute(most: u32) -> Self {
        Self {
            most,
            window_ms: trading::time::MINUTE,
        }
    }

    /// So many times an hour.
    pub const fn an_hour(most: u32) -> Self {
        Self {
            most,
            window_ms: trading::time::HOUR,
        }
    }

    /// One more time at `now`: what is to be remembered, and whether it passes. What is held is not
    /// counted, so that trying on does not lengthen the wait.
    pub fn step(&self, before: Option<Window>, now: Time) -> (Window, Pass) {
        let current = before.filter(|window| self.left(window, now).is_some());
        let window = current.unwrap_or(Window {
            started: now,
            count: 0,
        });
        if window.count < self.most {
            let count = window.count + 1;
            return (Window { count, ..window }, Pass::Allowed);
        }
        let retry_after_ms = self.left(&window, now).unwrap_or(0);
        (window, Pass::Held { retry_after_ms })
    }

    /// How much of the window is left, in milliseconds; `None` when it is over, and may be dropped.
    /// So is one that began in the future, by a clock that was wrong.
    pub fn left(&self, window: &Window, now: Time) -> Option<i64> {
        let gone = now.millis().checked_sub(window.started.millis())?;
        (0..self.window_ms)
            .contains(&gone)
            .then(|| self.window_ms - gone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::{collection::vec, prelude::*};

    #[test]
    fn three_a_minute() {
        let rate = Rate::a_minute(3);
        let mut window = None;
        let mut at = |now| {
            let (next, pass) = rate.step(window, Time(now));
            window = Some(next);
            pass
        };
        assert_eq!([at(5), at(6), at(7)], [Pass::Allowed; 3]);
        assert_eq!(
            at(5),
            Pass::Held {
                retry_after_ms: 60_000
            }
        );
        assert_eq!(at(60_004), Pass::Held { retry_after_ms: 1 });
        assert_eq!([at(60_005), at(60_006), at(60_007)], [Pass::Allowed; 3]);
        assert_eq!(
            at(60_008),
            Pass::Held {
                retry_after_ms: 59_997
            }
        );
        // The clock went back.
        assert_eq!(at(0), Pass::Allowed);
    }

    #[test]
    fn nought_lets_nothing_pass() {
        let (_, pass) = Rate::an_hour(0).step(None, Time(9));
        assert_eq!(
            pass,
            Pass::Held {
                retry_after_ms: 3_600_000
            }
        );
    }

    proptest! {
        #[test]
        fn never_more_than_twice_the_most_and_the_wait_is_true(
            most in 1..6_u32,
            window_ms in 1..50_i64,
            gaps in vec(0..20_i64, 1..200),
        ) {
            let rate = Rate { most, window_ms };
            let (mut now, mut window, mut passed) = (0, None, Vec::new());
            for gap in gaps {
                now += gap;
                let (next, pass) = rate.step(window, Time(now));
                match pass {
                    Pass::Allowed => passed.push(now),
                    Pass::Held { retry_after_ms } => {
                        prop_assert!((1..=window_ms).contains(&retry_after_ms));
                        let later = |ms| rate.step(Some(next), Time(now + ms)).1;
                        prop_assert_eq!(later(retry_after_ms), Pass::Allowed);
                        prop_assert_ne!(later(retry_after_ms - 1), Pass::Allowed);
                    }
                }
                prop_assert!(next.count <= most);
                window = Some(next);
            }
            for start in &passed {
                let near = passed.iter().filter(|at| (*start..start + window_ms).contains(*at));
                prop_assert!(near.count() <= 2 * most as usize);
            }
        }

        #[test]
        fn nothing_overflows(most in any::<u32>(), window_ms in any::<i64>(), started in any::<i64>(), count in any::<u32>(), now in any::<i64>()) {
            let rate = Rate { most, window_ms };
            let before = Window { started: Time(started), count };
            let (window, pass) = rate.step(Some(before), Time(now));
            if pass == Pass::Allowed {
                prop_assert!(window.count <= most);
            }
        }
    }
}
