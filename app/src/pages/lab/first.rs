//! The one hint of a first visit: where to click. Closed once, it stays closed in this browser.

use crate::words::{Say, lab as words, shell};
use leptos::prelude::*;

/// The key in the browser's own storage.
const KEY: &str = "phoenix-hint";

/// The hint.
#[component]
pub fn FirstHint() -> impl IntoView {
    let say = Say::here();
    // Rendered by the server for everybody; who has closed it sees it go before they can read it.
    let is_open = RwSignal::new(true);
    Effect::new(move |_| {
        let storage = window().local_storage().ok().flatten();
        let was_closed = storage.and_then(|storage| storage.get_item(KEY).ok().flatten());
        if was_closed.is_some() {
            is_open.set(false);
        }
    });
    let close = move |_| {
        is_open.set(false);
        if let Ok(Some(storage)) = window().local_storage() {
            // Refused where storage is full: then the hint comes back, and that is all.
            let _ = storage.set_item(KEY, "closed");
        }
    };
    view! {
        <Show when=move || is_open.get()>
            <div class="first-hint" role="note">
                <p>{say.say(words::FIRST_HINT)}</p>
                <button type="button" class="button button-quiet" on:click=close>
                    {say.say(shell::CLOSE)}
                </button>
            </div>
        </Show>
    }
}
