//! What is to be commanded. Nothing happens here: the next page asks.

use super::{Choice, GivePage};
use crate::{
    Look,
    frame::Page,
    part::{alert, empty, entry},
    words::{Text, command as words, live},
};
use leptos::prelude::*;

/// The commands that are chosen here; a single position is closed from where it is seen.
const ACTIONS: [(&str, Text); 6] = [
    ("stop_bot", words::STOP_BOT),
    ("pause_strategy", words::PAUSE_ONE),
    ("resume_strategy", words::RESUME_ONE),
    ("stop_and_close", words::STOP_AND_CLOSE),
    ("close_mine", words::CLOSE_MINE),
    ("close_everything", words::CLOSE_EVERYTHING),
];

/// Asks what is to be done, and where.
pub fn give(look: &Look, page: &GivePage) -> String {
    let refused = page.fault.map(|fault| {
        let words = look.say(words::fault(fault)).to_owned();
        alert::refused("give-refused", words, true)
    });
    let body = if page.executors.is_empty() && page.accounts.is_empty() {
        view! {
            {empty::empty(look.say(live::NO_EXECUTORS), look.say(live::NO_EXECUTORS_HINT))}
            {entry::next("/account/devices".to_owned(), look.say(live::PAIR))}
        }
        .into_any()
    } else {
        form(look, page)
    };
    let content = view! {
        {refused}
        {body}
        {entry::way("/commands", look.say(words::BACK))}
    };
    let head = Page::new(look.say(words::GIVE)).refused(page.fault.is_some());
    entry::entry(look, head, content)
}

fn form(look: &Look, page: &GivePage) -> AnyView {
    let actions: Vec<_> = ACTIONS
        .iter()
        .map(|(value, words)| {
            view! {
                <option value=*value selected=*value == page.action>
                    {look.say(*words)}
                </option>
            }
        })
        .collect();
    let executors = options(&page.executors, &page.target);
    let accounts = options(&page.accounts, &page.target);
    let accounts = (!page.accounts.is_empty()).then(|| {
        view! { <optgroup label=look.say(words::ACCOUNTS)>{accounts}</optgroup> }
    });
    let executors = (!page.executors.is_empty()).then(|| {
        view! { <optgroup label=look.say(live::EXECUTORS)>{executors}</optgroup> }
    });
    view! {
        <p class="entry-lead">{look.say(words::GIVE_LEAD)}</p>
        <form class="entry-form" method="get" action="/commands/confirm">
            <div class="select">
                <label for="give-action">{look.say(words::WHAT)}</label>
                <select id="give-action" name="action">
                    {actions}
                </select>
            </div>
            <div class="select">
                <label for="give-target">{look.say(words::WHERE)}</label>
                <select id="give-target" name="target">
                    {executors}
                    {accounts}
                </select>
            </div>
            <div class="select">
                <label for="give-strategy">{look.say(words::WHICH)}</label>
                <select id="give-strategy" name="strategy">
                    <option value="">{look.say(words::NO_STRATEGY)}</option>
                    {options(&page.strategies, "")}
                </select>
            </div>
            <p class="hint">{look.say(words::GIVE_CLOSE)}</p>
            <button type="submit" class="button button-accent">
                {look.say(words::NEXT)}
            </button>
        </form>
    }
    .into_any()
}

fn options(choices: &[Choice], chosen: &str) -> Vec<AnyView> {
    choices
        .iter()
        .map(|one| {
            view! {
                <option value=one.value.clone() selected=one.value == chosen>
                    {one.label.clone()}
                </option>
            }
            .into_any()
        })
        .collect()
}
