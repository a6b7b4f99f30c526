//! A copy of everything.

use super::part;
use crate::{Look, words::account as words};
use leptos::prelude::*;

pub(super) fn section(look: &Look) -> AnyView {
    let content = view! {
        <a class="button" href="/account/export">
            {look.say(words::EXPORT_DO)}
        </a>
    };
    part::section(look, "data", words::EXPORT, words::EXPORT_LEAD, content)
}
