//! The deepest fall of equity. Money that was paid in or out is no gain and no fall: it is taken
//! out of the curve before it is looked at.

use protocol::api::report::EquitySnapshot;
use trading::time::Time;

/// A fall is deeper than another by more than what sums of decimal fractions are off by, as a part
/// of the money that went into them.
const DUST: f64 = 1e-12;

/// A fall of equity.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Drawdown {
    /// How deep, as a number of 0 or above.
    pub(crate) depth: f64,
    /// The same as a part of what there was to lose: the peak with what was paid in and out until
    /// the fall. None where that was nothing.
    pub(crate) part: Option<f64>,
}

/// Looks at equity as it goes by.
#[derive(Debug, Default)]
pub(super) struct Watch {
    /// Money paid in and out: when and how much; in order of time.
    transfers: Vec<(Time, f64)>,
    /// How many of them have gone by, and their sum.
    passed: (usize, f64),
    /// The highest so far in this period, without transfers.
    peak: Option<f64>,
    /// The last seen, without transfers.
    last: Option<f64>,
    /// The deepest fall so far in this period.
    deepest: Option<Drawdown>,
}

impl Watch {
    /// Money was paid in or out.
    pub(super) fn transfer(&mut self, at: Time, amount: f64) {
        self.transfers.push((at, amount));
    }

    /// A period begins: what came before is where it starts from.
    pub(super) fn begin(&mut self) {
        self.peak = self.last;
        self.deepest = None;
    }

    /// The next snapshot, and the deepest fall of this period until then.
    pub(super) fn see(&mut self, one: &EquitySnapshot) -> Drawdown {
        while let Some((at, amount)) = self.transfers.get(self.passed.0) {
            if *at > one.at {
                break;
            }
            self.passed = (self.passed.0 + 1, self.passed.1 + amount);
        }
        let here = one.equity - self.passed.1;
        self.last = Some(here);
        let peak = match self.peak {
            Some(peak) if peak >= here => peak,
            _ => here,
        };
        self.peak = Some(peak);
        let (depth, base) = (peak - here, peak + self.passed.1);
        let fall = Drawdown {
            depth,
            part: (base > 0.0).then(|| depth / base),
        };
        // One that is as deep as before is that of before, with the part that it was then: money
        // that was paid out since then makes no loss of the past a larger one.
        let dust = DUST * (peak.abs() + self.passed.1.abs());
        let deepest = match self.deepest {
            Some(known) if known.depth + dust >= depth => known,
            _ => fall,
        };
        self.deepest = Some(deepest);
        deepest
    }
}

#[cfg(test)]
mod tests {
    use super::{Drawdown, Watch};
    use protocol::api::report::EquitySnapshot;
    use trading::time::Time;

    fn see(watch: &mut Watch, at: i64, equity: f64) -> Drawdown {
        watch.see(&EquitySnapshot {
            at: Time(at),
            balance: equity,
            equity,
            margin: 0.0,
        })
    }

    fn paid(transfers: &[(i64, f64)]) -> Watch {
        let mut watch = Watch::default();
        for (at, amount) in transfers {
            watch.transfer(Time(*at), *amount);
        }
        watch
    }

    #[test]
    fn a_loss_is_a_part_of_what_was_left_after_a_withdrawal() {
        let mut watch = paid(&[(2, -9_000.0)]);
        assert_eq!(see(&mut watch, 1, 10_000.0).depth, 0.0);
        assert_eq!(see(&mut watch, 3, 1_000.0).depth, 0.0);
        let fall = see(&mut watch, 4, 500.0);
        assert_eq!((fall.depth, fall.part), (500.0, Some(0.5)));
    }

    #[test]
    fn a_loss_is_a_part_of_what_was_there_after_a_deposit() {
        let mut watch = paid(&[(2, 10_000.0)]);
        see(&mut watch, 1, 100.0);
        see(&mut watch, 3, 10_100.0);
        let fall = see(&mut watch, 4, 9_600.0);
        assert_eq!((fall.depth, fall.part), (500.0, Some(500.0 / 10_100.0)));
    }

    #[test]
    fn a_deposit_overnight_is_no_gain_and_counts_from_then_on() {
        let mut watch = paid(&[(2, 1_000.0)]);
        watch.begin();
        see(&mut watch, 1, 1_000.0);
        // The next day begins with what was there and with what was paid in since.
        watch.begin();
        assert_eq!(see(&mut watch, 3, 2_000.0).depth, 0.0);
        let fall = see(&mut watch, 4, 1_500.0);
        assert_eq!((fall.depth, fall.part), (500.0, Some(0.25)));
    }

    #[test]
    fn money_paid_out_after_a_fall_makes_it_no_deeper() {
        let mut watch = paid(&[(3, -8_000.07)]);
        see(&mut watch, 1, 10_000.0);
        let fall = see(&mut watch, 2, 9_000.13);
        let after = see(&mut watch, 4, 9_000.13 - 8_000.07);
        assert_eq!(after, fall, "an account that was only paid out of");
        assert!(fall.part.is_some_and(|part| part < 0.1));
    }

    #[test]
    fn nothing_is_a_part_of_nothing() {
        let mut watch = paid(&[(2, -2_000.0)]);
        see(&mut watch, 1, 1_000.0);
        // More was paid out than there was: on credit.
        let fall = see(&mut watch, 3, -1_500.0);
        assert_eq!((fall.depth, fall.part), (500.0, None));
    }
}
