//! What these pages are put together from.

use super::{CommandLine, Deed, ExecutorLine, Live, State};
use crate::{
    Look,
    part::when,
    words::{Text, amount, command as commands, live as words},
};
use leptos::prelude::*;
use trading::time::Time;

/// The title, whether the page is up to date, and the link that makes it so.
pub(super) fn head(look: &Look, title: Text, lead: Option<Text>, live: &Live) -> AnyView {
    let exact = live.now.to_string();
    let clock = exact.get(11..19).unwrap_or_default();
    let mark = live.script.is_some().then(|| {
        view! {
            <p class="live-mark" id="live-mark" role="status" data-state="off">
                <span class="live-on">{look.say(words::LIVE)}</span>
                <span class="live-lost">{look.say(words::LOST)}</span>
            </p>
        }
    });
    view! {
        <header class="live-head">
            <div>
                <h1>{look.say(title)}</h1>
                {lead.map(|lead| view! { <p class="hint">{look.say(lead)}</p> })}
            </div>
            <div class="live-state">
                {mark}
                <p class="hint" id="as-of" data-part="">
                    <time datetime=exact.clone()>{look.with(words::AS_OF, &[clock])}</time>
                </p>
                <a class="button button-quiet" href=look.path.clone()>
                    {look.say(words::REFRESH)}
                </a>
            </div>
        </header>
    }
    .into_any()
}

/// A part of a page that is put into its place anew when something happens.
pub(super) fn section(
    look: &Look,
    (id, title_id): (&'static str, &'static str),
    title: Text,
    extra: Option<AnyView>,
    content: AnyView,
) -> AnyView {
    view! {
        <section class="panel live-part" id=id data-part="" aria-labelledby=title_id>
            <div class="live-title">
                <h2 id=title_id>{look.say(title)}</h2>
                {extra}
            </div>
            {content}
        </section>
    }
    .into_any()
}

/// Links of which one is this page.
pub(super) fn choice(label: &'static str, links: Vec<(String, &'static str, bool)>) -> AnyView {
    let links: Vec<_> = links
        .into_iter()
        .map(|(href, name, is_here)| {
            view! {
                <a href=href aria-current=is_here.then_some("page")>
                    {name}
                </a>
            }
        })
        .collect();
    view! {
        <nav class="choice currencies" aria-label=label>
            {links}
        </nav>
    }
    .into_any()
}

/// Money that was earned or lost: by sign, and by colour.
pub(super) fn gain(look: &Look, value: f64, currency: &str) -> AnyView {
    let class = match value {
        value if value > 0.0 => "money gain",
        value if value < 0.0 => "money fall",
        _ => "money",
    };
    view! { <span class=class>{amount::gain(value, currency, look.language)}</span> }.into_any()
}

/// A cell of numbers.
pub(super) fn numeric(column: &'static str, value: impl IntoView + 'static) -> AnyView {
    view! {
        <td class="numeric" data-label=column>
            <div>{value.into_any()}</div>
        </td>
    }
    .into_any()
}

/// How far a command is.
pub(super) fn state(look: &Look, state: State) -> AnyView {
    let class = match state {
        State::Executed => "tag tag-good",
        State::Failed | State::Expired => "tag tag-bad",
        State::Queued | State::Delivered => "tag",
    };
    view! { <span class=class>{look.say(commands::state(state))}</span> }.into_any()
}

/// Whether an executor is there.
pub(super) fn presence(look: &Look, executor: &ExecutorLine) -> AnyView {
    let (class, words) = if executor.is_online {
        ("tag tag-good", words::ONLINE)
    } else {
        ("tag tag-bad", words::OFFLINE)
    };
    view! { <span class=class>{look.say(words)}</span> }.into_any()
}

/// What a command does, in few words.
pub(super) fn deed(look: &Look, deed: &Deed) -> String {
    let name = commands::name(deed);
    match deed {
        Deed::Pause(strategy) | Deed::Resume(strategy) => look.with(name, &[strategy]),
        Deed::Close(ticket) => look.with(name, &[&ticket.to_string()]),
        Deed::StopBot
        | Deed::StopAndClose
        | Deed::CloseMine
        | Deed::CloseEverything
        | Deed::Unknown => look.say(name).to_owned(),
    }
}

/// A command, and the way to more of it.
pub(super) fn command_link(look: &Look, command: &CommandLine) -> AnyView {
    let href = format!("/commands/{}", command.id);
    view! { <a class="breakable" href=href>{deed(look, &command.deed)}</a> }.into_any()
}

/// When something was, and how long ago that is.
pub(super) fn ago(look: &Look, then: Time, now: Time) -> AnyView {
    when::when_ago(then, now, look.language)
}
