//! What can be done with a strategy. What lets money move, or stops it from moving, asks first.

use super::{EVERY, PlaceChoice, Room, StrategyLine};
use crate::{
    Look,
    part::form::{Form, Tone},
    words::strategy as words,
};
use leptos::prelude::*;

/// Where the trader is, and comes back to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    /// The list.
    List,
    /// The page of the strategy.
    Page,
}

impl From {
    const fn name(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Page => "page",
        }
    }
}

/// Everything that can be done with a strategy as it stands.
pub(super) fn deeds(
    look: &Look,
    line: &StrategyLine,
    places: &[PlaceChoice],
    room: &Room,
    from: From,
) -> AnyView {
    let newest = line.version;
    let is_newest_live = line
        .live
        .as_ref()
        .is_some_and(|live| live.version == newest);
    let activate = (!line.is_archived && !is_newest_live)
        .then(|| activate(look, line, newest, (places, room), from));
    let deactivate = line.live.is_some().then(|| deactivate(look, line, from));
    let away = (line.live.is_none() && !line.is_archived)
        .then(|| plain(look, line, "/strategies/archive", words::ARCHIVE, from));
    let back = line
        .is_archived
        .then(|| plain(look, line, "/strategies/restore", words::RESTORE, from));
    view! {
        <div class="deeds">
            <a class="button" href=format!("/?strategy={}", line.id)>
                {look.say(words::LAB)}
                <span class="unseen">": " {line.name.clone()}</span>
            </a>
            {activate}
            {deactivate}
            {plain(look, line, "/strategies/duplicate", words::DUPLICATE, from)}
            {away}
            {back}
        </div>
    }
    .into_any()
}

/// A deed that is easily undone.
fn plain(
    look: &Look,
    line: &StrategyLine,
    action: &'static str,
    words: crate::words::Text,
    from: From,
) -> AnyView {
    Form::new(action)
        .hidden("id", &line.id)
        .hidden("from", from.name())
        .send_which(look.say(words), line.name.clone(), Tone::Plain)
}

/// The question before a version is live.
pub(super) fn activate(
    look: &Look,
    line: &StrategyLine,
    version: i64,
    (places, room): (&[PlaceChoice], &Room),
    from: From,
) -> AnyView {
    let number = version.to_string();
    let name = look.with(words::ACTIVATE, &[&number]);
    if line.live.is_none() && !room.has_live() {
        let most = room.live_limit.unwrap_or_default().to_string();
        let why = look.with(words::NO_ROOM, &[&most]);
        return ask(
            name,
            &line.name,
            view! {
                <p class="notice">{why}</p>
                <a class="button" href="/account/billing">
                    {look.say(words::PLAN)}
                </a>
            },
        );
    }
    let instead = line.live.as_ref().map(|live| {
        let text = look.with(words::ACTIVATE_INSTEAD, &[&live.version.to_string()]);
        view! { <p>{text}</p> }
    });
    let options: Vec<AnyView> = places
        .iter()
        .map(|place| {
            view! { <option value=place.id.clone()>{place.name.clone()}</option> }.into_any()
        })
        .collect();
    let id = format!("on-{}-{version}", line.id);
    // Nothing is chosen before somebody chooses: where money moves nobody guesses.
    let select = view! {
        <div class="select">
            <label for=id.clone()>{look.say(words::ON)}</label>
            <select id=id name="on" required>
                <option value="">{look.say(words::CHOOSE)}</option>
                {options}
                <option value=EVERY>{look.say(words::ON_EVERY)}</option>
            </select>
        </div>
    };
    let what = look.with(words::ACTIVATE_WHAT, &[&number, &line.name]);
    let form = Form::new("/strategies/activate")
        .hidden("id", &line.id)
        .hidden("version", &number)
        .hidden("from", from.name())
        .with(view! {
            <div class="destroyed deed-risk">
                <p>{what}</p>
                {instead}
                <p>{look.say(words::RISK)}</p>
            </div>
        })
        .with(select)
        .send_which(
            look.say(words::ACTIVATE_DO),
            line.name.clone(),
            Tone::Accent,
        );
    ask(name, &line.name, form)
}

fn deactivate(look: &Look, line: &StrategyLine, from: From) -> AnyView {
    let what = look.with(words::DEACTIVATE_WHAT, &[&line.name]);
    let form = Form::new("/strategies/deactivate")
        .hidden("id", &line.id)
        .hidden("from", from.name())
        .with(view! { <p class="destroyed">{what}</p> })
        .send_which(
            look.say(words::DEACTIVATE_DO),
            line.name.clone(),
            Tone::Danger,
        );
    ask(look.say(words::DEACTIVATE).to_owned(), &line.name, form)
}

/// The question before an old version is saved anew.
pub(super) fn bring_back(look: &Look, line: &StrategyLine, version: i64) -> AnyView {
    let number = version.to_string();
    let which = format!("{} {number}", line.name);
    let what = look.with(words::BRING_BACK_WHAT, &[&number, &line.name]);
    let form = Form::new("/strategies/bring-back")
        .hidden("id", &line.id)
        .hidden("version", &number)
        .hidden("revision", &line.revision.to_string())
        .with(view! { <p>{what}</p> })
        .send_which(look.say(words::BRING_BACK_DO), which.clone(), Tone::Plain);
    ask(look.say(words::BRING_BACK).to_owned(), &which, form)
}

/// Something that asks before it is done.
fn ask(name: String, which: &str, content: impl IntoView + 'static) -> AnyView {
    view! {
        <details class="deed">
            <summary class="button">
                {name} <span class="unseen">": " {which.to_owned()}</span>
            </summary>
            <div class="deed-ask">{content}</div>
        </details>
    }
    .into_any()
}
