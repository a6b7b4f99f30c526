//! Switches of the program.

use super::{frame, pick::pick};
use crate::{
    Deed, Look, deed,
    frame::Page,
    part::{
        alert, setting,
        table::{self, cell, text},
    },
    words::operator as words,
};
use identity::email::MAX_ADDRESS;
use leptos::prelude::*;

/// A switch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlagLine {
    /// Its name.
    pub name: &'static str,
    /// Whether it is on.
    pub is_on: bool,
    /// For how many of a hundred accounts.
    pub percent: u8,
    /// Whether it may differ between accounts.
    pub is_by_account: bool,
    /// Accounts for which it stands otherwise: address, and how.
    pub overrides: Vec<(String, bool)>,
}

/// Why a switch was not turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FlagFault {
    /// Nobody has the address.
    NoAccount,
    /// It is no percentage.
    Percent,
}

/// Lists the switches; with `may_change` they can be turned.
pub fn flags(
    look: &Look,
    lines: &[FlagLine],
    may_change: bool,
    deed: Option<Deed>,
    fault: Option<FlagFault>,
) -> String {
    let refused = fault.map(|fault| {
        let text = match fault {
            FlagFault::NoAccount => words::NO_ACCOUNT,
            FlagFault::Percent => words::BAD_PERCENT,
        };
        alert::refused("flags-refused", look.say(text).to_owned(), true)
    });
    let all: Vec<_> = lines
        .iter()
        .map(|line| flag(look, line, may_change))
        .collect();
    let content = view! {
        {deed::done(look, deed)}
        {refused}
        <p class="hint lead">{look.say(words::FLAGS_LEAD)}</p>
        {all}
    };
    let head = Page::new(look.say(words::FLAGS)).refused(fault.is_some());
    frame::page(look, head, "/admin/flags", content)
}

fn flag(look: &Look, line: &FlagLine, may_change: bool) -> AnyView {
    let (tone, state) = match (line.is_on, line.percent) {
        (false, _) => ("tag tag-bad", look.say(words::FLAG_OFF).to_owned()),
        (true, percent) if percent < 100 && line.is_by_account => {
            ("tag", look.with(words::FLAG_PART, &[&percent.to_string()]))
        }
        (true, _) => ("tag tag-good", look.say(words::FLAG_ON).to_owned()),
    };
    let overrides = (!line.overrides.is_empty()).then(|| {
        let columns = [words::ACCOUNT, words::STATE].map(|name| look.say(name));
        let rows = line
            .overrides
            .iter()
            .map(|(email, is_on)| {
                let state = if *is_on {
                    words::FLAG_ON
                } else {
                    words::FLAG_OFF
                };
                table::row(vec![
                    text(columns[0], email),
                    cell(columns[1], view! { <span>{look.say(state)}</span> }),
                ])
            })
            .collect();
        table::table(look.say(words::OVERRIDES), &columns, rows)
    });
    let forms = may_change.then(|| {
        let one = line
            .is_by_account
            .then(|| setting::fold(look.say(words::OVERRIDES), false, for_one(look, line)));
        view! {
            {turn(look, line)}
            {one}
        }
    });
    view! {
        <section class="panel flag" aria-labelledby=format!("flag-{}", line.name)>
            <h2 id=format!("flag-{}", line.name)>
                <code>{line.name}</code>
                " "
                <span class=tone>{state}</span>
            </h2>
            <p class="hint">{words::flag(line.name, look.language).to_owned()}</p>
            {overrides}
            {forms}
        </section>
    }
    .into_any()
}

fn switch(look: &Look) -> Vec<(&'static str, &'static str)> {
    vec![
        ("on", look.say(words::FLAG_ON)),
        ("off", look.say(words::FLAG_OFF)),
    ]
}

fn turn(look: &Look, line: &FlagLine) -> AnyView {
    let percent = line.is_by_account.then(|| {
        let id = format!("percent-{}", line.name);
        view! {
            <div class="field">
                <label for=id.clone()>{look.say(words::PERCENT)}</label>
                <input
                    id=id
                    name="percent"
                    type="number"
                    min="0"
                    max="100"
                    step="1"
                    value=line.percent.to_string()
                    required=true
                />
            </div>
        }
    });
    let chosen = if line.is_on { "on" } else { "off" };
    view! {
        <form class="filter" method="post" action="/admin/flags/turn">
            <input type="hidden" name="flag" value=line.name />
            {pick(
                format!("turn-{}", line.name),
                "to",
                look.say(words::TURNED),
                switch(look),
                chosen,
            )}
            {percent}
            <button type="submit" class="button">
                {look.say(words::SAVE)}
                <span class="unseen">": " {look.with(words::OF_FLAG, &[line.name])}</span>
            </button>
        </form>
    }
    .into_any()
}

fn for_one(look: &Look, line: &FlagLine) -> AnyView {
    let id = format!("email-{}", line.name);
    let mut options = switch(look);
    options.push(("like-all", look.say(words::LIKE_ALL)));
    view! {
        <form class="filter" method="post" action="/admin/flags/account">
            <input type="hidden" name="flag" value=line.name />
            <div class="field">
                <label for=id.clone()>{look.say(words::FOR_EMAIL)}</label>
                <input
                    id=id
                    name="email"
                    type="email"
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    maxlength=MAX_ADDRESS.to_string()
                    required=true
                />
            </div>
            {pick(
                format!("for-{}", line.name),
                "to",
                look.say(words::FOR_HOW),
                options,
                "on",
            )}
            <button type="submit" class="button">
                {look.say(words::SAVE)}
                <span class="unseen">": " {look.with(words::OF_FLAG, &[line.name])}</span>
            </button>
        </form>
    }
    .into_any()
}
