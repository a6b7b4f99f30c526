//! Executors and the accounts at brokers that they report.

use super::{AccountLine, ExecutorLine, ExecutorsPage, download::downloads, part};
use crate::{
    Look,
    frame::{Page, document},
    part::{
        alert, empty,
        table::{self, cell, text},
    },
    words::{amount, command, download, live as words, retire},
};
use leptos::prelude::*;
use trading::time::Time;

/// The list of executors and accounts.
pub fn executors(look: &Look, page: &ExecutorsPage) -> String {
    let now = page.live.now;
    let list = if page.executors.is_empty() {
        empty::empty(
            look.say(words::NO_EXECUTORS),
            look.say(words::NO_EXECUTORS_HINT),
        )
    } else {
        let lines: Vec<_> = page
            .executors
            .iter()
            .map(|one| executor(look, one, now))
            .collect();
        view! { <ul class="sessions">{lines}</ul> }.into_any()
    };
    let pair = view! {
        <a class="button" href="/account/devices">
            {look.say(words::PAIR)}
        </a>
    };
    let pair = Some(pair.into_any());
    let lead = Some(words::EXECUTORS_LEAD);
    let is_any = !page.accounts.is_empty() || !page.retired.is_empty();
    let accounts = is_any.then(|| {
        let ids = ("accounts", "accounts-title");
        let table = (!page.accounts.is_empty()).then(|| accounts(look, &page.accounts, now));
        let retired = (!page.retired.is_empty()).then(|| {
            let said = look.with(retire::RETIRED, &[&page.retired.join(", ")]);
            view! { <p class="hint breakable">{said}</p> }
        });
        let content = view! {
            {table}
            {retired}
        };
        part::section(look, ids, words::ACCOUNTS, None, content.into_any())
    });
    let ids = ("executors", "executors-title");
    let content = view! {
        <div class="live">
            {part::head(look, words::EXECUTORS_TITLE, lead, &page.live)}
            {alert::done(look, page.notice)}
            {part::section(look, ids, words::EXECUTORS, pair, list)}
            <div id="account-list" data-part="">
                {accounts}
            </div>
            {downloads(look, &page.downloads)}
        </div>
    };
    let head = Page::new(look.say(words::EXECUTORS_TITLE)).live(page.live.script.clone());
    document(look, head, content.into_any())
}

fn executor(look: &Look, one: &ExecutorLine, now: Time) -> AnyView {
    let yes_or_no = [
        (one.is_running, words::RUNNING, words::STOPPED),
        (one.is_connected, words::CONNECTED, words::NOT_CONNECTED),
        (one.may_trade, words::MAY_TRADE, words::MAY_NOT_TRADE),
    ]
    .map(|(is_good, good, bad)| {
        let (class, words) = if is_good {
            ("health", good)
        } else {
            ("health health-bad", bad)
        };
        view! { <li class=class>{look.say(words)}</li> }
    });
    let waiting = (one.waiting > 0).then(|| {
        let said = look.with(words::WAITING, &[&one.waiting.to_string()]);
        view! { <li class="health">{said}</li> }
    });
    let remark = (!one.remark.is_empty())
        .then(|| view! { <li class="health breakable">{one.remark.clone()}</li> });
    let accounts = if one.accounts.is_empty() {
        look.say(words::NO_ACCOUNTS).to_owned()
    } else {
        one.accounts.join(", ")
    };
    let version = if one.is_old {
        download::OLD
    } else {
        words::VERSION
    };
    view! {
        <li class="executor">
            <div class="executor-name">
                <h3>{one.name.clone()}</h3>
                {part::presence(look, one)}
            </div>
            <dl class="facts">
                <div>
                    <dt>{look.say(words::SEEN)}</dt>
                    <dd>
                        {part::ago(look, one.seen_at, now)} " · "
                        {look.with(version, &[&one.version])}
                    </dd>
                </div>
                <div>
                    <dt>{look.say(words::HEALTH)}</dt>
                    <dd>
                        <ul>{yes_or_no.collect_view()} {waiting} {remark}</ul>
                    </dd>
                </div>
                <div>
                    <dt>{look.say(words::ACCOUNTS)}</dt>
                    <dd>{accounts}</dd>
                </div>
                <div>
                    <dt>{look.say(words::KEY)}</dt>
                    <dd>
                        <a href="/account/devices#keys">{look.say(words::KEY_DO)}</a>
                    </dd>
                </div>
            </dl>
            {deeds(look, one)}
        </li>
    }
    .into_any()
}

fn deeds(look: &Look, one: &ExecutorLine) -> AnyView {
    let links = [
        ("confirm", "stop_bot", command::STOP_BOT),
        ("new", "pause_strategy", command::PAUSE_ONE),
        ("new", "resume_strategy", command::RESUME_ONE),
        ("confirm", "stop_and_close", command::STOP_AND_CLOSE),
        ("confirm", "close_mine", command::CLOSE_MINE),
        ("confirm", "close_everything", command::CLOSE_EVERYTHING),
    ]
    .map(|(page, action, name)| {
        let href = format!(
            "/commands/{page}?action={action}&target=executor:{}",
            one.id
        );
        let class = if action.contains("close") {
            "button button-edge-danger"
        } else {
            "button"
        };
        view! {
            <a class=class href=href>
                {look.say(name)}
                <span class="unseen">": " {one.name.clone()}</span>
            </a>
        }
    });
    view! { <div class="executor-deeds">{links.collect_view()}</div> }.into_any()
}

fn accounts(look: &Look, accounts: &[AccountLine], now: Time) -> AnyView {
    let columns = [
        words::ACCOUNT,
        words::CURRENCY,
        words::EQUITY,
        words::BALANCE,
        words::REPORTED_BY,
        words::REPORTED,
        retire::DEED,
    ]
    .map(|name| look.say(name));
    let rows = accounts
        .iter()
        .map(|one| {
            let say = |value: Option<f64>| {
                value.map_or_else(
                    || "–".to_owned(),
                    |value| amount::amount(value, &one.currency, look.language),
                )
            };
            let nobody = look.say(words::NOBODY);
            let link = view! {
                <a class="button" href=format!("/executors/retire?id={}", one.id)>
                    {look.say(retire::RETIRE)}
                    <span class="unseen">": " {one.label.clone()}</span>
                </a>
            };
            table::row(vec![
                text(look.say(words::ACCOUNT), &one.label),
                text(look.say(words::CURRENCY), &one.currency),
                part::numeric(
                    look.say(words::EQUITY),
                    say(one.worth.map(|worth| worth.equity)),
                ),
                part::numeric(
                    look.say(words::BALANCE),
                    say(one.worth.map(|worth| worth.balance)),
                ),
                text(
                    look.say(words::REPORTED_BY),
                    one.executor.as_deref().unwrap_or(nobody),
                ),
                cell(look.say(words::REPORTED), part::ago(look, one.seen_at, now)),
                cell(look.say(retire::DEED), link),
            ])
        })
        .collect();
    table::table(look.say(words::ACCOUNTS), &columns, rows)
}
