//! Where bars of a timeframe may open. A broker's longer bars begin on its own clock, which is whole
//! or half hours from UTC and mostly changes with a summer time.

use trading::{
    time::{DAY, HOUR, MINUTE},
    timeframe::Timeframe,
};

/// Clocks differ from UTC by multiples of this.
const CLOCKS: i64 = 30 * MINUTE;
/// The shortest month.
const FEBRUARY: i64 = 28 * DAY;

/// The rule that opening times in rising order break.
pub(super) fn fault(times: &[i64], timeframe: Timeframe) -> Option<&'static str> {
    let step = common(timeframe.millis(), CLOCKS);
    let least = match timeframe {
        Timeframe::MN1 => FEBRUARY - HOUR,
        // On the day on which the clock is put forward a bar of several hours is an hour shorter.
        longer if longer.millis() > HOUR => longer.millis() - HOUR,
        shorter => shorter.millis(),
    };
    if times.iter().any(|time| time.rem_euclid(step) != 0) {
        Some("a bar does not open on the grid of its timeframe")
    } else if times.windows(2).any(|two| two[1] - two[0] < least) {
        Some("two bars are closer than their timeframe")
    } else {
        None
    }
}

/// The greatest length of which both are multiples.
const fn common(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { common(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::fault;
    use trading::{
        time::{DAY, HOUR, MINUTE},
        timeframe::Timeframe,
    };

    #[test]
    fn bars_open_where_a_broker_opens_them() {
        let good: [(Timeframe, &[i64]); 7] = [
            (Timeframe::M1, &[0, MINUTE, 3 * MINUTE]),
            (Timeframe::M12, &[12 * MINUTE, 24 * MINUTE]),
            (Timeframe::H1, &[30 * MINUTE, 90 * MINUTE]),
            // 22:00 UTC is midnight in winter, and an hour earlier in summer.
            (Timeframe::H4, &[22 * HOUR, 26 * HOUR, 29 * HOUR]),
            (Timeframe::D1, &[22 * HOUR, 45 * HOUR, 69 * HOUR]),
            (Timeframe::W1, &[0, 7 * DAY - HOUR]),
            (Timeframe::MN1, &[0, 28 * DAY - HOUR, 59 * DAY]),
        ];
        for (timeframe, times) in good {
            assert_eq!(fault(times, timeframe), None, "{timeframe}");
        }
        let bad: [(Timeframe, &[i64]); 6] = [
            (Timeframe::M1, &[30_000]),
            (Timeframe::M5, &[0, 4 * MINUTE]),
            (Timeframe::H1, &[MINUTE]),
            (Timeframe::H1, &[0, 30 * MINUTE]),
            (Timeframe::H4, &[0, 2 * HOUR]),
            (Timeframe::D1, &[0, 12 * HOUR]),
        ];
        for (timeframe, times) in bad {
            assert!(fault(times, timeframe).is_some(), "{timeframe}");
        }
    }
}
