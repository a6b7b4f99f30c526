//! What is kept of a run, and the button that keeps it.

use super::state::Comparing;
use crate::{
    api,
    components::{
        button::{Button, Tone},
        toast::Toaster,
    },
    engine::{Headline, Outcome, State},
    pages::lab::state::Lab,
    part::Part,
    words::{Say, outcome as words},
};
use backtest::report::figure::FigureGroup;
use leptos::prelude::*;
use protocol::run::{RunDraft, RunFacts};
use serde::{Deserialize, Serialize};
use trading::language::Language;

/// What is kept: what was told first, and every figure as it was written. Trades and equity come
/// from the document again whenever they are wanted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Kept {
    pub(super) headline: Headline,
    pub(super) currency: String,
    pub(super) bars: usize,
    pub(super) figures: Vec<FigureGroup>,
    /// Of the figures.
    pub(super) language: Language,
}

impl Kept {
    pub(super) fn of(outcome: &Outcome, language: Language) -> Self {
        Self {
            headline: outcome.headline,
            currency: outcome.currency.clone(),
            bars: outcome.bars,
            figures: outcome.figures.clone(),
            language,
        }
    }

    /// Whether the same document comes to the same today.
    pub(super) fn is_as(&self, outcome: &Outcome) -> bool {
        (self.headline, self.bars) == (outcome.headline, outcome.bars)
    }
}

/// Keeps the run of the document as it stands, once it is there.
#[component]
pub(in super::super) fn KeepButton(
    /// Where it is listed then.
    comparing: Comparing,
) -> impl IntoView {
    let say = Say::here();
    let lab = Lab::here();
    let is_busy = RwSignal::new(false);
    let is_off = move || {
        is_busy.get()
            || !lab.faults().is_empty()
            || !lab.result().with(|state| matches!(state, State::Done(_)))
    };
    let toaster = Toaster::here();
    let keep = move |_| {
        Part::Tables.then(toaster, say, move || {
            part_tables_keep(lab, comparing, is_busy, say);
        });
    };
    view! {
        <Button tone=Tone::Plain disabled=Signal::derive(is_off) on_press=keep>
            {say.say(words::KEEP)}
        </Button>
    }
    .into_any()
}

#[inline(never)]
fn part_tables_keep(lab: Lab, comparing: Comparing, is_busy: RwSignal<bool>, say: Say) {
    let Some(draft) = untrack(move || draft(lab, say.language())) else {
        return;
    };
    is_busy.set(true);
    leptos::task::spawn_local(async move {
        match api::save_run(draft).await {
            Ok(saved) => comparing.good(words::KEPT, saved.facts.name),
            Err(error) => comparing.fail(&error),
        }
        // The panel may be gone meanwhile.
        let _ = is_busy.try_set(false);
        comparing.read();
    });
}

fn draft(lab: Lab, language: Language) -> Option<RunDraft> {
    let State::Done(outcome) = lab.result().get() else {
        return None;
    };
    let job = lab.job(language)?;
    Some(RunDraft {
        strategy: lab.saved.with(|saved| saved.as_ref().map(|saved| saved.id)),
        facts: RunFacts {
            name: lab.read(|document| document.name.clone()),
            symbol: job.history.symbol,
            timeframe: job.history.timeframe,
            terms: job.terms,
            trades: outcome.headline.trades,
            net_profit: outcome.headline.net_profit,
        },
        document: job.document,
        result: serde_json::to_string(&Kept::of(&outcome, language)).ok()?,
    })
}
