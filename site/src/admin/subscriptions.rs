//! Who pays for what, and what providers told us of it.

use super::{
    frame,
    pick::{next, pick},
};
use crate::{
    Deed, Look, deed,
    frame::Page,
    part::{
        empty,
        form::{Form, Tone},
        table::{self, cell, text},
        when,
    },
    words::{number, operator as words},
};
use leptos::prelude::*;
use trading::time::Time;

/// Somebody who pays or paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubscriptionLine {
    /// Names the account.
    pub id: String,
    /// Its address.
    pub email: String,
    /// The plan that counts.
    pub plan: String,
    /// The word of the state.
    pub state: String,
    /// Who takes the money.
    pub provider: String,
    /// When the period ends.
    pub ends: Option<Time>,
}

/// What is looked for; empty for any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubscriptionFilter {
    /// The word of a state.
    pub state: String,
    /// The word of a provider.
    pub provider: String,
}

/// Lists who pays for what. `older` is where it goes on.
pub fn subscriptions(
    look: &Look,
    filter: &SubscriptionFilter,
    lines: &[SubscriptionLine],
    older: Option<String>,
) -> String {
    let mut states = vec![("", look.say(words::ANY))];
    states.extend(words::states(look.language));
    let providers = vec![
        ("", look.say(words::ANY)),
        ("stripe", "Stripe"),
        ("midtrans", "Midtrans"),
        ("test", "Test"),
    ];
    let list = if lines.is_empty() {
        empty::empty(
            look.say(words::NO_SUBSCRIPTIONS),
            look.say(words::NO_SUBSCRIPTIONS_HINT),
        )
    } else {
        list(look, lines)
    };
    let content = view! {
        <form class="filter" method="get" action="/admin/subscriptions">
            {pick("state".to_owned(), "state", look.say(words::STATE), states, &filter.state)}
            {pick(
                "provider".to_owned(),
                "provider",
                look.say(words::PROVIDER),
                providers,
                &filter.provider,
            )}
            <button type="submit" class="button">
                {look.say(words::FILTER)}
            </button>
        </form>
        {list}
        {next(older, look.say(words::NEXT))}
    };
    frame::page(
        look,
        Page::new(look.say(words::SUBSCRIPTIONS)),
        "/admin/subscriptions",
        content,
    )
}

fn list(look: &Look, lines: &[SubscriptionLine]) -> AnyView {
    let columns = [
        words::ACCOUNT,
        words::PLAN,
        words::STATE,
        words::PROVIDER,
        words::ENDS,
        words::RECORD,
    ]
    .map(|name| look.say(name));
    let [account, plan, state, provider, ends, record] = columns;
    let rows = lines
        .iter()
        .map(|line| {
            let tone = match line.state.as_str() {
                "active" | "trialing" => "tag tag-good",
                "past_due" | "unpaid" | "reversed" | "unreadable" => "tag tag-bad",
                _ => "tag",
            };
            let said = words::state(&line.state, look.language).to_owned();
            let href = format!("/admin/subscriptions/{}", line.id);
            let when = line.ends.map(when::when);
            table::row(vec![
                text(account, &line.email),
                text(plan, &line.plan),
                cell(state, view! { <span class=tone>{said}</span> }),
                text(provider, &line.provider),
                cell(ends, when),
                cell(
                    record,
                    view! {
                        <a href=href>
                            {look.say(words::OPEN_RECORD)}
                            <span class="unseen">": " {line.email.clone()}</span>
                        </a>
                    },
                ),
            ])
        })
        .collect();
    table::table(look.say(words::SUBSCRIPTIONS), &columns, rows)
}

/// Something that a provider told us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactLine {
    /// When.
    pub at: Time,
    /// The word of its kind.
    pub kind: &'static str,
    /// Of whose object.
    pub reference: String,
    /// Plan, state, spans.
    pub detail: String,
    /// Minor units, decimals and code.
    pub amount: Option<(i64, u32, &'static str)>,
}

/// What providers told us of one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordPage {
    /// How it stands.
    pub line: SubscriptionLine,
    /// The newest first.
    pub facts: Vec<FactLine>,
    /// Whether a provider can be asked by whoever looks.
    pub may_ask: bool,
    /// What has just been done.
    pub deed: Option<Deed>,
}

/// What providers told us of one account, and how it stands.
pub fn record(look: &Look, page: &RecordPage) -> String {
    let ask = page.may_ask.then(|| {
        Form::new("/admin/subscriptions/ask")
            .hidden("id", &page.line.id)
            .send(look.say(words::ASK), Tone::Plain)
    });
    let columns = [
        words::WHEN,
        words::WHAT,
        words::DETAIL,
        words::AMOUNT,
        words::NAME_THERE,
    ]
    .map(|name| look.say(name));
    let facts = if page.facts.is_empty() {
        empty::empty(look.say(words::NO_FACTS), look.say(words::NO_FACTS_HINT))
    } else {
        let rows = page
            .facts
            .iter()
            .map(|fact| {
                let money = fact.amount.map(|(minor, decimals, code)| {
                    number::money(minor, decimals, code, look.language)
                });
                table::row(vec![
                    cell(columns[0], when::when(fact.at)),
                    text(columns[1], words::fact(fact.kind, look.language)),
                    text(columns[2], &fact.detail),
                    text(columns[3], &money.unwrap_or_default()),
                    text(columns[4], &fact.reference),
                ])
            })
            .collect();
        table::table(look.say(words::RECORD), &columns, rows)
    };
    let title = look.with(words::RECORD_OF, &[&page.line.email]);
    let content = view! {
        {deed::done(look, page.deed)}
        {list(look, std::slice::from_ref(&page.line))}
        {ask}
        <p class="hint lead">{look.say(words::RECORD_LEAD)}</p>
        {facts}
    };
    frame::page(look, Page::new(title), "/admin/subscriptions", content)
}
