//! What everybody is told.

use super::{
    frame,
    pick::{next, pick},
};
use crate::{
    Deed, Look, deed,
    frame::Page,
    part::{
        alert, empty,
        form::{Form, Tone},
        table::{self, cell},
        when,
    },
    words::operator as words,
};
use leptos::prelude::*;
use trading::time::Time;

/// The longest text, in letters.
pub const LONGEST: usize = 500;

/// An announcement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnnouncementLine {
    /// Names it in forms.
    pub id: String,
    /// The word of its severity.
    pub severity: &'static str,
    /// What it says in English.
    pub english: String,
    /// The same in Indonesian.
    pub indonesian: String,
    /// Whether those see it who are not signed in.
    pub is_public: bool,
    /// From when.
    pub starts_at: Time,
    /// Until when.
    pub ends_at: Time,
    /// Whether it was taken back.
    pub is_withdrawn: bool,
}

/// What was typed of a new one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    /// In English.
    pub english: String,
    /// In Indonesian.
    pub indonesian: String,
    /// The word of its severity.
    pub severity: String,
    /// From when.
    pub from: String,
    /// Until when.
    pub until: String,
    /// Whether those see it who are not signed in.
    pub is_public: bool,
    /// Whether it is a notification too.
    pub is_told: bool,
}

/// Why one was not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnnouncementFault {
    /// A text is missing or too long.
    Text,
    /// The times make no sense.
    Time,
}

/// The page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnnouncementsPage {
    /// The newest first.
    pub lines: Vec<AnnouncementLine>,
    /// Whether whoever looks may make and withdraw them.
    pub may_change: bool,
    /// What was typed.
    pub draft: Draft,
    /// What was wrong with it.
    pub fault: Option<AnnouncementFault>,
    /// What has just been done.
    pub deed: Option<Deed>,
    /// Where it goes on.
    pub older: Option<String>,
    /// Now.
    pub now: Time,
}

/// Lists announcements, the latest first, and makes new ones.
pub fn announcements(look: &Look, page: &AnnouncementsPage) -> String {
    let list = if page.lines.is_empty() {
        empty::empty(
            look.say(words::NO_ANNOUNCEMENTS),
            look.say(words::NO_ANNOUNCEMENTS_HINT),
        )
    } else {
        list(look, page)
    };
    let new = page.may_change.then(|| new(look, page));
    let content = view! {
        {deed::done(look, page.deed)}
        <p class="hint lead">{look.say(words::ANNOUNCEMENTS_LEAD)}</p>
        {new}
        {list}
        {next(page.older.clone(), look.say(words::OLDER))}
    };
    let head = Page::new(look.say(words::ANNOUNCEMENTS)).refused(page.fault.is_some());
    frame::page(look, head, "/admin/announcements", content)
}

fn new(look: &Look, page: &AnnouncementsPage) -> AnyView {
    let draft = &page.draft;
    let refused = page.fault.map(|fault| {
        let text = match fault {
            AnnouncementFault::Text => words::BAD_TEXT,
            AnnouncementFault::Time => words::BAD_TIME,
        };
        alert::refused("announcement-refused", look.say(text).to_owned(), true)
    });
    let area = |id: &'static str, label: &'static str, lang: &'static str, value: &str| {
        view! {
            <div class="field">
                <label for=id>{label}</label>
                <textarea
                    id=id
                    name=id
                    lang=lang
                    rows="3"
                    maxlength=LONGEST.to_string()
                    required=true
                >
                    {value.to_owned()}
                </textarea>
            </div>
        }
    };
    let moment = |id: &'static str, label: &'static str, value: &str, is_needed: bool| {
        view! {
            <div class="field">
                <label for=id>{label}</label>
                <input
                    id=id
                    name=id
                    type="datetime-local"
                    value=value.to_owned()
                    required=is_needed
                />
            </div>
        }
    };
    let tick = |name: &'static str, label: &'static str, is_on: bool| {
        view! {
            <label class="tick tick-line">
                <input type="checkbox" name=name value="yes" checked=is_on />
                <span>{label}</span>
            </label>
        }
    };
    let severity = if draft.severity.is_empty() {
        "info"
    } else {
        &draft.severity
    };
    view! {
        <section class="panel announce" aria-labelledby="new-announcement">
            <h2 id="new-announcement">{look.say(words::NEW)}</h2>
            {refused}
            <form class="announce-form" method="post" action="/admin/announcements/new">
                {area("english", look.say(words::ENGLISH), "en", &draft.english)}
                {area("indonesian", look.say(words::INDONESIAN), "id", &draft.indonesian)}
                <div class="filter">
                    {pick(
                        "severity".to_owned(),
                        "severity",
                        look.say(words::SEVERITY),
                        words::severities(look.language),
                        severity,
                    )}
                    {moment("from", look.say(words::FROM), &draft.from, false)}
                    {moment("until", look.say(words::UNTIL), &draft.until, true)}
                </div>
                {tick("public", look.say(words::PUBLIC), draft.is_public)}
                {tick("told", look.say(words::TOLD), draft.is_told)}
                <button type="submit" class="button button-accent">
                    {look.say(words::ANNOUNCE)}
                </button>
            </form>
        </section>
    }
    .into_any()
}

fn list(look: &Look, page: &AnnouncementsPage) -> AnyView {
    let columns = [
        words::TEXT,
        words::SEVERITY,
        words::SHOWN,
        words::STATE,
        words::DEEDS,
    ]
    .map(|name| look.say(name));
    let columns = if page.may_change {
        &columns[..]
    } else {
        &columns[..4]
    };
    let rows = page
        .lines
        .iter()
        .map(|line| row(look, columns, line, page))
        .collect();
    table::table(look.say(words::ANNOUNCEMENTS), columns, rows)
}

fn row(
    look: &Look,
    columns: &[&'static str],
    line: &AnnouncementLine,
    page: &AnnouncementsPage,
) -> AnyView {
    let is_open = !line.is_withdrawn && line.ends_at > page.now;
    let (tone, state) = if line.is_withdrawn {
        ("tag", words::IS_WITHDRAWN)
    } else if line.ends_at <= page.now {
        ("tag", words::IS_OVER)
    } else if line.starts_at > page.now {
        ("tag", words::IS_COMING)
    } else {
        ("tag tag-good", words::IS_SHOWN)
    };
    let whose = if line.is_public {
        words::FOR_ALL
    } else {
        words::FOR_MEMBERS
    };
    let mut cells = vec![
        cell(
            columns[0],
            view! {
                <p class="breakable" lang="en">{line.english.clone()}</p>
                <p class="breakable hint" lang="id">{line.indonesian.clone()}</p>
            },
        ),
        cell(
            columns[1],
            view! { <span>{words::severity(line.severity, look.language).to_owned()}</span> },
        ),
        cell(
            columns[2],
            view! {
                {when::when(line.starts_at)}
                " – "
                {when::when(line.ends_at)}
            },
        ),
        cell(
            columns[3],
            view! {
                <span class=tone>{look.say(state)}</span>
                " "
                <span class="hint">{look.say(whose)}</span>
            },
        ),
    ];
    if let Some(column) = columns.get(4) {
        let form = is_open.then(|| {
            Form::new("/admin/announcements/withdraw")
                .hidden("id", &line.id)
                .send_which(look.say(words::WITHDRAW), line.english.clone(), Tone::Plain)
        });
        cells.push(cell(column, form));
    }
    table::row(cells)
}
