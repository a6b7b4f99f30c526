//! What a test runs on: the bars, and the terms they are traded under.

mod bars;
mod store;
mod venue;

pub(crate) use bars::{History, adapt, find, read_file, store_failure};
pub(crate) use store::{default_home, default_store, store_of};
pub(crate) use venue::venue;

use clap::{Args, ValueEnum};
use history::{DateOrder, ImportOptions, TimeZone};
use std::path::PathBuf;

/// Where the bars are and how they are read.
#[derive(Debug, Args)]
pub(crate) struct BarsArgs {
    /// Bars: CSV of any usual kind, plain or gzip, or Parquet. Without it, the imported history of
    /// the strategy's symbol and timeframe is used, else the one that ships with Phoenix
    #[arg(long, value_name = "FILE")]
    pub(crate) bars: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) clock: ClockArgs,
    /// Go on with the good rows of a file that has faulty, repeated or unsorted ones
    #[arg(long)]
    pub(crate) repair: bool,
    /// Build the strategy's timeframe from shorter bars
    #[arg(long)]
    pub(crate) resample: bool,
    /// Folder of imported history [default: $PHOENIX_DATA, or ~/.local/share/phoenix/history]
    #[arg(long, value_name = "DIR", conflicts_with = "bars")]
    pub(crate) store: Option<PathBuf>,
}

/// How times in text files are read.
#[derive(Debug, Clone, Args)]
pub(crate) struct ClockArgs {
    /// Clock of times that do not name their own: UTC, +02:00, Europe/London, or mt5 (the server
    /// time of most brokers) [default: UTC; import asks where another one is usual]
    #[arg(long, value_name = "ZONE")]
    pub(crate) timezone: Option<TimeZone>,
    /// Whether day or month comes first, where the dates do not show it
    #[arg(long, value_name = "ORDER")]
    pub(crate) date_order: Option<Order>,
}

/// The order of day, month and year.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Order {
    /// 2017-01-31
    #[value(name = "year-first")]
    Year,
    /// 31.01.2017
    #[value(name = "day-first")]
    Day,
    /// 01/31/2017
    #[value(name = "month-first")]
    Month,
}

impl From<Order> for DateOrder {
    fn from(order: Order) -> Self {
        match order {
            Order::Year => Self::YearFirst,
            Order::Day => Self::DayFirst,
            Order::Month => Self::MonthFirst,
        }
    }
}

impl ClockArgs {
    /// As the history room wants them.
    pub(crate) fn options(&self) -> ImportOptions {
        ImportOptions {
            zone: self.timezone.clone(),
            date_order: self.date_order.map(DateOrder::from),
            ..ImportOptions::default()
        }
    }
}

/// What trading costs.
#[derive(Debug, Args)]
pub(crate) struct VenueArgs {
    /// Symbol, costs and account as JSON; without it typical ones, where the symbol is known
    #[arg(long, value_name = "FILE")]
    pub(crate) spec: Option<PathBuf>,
    /// One unit, no costs, no margin: for comparison with other programs
    #[arg(long)]
    pub(crate) ideal: bool,
    /// With --ideal: a cost in price units for each fill
    #[arg(long, value_name = "X", requires = "ideal", default_value_t = 0.0)]
    pub(crate) fee_per_fill: f64,
    /// Money at the start, in the account's currency
    #[arg(long, value_name = "X")]
    pub(crate) balance: Option<f64>,
}
