//! The trade list as CSV.

use std::fmt::Write;
use trading::symbol::{ExitReason, Trade};

/// The columns.
pub(crate) const HEADER: &str =
    "entry_time,exit_time,side,volume,entry_price,exit_price,profit,open_at_end";

/// One row a trade, oldest exit first. Times are UTC, the opening times of the bars in which the
/// fills were. A position that was open when history ended is marked in the last column.
pub(crate) fn trades_csv(trades: &[Trade]) -> String {
    let mut out = String::with_capacity((trades.len() + 1) * 96);
    out.push_str(HEADER);
    out.push('\n');
    for trade in trades {
        // Writing to a string cannot fail. Prices are written as the shortest text that reads back
        // as the same number.
        let _ = writeln!(
            out,
            "{},{},{},{},{},{},{},{}",
            trade.entry_time,
            trade.exit_time,
            trade.side.name(),
            trade.volume,
            trade.entry_price,
            trade.exit_price,
            rounded(trade.profit),
            trade.exit == ExitReason::EndOfData,
        );
    }
    out
}

/// Without the dust of binary fractions: 25.32, not 25.319999999999936.
pub(crate) fn rounded(money: f64) -> f64 {
    let rounded = (money * 1e8).round() / 1e8;
    // Beyond what eight decimals can hold the number is as good as it gets; and no minus zero.
    if rounded.is_finite() {
        rounded + 0.0
    } else {
        money
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_dust() {
        assert_eq!(rounded(25.319_999_999_999_936).to_string(), "25.32");
        assert_eq!(rounded(-1e-12).to_string(), "0");
        assert_eq!(rounded(1e305), 1e305);
    }
}
