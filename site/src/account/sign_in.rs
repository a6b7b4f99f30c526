//! The way in.

use crate::{
    Fault, Look, Notice,
    frame::Page,
    part::{
        alert, entry,
        field::{Field, Kind},
        form::{Form, Tone},
        refusal::{Place, Refusal},
    },
    words::entry as words,
};
use leptos::prelude::*;

const REFUSED: &str = "sign-in-refused";

/// Asks for address and password. `next` is where to go then.
pub fn sign_in(
    look: &Look,
    email: &str,
    next: &str,
    notice: Option<Notice>,
    fault: Option<&Fault>,
) -> String {
    let refusal = Refusal::of(look, fault, &[Place::Email, Place::Password]);
    // Either may be wrong, and the password is empty again: that is where to go on.
    let is_wrong = fault == Some(&Fault::Wrong);
    let wrong_at = is_wrong.then_some(REFUSED);
    let is_fresh = !refusal.is_some();
    let address = Field::new("email", "email", look.say(words::EMAIL), Kind::Username)
        .value(email)
        .error(refusal.at(Place::Email))
        .error_at(wrong_at)
        .first(is_fresh && email.is_empty());
    let password = Field::new(
        "password",
        "password",
        look.say(words::PASSWORD),
        Kind::Password,
    )
    .error(refusal.at(Place::Password))
    .error_at(wrong_at)
    .first(is_wrong || (is_fresh && !email.is_empty()));
    let form = Form::new("/sign-in")
        .hidden("next", next)
        .refusal(REFUSED, &refusal, !is_wrong)
        .with(address.view())
        .with(password.view())
        .send(look.say(words::SIGN_IN), Tone::Accent);
    let content = view! {
        {alert::done(look, notice)}
        {form}
        {entry::way("/forgot", look.say(words::FORGOTTEN))}
        {entry::aside(look.say(words::NO_ACCOUNT), "/register", look.say(words::NO_ACCOUNT_DO))}
    };
    let page = Page::new(look.say(words::SIGN_IN)).refused(refusal.is_some());
    entry::entry(look, page, content)
}
