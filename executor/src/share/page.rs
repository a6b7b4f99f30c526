//! Bars of a terminal, in UTC.

use crate::trade::clock::ServerClock;
use trading::bar::{Bar, Bars};

/// Bars in server time as the server takes them. What breaks a rule of bars is left out, and so is
/// the second of two bars that a clock that was put back shows at one time.
pub(super) fn of(bars: &[Bar], clock: &mut ServerClock) -> Bars {
    let mut page = Bars::default();
    for bar in bars {
        let bar = Bar {
            time: clock.utc(bar.time),
            ..*bar
        };
        let is_later = page.time.last().is_none_or(|last| *last < bar.time.0);
        if is_later && bar.time.0 >= 0 && bar.price_fault().is_none() {
            page.push(bar);
        }
    }
    page
}

#[cfg(test)]
mod tests {
    use super::of;
    use crate::trade::clock::ServerClock;
    use trading::{
        bar::Bar,
        time::{HOUR, Time},
        zone::Zone,
    };

    #[test]
    fn an_hour_that_a_clock_shows_twice_is_there_once() {
        let mut clock = ServerClock::new(Zone::parse("America/New_York+7").unwrap());
        // New York puts its clock back on the first Sunday of November.
        let begin = Time::from_civil(2026, 10, 31, 0, 0, 0).0;
        let mut bars: Vec<Bar> = (0..72)
            .map(|hour| Bar {
                time: Time(begin + hour * HOUR),
                open: 1.0,
                high: 1.0,
                low: 1.0,
                close: 1.0,
                tick_volume: 1.0,
                spread: 0.0,
            })
            .collect();
        bars[5].low = -1.0;
        let page = of(&bars, &mut clock);
        assert_eq!(page.fault(), None);
        assert!((70..=71).contains(&page.len()), "{}", page.len());
        assert_eq!(page.time[0], begin - 3 * HOUR, "summer");
        assert_eq!(
            page.time.last(),
            Some(&(begin + 71 * HOUR - 2 * HOUR)),
            "winter"
        );
    }
}
