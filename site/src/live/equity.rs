//! What the accounts are worth: a sum for each currency, and the curve of each account.

use super::{AccountLine, DashboardPage, Range, curve, part};
use crate::{
    Look,
    part::{empty, when},
    words::{Text, amount, live as words},
};
use leptos::prelude::*;

const RANGES: [(Range, Text); 3] = [
    (Range::Today, words::TODAY_UTC),
    (Range::Week, words::DAYS_7),
    (Range::Month, words::DAYS_30),
];

pub(super) fn section(look: &Look, page: &DashboardPage) -> AnyView {
    let ranges = RANGES
        .map(|(range, name)| {
            let href = format!("/dashboard?range={}", range.name());
            (href, look.say(name), range == page.range)
        })
        .to_vec();
    let choice = part::choice(look.say(words::RANGE), ranges);
    let content = if page.accounts.is_empty() {
        view! {
            {empty::empty(look.say(words::NO_EQUITY), look.say(words::NO_EQUITY_HINT))}
            <a class="button button-accent" href="/account/devices">{look.say(words::PAIR)}</a>
        }
        .into_any()
    } else {
        let accounts: Vec<_> = page
            .accounts
            .iter()
            .map(|account| line(look, account, page))
            .collect();
        view! {
            <ul class="totals">{totals(look, &page.accounts)}</ul>
            <ul class="worths">{accounts}</ul>
        }
        .into_any()
    };
    let ids = ("equity", "equity-title");
    part::section(look, ids, words::EQUITY, Some(choice), content)
}

/// Different currencies are never added up.
fn totals(look: &Look, accounts: &[AccountLine]) -> Vec<AnyView> {
    let mut sums: Vec<(&str, f64)> = Vec::new();
    for account in accounts {
        let Some(worth) = account.worth else { continue };
        let currency = account.currency.as_str();
        match sums.iter_mut().find(|(code, _)| *code == currency) {
            Some((_, sum)) => *sum += worth.equity,
            None => sums.push((currency, worth.equity)),
        }
    }
    sums.into_iter()
        .map(|(code, sum)| {
            let sum = amount::amount(sum, code, look.language);
            view! { <li class="total">{sum}</li> }.into_any()
        })
        .collect()
}

fn line(look: &Look, account: &AccountLine, page: &DashboardPage) -> AnyView {
    let worth = account.worth.map(|worth| {
        let say = |value: f64| amount::amount(value, &account.currency, look.language);
        view! {
            <p class="worth-now">{say(worth.equity)}</p>
            <p class="hint">
                {look.say(words::BALANCE)} " " {say(worth.balance)}
            </p>
            <p class="hint">
                {look.say(words::REPORTED)} " " {when::when(worth.at)}
            </p>
        }
    });
    view! {
        <li class="worth">
            <div>
                <p class="setting-value">{account.label.clone()}</p>
                {worth}
            </div>
            {curve::curve(look, account, &page.span)}
        </li>
    }
    .into_any()
}
