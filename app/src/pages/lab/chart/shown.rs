//! Which bars and which result belong together: a result is never drawn over other bars.

use crate::{
    engine::{Engine, HistoryKey, Outcome, State},
    pages::lab::state::Lab,
};
use leptos::prelude::*;
use std::sync::Arc;
use trading::bar::Bars;

/// What is drawn.
#[derive(Debug, Clone, Default)]
pub(super) struct Shown {
    /// Which history.
    pub key: Option<HistoryKey>,
    /// Its bars.
    pub bars: Option<Arc<Bars>>,
    /// What the strategy came to on them.
    pub outcome: Option<Arc<Outcome>>,
}

/// The same thing, not only an equal one: comparing columns would take longer than drawing them.
fn is_same<T>(a: Option<&Arc<T>>, b: Option<&Arc<T>>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => Arc::ptr_eq(a, b),
        (None, None) => true,
        _ => false,
    }
}

impl Shown {
    /// Whether both draw the same bars.
    pub(super) fn has_bars_of(&self, other: &Self) -> bool {
        is_same(self.bars.as_ref(), other.bars.as_ref())
    }

    /// Whether both draw the same result.
    pub(super) fn has_outcome_of(&self, other: &Self) -> bool {
        is_same(self.outcome.as_ref(), other.outcome.as_ref())
    }

    /// What follows when the state is this one. `key` is the history that the document names, and
    /// `bars` what is known of it.
    fn next(before: Self, state: &State, key: HistoryKey, bars: Option<Arc<Bars>>) -> Self {
        let on = |bars: Option<Arc<Bars>>, outcome: Option<&Arc<Outcome>>| Self {
            key: bars.is_some().then_some(key),
            // What was made on another history is not drawn on this one.
            outcome: outcome
                .filter(|outcome| bars.as_ref().is_some_and(|b| b.len() == outcome.bars))
                .cloned(),
            bars,
        };
        match state {
            // The last picture stays until the next one is there.
            State::Waiting(Some(_)) if before.outcome.is_some() => before,
            State::Done(outcome) | State::Waiting(Some(outcome)) => on(bars, Some(outcome)),
            State::Waiting(None) | State::Idle | State::Failed(_) => on(bars, None),
        }
    }
}

impl PartialEq for Shown {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key && self.has_bars_of(other) && self.has_outcome_of(other)
    }
}

/// What is drawn now. It follows the results alone: a document that names another history, but was
/// not tested on it yet, moves nothing.
pub(super) fn shown(lab: Lab) -> Memo<Shown> {
    Memo::new(move |before: Option<&Shown>| {
        let state = lab.result().get();
        let key = untrack(|| lab.history());
        let bars = Engine.history(&key);
        Shown::next(before.cloned().unwrap_or_default(), &state, key, bars)
    })
}

#[cfg(test)]
mod tests {
    use super::{Arc, Bars, HistoryKey, Shown, State};
    use crate::engine::RunFault;
    use trading::{bar::Bar, time::Time, timeframe::Timeframe};

    fn key(symbol: &str) -> HistoryKey {
        HistoryKey {
            symbol: symbol.to_owned(),
            timeframe: Timeframe::H1,
        }
    }

    fn bars(count: i64) -> Arc<Bars> {
        let mut bars = Bars::default();
        for at in 0..count {
            bars.push(Bar {
                time: Time(at),
                ..Bar::default()
            });
        }
        Arc::new(bars)
    }

    #[test]
    fn bars_come_before_the_first_result_and_stay_after_a_failure() {
        let gold = bars(3);
        let first = Shown::next(
            Shown::default(),
            &State::Waiting(None),
            key("XAUUSD"),
            Some(Arc::clone(&gold)),
        );
        assert_eq!(first.key, Some(key("XAUUSD")));
        assert!(first.outcome.is_none());
        let failed = State::Failed(RunFault::TooShort { bars: 3 });
        let after = Shown::next(first.clone(), &failed, key("XAUUSD"), Some(gold));
        assert!(after == first);
        let gone = Shown::next(first, &failed, key("EURUSD"), None);
        assert!(gone.key.is_none() && gone.bars.is_none());
    }
}
