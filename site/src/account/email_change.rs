//! The link was opened that went to a new address. Opening alone does nothing: mail scanners open
//! links too.

use crate::{
    Look,
    frame::Page,
    part::{
        entry,
        form::{Form, Tone},
    },
    words::entry as words,
};
use leptos::prelude::*;

/// Asks to confirm the new address.
pub fn email_change(look: &Look, token: &str) -> String {
    let form = Form::new("/account/email/confirm")
        .hidden("token", token)
        .send(look.say(words::EMAIL_CHANGE_DO), Tone::Accent);
    let content = view! {
        <p>{look.say(words::EMAIL_CHANGE_LEAD)}</p>
        {form}
        <p class="hint">{look.say(words::EMAIL_CHANGE_NOT_ME)}</p>
    };
    let page = Page::new(look.say(words::EMAIL_CHANGE)).with_token();
    entry::entry(look, page, content)
}
