//! How far something is that takes longer, and a way to end it.

use crate::{
    components::button::{Button, Tone},
    words::{Say, shell},
};
use leptos::prelude::*;

/// A bar; without a share it only says that something is under way.
#[component]
pub fn Progress(
    /// What is under way.
    #[prop(into)]
    label: Signal<String>,
    /// How much of it is done, from 0 to 1.
    #[prop(optional, into)]
    share: Signal<Option<f64>>,
    /// Called to end it.
    #[prop(into)]
    on_cancel: Callback<()>,
) -> impl IntoView {
    let say = Say::here();
    view! {
        <div class="progress">
            <progress aria-label=label max="1" value=move || share.get().map(|s| s.to_string())></progress>
            <span>{label}</span>
            <Button tone=Tone::Quiet on_press=move |_| on_cancel.run(())>
                {say.say(shell::CANCEL)}
            </Button>
        </div>
    }
}
