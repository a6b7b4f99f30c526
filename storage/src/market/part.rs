//! A history in parts: which part a bar is in, and what a page of bars changes of one.

use std::collections::BTreeMap;
use trading::{bar::Bars, timeframe::Timeframe};

/// So many bars of a timeframe fill a part: as bytes, some hundred kilobytes.
const BARS: i64 = 8_192;

/// Where the part that has a time begins.
pub(super) fn start(timeframe: Timeframe, time: i64) -> i64 {
    let length = timeframe.millis() * BARS;
    time.div_euclid(length) * length
}

/// A page cut into parts, by where they begin.
pub(super) fn cut(bars: &Bars, timeframe: Timeframe) -> BTreeMap<i64, Bars> {
    let mut parts: BTreeMap<i64, Bars> = BTreeMap::new();
    for bar in bars.iter() {
        let part = parts.entry(start(timeframe, bar.time.0)).or_default();
        part.push(bar);
    }
    parts
}

/// A part as it is after a page that reaches from `first` to `last`: what was there before and after
/// stays, and of the time between there is what the page has.
pub(super) fn merged(known: &Bars, page: Option<&Bars>, first: i64, last: i64) -> Bars {
    let head = known.time.partition_point(|time| *time < first);
    let tail = known.time.partition_point(|time| *time <= last);
    let mut bars = known.head(head);
    for bar in page.into_iter().flat_map(Bars::iter) {
        bars.push(bar);
    }
    for bar in known.slice(tail, known.len()).iter() {
        bars.push(bar);
    }
    bars
}

#[cfg(test)]
mod tests {
    use super::{BARS, cut, merged, start};
    use proptest::prelude::*;
    use std::collections::BTreeSet;
    use trading::{
        bar::{Bar, Bars},
        time::{HOUR, Time},
        timeframe::Timeframe,
    };

    fn bars(hours: impl IntoIterator<Item = i64>, price: f64) -> Bars {
        let bar = |hour| Bar {
            time: Time(hour * HOUR),
            open: price,
            high: price,
            low: price,
            close: price,
            tick_volume: 1.0,
            spread: 0.0,
        };
        hours.into_iter().map(bar).collect()
    }

    #[test]
    fn parts_begin_where_they_always_do() {
        let length = BARS * HOUR;
        assert_eq!(start(Timeframe::H1, 0), 0);
        assert_eq!(start(Timeframe::H1, length - 1), 0);
        assert_eq!(start(Timeframe::H1, length), length);
        let parts = cut(&bars(BARS - 2..BARS + 3, 1.0), Timeframe::H1);
        let sizes: Vec<_> = parts.iter().map(|(at, part)| (*at, part.len())).collect();
        assert_eq!(sizes, [(0, 2), (length, 3)]);
    }

    proptest! {
        #[test]
        fn a_page_is_all_there_is_of_its_time(
            known in prop::collection::btree_set(0_i64..200, 0..60),
            page in prop::collection::btree_set(0_i64..200, 1..60),
        ) {
            let (first, last) = (*page.first().unwrap(), *page.last().unwrap());
            let (old, new) = (bars(known.clone(), 1.0), bars(page.clone(), 2.0));
            let whole = merged(&old, Some(&new), first * HOUR, last * HOUR);
            prop_assert_eq!(whole.fault(), None);
            let is_outside = |hour: &&i64| **hour < first || **hour > last;
            let expected: BTreeSet<i64> =
                known.iter().filter(is_outside).chain(&page).copied().collect();
            prop_assert!(whole.time.iter().map(|time| time / HOUR).eq(expected));
            // The same again changes nothing.
            prop_assert_eq!(merged(&whole, Some(&new), first * HOUR, last * HOUR), whole);
        }
    }
}
