//! Months in rows of years, and how strong their colours are. Pure.

use backtest::statistics::MonthReturn;

/// The steps of a colour.
pub(super) const STEPS: u8 = 5;

/// What is shown of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Unit {
    /// Account money.
    Money,
    /// Percent of the equity at the start.
    #[default]
    Percent,
}

/// A year and its months; months without bars are not there.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Year {
    pub(super) year: i64,
    pub(super) months: [Option<MonthReturn>; 12],
}

/// The years from the first to the last; a year without bars in between has an empty row.
pub(super) fn years(months: &[MonthReturn]) -> Vec<Year> {
    let (Some(first), Some(last)) = (months.first(), months.last()) else {
        return Vec::new();
    };
    let mut years: Vec<Year> = (first.year..=last.year)
        .map(|year| Year {
            year,
            months: [None; 12],
        })
        .collect();
    for month in months {
        let row = usize::try_from(month.year - first.year).ok();
        let column = usize::try_from(month.month - 1).ok();
        if let (Some(row), Some(column)) = (row, column)
            && let Some(place) = years.get_mut(row).and_then(|y| y.months.get_mut(column))
        {
            *place = Some(*month);
        }
    }
    years
}

/// What is shown of it.
pub(super) fn value(month: &MonthReturn, unit: Unit) -> Option<f64> {
    match unit {
        Unit::Money => Some(month.money),
        Unit::Percent => month.percent,
    }
}

impl Year {
    /// The whole year: money adds up, percents compound. `None` where a month has no percent.
    pub(super) fn total(&self, unit: Unit) -> Option<f64> {
        let mut there = self.months.iter().flatten().peekable();
        there.peek()?;
        match unit {
            Unit::Money => Some(there.map(|month| month.money).sum()),
            Unit::Percent => there
                .try_fold(1.0, |grown, month| {
                    month.percent.map(|p| grown * (1.0 + p / 100.0))
                })
                .map(|grown| (grown - 1.0) * 100.0),
        }
    }
}

/// The size from which a month has the full colour: that below or at which 95 months of a hundred
/// are, so that a few wild months do not leave all others pale.
pub(super) fn full(values: impl Iterator<Item = f64>) -> f64 {
    let mut sizes: Vec<f64> = values.map(f64::abs).filter(|v| v.is_finite()).collect();
    sizes.sort_by(f64::total_cmp);
    let place = (sizes.len() * 95).div_ceil(100).saturating_sub(1);
    sizes.get(place).copied().unwrap_or(0.0)
}

/// Colour strength from 0 (none) to [`STEPS`]; below zero for a loss. The sign is also in the text.
pub(super) fn step(value: f64, full: f64) -> i8 {
    // Nothing but zeros, or no number.
    if !value.is_finite() || value.abs() < f64::MIN_POSITIVE || full < f64::MIN_POSITIVE {
        return 0;
    }
    let share = (value.abs() / full).min(1.0);
    let strength = (share * f64::from(STEPS)).ceil().max(1.0) as i8;
    if value < 0.0 { -strength } else { strength }
}

/// The class that paints it.
pub(super) fn class(step: i8) -> &'static str {
    match step {
        i8::MIN..=-5 => "heat heat-loss-5",
        -4 => "heat heat-loss-4",
        -3 => "heat heat-loss-3",
        -2 => "heat heat-loss-2",
        -1 => "heat heat-loss-1",
        0 => "heat",
        1 => "heat heat-gain-1",
        2 => "heat heat-gain-2",
        3 => "heat heat-gain-3",
        4 => "heat heat-gain-4",
        5..=i8::MAX => "heat heat-gain-5",
    }
}

#[cfg(test)]
mod tests {
    use super::{MonthReturn, STEPS, Unit, class, full, step, years};

    fn month(year: i64, month: i64, money: f64, percent: Option<f64>) -> MonthReturn {
        MonthReturn {
            year,
            month,
            money,
            percent,
        }
    }

    #[test]
    fn months_stand_in_their_years() {
        let rows = years(&[
            month(2019, 12, 10.0, Some(10.0)),
            month(2021, 1, -5.0, Some(-10.0)),
            month(2021, 3, 1.0, Some(10.0)),
        ]);
        assert_eq!(rows.len(), 3);
        assert_eq!(rows[0].months[11].map(|m| m.money), Some(10.0));
        assert_eq!(rows[1].total(Unit::Money), None);
        assert_eq!(rows[2].total(Unit::Money), Some(-4.0));
        let percent = rows[2].total(Unit::Percent).unwrap();
        assert!((percent - -1.0).abs() < 1e-9, "{percent}");
        assert!(years(&[]).is_empty());
    }

    #[test]
    fn a_year_with_an_undefined_month_has_no_percent() {
        let rows = years(&[
            month(2020, 1, -9.0, Some(-100.0)),
            month(2020, 2, 1.0, None),
        ]);
        assert_eq!(rows[0].total(Unit::Percent), None);
        assert_eq!(rows[0].total(Unit::Money), Some(-8.0));
    }

    #[test]
    fn damaged_months_are_left_out() {
        assert!(
            years(&[month(2020, 13, 1.0, None)])[0]
                .months
                .iter()
                .all(Option::is_none)
        );
    }

    #[test]
    fn one_wild_month_leaves_the_others_their_colour() {
        let mut values = vec![1.0; 39];
        values.push(1_000.0);
        let full = full(values.into_iter());
        assert!((full - 1.0).abs() < 1e-12);
        assert_eq!(step(1_000.0, full), 5);
        assert_eq!(step(-1.0, full), -5);
    }

    #[test]
    fn strength_grows_with_size_and_zero_has_none() {
        let steps: Vec<i8> = [-10.0, -4.1, -0.01, 0.0, 0.01, 2.0, 4.0, 10.0, f64::NAN]
            .into_iter()
            .map(|value| step(value, 10.0))
            .collect();
        assert_eq!(steps, [-5, -3, -1, 0, 1, 1, 2, 5, 0]);
        assert_eq!(step(0.0, full([0.0, 0.0].into_iter())), 0);
        assert_eq!(step(3.0, full(std::iter::empty())), 0);
        assert_eq!(STEPS, 5, "as many classes as there are");
        assert_eq!((class(-5), class(0)), ("heat heat-loss-5", "heat"));
    }
}
