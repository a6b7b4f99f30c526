//! What Phoenix is, what it costs, and what is charged when.

use super::{PlanCard, PricingPage, part};
use crate::{
    Look,
    frame::{Page, document},
    part::entry,
    words::{Text, billing as words, frame},
};
use leptos::prelude::*;

/// What one does with Phoenix, in order.
const STEPS: [(Text, Text); 4] = [
    (words::DESIGN, words::DESIGN_HOW),
    (words::SEE, words::SEE_HOW),
    (words::CHECK, words::CHECK_HOW),
    (words::TRADE, words::TRADE_HOW),
];

/// What Phoenix is and what it costs, for everybody.
pub fn pricing(look: &Look, page: &PricingPage) -> String {
    let cards: Vec<AnyView> = page
        .plans
        .iter()
        .enumerate()
        .map(|(place, plan)| card(look, page, place, plan))
        .collect();
    let content = view! {
        <div class="offer">
            {part::test_mark(look, page.is_test)}
            {opening(look)}
            <section class="offer-plans" aria-labelledby="plans">
                <div class="plans-head">
                    <h2 id="plans">{look.say(words::PLANS)}</h2>
                    {part::currencies(look, "/pricing", &page.plans, page.currency)}
                </div>
                <div class="plans">{cards}</div>
            </section>
            {paying(look, page.is_test)}
            <section class="offer-text" aria-labelledby="risk">
                <h2 id="risk">{look.say(words::RISK_NAME)}</h2>
                <p class="notice">{look.say(words::RISK)}</p>
            </section>
        </div>
    };
    let head = Page::new(look.say(words::PRICING));
    document(look, head, content.into_any())
}

fn opening(look: &Look) -> AnyView {
    let steps = STEPS.map(|(name, how)| {
        view! {
            <li>
                <h3>{look.say(name)}</h3>
                <p>{look.say(how)}</p>
            </li>
        }
    });
    let register = look.who.is_none().then(|| {
        view! {
            <a class="button" href="/register">
                {look.say(frame::REGISTER)}
            </a>
        }
    });
    view! {
        <section class="offer-opening" aria-labelledby="headline">
            <h1 id="headline">{look.say(words::HEADLINE)}</h1>
            <p class="offer-lead">{look.say(words::LEAD)}</p>
            <p class="offer-ways">
                {entry::next("/".to_owned(), look.say(words::OPEN_LAB))} {register}
            </p>
            <h2 class="unseen">{look.say(words::STEPS)}</h2>
            <ol class="steps">{steps.collect_view()}</ol>
        </section>
    }
    .into_any()
}

fn card(look: &Look, page: &PricingPage, place: usize, plan: &PlanCard) -> AnyView {
    let id = format!("plan-{place}");
    let name = part::name(&plan.id);
    view! {
        <section class="panel plan" aria-labelledby=id.clone()>
            <h3 id=id.clone()>{name.clone()}</h3>
            <div class="plan-prices">{prices(look, page, plan)}</div>
            {part::allows(look, &plan.allows)}
            {way(look, page, plan, name)}
        </section>
    }
    .into_any()
}

fn prices(look: &Look, page: &PricingPage, plan: &PlanCard) -> AnyView {
    if plan.prices.is_empty() {
        return view! {
            <p class="price">
                <strong>{look.say(words::FREE)}</strong>
            </p>
            <p class="hint">{look.say(words::FREE_FOR)}</p>
        }
        .into_any();
    }
    let prices = part::prices(plan, page.currency);
    if prices.is_empty() {
        let text = look.with(words::NOT_IN_CURRENCY, &[page.currency]);
        return view! { <p class="hint">{text}</p> }.into_any();
    }
    let prices: Vec<AnyView> = prices
        .into_iter()
        .map(|price| part::price(look, price))
        .collect();
    let trial = page.has_trial(plan).then(|| {
        let text = look.with(words::TRIAL, &[&plan.trial_days.to_string()]);
        view! { <p class="hint">{text}</p> }
    });
    view! {
        {prices}
        {trial}
    }
    .into_any()
}

impl PricingPage {
    /// Whether somebody's first plan may begin with a trial. One-off payments, which are those in
    /// rupiah, have none.
    fn has_trial(&self, plan: &PlanCard) -> bool {
        plan.trial_days > 0 && (self.is_test || self.currency != part::ONCE)
    }
}

/// The next step towards a plan.
fn way(look: &Look, page: &PricingPage, plan: &PlanCard, name: String) -> AnyView {
    let (href, words) = if plan.prices.is_empty() {
        ("/".to_owned(), words::OPEN_LAB)
    } else if look.who.is_some() {
        let href = format!("/account/billing?currency={}", page.currency);
        (href, words::CHOOSE)
    } else {
        ("/register".to_owned(), frame::REGISTER)
    };
    let which = look.with(words::WHICH_PLAN, &[&name]);
    view! {
        <a class="button" href=href>
            {look.say(words)}
            <span class="unseen">": " {which}</span>
        </a>
    }
    .into_any()
}

/// What is charged when. In test mode, nothing is.
fn paying(look: &Look, is_test: bool) -> Option<AnyView> {
    let lines = [
        words::PAYING_CARD,
        words::PAYING_TRIAL,
        words::PAYING_ONCE,
        words::PAYING_KEPT,
    ];
    let lines = lines.map(|line| view! { <li>{look.say(line)}</li> });
    let section = view! {
        <section class="offer-text" aria-labelledby="paying">
            <h2 id="paying">{look.say(words::PAYING)}</h2>
            <ul>{lines.collect_view()}</ul>
        </section>
    };
    (!is_test).then(|| section.into_any())
}
