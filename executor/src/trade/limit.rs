//! The guard before every entry: what the trader allows a program to risk on an account, whatever a
//! strategy says. It needs no network and no model.

use serde::{Deserialize, Serialize};
use trading::time::{DAY, Time};

/// What the trader allows. Everything that is not given is not limited here; the Expert Advisor has
/// limits of its own beside these.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Greatest volume of one order, in lots.
    pub max_volume: Option<f64>,
    /// Greatest number of positions that Phoenix may have open.
    pub max_positions: Option<u32>,
    /// Greatest sum of the volumes of all positions in a symbol, in lots.
    pub max_exposure: Option<f64>,
    /// Greatest loss since the day began on the server's clock, open positions included, in account
    /// money.
    pub max_daily_loss: Option<f64>,
    /// Greatest loss since the account was worth most, in percent of that.
    pub max_drawdown: Option<f64>,
    /// Greatest spread at which to enter, in points.
    pub max_spread: Option<f64>,
}

/// Which limit said no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    /// Of one order's volume.
    Volume,
    /// Of the number of positions.
    Positions,
    /// Of the volume in a symbol.
    Exposure,
    /// Of the day's loss.
    DailyLoss,
    /// Of the drawdown.
    Drawdown,
    /// Of the spread.
    Spread,
    /// On an account that nets positions: one strategy in a symbol at a time.
    Netting,
    /// This computer's clock is wrong.
    Clock,
    /// An older version of the strategy has something open still.
    OtherVersion,
}

/// An entry, as far as limits look at it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Entry {
    /// In lots.
    pub volume: f64,
    /// How many positions Phoenix has open or ordered.
    pub positions: u32,
    /// The sum of their volumes in this symbol, in lots.
    pub exposure: f64,
    /// The spread, in points.
    pub spread: f64,
}

/// What limits remember of an account.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Watch {
    /// Day on the server's clock since 1970, and equity when it began, as far as is known.
    pub day: Option<(i64, f64)>,
    /// The most that the account was worth.
    pub peak: Option<f64>,
    /// Equity as it was last heard.
    pub equity: Option<f64>,
}

impl Watch {
    /// Hears the account's equity; `server` is the server's time.
    pub fn hear(&mut self, equity: f64, server: Time) {
        // A terminal that does not know its account yet says 0.
        if equity.is_nan() || equity <= 0.0 {
            return;
        }
        let day = server.0.div_euclid(DAY);
        if self.day.is_none_or(|(known, _)| day > known) {
            // The last that was heard the day before is what the day began with.
            self.day = Some((day, self.equity.unwrap_or(equity)));
        }
        self.peak = Some(self.peak.map_or(equity, |peak| peak.max(equity)));
        self.equity = Some(equity);
    }
}

impl Limits {
    /// The first limit that an entry would break.
    pub fn broken_by(&self, entry: &Entry, watch: &Watch) -> Option<Limit> {
        let above = |limit: Option<f64>, value: f64| {
            limit.is_some_and(|limit| value.is_nan() || value > limit * (1.0 + 1e-12))
        };
        let lost_today = watch
            .day
            .zip(watch.equity)
            .map(|((_, start), now)| start - now);
        let fallen = watch.peak.zip(watch.equity);
        let fallen = fallen.map(|(peak, now)| (peak - now) / peak * 100.0);
        // A loss that reaches its limit has reached it; the others may be used up.
        let reached = |limit: Option<f64>, value: Option<f64>| {
            limit.is_some_and(|limit| !value.is_some_and(|value| value < limit))
        };
        let checks = [
            (above(self.max_volume, entry.volume), Limit::Volume),
            (
                self.max_positions
                    .is_some_and(|most| entry.positions >= most),
                Limit::Positions,
            ),
            (
                above(self.max_exposure, entry.exposure + entry.volume),
                Limit::Exposure,
            ),
            (reached(self.max_daily_loss, lost_today), Limit::DailyLoss),
            (reached(self.max_drawdown, fallen), Limit::Drawdown),
            (above(self.max_spread, entry.spread), Limit::Spread),
        ];
        checks
            .into_iter()
            .find_map(|(is, limit)| is.then_some(limit))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENTRY: Entry = Entry {
        volume: 0.5,
        positions: 1,
        exposure: 0.5,
        spread: 20.0,
    };

    fn watch(equities: &[(i64, f64)]) -> Watch {
        let mut watch = Watch::default();
        for (day, equity) in equities {
            watch.hear(*equity, Time(day * DAY + 5));
        }
        watch
    }

    #[test]
    fn each_limit_says_no_by_itself() {
        let calm = watch(&[(1, 10_000.0)]);
        let none = Limits::default();
        let cases = [
            (
                Limits {
                    max_volume: Some(0.4),
                    ..none.clone()
                },
                Limit::Volume,
            ),
            (
                Limits {
                    max_positions: Some(1),
                    ..none.clone()
                },
                Limit::Positions,
            ),
            (
                Limits {
                    max_exposure: Some(0.9),
                    ..none.clone()
                },
                Limit::Exposure,
            ),
            (
                Limits {
                    max_spread: Some(19.0),
                    ..none.clone()
                },
                Limit::Spread,
            ),
        ];
        assert_eq!(none.broken_by(&ENTRY, &calm), None);
        for (limits, limit) in cases {
            assert_eq!(limits.broken_by(&ENTRY, &calm), Some(limit));
        }
        let used_up = Limits {
            max_volume: Some(0.5),
            max_positions: Some(2),
            max_exposure: Some(1.0),
            max_spread: Some(20.0),
            ..none
        };
        assert_eq!(used_up.broken_by(&ENTRY, &calm), None);
    }

    #[test]
    fn losses_count_from_the_day_and_from_the_peak() {
        let daily = Limits {
            max_daily_loss: Some(500.0),
            ..Limits::default()
        };
        let deep = Limits {
            max_drawdown: Some(10.0),
            ..Limits::default()
        };
        let day = watch(&[(1, 10_000.0), (1, 9_500.0)]);
        assert_eq!(daily.broken_by(&ENTRY, &day), Some(Limit::DailyLoss));
        let next = watch(&[(1, 10_000.0), (1, 9_500.0), (2, 9_400.0)]);
        assert_eq!(daily.broken_by(&ENTRY, &next), None);
        assert_eq!(deep.broken_by(&ENTRY, &next), None);
        let fallen = watch(&[(1, 10_000.0), (2, 9_000.0)]);
        assert_eq!(deep.broken_by(&ENTRY, &fallen), Some(Limit::Drawdown));
        // Nothing is known of the account yet: then nothing is risked.
        let unknown = Watch::default();
        assert_eq!(daily.broken_by(&ENTRY, &unknown), Some(Limit::DailyLoss));
    }
}
