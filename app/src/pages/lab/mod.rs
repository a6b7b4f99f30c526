//! The Lab. For now: the ready strategies, the visitor's own, and a test of the chosen one.

pub mod history;
pub mod own;
pub mod ready;
pub mod result;
pub mod state;

use crate::{
    api,
    words::{Say, lab},
};
use leptos::prelude::*;
use leptos_meta::Title;
use own::OwnStrategies;
use ready::ReadyStrategies;
use result::ResultPanel;

/// The strategy that everybody sees first.
const FIRST: &str = "gold-macd-adx";

/// The Lab.
#[component]
pub fn LabPage() -> impl IntoView {
    let say = Say::here();
    let chosen = RwSignal::new(FIRST.to_owned());
    // Counts saves and deletions, so that the list is read again.
    let changes = RwSignal::new(0_u32);
    let document = Resource::new(move || chosen.get(), api::load_ready_strategy);
    let title = say.say(lab::TITLE);
    view! {
        <Title text=move || format!("{} · Phoenix", title.get()) />
        <div class="intro">
            <h1>{title}</h1>
            <p>{say.say(lab::INTRO)}</p>
        </div>
        <div class="lab">
            <div class="lab-side">
                <ResultPanel document />
                <OwnStrategies changes />
            </div>
            <ReadyStrategies chosen changes />
        </div>
    }
}
