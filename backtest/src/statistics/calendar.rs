//! Trades by hour and weekday of their entry.

use super::Summary;
use serde::Serialize;
use trading::{symbol::Trade, time::HOUR};

/// The trades that were opened in one hour of the day, or on one day of the week, in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Slot {
    /// Hour 0 to 23, or weekday 0 (Monday) to 6 (Sunday).
    pub slot: usize,
    /// How many.
    pub trades: u32,
    /// What they brought together, in account money.
    pub profit: f64,
    /// The share that earned, in percent. `None` without a trade.
    pub win_rate_percent: Option<f64>,
}

/// By hour of the day: always 24.
pub fn by_hour(trades: &[Trade]) -> Vec<Slot> {
    slots::<24>(trades, |t| (t.entry_time.time_of_day() / HOUR) as usize)
}

/// By day of the week: always 7, Monday first.
pub fn by_weekday(trades: &[Trade]) -> Vec<Slot> {
    slots::<7>(trades, |t| t.entry_time.weekday())
}

fn slots<const N: usize>(trades: &[Trade], slot: impl Fn(&Trade) -> usize) -> Vec<Slot> {
    let mut sums = [Summary::default(); N];
    for trade in trades {
        sums[slot(trade)].push(trade.profit);
    }
    sums.iter()
        .enumerate()
        .map(|(slot, sum)| Slot {
            slot,
            trades: sum.trades(),
            profit: sum.net_profit(),
            win_rate_percent: sum.win_rate_percent(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::sample::trade;
    use trading::time::Time;

    #[test]
    fn each_in_its_slot() {
        let mut a = trade(5.0);
        a.entry_time = Time::from_civil(2024, 1, 1, 23, 59, 59); // a Monday
        let mut b = trade(-2.0);
        b.entry_time = Time::from_civil(1969, 12, 28, 0, 0, 0); // a Sunday
        let hours = by_hour(&[a, b]);
        assert_eq!(
            (hours.len(), hours[23].trades, hours[0].profit),
            (24, 1, -2.0)
        );
        assert_eq!(hours[23].win_rate_percent, Some(100.0));
        assert_eq!(hours[5].win_rate_percent, None);
        let days = by_weekday(&[a, b]);
        assert_eq!((days.len(), days[0].profit, days[6].profit), (7, 5.0, -2.0));
        assert_eq!(by_weekday(&[]).iter().map(|d| d.trades).sum::<u32>(), 0);
    }
}
