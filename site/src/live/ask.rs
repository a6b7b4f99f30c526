//! The question before a command is given: what exactly will happen.

use super::{Affected, AskPage, Deed, PositionLine, Reach, part, position};
use crate::{
    Look,
    frame::Page,
    part::{
        alert, entry,
        form::{Form, Tone},
        strong, when,
    },
    words::{amount, command as words, frame, time},
};
use leptos::prelude::*;
use trading::time::Time;

/// Says what a command does and asks to give it.
pub fn ask(look: &Look, page: &AskPage) -> String {
    let refused = page.fault.map(|fault| {
        let words = look.say(words::fault(fault)).to_owned();
        alert::refused("ask-refused", words, true)
    });
    let reach = match page.reach {
        Reach::AtOnce => words::AT_ONCE,
        Reach::Later => words::LATER,
        Reach::Nobody => words::NOBODY_REPORTS,
    };
    let now = page.now;
    let open = page.position.as_ref().map(|one| this(look, one, now));
    let affected = page.affected.as_ref().map(|all| closes(look, all, now));
    let is_harmless = matches!(page.deed, Deed::Pause(_) | Deed::Resume(_));
    let tone = if is_harmless {
        Tone::Accent
    } else {
        Tone::Danger
    };
    let class = if is_harmless { "notice" } else { "destroyed" };
    let form = page
        .fields
        .iter()
        .fold(Form::new("/commands"), |form, (name, value)| {
            form.hidden(name, value)
        })
        .send_named(part::deed(look, &page.deed), tone);
    let content = view! {
        {refused}
        <p class="ask-deed">{part::deed(look, &page.deed)}</p>
        <div class=class>
            <p>{strong::strong(look, words::happens(&page.deed), &page.target)}</p>
            {open}
            {affected}
        </div>
        <p class="hint">
            {look.say(reach)} " " {look.say(words::UNTIL)} " " {when::when(page.expires_at)} "."
        </p>
        {form}
        {entry::out("/commands", look.say(frame::CANCEL))}
    };
    let head = Page::new(look.say(words::ASK)).refused(page.fault.is_some());
    entry::entry(look, head, content)
}

fn this(look: &Look, one: &PositionLine, now: Time) -> AnyView {
    let language = look.language;
    let words = if position::is_fresh(one.at, now) {
        words::OPEN_THIS
    } else {
        words::OPEN_THIS_THEN
    };
    let said = look.with(
        words,
        &[
            position::side(look, one.is_buy),
            &amount::plain(one.volume, language),
            &one.symbol,
            &amount::plain(one.opened_price, language),
            &amount::gain(one.profit, &one.currency, language),
            &time::ago(one.at, now, language),
        ],
    );
    view! { <p>{said}</p> }.into_any()
}

fn closes(look: &Look, all: &[Affected], now: Time) -> AnyView {
    if all.is_empty() {
        return view! { <p>{look.say(words::OPEN_NONE)}</p> }.into_any();
    }
    let lines: Vec<_> = all
        .iter()
        .map(|one| {
            let profit = amount::gain(one.profit, &one.currency, look.language);
            let ago = time::ago(one.at, now, look.language);
            let count = one.count.to_string();
            let said = match (one.count, position::is_fresh(one.at, now)) {
                (1, true) => look.with(words::OPEN_ONE, &[&profit]),
                (1, false) => look.with(words::OPEN_ONE_THEN, &[&profit, &ago]),
                (_, true) => look.with(words::OPEN_MANY, &[&count, &profit]),
                (_, false) => look.with(words::OPEN_MANY_THEN, &[&count, &profit, &ago]),
            };
            view! { <p>{said}</p> }
        })
        .collect();
    lines.into_any()
}
