//! The question before an account at a broker is put away.

use super::{RetireFault, RetirePage};
use crate::{
    Look,
    frame::Page,
    part::{
        alert, entry,
        form::{Form, Tone},
        strong,
    },
    words::retire as words,
};
use leptos::prelude::*;

/// Says what becomes of the account and asks.
pub fn retire(look: &Look, page: &RetirePage) -> String {
    let refused = page.fault.map(|fault| {
        let said = match fault {
            RetireFault::Live => words::LIVE,
            RetireFault::TooMany => words::TOO_MANY,
        };
        alert::refused("retire-refused", look.say(said).to_owned(), true)
    });
    let open = match page.open {
        0 => None,
        1 => Some(look.say(words::OPEN_ONE).to_owned()),
        open => Some(look.with(words::OPEN_MANY, &[&open.to_string()])),
    };
    let form = Form::new("/executors/retire")
        .hidden("id", &page.id)
        .send(look.say(words::DO), Tone::Danger);
    let content = view! {
        {refused}
        <div class="destroyed">
            <p>{strong::strong(look, words::HAPPENS, &page.label)}</p>
            {open.map(|said| view! { <p>{said}</p> })}
        </div>
        <p class="hint">{look.say(words::COMES_BACK)}</p>
        {form}
        {entry::way("/executors", look.say(words::BACK))}
    };
    let head = Page::new(look.say(words::ASK)).refused(page.fault.is_some());
    entry::entry(look, head, content)
}
