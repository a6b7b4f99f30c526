//! No such page.

use crate::words::{Say, shell};
use leptos::prelude::*;
use trading::language::Language;

/// Says that there is no such page, with the status that goes with it.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    #[cfg(feature = "ssr")]
    if let Some(options) = use_context::<leptos_axum::ResponseOptions>() {
        options.set_status(axum::http::StatusCode::NOT_FOUND);
    }
    let say = Say::here();
    Effect::new(move |_| document().set_title(&title(say.language())));
    view! {
        <section class="panel message">
            <h1>{say.say(shell::NOT_FOUND)}</h1>
            <p>{say.say(shell::NOT_FOUND_HINT)}</p>
            <a class="button button-accent" href="/">{say.say(shell::TO_LAB)}</a>
        </section>
    }
}

/// The title of the document.
pub fn title(language: Language) -> String {
    format!("{} · Phoenix", language.text(shell::NOT_FOUND))
}
