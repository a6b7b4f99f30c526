//! Results by month.

use super::daily::DayEnd;
use serde::{Deserialize, Serialize};
use trading::time::civil_from_days;

/// What a calendar month (UTC) did to equity.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct MonthReturn {
    /// The year.
    pub year: i64,
    /// The month, 1 to 12.
    pub month: i64,
    /// Change of equity, open positions included, in account money.
    pub money: f64,
    /// The same in percent of the equity at the month's start. `None` when none was left then.
    pub percent: Option<f64>,
}

/// Every month that has bars, in order. The money of all months adds up to the change of equity
/// over the whole history; months without bars do not appear.
pub fn monthly(initial_balance: f64, days: &[DayEnd]) -> Vec<MonthReturn> {
    let mut months: Vec<MonthReturn> = Vec::new();
    let mut start = initial_balance;
    let mut end = initial_balance;
    for day in days {
        let (year, month, _) = civil_from_days(day.day);
        if months
            .last()
            .is_none_or(|m| (m.year, m.month) != (year, month))
        {
            start = end;
            months.push(MonthReturn {
                year,
                month,
                money: 0.0,
                percent: None,
            });
        }
        end = day.equity;
        if let Some(last) = months.last_mut() {
            last.money = end - start;
            last.percent = super::finite((start > 0.0).then(|| (end / start - 1.0) * 100.0));
        }
    }
    months
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use trading::time::days_from_civil;

    #[test]
    fn months_begin_where_the_last_ended() {
        let day = |y, m, d, equity| DayEnd {
            day: days_from_civil(y, m, d),
            equity,
        };
        let months = monthly(
            100.0,
            &[
                day(2023, 12, 29, 110.0),
                day(2023, 12, 30, 120.0),
                day(2024, 1, 2, 90.0),
                day(2024, 3, 1, 99.0),
            ],
        );
        let pairs: Vec<_> = months.iter().map(|m| (m.year, m.month, m.money)).collect();
        assert_eq!(pairs, [(2023, 12, 20.0), (2024, 1, -30.0), (2024, 3, 9.0)]);
        assert_eq!(months[1].percent, Some(-25.0));
    }

    #[test]
    fn nothing_left() {
        let day = |d, equity| DayEnd { day: d, equity };
        let months = monthly(100.0, &[day(0, -1.0), day(40, 5.0)]);
        assert_eq!(months[1].percent, None);
        assert_eq!(monthly(100.0, &[]), []);
    }

    proptest! {
        #[test]
        fn months_add_up(steps in prop::collection::vec((1..9_i64, -100..100_i32), 1..300)) {
            let (mut day, mut equity) = (0, 10_000.0);
            let days: Vec<DayEnd> = steps
                .iter()
                .map(|(d, e)| { day += d; equity += f64::from(*e); DayEnd { day, equity } })
                .collect();
            let sum: f64 = monthly(10_000.0, &days).iter().map(|m| m.money).sum();
            prop_assert!((sum - (equity - 10_000.0)).abs() < 1e-6);
        }
    }
}
