//! The next and the previous trade.

use crate::pages::lab::state::Lab;
use leptos::prelude::*;

/// Goes to the next trade, or the previous one, in the order in which they were closed.
pub fn step_trade(lab: Lab, is_next: bool) {
    let count = lab
        .result()
        .with_untracked(|state| state.outcome().map_or(0, |outcome| outcome.trades.len()));
    if let Some(trade) = stepped(lab.trade.get_untracked(), is_next, count) {
        lab.trade.set(Some(trade));
    }
}

/// Where a step leads; `None` where there are no trades. It ends at the first and at the last one.
fn stepped(from: Option<usize>, is_next: bool, count: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    Some(match (from, is_next) {
        (None, true) => 0,
        (None, false) => last,
        (Some(from), true) => from.saturating_add(1).min(last),
        (Some(from), false) => from.saturating_sub(1).min(last),
    })
}

#[cfg(test)]
mod tests {
    use super::stepped;

    #[test]
    fn steps_stay_among_the_trades() {
        assert_eq!(stepped(None, true, 0), None);
        assert_eq!(stepped(None, true, 3), Some(0));
        assert_eq!(stepped(None, false, 3), Some(2));
        assert_eq!(stepped(Some(1), true, 3), Some(2));
        assert_eq!(stepped(Some(2), true, 3), Some(2));
        assert_eq!(stepped(Some(0), false, 3), Some(0));
        assert_eq!(
            stepped(Some(9), false, 3),
            Some(2),
            "an older result had more"
        );
    }
}
