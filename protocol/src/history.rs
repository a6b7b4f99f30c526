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
    format!("/api/history/{}/{}", escaped(symbol), timeframe.name())
}

/// A symbol in an address. There `#` begins a fragment, which is never sent: what brokers write in
/// symbols beside letters and digits is escaped where it must be.
pub(crate) fn escaped(symbol: &str) -> String {
    let mut path = String::new();
    for byte in symbol.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~+".contains(&byte) {
            path.push(char::from(byte));
        } else {
            path.push_str(&format!("%{byte:02X}"));
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::path;
    use trading::timeframe::Timeframe;

    #[test]
    fn an_address_holds_the_whole_symbol() {
        for (symbol, escaped) in [
            ("XAUUSD", "XAUUSD"),
            ("EURUSD.r_x-y+", "EURUSD.r_x-y+"),
            ("#US30", "%23US30"),
            ("a/b?c%", "a%2Fb%3Fc%25"),
        ] {
            let expected = format!("/api/history/{escaped}/H1");
            assert_eq!(path(symbol, Timeframe::H1), expected);
        }
    }
}
