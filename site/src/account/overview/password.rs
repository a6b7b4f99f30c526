//! The password.

use super::{AccountPage, Section, part};
use crate::{
    Look,
    part::{
        field::{Field, Kind},
        form::{Form, Tone},
        password,
        refusal::{Place, Refusal},
    },
    words::{account as words, entry},
};
use leptos::prelude::*;

pub(super) fn section(look: &Look, page: &AccountPage) -> AnyView {
    let places = [Place::Password, Place::NewPassword];
    let refusal = Refusal::of(look, page.fault(Section::Password), &places);
    let current = Field::new(
        "current-password",
        "current",
        look.say(words::CURRENT_PASSWORD),
        Kind::Password,
    );
    let new = password::new(look, "new-password", entry::NEW_PASSWORD, &refusal);
    // Tells a password manager which of its entries to change. It has no name and is not sent.
    let whose = view! {
        <input type="email" autocomplete="username" value=page.email.clone() readonly=true hidden=true />
    };
    let form = Form::new("/account/password")
        .with(whose)
        .refusal("password-refused", &refusal, true)
        .with(current.error(refusal.at(Place::Password)).view())
        .with(new.view())
        .send(look.say(words::PASSWORD_DO), Tone::Plain);
    let content = part::fold(look.say(words::PASSWORD_OPEN), refusal.is_some(), form);
    part::section(
        look,
        "password",
        words::PASSWORD,
        words::PASSWORD_LEAD,
        content,
    )
}
