//! The dashboard: what is going on now.

use super::{Alert, CommandLine, DashboardPage, ExecutorLine, TodayLine, equity, part, position};
use crate::{
    Look,
    frame::{Page, document},
    part::{alert, empty},
    words::{amount, command as commands, live as words, report},
};
use leptos::prelude::*;

/// The dashboard.
pub fn dashboard(look: &Look, page: &DashboardPage) -> String {
    let content = view! {
        <div class="live">
            {part::head(look, words::DASHBOARD, None, &page.live)}
            {alerts(look, &page.alerts)}
            <div class="live-pair live-first">
                {equity::section(look, page)}
                {today(look, page)}
            </div>
            {position::section(look, page)}
            <div class="live-pair">
                {executors(look, page)}
                {recent(look, page)}
            </div>
        </div>
    };
    let head = Page::new(look.say(words::DASHBOARD)).live(page.live.script.clone());
    document(look, head, content.into_any())
}

/// Always there, lest there be nothing to put a new one into.
fn alerts(look: &Look, alerts: &[Alert]) -> AnyView {
    let lines: Vec<_> = alerts
        .iter()
        .map(|alert| {
            let said = match alert {
                Alert::Offline(name, 1) => look.with(words::OFFLINE_ONE, &[name]),
                Alert::Offline(name, open) => {
                    look.with(words::OFFLINE_MANY, &[name, &open.to_string()])
                }
                Alert::Unwatched(account, 1) => look.with(words::UNWATCHED_ONE, &[account]),
                Alert::Unwatched(account, open) => {
                    look.with(words::UNWATCHED_MANY, &[&open.to_string(), account])
                }
                Alert::Unplugged(name) => look.with(words::UNPLUGGED, &[name]),
                Alert::Forbidden(name) => look.with(words::FORBIDDEN, &[name]),
            };
            view! {
                <p class="notice notice-bad">
                    {said} " " <a href="/executors">{look.say(words::EXECUTORS)}</a>
                </p>
            }
        })
        .collect();
    view! {
        <div
            class="live-alerts"
            id="alerts"
            data-part=""
            role="group"
            aria-label=look.say(words::ALERTS)
        >
            {lines}
        </div>
    }
    .into_any()
}

fn today(look: &Look, page: &DashboardPage) -> AnyView {
    let exact = page.live.now.to_string();
    let day = exact.get(..10).unwrap_or_default();
    let lines: Vec<_> = page.today.iter().map(|line| earned(look, line)).collect();
    let content = if lines.is_empty() {
        view! { <p class="hint">{look.say(words::NO_TODAY)}</p> }.into_any()
    } else {
        lines.into_any()
    };
    let content = view! {
        <p class="hint">{look.with(words::TODAY_LEAD, &[day])}</p>
        {page.is_today_cut.then(|| alert::warn(look.say(words::TODAY_CUT).to_owned()))}
        {content}
    };
    let ids = ("today", "today-title");
    part::section(look, ids, words::TODAY, None, content.into_any())
}

fn earned(look: &Look, line: &TodayLine) -> AnyView {
    let rate = line.win_rate.map_or_else(
        || "–".to_owned(),
        |rate| amount::percent(rate, look.language),
    );
    let facts = [
        (words::DEALS, line.deals.to_string()),
        (words::TRADES, line.trades.to_string()),
        (words::WIN_RATE, rate),
    ]
    .map(|(name, value)| {
        view! {
            <div>
                <dt>{look.say(name)}</dt>
                <dd>{value}</dd>
            </div>
        }
    });
    view! {
        <dl class="facts today">
            <div class="today-net">
                <dt>{look.say(report::NET)}</dt>
                <dd>{part::gain(look, line.net, &line.currency)}</dd>
            </div>
            {facts.collect_view()}
        </dl>
    }
    .into_any()
}

fn executors(look: &Look, page: &DashboardPage) -> AnyView {
    let line = |one: &ExecutorLine| {
        view! {
            <li class="session">
                <div class="session-what">
                    <p class="setting-value">{one.name.clone()}</p>
                    <p class="hint">
                        {look.with(words::VERSION, &[&one.version])} " · " {look.say(words::SEEN)}
                        " " {part::ago(look, one.seen_at, page.live.now)}
                    </p>
                </div>
                {part::presence(look, one)}
            </li>
        }
    };
    let content = if page.executors.is_empty() {
        view! {
            {empty::empty(look.say(words::NO_EXECUTORS), look.say(words::NO_EXECUTORS_HINT))}
            <a class="button" href="/account/devices">{look.say(words::PAIR)}</a>
        }
        .into_any()
    } else {
        let lines: Vec<_> = page.executors.iter().map(line).collect();
        view! { <ul class="sessions">{lines}</ul> }.into_any()
    };
    let all = all(look, "/executors", look.say(words::EXECUTORS));
    let ids = ("executors", "executors-title");
    part::section(look, ids, words::EXECUTORS, Some(all), content)
}

fn recent(look: &Look, page: &DashboardPage) -> AnyView {
    let line = |one: &CommandLine| {
        view! {
            <li class="session">
                <div class="session-what">
                    <p>{part::command_link(look, one)}</p>
                    <p class="hint">
                        {one.target.clone()} " · "
                        {part::ago(look, one.created_at, page.live.now)}
                    </p>
                </div>
                {part::state(look, one.state)}
            </li>
        }
    };
    let content = if page.commands.is_empty() {
        empty::empty(look.say(commands::NONE), look.say(commands::NONE_HINT))
    } else {
        let lines: Vec<_> = page.commands.iter().map(line).collect();
        view! { <ul class="sessions">{lines}</ul> }.into_any()
    };
    let all = all(look, "/commands", look.say(commands::RECENT));
    let ids = ("commands", "commands-title");
    part::section(look, ids, commands::RECENT, Some(all), content)
}

fn all(look: &Look, href: &'static str, which: &'static str) -> AnyView {
    view! {
        <a class="live-all" href=href>
            {look.say(words::ALL)}
            <span class="unseen">": " {which}</span>
        </a>
    }
    .into_any()
}
