//! What the parts of the trade table share, and the keys that work everywhere in the Lab.

use super::order::{Filter, Sort, listed};
use crate::{
    engine::{Outcome, TradeRow},
    pages::lab::{outcome::Shown, state::Lab},
    part::{Part, Stage},
};
use leptos::{ev, prelude::*};
use std::sync::Arc;
use wasm_bindgen::JsCast;

/// The trades that are listed, and the one that is looked at.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct TradeList {
    pub(super) lab: Lab,
    pub(super) outcome: Shown,
    pub(super) filter: RwSignal<Filter>,
    pub(super) sort: RwSignal<Sort>,
    /// Places among the outcome's trades.
    pub(super) listed: Memo<Arc<Vec<usize>>>,
    /// Where the keyboard is: a row of the list.
    pub(super) cursor: RwSignal<Option<usize>>,
}

impl TradeList {
    /// The list of an outcome's trades. The chosen trade stays chosen when a new outcome has it too.
    pub(in super::super) fn new(lab: Lab, outcome: Shown) -> Self {
        let filter = RwSignal::new(Filter::default());
        let sort = RwSignal::new(Sort::FIRST);
        let listed = Memo::new(move |_| {
            if Part::Tables.stage() != Stage::Here {
                return Arc::default();
            }
            let trades = outcome.get();
            let trades = trades.as_ref().map_or(&[][..], |outcome| &outcome.trades);
            Arc::new(part_tables_listed(trades, &filter.get(), sort.get()))
        });
        let list = Self {
            lab,
            outcome,
            filter,
            sort,
            listed,
            cursor: RwSignal::new(None),
        };
        list.follow();
        list.hear_keys();
        list
    }

    /// How many trades there are, listed or not.
    pub(super) fn count(self) -> usize {
        self.outcome
            .with(|outcome| outcome.as_ref().map_or(0, |outcome| outcome.trades.len()))
    }

    /// The row in which the chosen trade stands, if it is listed.
    pub(super) fn chosen_row(self) -> Option<usize> {
        let chosen = self.lab.trade.get()?;
        self.listed
            .with(|listed| listed.iter().position(|place| *place == chosen))
    }

    /// Chooses the trade of a row.
    pub(super) fn choose(self, row: usize) {
        let place = self
            .listed
            .with_untracked(|listed| listed.get(row).copied());
        if let Some(place) = place {
            self.cursor.set(Some(row));
            self.lab.trade.set(Some(place));
        }
    }

    /// Chooses the next trade of the list, or the one before.
    fn step(self, forth: bool) {
        let count = self.listed.with_untracked(|listed| listed.len());
        let here = untrack(move || self.chosen_row());
        let next = match (here, forth) {
            (None, _) => 0,
            (Some(row), true) => row + 1,
            (Some(row), false) => row.wrapping_sub(1),
        };
        if next < count {
            self.choose(next);
        }
    }

    /// Another outcome has other trades: the chosen one is looked for among them by its entry.
    fn follow(self) {
        Effect::new(move |before: Option<Option<Arc<Outcome>>>| {
            let now = self.outcome.get();
            if let Some(Some(before)) = before
                && let Some(place) = self.lab.trade.get_untracked()
            {
                let trades = now.as_ref().map_or(&[][..], |now| &now.trades);
                let found = same(&before.trades, place, trades);
                if found != Some(place) {
                    self.lab.trade.set(found);
                }
            }
            now
        });
    }

    fn hear_keys(self) {
        let handle = StoredValue::new(None::<WindowListenerHandle>);
        // In an effect: there is no window on the server.
        Effect::new(move |_| {
            let hear = window_event_listener(ev::keydown, move |event| {
                let is_plain = !(event.ctrl_key() || event.meta_key() || event.alt_key());
                if is_plain && !event.default_prevented() && !is_typing(&event) {
                    match event.key().as_str() {
                        "j" | "J" => self.step(true),
                        "k" | "K" => self.step(false),
                        _ => {}
                    }
                }
            });
            handle.set_value(Some(hear));
        });
        on_cleanup(move || {
            if let Some(handle) = handle.try_update_value(Option::take).flatten() {
                handle.remove();
            }
        });
    }
}

#[inline(never)]
fn part_tables_listed(trades: &[TradeRow], filter: &Filter, sort: Sort) -> Vec<usize> {
    listed(trades, filter, sort)
}

/// Where the trade at a place is among others: the one with the same entry.
fn same(before: &[TradeRow], place: usize, now: &[TradeRow]) -> Option<usize> {
    let wanted = &before.get(place)?.trade;
    now.iter()
        .position(|row| (row.trade.entry_time, row.trade.side) == (wanted.entry_time, wanted.side))
}

/// Letters belong to whatever takes text; and a dialog is about something else.
fn is_typing(event: &ev::KeyboardEvent) -> bool {
    let element = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    element.is_some_and(|element| {
        let takes = "input:not([type=radio]):not([type=checkbox]), textarea, select, \
                     [contenteditable=''], [contenteditable=true], dialog[open]";
        // Only a selector that is not understood fails.
        !matches!(element.closest(takes), Ok(None))
    })
}

#[cfg(test)]
mod tests {
    use super::same;
    use crate::pages::lab::outcome::trades::order::tests::trade;
    use trading::symbol::{ExitReason::StopLoss, Side};

    #[test]
    fn a_trade_is_found_again_by_its_entry() {
        let before = [
            trade(1, Side::Buy, 1.0, StopLoss),
            trade(9, Side::Sell, 1.0, StopLoss),
        ];
        let now = [
            trade(0, Side::Buy, 1.0, StopLoss),
            trade(1, Side::Sell, 1.0, StopLoss),
            trade(9, Side::Sell, -3.0, StopLoss),
        ];
        assert_eq!(same(&before, 1, &now), Some(2), "with another profit now");
        assert_eq!(same(&before, 0, &now), None, "the other side now");
        assert_eq!(same(&before, 7, &now), None);
    }
}
