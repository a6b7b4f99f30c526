//! What is sold, and how many have it.

use super::frame;
use crate::{
    Look,
    frame::Page,
    part::table::{self, cell},
    words::{number, operator as words, quota},
};
use leptos::prelude::*;

/// A plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanLine {
    /// Its name.
    pub id: String,
    /// Whether it is on sale.
    pub is_sold: bool,
    /// Whether it costs nothing.
    pub is_free: bool,
    /// Minor units, decimals, code and `month` or `year`.
    pub prices: Vec<(i64, u32, &'static str, &'static str)>,
    /// Names of quotas and what is allowed; nothing is no limit.
    pub allows: Vec<(&'static str, Option<u64>)>,
    /// Accounts by the word of their state.
    pub states: Vec<(String, u64)>,
}

/// What is sold, and how many have it. `cut` is how many accounts were counted where not all were,
/// `unreadable` how many of them have a damaged record.
pub fn plans(look: &Look, lines: &[PlanLine], cut: Option<u64>, unreadable: u64) -> String {
    let columns = [words::PLAN, words::PRICES, words::ALLOWS, words::HAVE].map(|n| look.say(n));
    let rows = lines.iter().map(|line| row(look, columns, line)).collect();
    let cut = cut.map(|count| {
        let text = look.with(words::COUNT_CUT, &[&number::whole(count, look.language)]);
        view! { <p class="notice">{text}</p> }
    });
    let unreadable = (unreadable > 0).then(|| {
        let text = look.with(
            words::COUNT_UNREADABLE,
            &[&number::whole(unreadable, look.language)],
        );
        view! { <p class="notice">{text}</p> }
    });
    let content = view! {
        <p class="hint lead">{look.say(words::PLANS_LEAD)}</p>
        {cut}
        {unreadable}
        {table::table(look.say(words::PLANS), &columns, rows)}
    };
    frame::page(
        look,
        Page::new(look.say(words::PLANS)),
        "/admin/plans",
        content,
    )
}

fn row(look: &Look, columns: [&'static str; 4], line: &PlanLine) -> AnyView {
    let prices = if line.is_free {
        vec![look.say(words::FREE).to_owned()]
    } else {
        line.prices
            .iter()
            .map(|(minor, decimals, code, every)| {
                let money = number::money(*minor, *decimals, code, look.language);
                format!("{money} / {}", words::interval(every, look.language))
            })
            .collect()
    };
    let allows = line
        .allows
        .iter()
        .map(|(name, most)| {
            let words_ = quota::by_name(name).map_or(*name, |text| look.say(text));
            let most = most.map_or_else(
                || look.say(words::UNLIMITED).to_owned(),
                |most| number::whole(most, look.language),
            );
            format!("{words_}: {most}")
        })
        .collect();
    let states: Vec<String> = line
        .states
        .iter()
        .map(|(state, count)| {
            let count = number::whole(*count, look.language);
            format!("{}: {count}", words::state(state, look.language))
        })
        .collect();
    let states = if states.is_empty() {
        vec!["0".to_owned()]
    } else {
        states
    };
    let sold = (!line.is_sold).then(|| {
        view! { <span class="tag">{look.say(words::NOT_SOLD)}</span> }
    });
    let [plan, price, allow, have] = columns;
    table::row(vec![
        cell(
            plan,
            view! {
                <strong>{line.id.clone()}</strong>
                " "
                {sold}
            },
        ),
        cell(price, lines(prices)),
        cell(allow, lines(allows)),
        cell(have, lines(states)),
    ])
}

/// One below the other.
fn lines(all: Vec<String>) -> AnyView {
    let all: Vec<_> = all
        .into_iter()
        .map(|one| view! { <li>{one}</li> })
        .collect();
    view! { <ul class="lines">{all}</ul> }.into_any()
}
