//! The link of the first mail was opened. Opening alone does nothing: mail scanners open links too.

use crate::{
    Fault, Look,
    frame::Page,
    part::{
        entry,
        field::{Field, Kind},
        form::{Form, Tone},
        refusal::{Place, Refusal},
        strong,
    },
    words::entry as words,
};
use leptos::prelude::*;

/// Asks to confirm the address, with the password that was chosen: somebody else may have registered
/// with it.
pub fn confirm(look: &Look, token: &str, email: &str, fault: Option<&Fault>) -> String {
    let refusal = Refusal::of(look, fault, &[Place::Password]);
    let password = Field::new(
        "password",
        "password",
        look.say(words::CONFIRM_PASSWORD),
        Kind::Password,
    );
    let form = Form::new("/register/confirm")
        .hidden("token", token)
        .refusal("confirm-refused", &refusal, true)
        .with(
            password
                .error(refusal.at(Place::Password))
                .first(!refusal.is_some())
                .view(),
        )
        .send(look.say(words::CONFIRM_DO), Tone::Accent);
    let content = view! {
        <p>{strong::strong(look, words::CONFIRM_LEAD, email)}</p>
        {form}
        <p class="hint">{look.say(words::CONFIRM_NOT_ME)}</p>
    };
    let page = Page::new(look.say(words::CONFIRM))
        .refused(refusal.is_some())
        .with_token();
    entry::entry(look, page, content)
}
