//! Everything that somebody was told.

use super::Shown;
use crate::{
    Deed, Look, deed,
    frame::{Page, document},
    part::{empty, when},
    words::notification as words,
};
use leptos::prelude::*;
use trading::time::Time;

/// The page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotificationsPage {
    /// The newest first.
    pub lines: Vec<Shown>,
    /// How many are not read, here and further down.
    pub unread: u64,
    /// Where it goes on.
    pub older: Option<String>,
    /// What has just been done.
    pub deed: Option<Deed>,
    /// Now.
    pub now: Time,
}

/// Lists what somebody was told, the latest first.
pub fn notifications(look: &Look, page: &NotificationsPage) -> String {
    let state = if page.unread > 0 {
        look.with(words::UNREAD, &[&page.unread.to_string()])
    } else {
        look.say(words::ALL_READ).to_owned()
    };
    let read_all = (page.unread > 0).then(|| {
        view! {
            <form method="post" action="/notifications/read-all">
                <button type="submit" class="button">
                    {look.say(words::READ_ALL)}
                </button>
            </form>
        }
    });
    let list = if page.lines.is_empty() {
        empty::empty(look.say(words::NONE), look.say(words::NONE_HINT))
    } else {
        let lines: Vec<_> = page
            .lines
            .iter()
            .map(|line| one(look, line, page.now))
            .collect();
        view! { <ul class="told">{lines}</ul> }.into_any()
    };
    let older = page.older.clone().map(|href| {
        view! {
            <p>
                <a class="button" href=href rel="next">
                    {look.say(words::OLDER)}
                </a>
            </p>
        }
    });
    let state = (!page.lines.is_empty()).then(|| view! { <p class="hint">{state}</p> });
    let content = view! {
        <div class="settings told-page">
            <div class="told-head">
                <h1>{look.say(words::TITLE)}</h1>
                {state}
                <div class="told-deeds">
                    {read_all}
                    <a class="button" href="/notifications/settings">
                        {look.say(words::SETTINGS)}
                    </a>
                </div>
            </div>
            {deed::done(look, page.deed)}
            {list}
            {older}
        </div>
    };
    document(look, Page::new(look.say(words::TITLE)), content.into_any())
}

fn one(look: &Look, line: &Shown, now: Time) -> AnyView {
    let said = line.words(look.language);
    let class = if line.is_read {
        "told-one"
    } else {
        "told-one told-new"
    };
    let new = (!line.is_read).then(|| {
        view! { <span class="tag tag-new">{look.say(words::NEW)}</span> }
    });
    let read = (!line.is_read).then(|| {
        view! {
            <form method="post" action="/notifications/read">
                <input type="hidden" name="id" value=line.id.clone() />
                <button type="submit" class="button button-quiet">
                    {look.say(words::READ)}
                    <span class="unseen">": " {said.title.clone()}</span>
                </button>
            </form>
        }
    });
    let more = (said.href != "/notifications").then(|| {
        view! {
            <a class="button button-quiet" href=said.href>
                {look.say(words::MORE)}
                <span class="unseen">": " {said.title.clone()}</span>
            </a>
        }
    });
    view! {
        <li class=class>
            <div class="told-what">
                <h2 class="told-title">
                    {new}
                    <span class="breakable">{said.title.clone()}</span>
                </h2>
                <p class="told-text breakable">{said.text}</p>
                <p class="hint">{when::when_ago(line.created_at, now, look.language)}</p>
            </div>
            <div class="told-deeds">{more} {read}</div>
        </li>
    }
    .into_any()
}
