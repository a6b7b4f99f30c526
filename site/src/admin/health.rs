//! How the service is.

use super::frame;
use crate::{
    Look,
    frame::Page,
    part::when,
    words::{Text, number, operator as words, time},
};
use leptos::prelude::*;
use trading::time::Time;

/// How the way to somebody's server is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// It is not set up.
    Absent,
    /// It is set up, and nothing more is known.
    There,
    /// It answers.
    Closed,
    /// It does not answer, and is left alone for a while.
    Open,
    /// It is being tried again.
    HalfOpen,
}

/// Something that runs from time to time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunLine {
    /// The word for it.
    pub name: String,
    /// When last.
    pub ran_at: Time,
    /// Why it failed; empty when it did not.
    pub failure: String,
}

/// How the service is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HealthPage {
    /// The program's version.
    pub version: &'static str,
    /// Since when this process runs.
    pub started_at: Time,
    /// Free bytes where the data is, of all.
    pub disk: Option<(u64, u64)>,
    /// `SQLite` or `PostgreSQL`.
    pub engine: &'static str,
    /// How long the database took for a small question and leave to write, in microseconds.
    pub latency: u64,
    /// How many bytes its rows take.
    pub bytes: u64,
    /// The last change of its tables.
    pub migration: u64,
    /// How many accounts there are.
    pub accounts: u64,
    /// Mails that wait, those that were given up, and since when the oldest is due.
    pub mails: (u64, u64, Option<Time>),
    /// Notifications that wait, and those that were given up.
    pub deliveries: (u64, u64),
    /// Names of services outside, and how the ways there are.
    pub ways: Vec<(&'static str, Way)>,
    /// How many webhooks are left alone.
    pub resting: u64,
    /// What runs from time to time.
    pub runs: Vec<RunLine>,
    /// Now.
    pub now: Time,
}

/// How the service is.
pub fn health(look: &Look, page: &HealthPage) -> String {
    let content = view! {
        <div class="health">
            {server(look, page)}
            {database(look, page)}
            {queues(look, page)}
            {outside(look, page)}
            {runs(look, page)}
        </div>
    };
    frame::page(
        look,
        Page::new(look.say(words::HEALTH)),
        "/admin/health",
        content,
    )
}

fn section(look: &Look, id: &'static str, name: Text, rows: Vec<(String, AnyView)>) -> AnyView {
    let rows: Vec<_> = rows
        .into_iter()
        .map(|(name, value)| {
            view! {
                <div>
                    <dt>{name}</dt>
                    <dd>{value}</dd>
                </div>
            }
        })
        .collect();
    view! {
        <section aria-labelledby=id>
            <h2 id=id>{look.say(name)}</h2>
            <dl class="facts">{rows}</dl>
        </section>
    }
    .into_any()
}

fn count(look: &Look, count: u64) -> AnyView {
    number::whole(count, look.language).into_any()
}

fn bytes(look: &Look, bytes: u64) -> String {
    let (unit, size) = if bytes >= 1 << 30 {
        ("GiB", 1_u64 << 30)
    } else {
        ("MiB", 1 << 20)
    };
    let tenths = bytes.saturating_mul(10) / size;
    let whole = number::whole(tenths / 10, look.language);
    let point = match look.language {
        trading::language::Language::En => '.',
        trading::language::Language::Id => ',',
    };
    format!("{whole}{point}{} {unit}", tenths % 10)
}

fn server(look: &Look, page: &HealthPage) -> AnyView {
    let disk = match page.disk {
        Some((free, all)) => format!("{} / {}", bytes(look, free), bytes(look, all)),
        None => look.say(words::NOT_KNOWN).to_owned(),
    };
    let since = when::when_ago(page.started_at, page.now, look.language);
    let named = |text: Text| look.say(text).to_owned();
    section(
        look,
        "server",
        words::SERVER,
        vec![
            (named(words::RUNNING_VERSION), page.version.into_any()),
            (named(words::RUNNING_SINCE), since),
            (named(words::FREE_DISK), disk.into_any()),
        ],
    )
}

fn database(look: &Look, page: &HealthPage) -> AnyView {
    let named = |text: Text| look.say(text).to_owned();
    let latency = format!("{} µs", number::whole(page.latency, look.language));
    section(
        look,
        "database",
        words::DATABASE,
        vec![
            (named(words::ENGINE), page.engine.into_any()),
            (named(words::LATENCY), latency.into_any()),
            (named(words::SIZE), bytes(look, page.bytes).into_any()),
            (
                named(words::MIGRATION),
                page.migration.to_string().into_any(),
            ),
            (named(words::ACCOUNTS), count(look, page.accounts)),
        ],
    )
}

fn queues(look: &Look, page: &HealthPage) -> AnyView {
    let named = |text: Text| look.say(text).to_owned();
    let (waiting, failed, due) = page.mails;
    let mut rows = vec![
        (named(words::MAILS_WAITING), count(look, waiting)),
        (named(words::MAILS_FAILED), count(look, failed)),
    ];
    if let Some(due) = due {
        let ago = time::ago(due, page.now, look.language);
        rows.push((named(words::OLDEST_DUE), ago.into_any()));
    }
    rows.push((named(words::TOLD_WAITING), count(look, page.deliveries.0)));
    rows.push((named(words::TOLD_FAILED), count(look, page.deliveries.1)));
    section(look, "queues", words::QUEUES, rows)
}

fn outside(look: &Look, page: &HealthPage) -> AnyView {
    let mut rows: Vec<(String, AnyView)> = page
        .ways
        .iter()
        .map(|(name, way)| {
            let (tone, text) = match way {
                Way::Absent => ("tag", words::NOT_SET_UP),
                Way::There => ("tag tag-good", words::SET_UP),
                Way::Closed => ("tag tag-good", words::CLOSED),
                Way::Open => ("tag tag-bad", words::TRIPPED),
                Way::HalfOpen => ("tag", words::TRYING),
            };
            let name = match *name {
                "mail" => look.say(words::MAIL_SERVER),
                name => name,
            };
            let state = view! { <span class=tone>{look.say(text)}</span> }.into_any();
            (name.to_owned(), state)
        })
        .collect();
    let resting = look.say(words::RESTING).to_owned();
    rows.push((resting, count(look, page.resting)));
    section(look, "outside", words::OUTSIDE, rows)
}

fn runs(look: &Look, page: &HealthPage) -> AnyView {
    if page.runs.is_empty() {
        let none = look.say(words::NEVER_RAN).into_any();
        return section(
            look,
            "periodic",
            words::PERIODIC,
            vec![(look.say(words::PERIODIC).to_owned(), none)],
        );
    }
    let rows = page
        .runs
        .iter()
        .map(|run| {
            let (tone, said) = if run.failure.is_empty() {
                ("tag tag-good", look.say(words::WENT_WELL).to_owned())
            } else {
                ("tag tag-bad", look.with(words::WENT_WRONG, &[&run.failure]))
            };
            let value = view! {
                {time::ago(run.ran_at, page.now, look.language)}
                " "
                <span class=tone>{said}</span>
            };
            let name = words::run(&run.name, look.language).to_owned();
            (name, value.into_any())
        })
        .collect();
    section(look, "periodic", words::PERIODIC, rows)
}
