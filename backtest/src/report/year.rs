//! Months gathered into years.

use crate::statistics::MonthReturn;

/// A year and its months.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Year {
    pub(super) year: i64,
    /// January to December; `None` where there is no history.
    pub(super) months: [Option<MonthReturn>; 12],
    /// Sum of the months, in account money.
    pub(super) money: f64,
    /// The months' percentages compounded. `None` when one of them is not defined.
    pub(super) percent: Option<f64>,
}

/// The years of these months, in order.
pub(super) fn years(months: &[MonthReturn]) -> Vec<Year> {
    let mut years: Vec<Year> = Vec::new();
    for month in months {
        if years.last().is_none_or(|y| y.year != month.year) {
            years.push(Year {
                year: month.year,
                months: [None; 12],
                money: 0.0,
                percent: Some(0.0),
            });
        }
        if let Some(year) = years.last_mut() {
            if let Some(slot) = year.months.get_mut(month.month as usize - 1) {
                *slot = Some(*month);
            }
            year.money += month.money;
            year.percent = year.percent.zip(month.percent).map(|(so_far, more)| {
                ((1.0 + so_far / 100.0) * (1.0 + more / 100.0) - 1.0) * 100.0
            });
        }
    }
    years
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_compound() {
        let month = |year, month, percent| MonthReturn {
            year,
            month,
            money: 1.0,
            percent,
        };
        let all = years(&[
            month(2023, 12, Some(50.0)),
            month(2024, 1, Some(10.0)),
            month(2024, 3, Some(-10.0)),
        ]);
        assert_eq!(all.len(), 2);
        assert!((all[1].percent.unwrap() + 1.0).abs() < 1e-9);
        assert_eq!((all[1].money, all[1].months[1]), (2.0, None));
        assert_eq!(years(&[month(2024, 1, None)])[0].percent, None);
    }
}
