//! Numbers and moments of a result.

pub(super) use crate::words::number::{NONE, fixed, signed};
use trading::{
    language::Language,
    time::{MINUTE, Time},
};

/// A number that may not be defined.
pub(super) fn maybe(value: Option<f64>, tell: impl FnOnce(f64) -> String) -> String {
    value.map_or_else(|| NONE.to_owned(), tell)
}

/// `2017-01-02 23:01`, in UTC; headings name the zone.
pub(super) fn moment(time: Time) -> String {
    let (year, month, day) = time.civil();
    let minutes = time.time_of_day() / MINUTE;
    format!(
        "{year:04}-{month:02}-{day:02} {:02}:{:02}",
        minutes / 60,
        minutes % 60
    )
}

/// A number without the dust of binary fractions: `0.1`, not `0.10000000000000009`.
pub(super) fn plain(language: Language, value: f64) -> String {
    language.number((value * 1e8).round() / 1e8)
}

#[cfg(test)]
mod tests {
    use super::{Language::En, Language::Id, Time, fixed, maybe, moment, plain};

    #[test]
    fn no_dust_and_no_number_where_there_is_none() {
        assert_eq!(maybe(None, |v| fixed(En, v, 1)), "–");
        assert_eq!(plain(Id, 0.1 + 0.2), "0,3");
    }

    #[test]
    fn moments_are_utc() {
        assert_eq!(
            moment(Time::from_civil(2017, 1, 2, 23, 1, 59)),
            "2017-01-02 23:01"
        );
    }
}
