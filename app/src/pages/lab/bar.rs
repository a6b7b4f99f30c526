//! What is done with the whole strategy: new, open, save, and whether it is saved.

use super::{commands::Reach, opened::Opened, state::Lab};
use crate::{
    api::{self, ApiError},
    components::{
        button::{Button, Tone},
        toast::{News, Toaster},
    },
    part::Part,
    words::{Say, command, fill, lab as words, market, part, problem},
};
use leptos::prelude::*;
use protocol::strategy::{StrategyDraft, StrategySummary};
use std::sync::Arc;
use trading::strategy::Document;

/// The bar above the Lab.
#[component]
pub fn LabBar(
    /// What the buttons set in motion.
    reach: Reach,
    /// Set when the visitor wants the command palette.
    asking: RwSignal<bool>,
) -> impl IntoView {
    let say = Say::here();
    let lab = Lab::here();
    let save = reach.save;
    let copy = Saving::new(lab, true);
    let has_faults = Signal::derive(move || !lab.faults().is_empty());
    let state = move || {
        let text = match lab.saved.with(Option::is_some) {
            _ if save.is_busy() || copy.is_busy() => words::SAVING,
            true if lab.is_changed() => words::CHANGED,
            true => words::ALL_SAVED,
            false => words::NOT_SAVED,
        };
        say.say(text).get()
    };
    let cannot = Signal::derive(move || has_faults.get() || save.is_busy() || copy.is_busy());
    view! {
        <div class="lab-bar">
            <p class="lab-state" role="status">
                {state}
            </p>
            <div class="lab-actions">
                <button
                    type="button"
                    class="button button-quiet palette-button"
                    aria-keyshortcuts="Control+K"
                    on:click=move |_| asking.set(true)
                >
                    <span class="unseen">{say.say(command::COMMANDS)}</span>
                    <kbd aria-hidden="true">"Ctrl K"</kbd>
                </button>
                <Button on_press=move |_| reach.wanted.set(Some(Opened::New))>
                    {say.say(words::NEW)}
                </Button>
                <Button on_press=move |_| reach.choosing.set(true)>{say.say(market::DATA)}</Button>
                <Button on_press=move |_| reach.opening.set(true)>{say.say(words::OPEN)}</Button>
                <Show when=move || lab.saved.with(Option::is_some)>
                    <Button
                        disabled=cannot
                        on_press=move |_| copy.start()
                    >
                        {say.say(words::SAVE_COPY)}
                    </Button>
                </Show>
                <Button
                    tone=Tone::Accent
                    disabled=cannot
                    on_press=move |_| save.start()
                >
                    {say.say(words::SAVE)}
                </Button>
            </div>
        </div>
    }
}

/// Saves the document as it stands: in the place of the one that was opened, or as a new one.
#[derive(Clone, Copy)]
pub struct Saving {
    lab: Lab,
    is_copy: bool,
    is_busy: RwSignal<bool>,
    say: Say,
    toaster: Toaster,
}

impl Saving {
    /// For use while a component is made.
    pub fn new(lab: Lab, is_copy: bool) -> Self {
        Self {
            lab,
            is_copy,
            is_busy: RwSignal::new(false),
            say: Say::here(),
            toaster: Toaster::here(),
        }
    }

    /// Whether it is being saved.
    pub fn is_busy(self) -> bool {
        self.is_busy.get()
    }

    /// Saves it.
    pub fn start(self) {
        self.is_busy.set(true);
        leptos::task::spawn_local(async move {
            match Part::Dialogs.load().await {
                Ok(()) => part_dialogs_save(self),
                Err(()) => {
                    let text = untrack(move || self.say.language()).text(part::NOT_DONE);
                    self.toaster.show(News::Bad, text.to_owned());
                    self.is_busy.set(false);
                }
            }
        });
    }
}

#[inline(never)]
fn part_dialogs_save(saving: Saving) {
    leptos::task::spawn_local(async move {
        save(saving).await;
        saving.is_busy.set(false);
    });
}

async fn save(saving: Saving) {
    let Saving {
        lab, say, toaster, ..
    } = saving;
    let document = untrack(move || lab.document());
    let replaces = lab
        .saved
        .get_untracked()
        .filter(|_| !saving.is_copy)
        .map(|saved| (saved.id, saved.revision));
    let turns = untrack(move || lab.turns());
    let saved = keep(&document, replaces).await;
    let language = untrack(move || say.language());
    match saved {
        Ok(summary) => {
            let text = fill(
                language.text(words::SAVED),
                std::slice::from_ref(&summary.name),
            );
            toaster.show(News::Good, text);
            // Another one may have been opened meanwhile: that is not what was saved.
            if untrack(move || lab.turns()) == turns {
                lab.was_saved(summary, document);
            }
        }
        Err(error) => toaster.show(News::Bad, problem::say(&error, language)),
    }
}

async fn keep(
    document: &Arc<Document>,
    replaces: Option<(protocol::id::StrategyId, i64)>,
) -> Result<StrategySummary, ApiError> {
    let text = serde_json::to_string_pretty(&**document)
        .map_err(|error| ApiError::Transport(error.to_string()))?;
    api::save_strategy(StrategyDraft {
        replaces,
        document: text,
    })
    .await
}
