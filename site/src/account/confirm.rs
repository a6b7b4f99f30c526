//! The link of the first mail was opened. Opening alone does nothing: mail scanners open links too.

use crate::{
    Look,
    frame::Page,
    part::{
        entry,
        form::{Form, Tone},
        strong,
    },
    words::entry as words,
};
use leptos::prelude::*;

/// Asks to confirm the address.
pub fn confirm(look: &Look, token: &str, email: &str) -> String {
    let form = Form::new("/register/confirm")
        .hidden("token", token)
        .send(look.say(words::CONFIRM_DO), Tone::Accent);
    let content = view! {
        <p>{strong::strong(look, words::CONFIRM_LEAD, email)}</p>
        {form}
        <p class="hint">{look.say(words::CONFIRM_NOT_ME)}</p>
    };
    let page = Page::new(look.say(words::CONFIRM)).with_token();
    entry::entry(look, page, content)
}
