//! By which clock the table tells times: it follows the chart's switch.

use crate::{pages::lab::outcome::write::moment, words::chart as words};
use js_sys::{Array, Date, Intl, Object, Reflect};
use trading::{
    language::Language,
    time::{MINUTE, Time},
};
use wasm_bindgen::JsValue;

/// A moment by the market's clock or the viewer's; headings name it.
pub(super) fn moment_by(time: Time, is_local: bool) -> String {
    let minutes = if is_local { minutes_ahead(time) } else { 0 };
    moment(ahead(time, minutes))
}

/// What the heading calls that clock: `UTC`, or the city of the viewer's zone.
pub(super) fn clock_name(language: Language, is_local: bool) -> String {
    if !is_local {
        return "UTC".to_owned();
    }
    let options = Intl::DateTimeFormat::new(&Array::new(), &Object::new()).resolved_options();
    Reflect::get(&options, &JsValue::from_str("timeZone"))
        .ok()
        .and_then(|zone| zone.as_string())
        .map_or_else(
            || language.text(words::LOCAL).to_owned(),
            |zone| city(&zone),
        )
}

/// How far the viewer's clock was ahead of UTC then: summer time comes and goes.
fn minutes_ahead(time: Time) -> i64 {
    -Date::new(&JsValue::from_f64(time.0 as f64)).get_timezone_offset() as i64
}

fn ahead(time: Time, minutes: i64) -> Time {
    Time(time.0.saturating_add(minutes.saturating_mul(MINUTE)))
}

/// A column has room for `New York`, not for `America/New_York`.
fn city(zone: &str) -> String {
    zone.rsplit('/').next().unwrap_or(zone).replace('_', " ")
}

#[cfg(test)]
mod tests {
    use super::{Language, Time, ahead, city, clock_name, moment_by};

    #[test]
    fn market_time_is_utc() {
        let time = Time::from_civil(2017, 1, 2, 23, 1, 59);
        assert_eq!(moment_by(time, false), "2017-01-02 23:01");
        assert_eq!(clock_name(Language::Id, false), "UTC");
    }

    #[test]
    fn zones_shift_times_and_are_told_by_their_city() {
        let time = Time::from_civil(2016, 12, 31, 20, 0, 0);
        assert_eq!(ahead(time, 7 * 60), Time::from_civil(2017, 1, 1, 3, 0, 0));
        assert_eq!(ahead(time, -90), Time::from_civil(2016, 12, 31, 18, 30, 0));
        assert_eq!(city("Asia/Jakarta"), "Jakarta");
        assert_eq!(city("America/Argentina/Buenos_Aires"), "Buenos Aires");
        assert_eq!(city("UTC"), "UTC");
    }
}
