//! What is open.

use super::{DashboardPage, PositionLine, part};
use crate::{
    Look,
    part::{
        empty,
        table::{self, cell, text},
    },
    words::{amount, live as words},
};
use leptos::prelude::*;

pub(super) fn section(look: &Look, page: &DashboardPage) -> AnyView {
    let content = if page.positions.is_empty() {
        empty::empty(
            look.say(words::NO_POSITIONS),
            look.say(words::NO_POSITIONS_HINT),
        )
    } else {
        let columns = [
            words::SYMBOL,
            words::SIDE,
            words::VOLUME,
            words::OPENED,
            words::PRICE,
            words::PROFIT,
            words::STRATEGY,
            words::ACCOUNT,
            words::DEED,
        ]
        .map(|name| look.say(name));
        let rows = page.positions.iter().map(|one| row(look, one)).collect();
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

fn row(look: &Look, one: &PositionLine) -> AnyView {
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
    table::row(vec![
        cell(
            look.say(words::SYMBOL),
            view! { <strong>{one.symbol.clone()}</strong> },
        ),
        cell(look.say(words::SIDE), side(look, one.is_buy)),
        part::numeric(look.say(words::VOLUME), say(one.volume)),
        part::numeric(look.say(words::OPENED), say(one.opened_price)),
        part::numeric(look.say(words::PRICE), say(one.price)),
        part::numeric(
            look.say(words::PROFIT),
            part::gain(look, one.profit, &one.currency),
        ),
        text(
            look.say(words::STRATEGY),
            one.strategy.as_deref().unwrap_or("–"),
        ),
        text(look.say(words::ACCOUNT), &one.account),
        cell(look.say(words::DEED), button),
    ])
}

/// The word of a side.
pub(super) fn side(look: &Look, is_buy: bool) -> &'static str {
    look.say(if is_buy { words::BUY } else { words::SELL })
}
