//! The plan that counts: until when, what then, and what can be done about it.

use super::{BillingPage, Interval, State, part};
use crate::{
    Look,
    part::{
        form::{Form, Tone},
        setting, when,
    },
    words::{Text, billing as words},
};
use leptos::prelude::*;
use trading::time::Time;

pub(super) fn section(look: &Look, page: &BillingPage) -> AnyView {
    let interval = page.interval.map(|interval| {
        let text = match interval {
            Interval::Month => words::BY_MONTH,
            Interval::Year => words::BY_YEAR,
        };
        view! { <span class="hint">" " {look.say(text)}</span> }
    });
    let class = match page.state {
        State::PastDue | State::Unpaid | State::Reversed => "notice notice-bad",
        _ => "plan-state",
    };
    let content = view! {
        <p class="plan-name">
            <strong>{part::name(&page.plan)}</strong>
            {interval}
        </p>
        <p class=class>{sentence(look, page)}</p>
        {through(look, page)}
        {portal(look, page)}
        {resume(look, page)}
        {cancel(look, page)}
    };
    setting::section(look, "now", words::NOW, words::NOW_LEAD, content)
}

/// How it stands.
fn sentence(look: &Look, page: &BillingPage) -> AnyView {
    let (until, open) = match page.state {
        State::Free => return look.say(words::IS_FREE).into_any(),
        State::Trialing if page.is_test => (words::IS_TRIAL_TEST, words::IS_TRIAL_TEST_OPEN),
        State::Trialing if page.can_resume => (words::IS_TRIAL_ENDING, words::IS_TRIAL_ENDING_OPEN),
        State::Trialing => (words::IS_TRIAL, words::IS_TRIAL_OPEN),
        State::Active | State::Renewing | State::Ending if page.is_test => {
            (words::IS_ENDING_TEST, words::IS_ENDING_TEST_OPEN)
        }
        State::Active => (words::IS_ACTIVE, words::IS_ACTIVE_OPEN),
        State::Renewing => (words::IS_RENEWING, words::IS_RENEWING_OPEN),
        State::Ending => (words::IS_ENDING, words::IS_ENDING_OPEN),
        State::PastDue => (words::IS_PAST_DUE, words::IS_PAST_DUE_OPEN),
        // Nobody owes what is not charged: in test mode it is over.
        State::Unpaid if !page.is_test => return look.say(words::IS_UNPAID).into_any(),
        State::Reversed => return look.say(words::IS_REVERSED).into_any(),
        State::Unpaid | State::Ended => return look.say(words::IS_ENDED).into_any(),
    };
    match page.ends {
        Some(ends) => timed(look, until, ends),
        None => look.say(open).into_any(),
    }
}

/// The sentence with the time in the place of its `{}`.
fn timed(look: &Look, text: Text, time: Time) -> AnyView {
    let text = look.say(text);
    let (before, after) = text.split_once("{}").unwrap_or((text, ""));
    view! {
        {before}
        {when::when(time)}
        {after}
    }
    .into_any()
}

/// Who took the money.
fn through(look: &Look, page: &BillingPage) -> Option<AnyView> {
    let name = match page.provider? {
        "stripe" => "Stripe",
        "midtrans" => "Midtrans",
        _ => return None,
    };
    // On trial, nothing was paid so far.
    (page.state != State::Trialing).then(|| {
        let text = look.with(words::PAID_THROUGH, &[name]);
        view! { <p class="hint">{text}</p> }.into_any()
    })
}

fn portal(look: &Look, page: &BillingPage) -> Option<AnyView> {
    let tone = match page.state {
        State::PastDue | State::Unpaid => Tone::Accent,
        _ => Tone::Plain,
    };
    let form = Form::new("/account/billing/portal")
        .hidden("key", &page.key)
        .with(view! { <p class="hint">{look.say(words::PORTAL_HINT)}</p> });
    page.has_portal
        .then(|| form.send(look.say(words::PORTAL_DO), tone))
}

fn resume(look: &Look, page: &BillingPage) -> Option<AnyView> {
    let hint = if page.state == State::Trialing {
        words::RESUME_TRIAL_HINT
    } else {
        words::RESUME_HINT
    };
    let form = Form::new("/account/billing/resume")
        .hidden("key", &page.key)
        .with(view! { <p class="hint">{look.say(hint)}</p> });
    page.can_resume
        .then(|| form.send(look.say(words::RESUME_DO), Tone::Plain))
}

fn cancel(look: &Look, page: &BillingPage) -> Option<AnyView> {
    let what = match page.state {
        _ if page.is_test => words::CANCEL_TEST,
        State::Trialing => words::CANCEL_TRIAL,
        State::PastDue | State::Unpaid => words::CANCEL_PAST_DUE,
        _ => words::CANCEL_WHAT,
    };
    let form = Form::new("/account/billing/cancel")
        .hidden("key", &page.key)
        .with(view! { <p>{look.say(what)}</p> })
        .send(look.say(words::CANCEL_DO), Tone::Danger);
    page.can_cancel
        .then(|| setting::fold(look.say(words::CANCEL_OPEN), false, form))
}
