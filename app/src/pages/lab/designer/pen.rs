//! How the designer writes into the document: one step of undo for a field that is being typed
//! into, however many keys that takes.

use super::{choose::Group, series};
use crate::{pages::lab::state::Lab, words::Say};
use leptos::prelude::*;
use std::sync::Arc;
use trading::strategy::Document;

/// Keys that follow each other within this time are one step, in milliseconds.
const PAUSE: f64 = 1_500.0;
/// A document with more choices than this offers those of a list only when it is touched.
const MANY: usize = 20_000;

/// What writes. A context below the designer; copies are the same pen.
#[derive(Debug, Clone, Copy)]
pub struct Pen {
    /// The document's owner.
    pub lab: Lab,
    /// The open tab.
    pub tab: RwSignal<&'static str>,
    /// What an operand may be, shared by all lists.
    pub series: Memo<Vec<Group>>,
    /// Whether lists are so many and long that they are filled only when touched.
    pub is_heavy: Memo<bool>,
    /// Counts changes of the document's shape: what was typed and not finished is then forgotten.
    shape: RwSignal<u32>,
    last: StoredValue<Option<Stroke>>,
}

/// The last thing written.
#[derive(Debug, Clone)]
struct Stroke {
    field: String,
    time: f64,
    after: Arc<Document>,
}

impl Pen {
    /// Makes it known to everything below.
    pub fn provide(lab: Lab) -> Self {
        let say = Say::here();
        let series = Memo::new(move |_| {
            let language = say.language();
            lab.read(|document| series::choices(document, language))
        });
        let is_heavy = Memo::new(move |_| {
            let each = series.with(|groups| groups.iter().map(|g| g.options.len()).sum::<usize>());
            lab.read(super::tree::conditions) * each > MANY
        });
        let pen = Self {
            lab,
            tab: RwSignal::new("blocks"),
            series,
            is_heavy,
            shape: RwSignal::new(0),
            last: StoredValue::new(None),
        };
        provide_context(pen);
        pen
    }

    /// That of this designer.
    pub fn here() -> Self {
        expect_context()
    }

    /// Writes into one field, which its pointer names. What the same field got a moment ago
    /// becomes one step of undo with it.
    pub fn write(self, field: String, change: &dyn Fn(&mut Document)) {
        let lab = self.lab;
        let time = js_sys::Date::now();
        let now = untrack(|| lab.document());
        let is_same_stroke = self.last.with_value(|last| {
            last.as_ref().is_some_and(|last| {
                last.field == field && time - last.time < PAUSE && Arc::ptr_eq(&last.after, &now)
            })
        });
        let mut next = (*now).clone();
        change(&mut next);
        if next == *now {
            return;
        }
        // Nobody sees the moment in between: memos and effects run later.
        if is_same_stroke && untrack(|| lab.can_undo()) {
            lab.undo();
        }
        if untrack(|| *lab.document() == next) {
            // Typed back to where it began: there is no step that a next key could join.
            self.last.set_value(None);
            return;
        }
        lab.replace(next);
        let after = untrack(|| lab.document());
        self.last.set_value(Some(Stroke { field, time, after }));
    }

    /// Adds, removes or moves something.
    pub fn reshape(self, change: &dyn Fn(&mut Document)) {
        self.lab.edit(change);
        self.bump();
    }

    /// One step back.
    pub fn undo(self) {
        self.lab.undo();
        self.bump();
    }

    /// One step forth.
    pub fn redo(self) {
        self.lab.redo();
        self.bump();
    }

    /// Tracks changes of shape.
    pub fn track_shape(self) {
        self.shape.track();
    }

    fn bump(self) {
        self.last.set_value(None);
        self.shape.update(|shape| *shape = shape.wrapping_add(1));
    }
}
