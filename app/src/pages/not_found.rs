//! No such page.

use crate::words::{Say, shell};
use leptos::prelude::*;
use leptos_meta::Title;

/// Says that there is no such page, with the status that goes with it.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    #[cfg(feature = "ssr")]
    if let Some(options) = use_context::<leptos_axum::ResponseOptions>() {
        options.set_status(axum::http::StatusCode::NOT_FOUND);
    }
    let say = Say::here();
    let title = say.say(shell::NOT_FOUND);
    view! {
        <Title text=move || format!("{} · Phoenix", title.get()) />
        <section class="panel message">
            <h1>{title}</h1>
            <p>{say.say(shell::NOT_FOUND_HINT)}</p>
            <a class="button button-accent" href="/">{say.say(shell::TO_LAB)}</a>
        </section>
    }
}
