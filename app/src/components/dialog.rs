//! A question that must be answered first. The browser's own dialog keeps the focus inside, gives
//! it back afterwards and closes on Escape.

use crate::{
    components::button::{Button, Tone},
    words::{Say, shell},
};
use leptos::{ev, html, prelude::*};

/// A dialog; it is open while `open` is true.
#[component]
pub fn Dialog(
    /// Names it in the document; once on a page.
    id: &'static str,
    /// What it asks or shows.
    #[prop(into)]
    title: Signal<String>,
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Whether it has lists in it.
    #[prop(optional)]
    wide: bool,
    /// What is in it.
    children: Children,
) -> impl IntoView {
    let say = Say::here();
    let node = NodeRef::<html::Dialog>::new();
    let title_id = format!("{id}-title");
    let labelled_by = title_id.clone();
    Effect::new(move || {
        let Some(dialog) = node.get() else { return };
        match (open.get(), dialog.open()) {
            // Refused only where it is open already.
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    // A click beside the content hits the dialog element itself.
    let beside = move |event: ev::MouseEvent| {
        if node
            .get()
            .is_some_and(|dialog| event.target().as_ref() == Some(dialog.as_ref()))
        {
            open.set(false);
        }
    };
    let close = move |tone, text| {
        view! {
            <Button tone on_press=move |_| open.set(false)>
                {say.say(text)}
            </Button>
        }
    };
    view! {
        <dialog
            node_ref=node
            id=id
            class="dialog"
            class:dialog-wide=wide
            aria-labelledby=labelled_by
            on:close=move |_| open.set(false)
            on:click=beside
        >
            <div class="dialog-body">
                <div class="dialog-head">
                    <h2 id=title_id>{title}</h2>
                    // A list may be long: its end is no place for the way out.
                    {wide.then(|| close(Tone::Quiet, shell::CLOSE))}
                </div>
                {children()}
                {(!wide).then(|| close(Tone::Plain, shell::CANCEL))}
            </div>
        </dialog>
    }
}
