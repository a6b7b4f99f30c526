//! How long positions were held, and how much of history that is.

use super::closes_at_open;
use trading::symbol::Trade;

/// The bars during which a trade was open: `[first, end)`.
///
/// A trade that was closed at the open of a bar was not open during that bar.
fn span(trade: &Trade) -> (u32, u32) {
    let end = trade.exit_bar + u32::from(!closes_at_open(trade.exit));
    (trade.entry_bar, end)
}

/// The share of bars during which at least one position was open, in percent (0 to 100).
///
/// Trades that overlap (hedging) count once. Zero without bars. backtesting.py's `Exposure Time`
/// counts the bar of the exit too, even when the trade ends at its open.
pub fn exposure_percent(trades: &[Trade], bars: usize) -> f64 {
    if bars == 0 {
        return 0.0;
    }
    let mut spans: Vec<(u32, u32)> = trades.iter().map(span).collect();
    // Trades come in the order of their exits as a rule: then this only looks.
    if !spans.is_sorted_by_key(|s| s.1) {
        spans.sort_unstable_by_key(|s| s.1);
    }
    // From the last end back: whatever lies behind `reached` is counted already, because the span
    // that began there ends no earlier than any that is still to come.
    let mut reached = u32::try_from(bars).unwrap_or(u32::MAX);
    let mut held = 0_u64;
    for (first, end) in spans.into_iter().rev() {
        held += u64::from(end.min(reached).saturating_sub(first));
        reached = reached.min(first);
    }
    held as f64 * 100.0 / bars as f64
}

/// The mean of `exit_bar - entry_bar`, in bars; 0 for a trade that ended in its first bar. `None`
/// without a trade.
pub fn average_bars_held(trades: &[Trade]) -> Option<f64> {
    let bars: u64 = trades
        .iter()
        .map(|t| u64::from(t.exit_bar.saturating_sub(t.entry_bar)))
        .sum();
    (!trades.is_empty()).then(|| bars as f64 / trades.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::sample::trade;
    use proptest::prelude::*;
    use trading::symbol::ExitReason;

    fn at(entry_bar: u32, exit_bar: u32, exit: ExitReason) -> Trade {
        Trade {
            entry_bar,
            exit_bar,
            exit,
            ..trade(1.0)
        }
    }

    #[test]
    fn the_bar_of_the_exit_counts_only_when_traded_in() {
        assert_eq!(
            exposure_percent(&[at(2, 4, ExitReason::ExitRule)], 10),
            20.0
        );
        assert_eq!(
            exposure_percent(&[at(2, 4, ExitReason::StopLoss)], 10),
            30.0
        );
        assert_eq!(
            exposure_percent(&[at(9, 9, ExitReason::EndOfData)], 10),
            10.0
        );
        assert_eq!(exposure_percent(&[], 10), 0.0);
        assert_eq!(exposure_percent(&[], 0), 0.0);
    }

    #[test]
    fn mean_length() {
        assert_eq!(average_bars_held(&[]), None);
        let trades = [
            at(2, 4, ExitReason::ExitRule),
            at(4, 5, ExitReason::StopLoss),
        ];
        assert_eq!(average_bars_held(&trades), Some(1.5));
    }

    proptest! {
        #[test]
        fn overlaps_count_once(pairs in prop::collection::vec((0..50_u32, 0..10_u32), 0..30)) {
            let trades: Vec<Trade> =
                pairs.iter().map(|(a, n)| at(*a, a + n, ExitReason::StopLoss)).collect();
            let held = (0..60_u32)
                .filter(|bar| trades.iter().any(|t| t.entry_bar <= *bar && *bar <= t.exit_bar))
                .count();
            prop_assert_eq!(exposure_percent(&trades, 60), held as f64 * 100.0 / 60.0);
        }
    }
}
