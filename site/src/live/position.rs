//! What is open.

use super::{DashboardPage, PositionLine, part};
use crate::{
    Look,
    part::{
        empty,
        table::{self, cell, text},
    },
    words::{Text, amount, live as words, time},
};
use leptos::prelude::*;
use trading::time::{MINUTE, Time};

pub(super) fn section(look: &Look, page: &DashboardPage) -> AnyView {
    let content = if page.positions.is_empty() {
        empty::empty(
            look.say(words::NO_POSITIONS),
            look.say(words::NO_POSITIONS_HINT),
        )
    } else {
        let now = page.live.now;
        // Nothing is called a profit of now that may be another by now.
        let profit = if page.positions.iter().all(|one| is_fresh(one.at, now)) {
            words::PROFIT_NOW
        } else {
            words::PROFIT
        };
        let columns = [
            words::SYMBOL,
            words::SIDE,
            words::VOLUME,
            words::OPENED,
            words::PRICE,
            profit,
            words::STRATEGY,
            words::ACCOUNT,
            words::DEED,
        ]
        .map(|name| look.say(name));
        let rows = page.positions.iter();
        let rows = rows.map(|one| row(look, one, profit, now)).collect();
        let more = (page.more_positions > 0).then(|| {
            let more = page.more_positions.to_string();
            view! { <p class="hint">{look.with(words::MORE_POSITIONS, &[&more])}</p> }
        });
        view! {
            {table::table(look.say(words::POSITIONS), &columns, rows)}
            {more}
        }
        .into_any()
    };
    let ids = ("positions", "positions-title");
    part::section(look, ids, words::POSITIONS, None, content)
}

fn row(look: &Look, one: &PositionLine, profit: Text, now: Time) -> AnyView {
    let say = |value: f64| amount::plain(value, look.language);
    let close = format!(
        "/commands/confirm?action=close_position&target=account:{}&ticket={}",
        one.account_id, one.ticket
    );
    let which = format!(": {} {}", one.symbol, one.ticket);
    let button = view! {
        <a class="button" href=close>
            {look.say(words::CLOSE)}
            <span class="unseen">{which}</span>
        </a>
    };
    let age = (!is_fresh(one.at, now)).then(|| {
        let said = look.with(
            words::REPORTED_AGO,
            &[&time::ago(one.at, now, look.language)],
        );
        view! { <p class="hint">{said}</p> }
    });
    let value = view! {
        {part::gain(look, one.profit, &one.currency)}
        {age}
    };
    table::row(vec![
        cell(
            look.say(words::SYMBOL),
            view! { <strong>{one.symbol.clone()}</strong> },
        ),
        cell(look.say(words::SIDE), side(look, one.is_buy)),
        part::numeric(look.say(words::VOLUME), say(one.volume)),
        part::numeric(look.say(words::OPENED), say(one.opened_price)),
        part::numeric(look.say(words::PRICE), say(one.price)),
        part::numeric(look.say(profit), value),
        text(
            look.say(words::STRATEGY),
            one.strategy.as_deref().unwrap_or("–"),
        ),
        text(look.say(words::ACCOUNT), &one.account),
        cell(look.say(words::DEED), button),
    ])
}

/// Whether what was reported then may be said to be so now.
pub(super) fn is_fresh(at: Time, now: Time) -> bool {
    now.millis().saturating_sub(at.millis()) <= MINUTE
}

/// The word of a side.
pub(super) fn side(look: &Look, is_buy: bool) -> &'static str {
    look.say(if is_buy { words::BUY } else { words::SELL })
}
