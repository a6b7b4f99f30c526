//! No new accounts are made at the moment.

use crate::{
    Look,
    frame::Page,
    part::entry,
    words::{Text, entry as words, text},
};
use leptos::prelude::*;

const TITLE: Text = text("Registration is closed", "Pendaftaran ditutup");
const LEAD: Text = text(
    "No new accounts are made at the moment. Who has one can sign in as always, and the Lab is open to everybody.",
    "Saat ini akun baru tidak dibuat. Yang sudah punya akun tetap dapat masuk, dan Lab terbuka untuk siapa saja.",
);

/// Says that no new accounts are made.
pub fn registration_closed(look: &Look) -> String {
    let content = view! {
        <p>{look.say(LEAD)}</p>
        {entry::way("/sign-in", look.say(words::SIGN_IN))}
    };
    entry::entry(look, Page::new(look.say(TITLE)), content)
}
