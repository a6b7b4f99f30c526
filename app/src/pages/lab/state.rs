//! What the parts of the Lab share: the strategy that is edited, and what it came to.
//!
//! There is one document. The designer and the JSON tab edit it, the chart and the result follow.
//! A document with faults is kept and told as it is, but not run: the last result stays, marked as
//! that of an earlier version.

use super::{history::Undoable, opened::Opened};
use crate::{
    engine::{Engine, HistoryKey, Job, Lane, Place, State},
    part::Part,
    words::Say,
};
use leptos::prelude::*;
use protocol::{id::StrategyId, run::Terms, strategy::StrategySummary};
use std::sync::Arc;
use trading::{
    language::Language,
    strategy::{
        Document,
        describe::{Description, describe},
        validate,
    },
    zone::Zone,
};

/// The Lab's state. A context for everything in it; copies are the same state.
#[derive(Debug, Clone, Copy)]
pub struct Lab {
    edits: RwSignal<Undoable<Arc<Document>>>,
    /// The saved strategy that is edited; `None` for one that was not saved yet.
    pub saved: RwSignal<Option<StrategySummary>>,
    /// The document as it was last saved or opened.
    kept: RwSignal<Option<Arc<Document>>>,
    /// On which terms it is tested.
    pub terms: RwSignal<Terms>,
    /// The trade that is looked at: its place among the outcome's trades. Table and chart follow it.
    pub trade: RwSignal<Option<usize>>,
    faults: Memo<Vec<Place>>,
    lane: Lane,
    /// Counts what else makes the last result an old one.
    attempts: RwSignal<u32>,
    /// What was opened; that it was saved since is told by `saved`.
    origin: RwSignal<Opened>,
    /// How often another document was opened in the place of the last one.
    turns: RwSignal<u32>,
}

impl Lab {
    /// Begins with a document, and makes it known to everything below. Every edit is tested.
    pub fn provide(first: Document) -> Self {
        let say = Say::here();
        let first = Arc::new(first);
        let edits = RwSignal::new(Undoable::new(Arc::clone(&first)));
        let document = Memo::new(move |_| edits.with(|edits| Arc::clone(edits.now())));
        let lab = Self {
            edits,
            saved: RwSignal::new(None),
            kept: RwSignal::new(Some(first)),
            terms: RwSignal::new(Terms::Typical),
            trade: RwSignal::new(None),
            faults: Memo::new(move |before: Option<&Vec<Place>>| {
                let document = document.get();
                let is_known = document.zones().all(Zone::is_plain) || Part::Zones.is_here();
                if is_known {
                    places(&document, say.language())
                } else {
                    // What was said last stands until it is known which zones there are. If that is
                    // never known, the test says so.
                    before.cloned().unwrap_or_default()
                }
            }),
            lane: Engine.lane(),
            attempts: RwSignal::new(0),
            origin: RwSignal::new(Opened::New),
            turns: RwSignal::new(0),
        };
        provide_context(lab);
        Effect::new(move |_| {
            lab.attempts.track();
            if let Some(job) = lab.job(say.language()) {
                lab.lane.run(job);
            }
        });
        lab
    }

    /// That of this page.
    pub fn here() -> Self {
        expect_context()
    }

    /// The document as it stands.
    pub fn document(self) -> Arc<Document> {
        self.edits.with(|edits| Arc::clone(edits.now()))
    }

    /// Reads the document without copying it.
    pub fn read<T>(self, read: impl FnOnce(&Document) -> T) -> T {
        self.edits.with(|edits| read(edits.now()))
    }

    /// Changes the document; one step of undo. Nothing happens when it stays the same.
    pub fn edit(self, change: impl FnOnce(&mut Document)) {
        let mut next = (*self.edits.with_untracked(|edits| Arc::clone(edits.now()))).clone();
        change(&mut next);
        self.replace(next);
    }

    /// Another document in its place; one step of undo.
    pub fn replace(self, next: Document) {
        let is_same = self.edits.with_untracked(|edits| **edits.now() == next);
        if !is_same {
            self.edits.update(|edits| {
                edits.set(Arc::new(next));
            });
        }
    }

    /// Opens a document: one without a past.
    pub fn open(self, document: Document, saved: Option<StrategySummary>, origin: Opened) {
        let document = Arc::new(document);
        let kept = Some(Arc::clone(&document));
        self.turn(document, kept, saved, origin);
    }

    /// Goes on with a document that was not saved.
    pub fn resume(self, document: Document, saved: Option<StrategySummary>, origin: Opened) {
        self.turn(Arc::new(document), None, saved, origin);
    }

    fn turn(
        self,
        document: Arc<Document>,
        kept: Option<Arc<Document>>,
        saved: Option<StrategySummary>,
        origin: Opened,
    ) {
        self.trade.set(None);
        self.kept.set(kept);
        self.saved.set(saved);
        self.origin.set(origin);
        self.edits.set(Undoable::new(document));
        self.turns.update(|turns| *turns += 1);
    }

    /// How often another document was opened in the place of the last one. What began before the
    /// last time is about a document that is gone.
    pub fn turns(self) -> u32 {
        self.turns.get()
    }

    /// What is open.
    pub fn opened(self) -> Opened {
        match self
            .saved
            .with(|saved| saved.as_ref().map(|saved| saved.id))
        {
            Some(id) => Opened::Own(id),
            None => self.origin.get(),
        }
    }

    /// The document was saved as this.
    pub fn was_saved(self, summary: StrategySummary, document: Arc<Document>) {
        self.kept.set(Some(document));
        self.saved.set(Some(summary));
    }

    /// A saved strategy was deleted: if it is the open one, only this page has it now.
    pub fn was_deleted(self, id: StrategyId) {
        let is_open = |saved: &Option<StrategySummary>| saved.as_ref().is_some_and(|s| s.id == id);
        if self.saved.with_untracked(is_open) {
            self.kept.set(None);
            self.saved.set(None);
            self.origin.set(Opened::New);
            self.turns.update(|turns| *turns += 1);
        }
    }

    /// Whether it differs from what was opened or saved last.
    pub fn is_changed(self) -> bool {
        self.kept
            .with(|kept| kept.as_ref().is_none_or(|kept| **kept != *self.document()))
    }

    /// The same for handlers.
    pub fn is_changed_untracked(self) -> bool {
        untrack(move || self.is_changed())
    }

    /// One step back.
    pub fn undo(self) {
        self.edits.update(|edits| {
            edits.undo();
        });
    }

    /// One step forth.
    pub fn redo(self) {
        self.edits.update(|edits| {
            edits.redo();
        });
    }

    /// Whether there is a step back.
    pub fn can_undo(self) -> bool {
        self.edits.with(Undoable::can_undo)
    }

    /// Whether there is a step forth.
    pub fn can_redo(self) -> bool {
        self.edits.with(Undoable::can_redo)
    }

    /// What is wrong with the document, in the visitor's language; empty when it can be traded.
    pub fn faults(self) -> Vec<Place> {
        self.faults.get()
    }

    /// The first fault at a JSON pointer or below it.
    pub fn fault_at(self, pointer: &str) -> Option<Place> {
        self.faults.with(|faults| {
            let below = |at: &str| {
                at.strip_prefix(pointer)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            };
            faults.iter().find(|fault| below(&fault.pointer)).cloned()
        })
    }

    /// The document in plain sentences.
    pub fn description(self, language: Language) -> Description {
        self.read(|document| describe(document, language))
    }

    /// On which history it is tested.
    pub fn history(self) -> HistoryKey {
        self.read(|document| HistoryKey {
            symbol: document.symbol.as_str().to_owned(),
            timeframe: document.timeframe,
        })
    }

    /// Tests once more: the history is another one, or the last test was stopped.
    pub fn test_again(self) {
        self.attempts.update(|count| *count += 1);
    }

    /// What the document came to.
    pub fn result(self) -> Signal<State> {
        self.lane.state()
    }

    /// The test of the document as it stands; `None` while it has faults.
    pub fn job(self, language: Language) -> Option<Job> {
        if self.faults.with(|faults| !faults.is_empty()) {
            return None;
        }
        let document = self.read(serde_json::to_string).ok()?;
        Some(Job {
            history: self.history(),
            terms: self.terms.get(),
            document,
            language,
            needs: self.read(Part::needed_by),
        })
    }
}

fn places(document: &Document, language: Language) -> Vec<Place> {
    let place = |fault: &validate::Fault| {
        let text = fault.text(language);
        Place {
            pointer: text.pointer,
            code: text.code.to_owned(),
            message: text.message,
            hint: text.hint,
        }
    };
    validate::check(document).iter().map(place).collect()
}
