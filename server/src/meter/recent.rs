//! Which share of the last answers were errors. Pure: time comes in with the call.

use trading::time::{MINUTE, Time};

/// How many minutes are looked back.
pub(super) const MINUTES: usize = 5;

/// Answers of one minute.
#[derive(Debug, Clone, Copy, Default)]
struct Minute {
    /// Which, since 1970.
    number: i64,
    all: u64,
    client: u64,
    server: u64,
}

/// Answers of the last minutes, at one route.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Recent([Minute; MINUTES]);

/// Shares of the answers, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Shares {
    /// With a status of 400 to 499.
    pub(super) client: f64,
    /// With a status of 500 to 599, but for 501: what is not made yet is no error of ours.
    pub(super) server: f64,
}

impl Recent {
    /// Counts an answer.
    pub(super) fn count(&mut self, status: u16, now: Time) {
        let number = now.0.div_euclid(MINUTE);
        // Below MINUTES, whatever the number.
        let place = number.rem_euclid(MINUTES as i64) as usize;
        let minute = &mut self.0[place];
        if minute.number != number {
            *minute = Minute {
                number,
                ..Minute::default()
            };
        }
        minute.all += 1;
        match status {
            400..=499 => minute.client += 1,
            // Answered so on purpose, as often as somebody asks.
            501 => {}
            500..=599 => minute.server += 1,
            _ => {}
        }
    }

    /// The shares; nothing was wrong where nobody asked.
    pub(super) fn shares(&self, now: Time) -> Shares {
        let last = now.0.div_euclid(MINUTE);
        let first = last - MINUTES as i64 + 1;
        let lately = self.0.iter().filter(|m| (first..=last).contains(&m.number));
        let (mut all, mut client, mut server) = (0_u64, 0_u64, 0_u64);
        for minute in lately {
            all += minute.all;
            client += minute.client;
            server += minute.server;
        }
        let share = |part: u64| {
            if all == 0 {
                0.0
            } else {
                part as f64 / all as f64
            }
        };
        Shares {
            client: share(client),
            server: share(server),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Recent, Shares};
    use trading::time::{MINUTE, Time};

    #[test]
    fn errors_count_among_the_answers_of_five_minutes_and_are_forgotten() {
        let mut recent = Recent::default();
        assert_eq!(recent.shares(Time(0)), Shares::default());
        let begin = 1_000 * MINUTE;
        for (at, status) in [(0, 200), (0, 500), (MINUTE, 404), (4 * MINUTE, 204)] {
            recent.count(status, Time(begin + at));
        }
        let shares = recent.shares(Time(begin + 5 * MINUTE - 1));
        assert_eq!((shares.client, shares.server), (0.25, 0.25));
        // The first minute is out of sight, then all of them.
        let shares = recent.shares(Time(begin + 5 * MINUTE));
        assert_eq!((shares.client, shares.server), (0.5, 0.0));
        assert_eq!(recent.shares(Time(begin + 60 * MINUTE)), Shares::default());
        // The place of an old minute is taken by a new one.
        recent.count(503, Time(begin + 60 * MINUTE));
        assert_eq!(recent.shares(Time(begin + 60 * MINUTE)).server, 1.0);
    }

    #[test]
    fn what_is_not_made_yet_is_an_answer_and_no_error() {
        let mut recent = Recent::default();
        recent.count(501, Time(0));
        assert_eq!(recent.shares(Time(0)), Shares::default());
        recent.count(500, Time(0));
        let shares = recent.shares(Time(0));
        assert_eq!((shares.client, shares.server), (0.0, 0.5));
    }
}
