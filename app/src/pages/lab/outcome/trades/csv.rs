//! Trades as CSV: the columns of `phoenix backtest --trades`, and why each was closed. The same in
//! every language: numbers have points, times are ISO 8601 in UTC. Pure.

use crate::engine::TradeRow;
use std::{borrow::Cow, fmt::Write};
use trading::symbol::ExitReason;

const HEADER: &str =
    "entry_time,exit_time,side,volume,entry_price,exit_price,profit,exit_reason,open_at_end";

/// One row for each place.
pub(super) fn csv(trades: &[TradeRow], places: &[usize]) -> String {
    let mut out = String::with_capacity((places.len() + 1) * 112);
    out.push_str(HEADER);
    out.push('\n');
    for row in places.iter().filter_map(|place| trades.get(*place)) {
        let trade = &row.trade;
        // Writing to a string cannot fail. Prices are the shortest texts that read back the same.
        let _ = writeln!(
            out,
            "{},{},{},{},{},{},{},{},{}",
            trade.entry_time,
            trade.exit_time,
            field(trade.side.name()),
            trade.volume,
            trade.entry_price,
            trade.exit_price,
            money(trade.profit),
            field(trade.exit.name()),
            trade.exit == ExitReason::EndOfData,
        );
    }
    out
}

/// A text as one field: quoted where it must be, and never read as a formula by a spreadsheet.
fn field(text: &str) -> Cow<'_, str> {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if !is_formula && !text.contains([',', '"', '\n', '\r']) {
        return Cow::Borrowed(text);
    }
    let guard = if is_formula { "'" } else { "" };
    Cow::Owned(format!("\"{guard}{}\"", text.replace('"', "\"\"")))
}

/// Without the dust of binary fractions: 25.32, not 25.319999999999936.
fn money(value: f64) -> f64 {
    let rounded = (value * 1e8).round() / 1e8;
    // No minus zero; and what eight decimals cannot hold is as good as it gets.
    if rounded.is_finite() {
        rounded + 0.0
    } else {
        value
    }
}

#[cfg(test)]
mod tests {
    use super::{ExitReason, csv, field, money};
    use crate::pages::lab::outcome::trades::order::tests::trade;
    use trading::symbol::Side;

    #[test]
    fn rows_are_those_of_the_list() {
        let trades = [
            trade(0, Side::Buy, 25.319_999_999_999_936, ExitReason::TakeProfit),
            trade(1, Side::Sell, -1234.5, ExitReason::EndOfData),
        ];
        assert_eq!(
            csv(&trades, &[1, 0, 9]),
            "entry_time,exit_time,side,volume,entry_price,exit_price,profit,exit_reason,open_at_end\n\
             1970-01-01T01:00:00Z,1970-01-01T03:00:00Z,short,0.1,1900.5,1901.25,-1234.5,end_of_data,true\n\
             1970-01-01T00:00:00Z,1970-01-01T02:00:00Z,long,0.1,1900.5,1901.25,25.32,take_profit,false\n"
        );
        assert_eq!(csv(&[], &[]).lines().count(), 1);
    }

    #[test]
    fn hostile_texts_stay_in_their_field() {
        assert_eq!(field("stop_loss"), "stop_loss");
        assert_eq!(field("a,b"), "\"a,b\"");
        assert_eq!(field("say \"no\"\nnow"), "\"say \"\"no\"\"\nnow\"");
        assert_eq!(field("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
        assert_eq!(field("@cmd"), "\"'@cmd\"");
    }

    #[test]
    fn no_dust() {
        assert_eq!(money(-1e-12).to_string(), "0");
        assert_eq!(money(1e305), 1e305);
    }
}
