//! The address.

use super::{AccountPage, Section, part};
use crate::{
    Look,
    part::{
        field::{Field, Kind},
        form::{Form, Tone},
        refusal::{Place, Refusal},
    },
    words::account as words,
};
use leptos::prelude::*;

pub(super) fn section(look: &Look, page: &AccountPage) -> AnyView {
    let places = [Place::Email, Place::Password];
    let refusal = Refusal::of(look, page.fault(Section::Email), &places);
    let email = Field::new(
        "new-email",
        "email",
        look.say(words::EMAIL_NEW),
        Kind::Email,
    );
    let password = Field::new(
        "email-password",
        "password",
        look.say(words::CURRENT_PASSWORD),
        Kind::Password,
    );
    let form = Form::new("/account/email")
        .refusal("email-refused", &refusal, true)
        .with(email.error(refusal.at(Place::Email)).view())
        .with(
            password
                .hint(look.say(words::WHY_PASSWORD))
                .error(refusal.at(Place::Password))
                .view(),
        )
        .send(look.say(words::EMAIL_DO), Tone::Plain);
    let content = view! {
        <p class="setting-value">{page.email.clone()}</p>
        {part::fold(look.say(words::EMAIL_OPEN), refusal.is_some(), form)}
    };
    part::section(look, "email", words::EMAIL, words::EMAIL_LEAD, content)
}
