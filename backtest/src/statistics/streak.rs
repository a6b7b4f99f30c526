//! Winning and losing streaks.

use serde::Serialize;

/// Trades of one kind in a row, in the order they were closed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Streak {
    /// How many; 0 when there was none.
    pub trades: u32,
    /// What they brought together, in account money (below 0 for losses).
    pub profit: f64,
}

/// The four records that MetaTrader 5's tester shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Streaks {
    /// Most wins in a row; the first of equals. MetaTrader: "Maximum consecutive wins".
    pub longest_winning: Streak,
    /// Most losses in a row; the first of equals. MetaTrader: "Maximum consecutive losses".
    pub longest_losing: Streak,
    /// The wins in a row that earned most. MetaTrader: "Maximal consecutive profit".
    pub largest_winning: Streak,
    /// The losses in a row that cost most. MetaTrader: "Maximal consecutive loss".
    pub largest_losing: Streak,
}

/// Finds the streaks in profits given in the order of closing.
///
/// A trade that ended at exactly zero ends a streak of either kind.
pub fn streaks(profits: impl IntoIterator<Item = f64>) -> Streaks {
    let mut records = Streaks::default();
    let mut run = Streak::default();
    for profit in profits {
        // `run.profit` has the sign of its kind, so one run serves for both.
        let same = (profit > 0.0 && run.profit > 0.0) || (profit < 0.0 && run.profit < 0.0);
        if !same {
            records.keep(run);
            run = Streak::default();
        }
        if profit != 0.0 {
            run.trades += 1;
            run.profit += profit;
        }
    }
    records.keep(run);
    records
}

impl Streaks {
    fn keep(&mut self, run: Streak) {
        let (longest, largest) = if run.profit > 0.0 {
            (&mut self.longest_winning, &mut self.largest_winning)
        } else {
            (&mut self.longest_losing, &mut self.largest_losing)
        };
        if run.trades > longest.trades {
            *longest = run;
        }
        if run.profit.abs() > largest.profit.abs() {
            *largest = run;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn by_hand() {
        let s = streaks([1.0, 2.0, -5.0, 9.0, 0.0, 3.0, -1.0, -1.0, -1.0]);
        assert_eq!(
            s.longest_winning,
            Streak {
                trades: 2,
                profit: 3.0
            }
        );
        assert_eq!(
            s.largest_winning,
            Streak {
                trades: 1,
                profit: 9.0
            }
        );
        assert_eq!(
            s.longest_losing,
            Streak {
                trades: 3,
                profit: -3.0
            }
        );
        assert_eq!(
            s.largest_losing,
            Streak {
                trades: 1,
                profit: -5.0
            }
        );
    }

    #[test]
    fn nothing_and_zeros() {
        assert_eq!(streaks([]), Streaks::default());
        assert_eq!(streaks([0.0, 0.0]), Streaks::default());
    }

    proptest! {
        #[test]
        fn records_bound_each_other(profits in prop::collection::vec(-3..4_i32, 0..200)) {
            let profits: Vec<f64> = profits.into_iter().map(f64::from).collect();
            let s = streaks(profits.iter().copied());
            let wins = profits.iter().filter(|p| **p > 0.0).count() as u32;
            let gross: f64 = profits.iter().filter(|p| **p > 0.0).sum();
            prop_assert!(s.longest_winning.trades <= wins);
            prop_assert!(s.largest_winning.profit <= gross);
            prop_assert!(s.largest_winning.trades <= s.longest_winning.trades);
            prop_assert!(s.largest_winning.profit >= s.longest_winning.profit);
            prop_assert!(s.largest_losing.profit <= s.longest_losing.profit);
            prop_assert_eq!(s.longest_winning.trades > 0, wins > 0);
        }
    }
}
