//! Equity by day, the base of ratios and months.

use trading::time::DAY;

/// Equity at the end of a UTC day on which bars opened.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DayEnd {
    /// Days since the epoch, UTC.
    pub day: i64,
    /// Equity at the close of the day's last bar, in account money.
    pub equity: f64,
}

/// The end of every UTC day that has bars. Days without one (weekends, holidays) do not appear.
///
/// `times` rise. The end of a day is found by search, not by looking at every bar: a day of M1 bars
/// costs some twenty comparisons instead of 1,440.
pub fn day_ends(times: &[i64], equity: &[f64]) -> Vec<DayEnd> {
    let len = times.len().min(equity.len());
    let times = &times[..len];
    let mut days = Vec::new();
    let mut start = 0;
    while start < len {
        let day = times[start].div_euclid(DAY);
        let next_day = (day + 1) * DAY;
        // Ever longer steps until one lands past midnight, then the search between the last two.
        let mut step = 1;
        while start + step < len && times[start + step] < next_day {
            step *= 2;
        }
        let from = start + step / 2;
        let to = (start + step).min(len);
        let end = from + times[from..to].partition_point(|t| *t < next_day);
        days.push(DayEnd {
            day,
            equity: equity[end - 1],
        });
        start = end;
    }
    days
}

/// The return of each day on the equity of the day before, as a fraction (0.01 is one percent);
/// of the first day on `initial_balance`.
///
/// `None` when some day began with no equity left: a return on nothing has no meaning.
pub fn daily_returns(initial_balance: f64, days: &[DayEnd]) -> Option<Vec<f64>> {
    let mut before = initial_balance;
    let mut returns = Vec::with_capacity(days.len());
    for day in days {
        if before <= 0.0 {
            return None;
        }
        returns.push(day.equity / before - 1.0);
        before = day.equity;
    }
    Some(returns)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use trading::time::HOUR;

    #[test]
    fn last_bar_of_each_day() {
        let times = [0, HOUR, DAY - 1, DAY, 4 * DAY + HOUR];
        let ends = day_ends(&times, &[1.0, 2.0, 3.0, 4.0, 5.0]);
        let pairs: Vec<_> = ends.iter().map(|d| (d.day, d.equity)).collect();
        assert_eq!(pairs, [(0, 3.0), (1, 4.0), (4, 5.0)]);
        assert_eq!(day_ends(&[], &[]), []);
    }

    #[test]
    fn no_return_on_nothing() {
        let day = |equity| DayEnd { day: 0, equity };
        assert_eq!(daily_returns(100.0, &[day(110.0)]).unwrap().len(), 1);
        assert_eq!(daily_returns(100.0, &[day(0.0), day(5.0)]), None);
        // The day on which all is lost still has a return; only the day after has none.
        assert_eq!(daily_returns(100.0, &[day(0.0)]), Some(vec![-1.0]));
        assert_eq!(daily_returns(0.0, &[day(1.0)]), None);
    }

    proptest! {
        #[test]
        fn as_bar_by_bar(steps in prop::collection::vec(1..30_i64, 0..300), start in -100..100_i64) {
            let mut at = start * HOUR;
            let times: Vec<i64> = steps.iter().map(|s| { at += s * HOUR; at }).collect();
            let equity: Vec<f64> = (0..times.len()).map(|i| i as f64).collect();
            let mut plain: Vec<DayEnd> = Vec::new();
            for (t, e) in times.iter().zip(&equity) {
                let day = t.div_euclid(DAY);
                match plain.last_mut() {
                    Some(last) if last.day == day => last.equity = *e,
                    _ => plain.push(DayEnd { day, equity: *e }),
                }
            }
            prop_assert_eq!(day_ends(&times, &equity), plain);
        }
    }
}
