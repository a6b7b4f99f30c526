//! A point in time, to the minute.

use crate::words::time;
use leptos::prelude::*;
use trading::{language::Language, time::Time};

/// The time, for people and for machines.
pub(crate) fn when(time: Time) -> AnyView {
    let exact = time.to_string();
    view! { <time datetime=exact.clone()>{minute(&exact)}</time> }.into_any()
}

/// The same, and how long ago that was.
pub(crate) fn when_ago(then: Time, now: Time, language: Language) -> AnyView {
    let ago = format!(" ({})", time::ago(then, now, language));
    view! {
        {when(then)}
        {ago}
    }
    .into_any()
}

/// `2026-11-21T19:05:33Z` as `2026-11-21 19:05 UTC`.
fn minute(exact: &str) -> String {
    let short = exact.rsplit_once(':').map_or(exact, |(minute, _)| minute);
    format!("{} UTC", short.replacen('T', " ", 1))
}

#[cfg(test)]
mod tests {
    use super::minute;
    use trading::time::Time;

    #[test]
    fn a_time_is_told_to_the_minute() {
        let time = Time::from_civil(2026, 11, 21, 19, 5, 33);
        assert_eq!(minute(&time.to_string()), "2026-11-21 19:05 UTC");
    }
}
