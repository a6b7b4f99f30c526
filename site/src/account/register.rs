//! The way to an account.

use crate::{
    Fault, Look,
    frame::Page,
    part::{
        entry,
        field::{Field, Kind},
        form::{Form, Tone},
        password,
        refusal::{Place, Refusal},
    },
    words::entry as words,
};
use leptos::prelude::*;

/// Asks for an address and a password.
pub fn register(look: &Look, email: &str, fault: Option<&Fault>) -> String {
    let refusal = Refusal::of(look, fault, &[Place::Email, Place::NewPassword]);
    let address = Field::new("email", "email", look.say(words::EMAIL), Kind::Username);
    let password = password::new(look, "password", words::PASSWORD, &refusal);
    let form = Form::new("/register")
        .refusal("register-refused", &refusal, true)
        .with(
            address
                .value(email)
                .error(refusal.at(Place::Email))
                .first(!refusal.is_some())
                .view(),
        )
        .with(password.view())
        .send(look.say(words::REGISTER_DO), Tone::Accent);
    let page = Page::new(look.say(words::REGISTER)).refused(refusal.is_some());
    let content = view! {
        <p class="entry-lead">{look.say(words::REGISTER_LEAD)}</p>
        {form}
        <p class="hint">{look.say(words::REGISTER_NEXT)}</p>
        {entry::aside(look.say(words::HAS_ACCOUNT), "/sign-in", look.say(words::HAS_ACCOUNT_DO))}
    };
    entry::entry(look, page, content)
}
