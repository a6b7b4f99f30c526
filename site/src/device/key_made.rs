//! A new key, once.

use super::Scope;
use crate::{
    Look,
    frame::Page,
    part::{alert, entry, strong},
    words::device as words,
};
use leptos::prelude::*;

/// Shows a new key.
pub fn key_made(look: &Look, label: &str, scope: Scope, key: &str) -> String {
    let content = view! {
        <p>{strong::strong(look, words::MADE_LEAD, label)}</p>
        <p class="hint">
            {look.say(words::scope(scope))} ": " {look.say(words::may(scope))}
        </p>
        <p class="secret">{key.to_owned()}</p>
        {alert::warn(look.say(words::MADE_ONCE).to_owned())}
        <p>{strong::strong(look, words::MADE_USE, "Authorization: Bearer phx_…")}</p>
        {entry::next("/account/devices".to_owned(), look.say(words::MADE_DO))}
        {entry::way("/api/docs", look.say(words::MADE_DOCS))}
    };
    entry::entry(look, Page::new(look.say(words::MADE)), content)
}
