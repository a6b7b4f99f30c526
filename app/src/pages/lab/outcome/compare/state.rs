//! Which runs there are, and which one is compared.

use super::keep::Kept;
use crate::{
    api::{self, ApiError},
    components::toast::{News, Toaster},
    engine::{Engine, HistoryKey, Job, Lane, Outcome, State},
    pages::lab::state::Lab,
    part::Part,
    words::{Say, problem},
};
use leptos::prelude::*;
use protocol::run::{RunSummary, SavedRun};
use std::sync::{Arc, Weak};
use trading::{
    bar::Bars,
    strategy::{Document, validate},
};

/// The run that stands beside the present one: its name, and what it comes to on the present
/// history. The equity chart draws it too. A context.
#[derive(Debug, Clone, Copy)]
pub struct Compared(pub RwSignal<Option<(String, Arc<Outcome>)>>);

impl Compared {
    /// Makes it known to everything below; whoever shows equity calls this above both.
    pub fn provide() -> Self {
        let compared = Self(RwSignal::new(None));
        provide_context(compared);
        compared
    }

    /// That of this page.
    pub fn here() -> Self {
        use_context().unwrap_or_else(Self::provide)
    }
}

/// The kept run that is compared.
#[derive(Debug, Clone)]
pub(super) struct Other {
    pub(super) summary: RunSummary,
    /// What it came to then; `None` when it is not understood any more.
    pub(super) kept: Option<Arc<Kept>>,
    pub(super) text: String,
}

impl Other {
    /// On which history it is tested.
    fn history(&self) -> HistoryKey {
        let facts = &self.summary.facts;
        HistoryKey {
            symbol: facts.symbol.clone(),
            timeframe: facts.timeframe,
        }
    }
}

/// What the parts of the comparison share.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Comparing {
    pub(super) runs: RwSignal<Option<Result<Vec<RunSummary>, ApiError>>>,
    pub(super) other: RwSignal<Option<Other>>,
    pub(super) lane: Lane,
    compared: Compared,
    /// The bars on which the other one was run, to see that they are others now.
    bars: StoredValue<Weak<Bars>>,
    say: Say,
    toaster: Toaster,
}

impl Comparing {
    /// Compares nothing yet.
    pub(in super::super) fn new() -> Self {
        let comparing = Self {
            runs: RwSignal::new(None),
            other: RwSignal::new(None),
            lane: Engine.lane(),
            compared: Compared::here(),
            bars: StoredValue::new(Weak::new()),
            say: Say::here(),
            toaster: Toaster::here(),
        };
        // Figures come in the language of the job.
        let say = comparing.say;
        Effect::watch(
            move || say.language(),
            move |_, _, _| comparing.run(),
            false,
        );
        // A history that was replaced is tested on anew in the Lab: that is the moment to look.
        let result = Lab::here().result();
        Effect::new(move |_| {
            result.track();
            comparing.follow_history();
        });
        Effect::new(move |_| {
            let name = comparing
                .other
                .with(|other| other.as_ref().map(|other| other.summary.facts.name.clone()));
            comparing.compared.0.set(name.zip(comparing.done()));
        });
        comparing
    }

    /// What the other one comes to, once it is there: what the lane knew before is another run's.
    pub(super) fn done(self) -> Option<Arc<Outcome>> {
        self.lane.state().with(|state| match state {
            State::Done(outcome) => Some(Arc::clone(outcome)),
            _ => None,
        })
    }

    /// On which history the other one is tested; `None` while there is none.
    pub(super) fn history(self) -> Option<HistoryKey> {
        self.other.with(|other| other.as_ref().map(Other::history))
    }

    /// Runs the other one again when its history is another one than it was.
    pub(super) fn follow_history(self) {
        let Some(now) = self.bars_now() else {
            return;
        };
        let before = self.bars.get_value();
        let is_first = before.ptr_eq(&Weak::new());
        let state = self.lane.state();
        let has_failed = state.with_untracked(|state| matches!(state, State::Failed(_)));
        if is_first && !has_failed {
            // It was fetched for the run itself.
            self.bars.set_value(now);
        } else if !before.ptr_eq(&now) {
            self.run();
        }
    }

    /// What the page has of the other one's history now. It keeps no bars alive.
    fn bars_now(self) -> Option<Weak<Bars>> {
        let history = untrack(move || self.history())?;
        Engine.history(&history).as_ref().map(Arc::downgrade)
    }

    /// Runs the other one; again, when it was stopped.
    pub(super) fn run(self) {
        let language = untrack(move || self.say.language());
        let job = self.other.with_untracked(|other| {
            let other = other.as_ref()?;
            Some(Job {
                history: other.history(),
                terms: other.summary.facts.terms,
                document: other.text.clone(),
                language,
                needs: Part::needed_by_any(),
            })
        });
        if let Some(job) = job {
            self.bars.set_value(self.bars_now().unwrap_or_default());
            self.lane.run(job);
        }
    }

    /// Reads the list anew.
    pub(in super::super) fn read(self) {
        leptos::task::spawn_local(async move {
            let runs = api::list_runs().await;
            // The panel may be gone meanwhile.
            let _ = self.runs.try_set(Some(runs));
        });
    }

    /// Puts a run beside the present one.
    pub(super) fn choose(self, run: RunSummary) {
        self.load(run, move |saved| {
            let kept = serde_json::from_str(&saved.result).ok().map(Arc::new);
            self.other.set(Some(Other {
                summary: saved.summary,
                kept,
                text: saved.document,
            }));
            self.run();
        });
    }

    /// Ends the comparison.
    pub(super) fn end(self) {
        self.other.set(None);
    }

    /// Fetches the document of a run.
    pub(super) fn document(self, run: RunSummary, with: impl FnOnce(Document) + 'static) {
        self.load(run, move |saved| {
            match validate::validate(&saved.document) {
                Ok(document) => with(document),
                // An older Phoenix kept it.
                Err(_) => self.tell(crate::words::outcome::DAMAGED, News::Bad),
            }
        });
    }

    fn load(self, run: RunSummary, with: impl FnOnce(SavedRun) + 'static) {
        leptos::task::spawn_local(async move {
            // The document may name any zone.
            if Part::Zones.load().await.is_err() {
                self.tell(crate::words::part::NOT_DONE, News::Bad);
                return;
            }
            match api::load_run(run.id).await {
                Ok(saved) => with(saved),
                Err(error) => {
                    self.fail(&error);
                    self.read();
                }
            }
        });
    }

    /// Removes a run for good.
    pub(super) fn delete(self, run: RunSummary) {
        leptos::task::spawn_local(async move {
            match api::delete_run(run.id).await {
                Ok(()) => {
                    let is_it = |other: &Option<Other>| {
                        other
                            .as_ref()
                            .is_some_and(|other| other.summary.id == run.id)
                    };
                    if self.other.try_with_untracked(is_it) == Some(true) {
                        self.end();
                    }
                    self.good(crate::words::outcome::DELETED, run.facts.name);
                }
                Err(error) => self.fail(&error),
            }
            self.read();
        });
    }

    /// Says that something was done with a run of this name.
    pub(super) fn good(self, text: trading::indicator::Text, name: String) {
        let language = untrack(move || self.say.language());
        self.toaster
            .show(News::Good, crate::words::fill(language.text(text), &[name]));
    }

    /// Says why a call failed.
    pub(super) fn fail(self, error: &ApiError) {
        let language = untrack(move || self.say.language());
        self.toaster.show(News::Bad, problem::say(error, language));
    }

    fn tell(self, text: trading::indicator::Text, news: News) {
        let language = untrack(move || self.say.language());
        self.toaster.show(news, language.text(text).to_owned());
    }

    /// What the other one comes to now.
    pub(super) fn state(self) -> Signal<State> {
        self.lane.state()
    }
}
