//! Spans of time.

use super::{Text, fill, text};
use trading::{
    language::Language,
    time::{DAY, HOUR, MINUTE, Time},
};

const ONE_SECOND: Text = text("1 second", "1 detik");
const SECONDS: Text = text("{} seconds", "{} detik");
const ONE_MINUTE: Text = text("1 minute", "1 menit");
const MINUTES: Text = text("{} minutes", "{} menit");
const ONE_HOUR: Text = text("1 hour", "1 jam");
const HOURS: Text = text("{} hours", "{} jam");
const ONE_DAY: Text = text("1 day", "1 hari");
const DAYS: Text = text("{} days", "{} hari");
const AGO: Text = text("{} ago", "{} lalu");
const NOW: Text = text("just now", "baru saja");

/// How long there is to wait: never less than it is.
pub(crate) fn wait(seconds: u64, language: Language) -> String {
    match seconds {
        0..=90 => count(seconds.max(1), ONE_SECOND, SECONDS, language),
        91..=5_400 => count(seconds.div_ceil(60), ONE_MINUTE, MINUTES, language),
        _ => count(seconds.div_ceil(3_600), ONE_HOUR, HOURS, language),
    }
}

/// How long ago it was, in one unit. What a clock that was set back makes future was just now.
pub(crate) fn ago(then: Time, now: Time, language: Language) -> String {
    let past = now.millis().saturating_sub(then.millis());
    let (unit, one, many) = match past {
        ..MINUTE => return language.text(NOW).to_owned(),
        MINUTE..HOUR => (MINUTE, ONE_MINUTE, MINUTES),
        HOUR..DAY => (HOUR, ONE_HOUR, HOURS),
        _ => (DAY, ONE_DAY, DAYS),
    };
    let span = count((past / unit).unsigned_abs(), one, many, language);
    fill(language.text(AGO), &[&span])
}

fn count(number: u64, one: Text, many: Text, language: Language) -> String {
    match number {
        1 => language.text(one).to_owned(),
        _ => fill(language.text(many), &[&number.to_string()]),
    }
}

#[cfg(test)]
mod tests {
    use super::{ago, wait};
    use trading::{
        language::Language::{En, Id},
        time::{DAY, HOUR, MINUTE, SECOND, Time},
    };

    #[test]
    fn a_wait_is_never_shorter_than_it_is() {
        for (seconds, words) in [
            (0, "1 second"),
            (1, "1 second"),
            (90, "90 seconds"),
            (91, "2 minutes"),
            (900, "15 minutes"),
            (901, "16 minutes"),
            (5_401, "2 hours"),
        ] {
            assert_eq!(wait(seconds, En), words);
        }
        assert_eq!(wait(900, Id), "15 menit");
    }

    #[test]
    fn the_past_is_told_in_one_unit() {
        let now = Time::from_civil(2026, 11, 21, 19, 5, 0);
        for (before, words) in [
            (-HOUR, "just now"),
            (59 * SECOND, "just now"),
            (MINUTE, "1 minute ago"),
            (59 * MINUTE, "59 minutes ago"),
            (3 * HOUR, "3 hours ago"),
            (DAY, "1 day ago"),
            (400 * DAY, "400 days ago"),
        ] {
            assert_eq!(ago(Time(now.millis() - before), now, En), words);
        }
        assert_eq!(ago(Time(now.millis() - DAY), now, Id), "1 hari lalu");
    }
}
