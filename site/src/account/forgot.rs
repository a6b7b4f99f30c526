//! A forgotten password.

use crate::{
    Fault, Look,
    frame::Page,
    part::{
        entry,
        field::{Field, Kind},
        form::{Form, Tone},
        refusal::{Place, Refusal},
    },
    words::entry as words,
};
use leptos::prelude::*;

/// Asks for the address of the account.
pub fn forgot(look: &Look, email: &str, fault: Option<&Fault>) -> String {
    let refusal = Refusal::of(look, fault, &[Place::Email]);
    let address = Field::new("email", "email", look.say(words::EMAIL), Kind::Username)
        .value(email)
        .error(refusal.at(Place::Email))
        .first(!refusal.is_some());
    let form = Form::new("/forgot")
        .refusal("forgot-refused", &refusal, true)
        .with(address.view())
        .send(look.say(words::FORGOT_DO), Tone::Accent);
    let content = view! {
        <p class="entry-lead">{look.say(words::FORGOT_LEAD)}</p>
        {form}
        {entry::way("/sign-in", look.say(words::REMEMBERED))}
    };
    let page = Page::new(look.say(words::FORGOT)).refused(refusal.is_some());
    entry::entry(look, page, content)
}
