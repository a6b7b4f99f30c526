//! The end of the account.

use super::{AccountPage, Section, part};
use crate::{
    Look,
    part::{
        field::{Field, Kind},
        form::{Form, Tone},
        refusal::{Place, Refusal},
        strong,
    },
    words::account as words,
};
use leptos::prelude::*;

pub(super) fn section(look: &Look, page: &AccountPage) -> AnyView {
    let places = [Place::Email, Place::Password];
    let refusal = Refusal::of(look, page.fault(Section::Delete), &places);
    let email = Field::new(
        "delete-email",
        "email",
        look.say(words::DELETE_EMAIL),
        Kind::TypedEmail,
    );
    let password = Field::new(
        "delete-password",
        "password",
        look.say(words::CURRENT_PASSWORD),
        Kind::Password,
    );
    let form = Form::new("/account/delete")
        .with(destroyed(look, &page.email))
        .refusal("delete-refused", &refusal, true)
        .with(email.error(refusal.at(Place::Email)).view())
        .with(password.error(refusal.at(Place::Password)).view())
        .send(look.say(words::DELETE_DO), Tone::Danger);
    let content = part::fold(look.say(words::DELETE_OPEN), refusal.is_some(), form);
    part::section(look, "delete", words::DELETE, words::DELETE_LEAD, content)
}

fn destroyed(look: &Look, email: &str) -> AnyView {
    view! {
        <div class="destroyed">
            <p>{look.say(words::DELETE_WHAT)}</p>
            <ul>
                <li>{look.say(words::DELETE_STRATEGIES)}</li>
                <li>{look.say(words::DELETE_RUNS)}</li>
                <li>{look.say(words::DELETE_REPORTED)}</li>
                <li>{look.say(words::DELETE_SESSIONS)}</li>
                <li>{look.say(words::DELETE_KEYS)}</li>
                <li>{strong::strong(look, words::DELETE_ACCOUNT, email)}</li>
            </ul>
            <p>{look.say(words::DELETE_FINAL)}</p>
        </div>
    }
    .into_any()
}
