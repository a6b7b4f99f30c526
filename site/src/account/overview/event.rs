//! What happened to the account.

use super::{AccountPage, EventLine, part};
use crate::{
    Look,
    part::{
        empty,
        table::{self, cell, text},
        when,
    },
    words::{account as words, action},
};
use leptos::prelude::*;

pub(super) fn section(look: &Look, page: &AccountPage) -> AnyView {
    let content = if page.events.is_empty() {
        empty::empty(look.say(words::NO_EVENTS), look.say(words::NO_EVENTS_HINT))
    } else {
        list(look, &page.events)
    };
    part::section(look, "events", words::EVENTS, words::EVENTS_LEAD, content)
}

fn list(look: &Look, events: &[EventLine]) -> AnyView {
    let columns = [words::EVENT_AT, words::EVENT_WHAT, words::EVENT_ADDRESS];
    let [at, what, address] = columns.map(|name| look.say(name));
    let rows = events
        .iter()
        .map(|event| {
            let said = action::say(&event.action, look.language);
            let staff = event.by_staff.then(|| {
                view! {
                    " "
                    <span class="tag">{look.say(words::BY_STAFF)}</span>
                }
            });
            table::row(vec![
                cell(at, when::when(event.at)),
                cell(what, view! { <span>{said}</span> {staff} }),
                text(address, &event.address),
            ])
        })
        .collect();
    table::table(look.say(words::EVENTS), &[at, what, address], rows)
}
