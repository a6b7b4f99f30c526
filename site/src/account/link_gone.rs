//! A link of a mail that no longer works.

use crate::{
    Look,
    frame::Page,
    part::entry,
    words::{entry as words, frame},
};
use leptos::prelude::*;

/// Which link no longer works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gone {
    /// The one that confirms a registration.
    Registration,
    /// The one that sets a password anew.
    Reset,
    /// The one that confirms a new address.
    EmailChange,
}

/// Says that the link was used or is too old, and what to do.
pub fn link_gone(look: &Look, what: Gone) -> String {
    let (why, href, next) = match what {
        Gone::Registration => (
            words::GONE_REGISTRATION,
            "/register",
            words::GONE_REGISTRATION_DO,
        ),
        Gone::Reset => (words::GONE_RESET, "/forgot", words::GONE_RESET_DO),
        Gone::EmailChange => (
            words::GONE_EMAIL_CHANGE,
            "/account",
            words::GONE_EMAIL_CHANGE_DO,
        ),
    };
    let sign_in =
        (what == Gone::Registration).then(|| entry::way("/sign-in", look.say(frame::SIGN_IN)));
    // The address that is shown may still have the token in it.
    let page = Page::new(look.say(words::GONE)).with_token();
    let content = view! {
        <p>{look.say(why)}</p>
        {entry::next(href.to_owned(), look.say(next))}
        {sign_in}
    };
    entry::entry(look, page, content)
}
