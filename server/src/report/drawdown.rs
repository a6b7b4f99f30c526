//! The deepest fall of equity. Money that was paid in or out is no gain and no fall: it is taken
//! out of the curve before it is looked at.

use protocol::api::report::EquitySnapshot;
use trading::time::Time;

/// A fall of equity.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Drawdown {
    /// How deep, as a number of 0 or above.
    pub(crate) depth: f64,
    /// The same as a part of what there was before, where there was something.
    pub(crate) part: Option<f64>,
}

/// Looks at equity as it goes by.
#[derive(Debug, Default)]
pub(super) struct Watch {
    /// Money paid in and out: when and how much; in order of time.
    transfers: Vec<(Time, f64)>,
    /// How many of them have gone by, and their sum.
    passed: (usize, f64),
    /// The highest so far in this period, without transfers and as it was.
    peak: Option<(f64, f64)>,
    /// The last seen.
    last: Option<(f64, f64)>,
}

impl Watch {
    /// Money was paid in or out.
    pub(super) fn transfer(&mut self, at: Time, amount: f64) {
        self.transfers.push((at, amount));
    }

    /// A period begins: what came before is where it starts from.
    pub(super) fn begin(&mut self) {
        self.peak = self.last;
    }

    /// The next snapshot, and how far equity has fallen in this period.
    pub(super) fn see(&mut self, one: &EquitySnapshot) -> Drawdown {
        while let Some((at, amount)) = self.transfers.get(self.passed.0) {
            if *at > one.at {
                break;
            }
            self.passed = (self.passed.0 + 1, self.passed.1 + amount);
        }
        let here = (one.equity - self.passed.1, one.equity);
        self.last = Some(here);
        let peak = match self.peak {
            Some(peak) if peak.0 >= here.0 => peak,
            _ => here,
        };
        self.peak = Some(peak);
        let depth = peak.0 - here.0;
        Drawdown {
            depth,
            part: (peak.1 > 0.0).then(|| depth / peak.1),
        }
    }
}
