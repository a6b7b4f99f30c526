//! The clock of a broker's server. MetaTrader stamps bars in a time of its own, which is not UTC and
//! mostly changes with a summer time.

use trading::{
    time::{HOUR, Time},
    zone::{LocalClock, UnknownZone, Zone},
};

/// What most brokers' servers show: their day ends when New York's trading does.
const USUAL: &str = "America/New_York+7";
/// How much the server's clock may be off beside its zone, in milliseconds.
const SLACK: i64 = 10 * 60 * 1_000;

/// From how far on this computer's clock is wrong, in milliseconds. The broker's zone is told by it to
/// ten minutes, and news by the minute.
const OFF: u64 = 5 * 60 * 1_000;
/// Below this one that was wrong is right again: one at the border must not be both by turns.
const RIGHT: u64 = 4 * 60 * 1_000;

/// Whether this computer's clock is wrong, where somebody who knows is so many milliseconds ahead;
/// `was_off` says whether it was before.
pub const fn is_off(ahead: i64, was_off: bool) -> bool {
    ahead.unsigned_abs() >= if was_off { RIGHT } else { OFF }
}

/// Turns server times into UTC.
#[derive(Debug, Clone)]
pub struct ServerClock {
    zone: Zone,
    clock: LocalClock,
}

impl ServerClock {
    /// A clock in this zone.
    pub fn new(zone: Zone) -> Self {
        Self {
            clock: LocalClock::new(zone.clone()),
            zone,
        }
    }

    /// The clock of a server that is `offset` milliseconds ahead of UTC at `now`. Where that is what
    /// most brokers show, it is taken for that, so that bars of the other half of the year are right,
    /// too; otherwise for a clock that never changes.
    ///
    /// # Errors
    /// When a clock cannot be that far from UTC.
    pub fn guess(offset: i64, now: Time) -> Result<Self, UnknownZone> {
        let near = |wanted: i64| (offset - wanted).abs() <= SLACK;
        if near(0) {
            return Ok(Self::new(Zone::utc()));
        }
        let usual = Zone::parse(USUAL)?;
        let shown = LocalClock::new(usual.clone()).local(now).0 - now.0;
        if near(shown) {
            return Ok(Self::new(usual));
        }
        let hours = (offset as f64 / HOUR as f64).round() as i64;
        Zone::parse(&format!("UTC{hours:+}")).map(Self::new)
    }

    /// The zone that is assumed.
    pub const fn zone(&self) -> &Zone {
        &self.zone
    }

    /// A server time in UTC. Of an hour that a clock shows twice, the first.
    pub fn utc(&mut self, server: Time) -> Time {
        // The offset at the time itself is wrong by at most the change; asked again there, it is right.
        let first = self.clock.local(server).0 - server.0;
        let near = Time(server.0 - first);
        let second = self.clock.local(near).0 - near.0;
        Time(server.0 - second)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_clock_is_told_from_its_offset() {
        let summer = Time::from_civil(2026, 7, 1, 12, 0, 0);
        let winter = Time::from_civil(2026, 1, 15, 12, 0, 0);
        let name = |hours: i64, now| {
            let clock = ServerClock::guess(hours * HOUR + 1_500, now).expect("a clock");
            clock.zone().to_string()
        };
        assert_eq!(name(0, summer), "UTC");
        assert_eq!(name(3, summer), USUAL);
        assert_eq!(name(2, winter), USUAL);
        assert_eq!(name(2, summer), "UTC+2");
        assert_eq!(name(-5, summer), "UTC-5");
        assert!(ServerClock::guess(30 * HOUR, summer).is_err());
    }

    #[test]
    fn a_clock_is_wrong_from_five_minutes_on_until_four() {
        let minutes = |count: i64, was_off| is_off(count * 60_000, was_off);
        for (count, was_right, was_off) in [
            (0, false, false),
            (4, false, true),
            (-4, false, true),
            (5, true, true),
            (-90, true, true),
            (3, false, false),
        ] {
            assert_eq!(minutes(count, false), was_right, "{count}");
            assert_eq!(minutes(count, true), was_off, "{count}");
        }
        assert!(is_off(i64::MIN, false));
    }

    #[test]
    fn bars_of_both_halves_of_the_year_are_at_their_hour() {
        let mut clock = ServerClock::new(Zone::parse(USUAL).expect("a zone"));
        let (january, july) = (
            Time::from_civil(2026, 1, 15, 0, 0, 0),
            Time::from_civil(2026, 7, 1, 0, 0, 0),
        );
        assert_eq!(clock.utc(january), Time(january.0 - 2 * HOUR));
        assert_eq!(clock.utc(july), Time(july.0 - 3 * HOUR));
        // Every hour of the week around a change comes out once, and in order.
        let start = Time::from_civil(2026, 3, 5, 0, 0, 0).0;
        let hours: Vec<i64> = (0..24 * 7)
            .map(|h| clock.utc(Time(start + h * HOUR)).0)
            .collect();
        assert!(hours.windows(2).all(|pair| pair[0] <= pair[1]));
    }
}
