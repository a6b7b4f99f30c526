//! What a broker says of its symbols, and its own price history: uploaded by the executor, read by
//! whoever tests on it.
//!
//! | file | what |
//! |---|---|
//! | `market.rs` | what is sent and told |
//! | `market/spec.rs` | a broker's terms of a symbol |
//! | `market/packed.rs` | bars as a text in JSON |
//! | `market/grid.rs` | where bars of a timeframe may open |

mod grid;
mod packed;
mod spec;

pub use packed::{BadBars, PackedBars};
pub use spec::BrokerSpec;

use super::report::BrokerLogin;
use crate::id::BrokerAccountId;
use serde::{Deserialize, Serialize};
use trading::{
    symbol::Symbol,
    time::{DAY, Time},
    timeframe::Timeframe,
};

/// The most bars of one upload.
pub const MAX_PAGE: usize = 5_000;
/// The most bars that are read of one history, the newest ones.
pub const MAX_READ: usize = 1_000_000;
/// No price, volume or size of a market is greater, in any currency.
pub(crate) const MOST: f64 = 1e12;

/// What the broker says of a symbol, of one account.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewSpec {
    /// Of which account: something was reported of it before.
    pub login: BrokerLogin,
    /// What it says.
    pub spec: BrokerSpec,
}

impl NewSpec {
    /// The rule that it breaks.
    pub fn fault(&self) -> Option<&'static str> {
        if self.login.login <= 0 {
            return Some("a login is above 0");
        }
        self.spec.fault()
    }
}

/// A page of the broker's bars. It is all that there is from its first bar to its last: what was
/// kept of that time before goes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewBars {
    /// Of which account: something was reported of it before.
    pub login: BrokerLogin,
    /// Of what: its specification was uploaded before.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub symbol: Symbol,
    /// How long each bar is, such as `H1`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub timeframe: Timeframe,
    /// The bars, in UTC, the oldest first; 1 to 5,000.
    pub bars: PackedBars,
}

/// How much longer a page may be than its bars, and how much any page may be, in milliseconds: what
/// was kept of that time is read and written anew.
const SPARSE: i64 = 20;
const LEAST: i64 = 60 * DAY;

impl NewBars {
    /// From the first bar to the last, in milliseconds.
    fn span(&self) -> i64 {
        let time = &self.bars.0.time;
        let ends = time.first().zip(time.last());
        ends.map_or(0, |(first, last)| last.saturating_sub(*first))
    }

    /// The rule that it breaks. A clock may be wrong by a day, and no bar is of a later time.
    pub fn fault(&self, now: Time) -> Option<&'static str> {
        let bars = &self.bars.0;
        let latest = bars.time.last();
        if self.login.login <= 0 {
            Some("a login is above 0")
        } else if !(1..=MAX_PAGE).contains(&bars.len()) {
            Some("a page has 1 to 5000 bars")
        } else if bars.time.first().is_some_and(|first| *first < 0)
            || latest.is_some_and(|last| *last > now.0.saturating_add(DAY))
        {
            Some("bars are of times from 1970 to today, in milliseconds")
        } else if let Some(fault) = grid::fault(&bars.time, self.timeframe) {
            Some(fault)
        } else if self.span() > SPARSE * bars.len() as i64 * self.timeframe.millis() + LEAST {
            Some("a page of so few bars cannot be of so long a time")
        } else if bars.high.iter().any(|price| *price > MOST)
            || [&bars.tick_volume, &bars.spread]
                .iter()
                .any(|column| column.iter().any(|value| *value > MOST))
        {
            Some("a number is too large")
        } else {
            None
        }
    }
}

/// What became of a specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SpecReceipt {
    /// The account's name among rows.
    pub broker_account: BrokerAccountId,
    /// Whether it was another one than was known.
    pub is_new: bool,
}

/// What became of a page of bars.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BarsReceipt {
    /// The account's name among rows.
    pub broker_account: BrokerAccountId,
    /// Whether anything was not known before.
    pub is_new: bool,
    /// How many bytes the account may keep still.
    pub bytes_left: i64,
}

/// A symbol of a broker's, and its histories that are kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BrokerMarket {
    /// Of which account at a broker.
    pub broker_account: BrokerAccountId,
    /// Which that is.
    pub login: BrokerLogin,
    /// The symbol, as the broker writes it.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub symbol: Symbol,
    /// When the broker's terms of it last changed.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub spec_at: Time,
    /// Its histories, the shortest bars first.
    pub histories: Vec<BrokerHistory>,
}

/// A history of a broker's that is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BrokerHistory {
    /// How long its bars are.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub timeframe: Timeframe,
    /// Number of bars.
    pub bars: u64,
    /// How many bytes they take.
    pub bytes: u64,
    /// Opening time of the first bar.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub first: Time,
    /// Opening time of the last bar.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub last: Time,
}

/// All that is kept of brokers' markets.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BrokerMarkets {
    /// Symbol by symbol.
    pub items: Vec<BrokerMarket>,
    /// How many bytes of bars are kept.
    pub bytes: u64,
    /// How many there may be.
    pub most_bytes: u64,
}

/// Where the server has what a broker says of a symbol.
pub fn spec_path(of: BrokerAccountId, symbol: &str) -> String {
    format!("/api/v1/markets/{of}/{}", crate::history::escaped(symbol))
}

/// Where the server has the bars of a broker's, in the bytes of [`crate::bars`].
pub fn bars_path(of: BrokerAccountId, symbol: &str, timeframe: Timeframe) -> String {
    format!("{}/{timeframe}", spec_path(of, symbol))
}

#[cfg(test)]
mod tests {
    use super::{NewBars, PackedBars, bars_path};
    use crate::id::BrokerAccountId;
    use trading::{
        bar::{Bar, Bars},
        time::{DAY, HOUR, Time},
        timeframe::Timeframe,
    };

    const NOW: Time = Time(1_700_000_000_000);

    fn page(times: impl IntoIterator<Item = i64>) -> NewBars {
        let bar = |time| Bar {
            time: Time(time),
            open: 2.0,
            high: 3.0,
            low: 1.0,
            close: 2.5,
            tick_volume: 5.0,
            spread: 2.0,
        };
        NewBars {
            login: super::BrokerLogin {
                login: 5,
                server: "Broker".parse().unwrap(),
            },
            symbol: "XAUUSD".parse().unwrap(),
            timeframe: Timeframe::H1,
            bars: PackedBars(times.into_iter().map(bar).collect::<Bars>()),
        }
    }

    #[test]
    fn a_page_has_bars_of_its_timeframe_and_no_others() {
        assert_eq!(page((0..5_000).map(|hour| hour * HOUR)).fault(NOW), None);
        assert!(
            page((0..5_001).map(|hour| hour * HOUR))
                .fault(NOW)
                .is_some()
        );
        assert!(page([]).fault(NOW).is_some());
        assert!(page([-HOUR]).fault(NOW).is_some());
        assert!(
            page([NOW.0.div_euclid(HOUR) * HOUR + 48 * HOUR])
                .fault(NOW)
                .is_some()
        );
        assert!(page([1]).fault(NOW).is_some(), "not on the grid");
        // Weekends, holidays and a market that is seldom open; but not years between two bars.
        assert_eq!(page([0, 60 * DAY]).fault(NOW), None);
        assert!(page([0, 70 * DAY]).fault(NOW).is_some());
        let mut huge = page([0]);
        huge.bars.0.high = vec![1e13];
        assert_eq!(huge.fault(NOW), Some("a number is too large"));
        let mut huge = page([0]);
        huge.bars.0.spread = vec![1e13];
        assert_eq!(huge.fault(NOW), Some("a number is too large"));
    }

    #[test]
    fn a_path_holds_the_whole_symbol() {
        let of: BrokerAccountId = "0199a3f4-8e1d-7c31-8000-000000000000".parse().unwrap();
        assert_eq!(
            bars_path(of, "#US30", Timeframe::M5),
            format!("/api/v1/markets/{of}/%23US30/M5")
        );
    }
}
