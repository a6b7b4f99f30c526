//! The page of one's own plan.

use super::{BillingFault, BillingPage, offer, part, standing, usage};
use crate::{
    Look,
    frame::{Page, document},
    part::alert,
    words::{billing as words, fault},
};
use leptos::prelude::*;

/// What somebody has, what they use of it, and what can be bought.
pub fn billing(look: &Look, page: &BillingPage) -> String {
    let refused = page
        .fault
        .as_ref()
        .map(|fault| alert::refused("billing-refused", say(look, fault), true));
    let content = view! {
        <div class="settings">
            <header class="settings-head">
                <h1>{look.say(words::PLAN)}</h1>
                <p class="hint">{look.say(words::PLAN_LEAD)}</p>
            </header>
            {part::test_mark(look, page.is_test)}
            {refused}
            {alert::done(look, page.notice)}
            {page.waits.then(|| waits(look))}
            {standing::section(look, page)}
            {usage::section(look, page)}
            {offer::offers(look, page)}
        </div>
    };
    let head = Page::new(look.say(words::PLAN)).refused(page.fault.is_some());
    document(look, head, content.into_any())
}

/// They come from paying, and nothing was heard of it.
fn waits(look: &Look) -> AnyView {
    view! {
        <p class="notice" role="status">
            {look.say(words::WAITS)} " " <a href=look.path.clone()>{look.say(words::RELOAD)}</a>
        </p>
    }
    .into_any()
}

fn say(look: &Look, refused: &BillingFault) -> String {
    match refused {
        BillingFault::NotSold => look.say(words::NOT_SOLD).to_owned(),
        BillingFault::Currency => look.say(words::OTHER_CURRENCY).to_owned(),
        BillingFault::Busy => look.say(words::BUSY).to_owned(),
        BillingFault::Open => look.say(words::OPEN).to_owned(),
        BillingFault::Often => look.say(words::OFTEN).to_owned(),
        BillingFault::Paid => look.say(words::PAID).to_owned(),
        BillingFault::Provider { reference } => {
            fault::with_reference(words::PROVIDER, reference, look.language)
        }
        BillingFault::Away { reference } => {
            fault::with_reference(words::AWAY, reference, look.language)
        }
    }
}
