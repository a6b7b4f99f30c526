//! Executors and commands of everybody.

use super::{frame, pick::next};
use crate::{
    Look,
    frame::Page,
    part::{
        empty,
        table::{self, cell, text},
        when,
    },
    words::{command as command_words, number, operator as words},
};
use leptos::prelude::*;
use trading::time::Time;

/// An executor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExecutorLine {
    /// Its owner's address.
    pub email: String,
    /// What it calls itself.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Whether it trades.
    pub is_running: bool,
    /// Whether it reaches its broker.
    pub is_connected: bool,
    /// Whether the terminal lets it trade.
    pub may_trade: bool,
    /// How many reports wait.
    pub waiting: u32,
    /// When it was last heard of.
    pub seen_at: Time,
}

/// Lists the executors that were heard of in the last day. `versions` says how many there are of
/// each, of which `online` were heard of just now.
pub fn executors(
    look: &Look,
    lines: &[ExecutorLine],
    versions: &[(String, u64)],
    online: u64,
    older: Option<String>,
    now: Time,
) -> String {
    let spread: Vec<_> = versions
        .iter()
        .map(|(version, count)| {
            let count = number::whole(*count, look.language);
            view! {
                <div>
                    <dt class="breakable">{version.clone()}</dt>
                    <dd>{count}</dd>
                </div>
            }
        })
        .collect();
    let spread = (!versions.is_empty()).then(|| {
        view! {
            <section aria-labelledby="versions">
                <h2 id="versions">{look.say(words::VERSIONS)}</h2>
                <dl class="facts">{spread}</dl>
            </section>
        }
    });
    let list = if lines.is_empty() {
        empty::empty(
            look.say(words::NO_EXECUTORS),
            look.say(words::NO_EXECUTORS_HINT),
        )
    } else {
        list(look, lines, now)
    };
    let online = look.with(words::ONLINE, &[&number::whole(online, look.language)]);
    let content = view! {
        <p class="hint lead">{online}</p>
        {spread}
        {list}
        {next(older, look.say(words::OLDER))}
    };
    frame::page(
        look,
        Page::new(look.say(words::EXECUTORS)),
        "/admin/executors",
        content,
    )
}

fn list(look: &Look, lines: &[ExecutorLine], now: Time) -> AnyView {
    let columns = [
        words::EXECUTOR,
        words::ACCOUNT,
        words::VERSION,
        words::FEELS,
        words::SEEN,
    ]
    .map(|name| look.say(name));
    let [executor, account, version, feels, seen] = columns;
    let rows = lines
        .iter()
        .map(|line| {
            let (tone, state) = if line.is_running {
                ("tag tag-good", words::TRADING)
            } else {
                ("tag", words::NOT_TRADING)
            };
            let mut more = Vec::new();
            if !line.is_connected {
                more.push(look.say(words::NO_BROKER).to_owned());
            }
            if !line.may_trade {
                more.push(look.say(words::MAY_NOT).to_owned());
            }
            if line.waiting > 0 {
                more.push(look.with(words::WAITING, &[&line.waiting.to_string()]));
            }
            let more = more.join(", ");
            table::row(vec![
                text(executor, &line.name),
                text(account, &line.email),
                text(version, &line.version),
                cell(
                    feels,
                    view! {
                        <span class=tone>{look.say(state)}</span>
                        " "
                        <span class="hint">{more}</span>
                    },
                ),
                cell(seen, when::when_ago(line.seen_at, now, look.language)),
            ])
        })
        .collect();
    table::table(look.say(words::EXECUTORS), &columns, rows)
}

/// A command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandLine {
    /// Its owner's address.
    pub email: String,
    /// The word of what is to be done.
    pub action: String,
    /// The word of how far it is.
    pub state: String,
    /// What its executor said.
    pub remark: String,
    /// When it was given.
    pub created_at: Time,
}

/// Lists commands, the latest first. `which` is `all`, `open` or `failed`.
pub fn commands(
    look: &Look,
    which: &str,
    lines: &[CommandLine],
    older: Option<String>,
    now: Time,
) -> String {
    let ways: Vec<_> = [
        ("all", words::ALL),
        ("open", words::OPEN),
        ("failed", words::CAME_TO_NOTHING),
    ]
    .into_iter()
    .map(|(name, words)| {
        let current = (name == which).then_some("true");
        let href = format!("/admin/commands?which={name}");
        view! {
            <a class="button" href=href aria-current=current>
                {look.say(words)}
            </a>
        }
    })
    .collect();
    let list = if lines.is_empty() {
        empty::empty(
            look.say(words::NO_COMMANDS),
            look.say(words::NO_COMMANDS_HINT),
        )
    } else {
        command_list(look, lines, now)
    };
    let content = view! {
        <div class="told-deeds">{ways}</div>
        {list}
        {next(older, look.say(words::OLDER))}
    };
    frame::page(
        look,
        Page::new(look.say(words::COMMANDS)),
        "/admin/commands",
        content,
    )
}

fn command_list(look: &Look, lines: &[CommandLine], now: Time) -> AnyView {
    let columns = [
        words::GIVEN,
        words::ACCOUNT,
        words::COMMAND,
        words::STATE,
        words::DETAIL,
    ]
    .map(|name| look.say(name));
    let [given, account, command, state, detail] = columns;
    let rows = lines
        .iter()
        .map(|line| {
            let tone = match line.state.as_str() {
                "executed" => "tag tag-good",
                "failed" | "expired" => "tag tag-bad",
                _ => "tag",
            };
            let said = command_words::state_named(&line.state, look.language).to_owned();
            table::row(vec![
                cell(given, when::when_ago(line.created_at, now, look.language)),
                text(account, &line.email),
                text(command, command_words::kind(&line.action, look.language)),
                cell(state, view! { <span class=tone>{said}</span> }),
                text(detail, &line.remark),
            ])
        })
        .collect();
    table::table(look.say(words::COMMANDS), &columns, rows)
}
