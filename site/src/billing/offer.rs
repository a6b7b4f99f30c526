//! What can be bought, with what is charged when before every button.

use super::{BillingPage, Interval, PlanCard, Price, State, part};
use crate::{
    Look,
    part::{
        alert, empty,
        form::{Form, Tone},
    },
    words::{Text, billing as words},
};
use leptos::prelude::*;
use std::cmp::Ordering;

/// What happens to an offer that is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Route {
    /// Nothing is charged.
    Test,
    /// The subscription that runs becomes this one.
    Change,
    /// It is paid once.
    Once,
    /// It is subscribed to, after free days.
    Trial,
    /// It is subscribed to.
    Renewed,
}

impl Route {
    fn of(page: &BillingPage, plan: &PlanCard) -> Self {
        if page.is_test {
            Self::Test
        } else if page.is_subscribed() {
            Self::Change
        } else if page.currency == part::ONCE {
            Self::Once
        } else if page.may_try && plan.trial_days > 0 {
            Self::Trial
        } else {
            Self::Renewed
        }
    }
}

impl BillingPage {
    /// Whether a subscription runs, which is then changed. What was cancelled runs as long as the
    /// cancellation can be taken back.
    fn is_subscribed(&self) -> bool {
        let runs = match self.state {
            State::Trialing | State::Active | State::Renewing | State::PastDue => true,
            State::Ending => self.can_resume,
            State::Free | State::Unpaid | State::Reversed | State::Ended => false,
        };
        runs && self.provider == Some("stripe")
    }

    /// How an offer compares with what is had: better plans are more, and years than months. Nothing
    /// where what is had is not on sale.
    fn order(&self, plan: &PlanCard, price: &Price) -> Option<Ordering> {
        let rank = |id: &str| self.plans.iter().position(|plan| plan.id == id);
        let is_year = |interval| interval == Interval::Year;
        let had = (rank(&self.plan)?, is_year(self.interval?));
        Some((rank(&plan.id)?, is_year(price.interval)).cmp(&had))
    }

    /// Whether there is an invoice to be paid first: another plan would not make up for it.
    fn owes(&self) -> bool {
        self.state == State::Unpaid && self.has_portal && !self.is_test
    }
}

/// All plans that can be bought.
pub(super) fn offers(look: &Look, page: &BillingPage) -> AnyView {
    let cards: Vec<AnyView> = page
        .plans
        .iter()
        .enumerate()
        .filter(|(_, plan)| !part::prices(plan, page.currency).is_empty())
        .map(|(place, plan)| card(look, page, place, plan))
        .collect();
    let content = if cards.is_empty() {
        empty::empty(look.say(words::NO_PLANS), look.say(words::NO_PLANS_HINT))
    } else {
        view! { <div class="plans">{cards}</div> }.into_any()
    };
    let owes = page
        .owes()
        .then(|| alert::warn(look.say(words::SETTLE_FIRST).to_owned()));
    view! {
        <section class="offer-plans" aria-labelledby="plans">
            <div class="plans-head">
                <h2 id="plans">{look.say(words::PLANS)}</h2>
                {part::currencies(look, "/account/billing", &page.plans, page.currency)}
            </div>
            {owes}
            {content}
        </section>
    }
    .into_any()
}

fn card(look: &Look, page: &BillingPage, place: usize, plan: &PlanCard) -> AnyView {
    let id = format!("plan-{place}");
    let yours = (page.plan == plan.id).then(|| {
        view! {
            " "
            <span class="tag tag-good">{look.say(words::YOURS)}</span>
        }
    });
    let offers: Vec<AnyView> = part::prices(plan, page.currency)
        .into_iter()
        .map(|price| offer(look, page, plan, price))
        .collect();
    view! {
        <section class="panel plan" aria-labelledby=id.clone()>
            <h3 id=id.clone()>{part::name(&plan.id)} {yours}</h3>
            {part::allows(look, &plan.allows)}
            {offers}
        </section>
    }
    .into_any()
}

fn offer(look: &Look, page: &BillingPage, plan: &PlanCard, price: &Price) -> AnyView {
    let route = Route::of(page, plan);
    let is_yours = route == Route::Change && page.order(plan, price) == Some(Ordering::Equal);
    let deed = if is_yours {
        Some(view! { <p class="hint">{look.say(words::IS_YOURS)}</p> }.into_any())
    } else if page.owes() {
        None
    } else {
        Some(buy(look, page, plan, price, route))
    };
    view! {
        <div class="plan-offer">
            {part::price(look, price)}
            {deed}
        </div>
    }
    .into_any()
}

fn buy(look: &Look, page: &BillingPage, plan: &PlanCard, price: &Price, route: Route) -> AnyView {
    let rate = part::rate(look, price, words::PER_MONTH, words::PER_YEAR);
    let which = look.with(words::WHICH_OFFER, &[&part::name(&plan.id), &rate]);
    let tone = match route {
        Route::Change | Route::Test => Tone::Plain,
        Route::Once | Route::Trial | Route::Renewed => Tone::Accent,
    };
    Form::new("/account/billing/buy")
        .with(view! { <p class="terms">{terms(look, page, plan, price, route)}</p> })
        .hidden("plan", &plan.id)
        .hidden("interval", price.interval.name())
        .hidden("currency", price.currency)
        .hidden("key", &page.key)
        .send_which(look.say(deed(page, plan, route)), which, tone)
}

fn deed(page: &BillingPage, plan: &PlanCard, route: Route) -> Text {
    match route {
        Route::Test => words::CHOOSE,
        Route::Change => words::CHANGE_DO,
        Route::Once if extends(page, plan) => words::EXTEND_DO,
        Route::Once => words::ONCE_DO,
        Route::Trial => words::TRIAL_DO,
        Route::Renewed => words::RENEWED_DO,
    }
}

/// What is charged when.
fn terms(look: &Look, page: &BillingPage, plan: &PlanCard, price: &Price, route: Route) -> String {
    let amount = part::amount(look, price);
    let every = part::rate(look, price, words::EVERY_MONTH, words::EVERY_YEAR);
    let trial = plan.trial_days.to_string();
    match route {
        Route::Test if page.may_try && plan.trial_days > 0 => {
            look.with(words::TEST_TERMS, &[&trial])
        }
        Route::Test => look.with(words::TEST_TERMS, &[days(price.interval)]),
        Route::Change => change(look, page, plan, price, &every),
        Route::Once if extends(page, plan) => {
            look.with(words::EXTEND_TERMS, &[&amount, days(price.interval)])
        }
        Route::Once => {
            let terms = look.with(words::ONCE_TERMS, &[&amount, days(price.interval)]);
            beside(look, page, terms, words::ONCE_BESIDE)
        }
        Route::Trial => {
            let terms = look.with(words::TRIAL_TERMS, &[&trial, &every]);
            beside(look, page, terms, words::ONCE_PASSES)
        }
        Route::Renewed => {
            let terms = look.with(words::RENEWED_TERMS, &[&every]);
            beside(look, page, terms, words::ONCE_PASSES)
        }
    }
}

/// The same with what becomes of a one-off payment, if one counts.
fn beside(look: &Look, page: &BillingPage, terms: String, text: Text) -> String {
    if page.provider == Some("midtrans") {
        format!("{terms} {}", look.say(text))
    } else {
        terms
    }
}

/// What a change of the subscription means.
fn change(look: &Look, page: &BillingPage, plan: &PlanCard, price: &Price, every: &str) -> String {
    if page.state == State::Trialing {
        let text = if page.can_resume {
            words::CHANGE_TRIAL_ENDING_TERMS
        } else {
            words::CHANGE_TRIAL_TERMS
        };
        return look.with(text, &[every]);
    }
    let what = match page.order(plan, price) {
        Some(Ordering::Greater) => words::CHANGE_UP,
        Some(_) => words::CHANGE_DOWN,
        None => words::CHANGE_ANY,
    };
    let then = if page.can_resume {
        look.say(words::CHANGE_STAYS).to_owned()
    } else {
        look.with(words::CHANGE_THEN, &[every])
    };
    format!("{} {then}", look.say(what))
}

/// Whether a one-off payment comes on top of another for the same plan.
fn extends(page: &BillingPage, plan: &PlanCard) -> bool {
    page.provider == Some("midtrans") && page.plan == plan.id
}

/// How many days a one-off payment is for, whatever the calendar says.
const fn days(interval: Interval) -> &'static str {
    match interval {
        Interval::Month => "31",
        Interval::Year => "366",
    }
}
