//! What the server says of the histories that it has.

use serde::{Deserialize, Serialize};
use trading::{time::Time, timeframe::Timeframe};

/// One history. `GET /api/history` gives a list of these; its bars, in the bytes of
/// [`crate::bars`], are at [`HistoryEntry::path`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HistoryEntry {
    /// The symbol.
    pub symbol: String,
    /// Length of the bars.
    pub timeframe: Timeframe,
    /// Number of bars.
    pub bars: u64,
    /// Opening time of the first bar.
    pub first: Option<Time>,
    /// Opening time of the last bar.
    pub last: Option<Time>,
    /// Where it is from.
    pub origin: Origin,
}

/// Where a history is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// It came with Phoenix.
    Shipped,
    /// It was imported here.
    Imported,
}

impl HistoryEntry {
    /// Where its bars are.
    pub fn path(&self) -> String {
        path(&self.symbol, self.timeframe)
    }
}

/// Where the bars of a symbol and timeframe are.
pub fn path(symbol: &str, timeframe: Timeframe) -> String {
    format!("/api/history/{symbol}/{timeframe}")
}
