//! A new password for who has forgotten the old one.

use crate::{
    Fault, Look,
    frame::Page,
    part::{
        entry,
        form::{Form, Tone},
        password,
        refusal::{Place, Refusal},
    },
    words::entry as words,
};
use leptos::prelude::*;

/// Asks for the new password.
pub fn reset(look: &Look, token: &str, fault: Option<&Fault>) -> String {
    let refusal = Refusal::of(look, fault, &[Place::NewPassword]);
    let password =
        password::new(look, "password", words::NEW_PASSWORD, &refusal).first(!refusal.is_some());
    let form = Form::new("/reset")
        .hidden("token", token)
        .refusal("reset-refused", &refusal, true)
        .with(password.view())
        .send(look.say(words::RESET_DO), Tone::Accent);
    let content = view! {
        <p class="entry-lead">{look.say(words::RESET_LEAD)}</p>
        {form}
    };
    let page = Page::new(look.say(words::RESET))
        .refused(refusal.is_some())
        .with_token();
    entry::entry(look, page, content)
}
