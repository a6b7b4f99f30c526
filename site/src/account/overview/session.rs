//! Where the account is signed in.

use super::{AccountPage, SessionLine, part};
use crate::{
    Look,
    part::{agent, when},
    words::account as words,
};
use leptos::prelude::*;

pub(super) fn section(look: &Look, page: &AccountPage) -> AnyView {
    let lines: Vec<AnyView> = page
        .sessions
        .iter()
        .map(|line| session(look, page, line))
        .collect();
    let others = page.sessions.iter().filter(|line| !line.is_this).count();
    let end = match others {
        0 => view! { <p class="hint">{look.say(words::NO_OTHERS)}</p> }.into_any(),
        1 => end_others(look.say(words::OTHER_END).to_owned()),
        many => end_others(look.with(words::OTHERS_END, &[&many.to_string()])),
    };
    let content = view! {
        <ul class="sessions">{lines}</ul>
        {end}
    };
    part::section(
        look,
        "sessions",
        words::SESSIONS,
        words::SESSIONS_LEAD,
        content,
    )
}

fn session(look: &Look, page: &AccountPage, line: &SessionLine) -> AnyView {
    let agent = agent::short(&line.agent, look.language);
    let deed = if line.is_this {
        view! { <span class="tag tag-good">{look.say(words::THIS_SESSION)}</span> }.into_any()
    } else {
        end(look, line, &agent)
    };
    view! {
        <li class="session">
            <div class="session-what">
                <p class="setting-value" title=line.agent.clone()>
                    {agent}
                </p>
                <p class="hint">{line.address.clone()}</p>
                <p class="hint">
                    {look.say(words::SIGNED_IN_AT)} " " {when::when(line.created_at)}
                </p>
                <p class="hint">
                    {look.say(words::SEEN_AT)} " "
                    {when::when_ago(line.seen_at, page.now, look.language)}
                </p>
            </div>
            {deed}
        </li>
    }
    .into_any()
}

fn end(look: &Look, line: &SessionLine, agent: &str) -> AnyView {
    let which = look.with(words::SESSION_WHICH, &[agent, &line.address]);
    view! {
        <form method="post" action="/account/sessions/end">
            <input type="hidden" name="id" value=line.id.clone() />
            <button type="submit" class="button button-edge-danger">
                {look.say(words::SESSION_END)}
                <span class="unseen">" " {which}</span>
            </button>
        </form>
    }
    .into_any()
}

fn end_others(words: String) -> AnyView {
    view! {
        <form method="post" action="/account/sessions/end-others">
            <button type="submit" class="button button-edge-danger">
                {words}
            </button>
        </form>
    }
    .into_any()
}
