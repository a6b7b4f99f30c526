//! Commands that were given, and how far they are.

use super::{CommandLine, CommandsPage, Live, State, part};
use crate::{
    Look,
    frame::{Page, document},
    part::{
        empty,
        table::{self, cell, text},
        when,
    },
    words::command as words,
};
use leptos::prelude::*;
use trading::time::Time;

/// The list of commands.
pub fn commands(look: &Look, page: &CommandsPage) -> String {
    let mut filters = vec![(
        "/commands".to_owned(),
        look.say(words::ALL),
        page.state.is_none(),
    )];
    filters.extend(State::ALL.map(|state| {
        let href = format!("/commands?state={}", state.name());
        (
            href,
            look.say(words::state(state)),
            page.state == Some(state),
        )
    }));
    let list = if !page.commands.is_empty() {
        table(look, &page.commands, page.live.now)
    } else if page.state.is_some() {
        empty::empty(look.say(words::NONE_OF), look.say(words::NONE_OF_HINT))
    } else {
        empty::empty(look.say(words::NONE), look.say(words::NONE_HINT))
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
    let lead = Some(words::COMMANDS_LEAD);
    let content = view! {
        <div class="live">
            {part::head(look, words::COMMANDS, lead, &page.live)}
            <div class="live-title">
                {part::choice(look.say(words::FILTER), filters)}
                <a class="button button-accent" href="/commands/new">
                    {look.say(words::GIVE)}
                </a>
            </div>
            <div id="command-list" data-part="">
                {list}
                {older}
            </div>
        </div>
    };
    let head = Page::new(look.say(words::COMMANDS)).live(page.live.script.clone());
    document(look, head, content.into_any())
}

fn table(look: &Look, lines: &[CommandLine], now: Time) -> AnyView {
    let columns = [
        words::WHAT,
        words::WHERE,
        words::STATE,
        words::GIVEN_AT,
        words::EXPIRES_AT,
        words::REMARK,
    ]
    .map(|name| look.say(name));
    let rows = lines
        .iter()
        .map(|one| {
            table::row(vec![
                cell(look.say(words::WHAT), part::command_link(look, one)),
                text(look.say(words::WHERE), &one.target),
                cell(look.say(words::STATE), part::state(look, one.state)),
                cell(
                    look.say(words::GIVEN_AT),
                    part::ago(look, one.created_at, now),
                ),
                cell(look.say(words::EXPIRES_AT), when::when(one.expires_at)),
                text(look.say(words::REMARK), &one.remark),
            ])
        })
        .collect();
    table::table(look.say(words::COMMANDS), &columns, rows)
}

/// One command.
pub fn command(look: &Look, one: &CommandLine, live: &Live) -> String {
    let times = [
        (words::GIVEN_AT, Some(one.created_at)),
        (words::DELIVERED_AT, one.delivered_at),
        (words::FINISHED_AT, one.finished_at),
        (words::EXPIRES_AT, Some(one.expires_at)),
    ]
    .map(|(name, at)| {
        at.map(|at| {
            view! {
                <div>
                    <dt>{look.say(name)}</dt>
                    <dd>{when::when(at)}</dd>
                </div>
            }
        })
    });
    let remark = (!one.remark.is_empty()).then(|| {
        view! {
            <div>
                <dt>{look.say(words::REMARK)}</dt>
                <dd>{one.remark.clone()}</dd>
            </div>
        }
    });
    let title = part::deed(look, &one.deed);
    let content = view! {
        <div class="live live-narrow">
            {part::head(look, words::WHAT, None, live)}
            <section class="panel live-part" id="command" data-part="">
                <div class="live-title">
                    <h2>{title.clone()}</h2>
                    {part::state(look, one.state)}
                </div>
                <p>{look.say(words::means(one.state))}</p>
                <dl class="facts">
                    <div>
                        <dt>{look.say(words::WHERE)}</dt>
                        <dd>{one.target.clone()}</dd>
                    </div>
                    {times.collect_view()}
                    {remark}
                </dl>
            </section>
            <p>
                <a href="/commands">{look.say(words::BACK)}</a>
            </p>
        </div>
    };
    let head = Page::new(title).live(live.script.clone());
    document(look, head, content.into_any())
}
