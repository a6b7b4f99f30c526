//! Pages that cannot be shown.

use crate::{
    Look,
    frame::Page,
    part::{entry, strong},
    words::{Text, frame, problem as words},
};
use leptos::prelude::*;

/// There is no such page.
pub fn not_found(look: &Look) -> String {
    let content = view! {
        <p>{look.say(words::NOT_FOUND_WHY)}</p>
        {entry::next("/".to_owned(), look.say(words::TO_LAB))}
    };
    entry::entry(look, Page::new(look.say(words::NOT_FOUND)), content)
}

/// The page is for other people.
pub fn forbidden(look: &Look) -> String {
    let content = match &look.who {
        Some(who) => view! {
            <p>{strong::strong(look, words::FORBIDDEN_WHY, &who.email)}</p>
            {entry::next("/".to_owned(), look.say(words::TO_LAB))}
        }
        .into_any(),
        None => view! {
            <p>{look.say(words::FORBIDDEN_STRANGER)}</p>
            {entry::next("/sign-in".to_owned(), look.say(frame::SIGN_IN))}
        }
        .into_any(),
    };
    entry::entry(look, Page::new(look.say(words::FORBIDDEN)), content)
}

/// The fault is ours.
pub fn failed(look: &Look, reference: &str) -> String {
    problem(look, words::FAILED, words::FAILED_WHY, reference)
}

/// The database is out of reach.
pub fn away(look: &Look, reference: &str) -> String {
    problem(look, words::AWAY, words::AWAY_WHY, reference)
}

/// A report has to wait for others.
pub fn busy(look: &Look) -> String {
    let content = view! {
        <p>{look.say(words::BUSY_WHY)}</p>
        {entry::next(look.path.clone(), look.say(words::AGAIN))}
    };
    entry::entry(look, Page::new(look.say(words::BUSY)), content)
}

fn problem(look: &Look, what: Text, why: Text, reference: &str) -> String {
    let content = view! {
        <p>{look.say(why)}</p>
        <dl class="reference">
            <dt>{look.say(words::REFERENCE)}</dt>
            <dd>{reference.to_owned()}</dd>
        </dl>
        {entry::next(look.path.clone(), look.say(words::AGAIN))}
    };
    entry::entry(look, Page::new(look.say(what)), content)
}
