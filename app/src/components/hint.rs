//! A name with an explanation: it shows while the pointer is over it, while it has the focus, and
//! after a tap; Escape puts it away. The explanation spans the width of the nearest element of the
//! class `hint-place`, so that it never leaves the window.

use leptos::{ev, prelude::*};

/// A name that explains itself.
#[component]
pub fn Hint(
    /// Names the explanation in the document; once on a page.
    id: String,
    /// What is explained.
    #[prop(into)]
    name: Signal<String>,
    /// The explanation.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let has_focus = StoredValue::new(false);
    // A press also gives the focus, which opens: only what was open before it is closed by it.
    let was_open = StoredValue::new(false);
    let over = move |event: ev::PointerEvent| {
        if event.pointer_type() == "mouse" {
            open.set(true);
        }
    };
    let out = move |event: ev::PointerEvent| {
        if event.pointer_type() == "mouse" && !has_focus.get_value() {
            open.set(false);
        }
    };
    let escape = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && open.get_untracked() {
            // A dialog around it stays open.
            event.stop_propagation();
            event.prevent_default();
            open.set(false);
        }
    };
    let press = move |event: ev::PointerEvent| {
        was_open.set_value(event.pointer_type() != "mouse" && open.get_untracked());
    };
    let click = move |event: ev::MouseEvent| {
        // By keyboard there was no press: it turns round what is there.
        let closes = match event.detail() {
            0 => open.get_untracked(),
            _ => was_open.get_value(),
        };
        open.set(!closes);
    };
    let tip_id = id.clone();
    view! {
        <span class="hint-name" on:pointerenter=over on:pointerleave=out>
            <button
                type="button"
                class="hint-button"
                aria-describedby=id
                aria-expanded=move || open.get().to_string()
                on:focus=move |_| {
                    has_focus.set_value(true);
                    open.set(true);
                }
                on:blur=move |_| {
                    has_focus.set_value(false);
                    open.set(false);
                }
                on:pointerdown=press
                on:click=click
                on:keydown=escape
            >
                {name}
            </button>
            <span id=tip_id role="tooltip" class="hint-tip" hidden=move || !open.get()>
                {text}
            </span>
        </span>
    }
    .into_any()
}
