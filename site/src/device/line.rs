//! A key in the list, and the question before it is revoked.

use super::{KeyLine, Scope};
use crate::{
    Look,
    part::{strong, when},
    words::device as words,
};
use leptos::prelude::*;
use trading::time::Time;

pub(super) fn line(look: &Look, key: &KeyLine, now: Time) -> AnyView {
    let used = match key.used_at {
        Some(at) => view! {
            {look.say(words::USED_AT)}
            " "
            {when::when_ago(at, now, look.language)}
        }
        .into_any(),
        None => look.say(words::NEVER_USED).into_any(),
    };
    let is_over = key.is_over(now);
    let end = match key.expires_at {
        Some(at) => {
            let words = if is_over {
                words::EXPIRED_AT
            } else {
                words::EXPIRES_AT
            };
            view! {
                {look.say(words)}
                " "
                {when::when(at)}
            }
            .into_any()
        }
        None => look.say(words::NO_END).into_any(),
    };
    let deed = if key.is_revoked {
        view! { <span class="tag tag-bad">{look.say(words::REVOKED)}</span> }.into_any()
    } else if is_over {
        view! { <span class="tag">{look.say(words::EXPIRED)}</span> }.into_any()
    } else {
        revoke(look, key)
    };
    view! {
        <li class="session key">
            <div class="session-what">
                <p class="setting-value">{key.label.clone()}</p>
                <p class="hint">
                    {look.say(words::scope(key.scope))} " · " <code>{key.prefix.clone()} "…"</code>
                </p>
                <p class="hint">
                    {look.say(words::CREATED_AT)} " " {when::when(key.created_at)}
                </p>
                <p class="hint">{used}</p>
                <p class="hint">{end}</p>
            </div>
            {deed}
        </li>
    }
    .into_any()
}

fn revoke(look: &Look, key: &KeyLine) -> AnyView {
    let stops = match key.scope {
        Scope::Executor => words::STOPS_EXECUTOR,
        Scope::Phone => words::STOPS_PHONE,
        Scope::Read => words::STOPS_READ,
    };
    let which = format!(": {}", key.label);
    view! {
        <details class="ask">
            <summary class="button">
                {look.say(words::REVOKE_ASK)} <span class="unseen">{which.clone()}</span>
            </summary>
            <form class="entry-form" method="post" action="/account/devices/revoke">
                <input type="hidden" name="id" value=key.id.clone() />
                <div class="destroyed">
                    <p>{strong::strong(look, stops, &key.label)}</p>
                    <p>{look.say(words::REVOKE_FINAL)}</p>
                </div>
                <button type="submit" class="button button-danger">
                    {look.say(words::REVOKE_DO)}
                    <span class="unseen">{which}</span>
                </button>
            </form>
        </details>
    }
    .into_any()
}
