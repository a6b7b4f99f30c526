//! Plans and prices, and what one pays.

use super::Said;
use crate::{
    account::AccountError,
    serve::{
        Context, headers,
        visit::{Member, Visit, page, reference, to, to_with},
    },
    till::{BuyError, Buyer, Held, Till, Way},
};
use axum::{
    Form,
    extract::{Query, State},
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use billing::{
    money::Currency,
    plan::{Interval, Offer, Plan},
    quota::{Limit, Quota},
    subscription::{Provider, State as Paying},
};
use serde::Deserialize;
use site::{
    Notice,
    billing::{self as pages, BillingFault, BillingPage, PricingPage},
};
use storage::StorageError;
use trading::language::Language;
use uuid::Uuid;

/// What a page of prices is asked for with.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    currency: String,
    /// From which provider somebody comes back.
    #[serde(default)]
    from: String,
    #[serde(flatten)]
    said: Said,
}

/// Rupiah for who reads Indonesian, unless they say otherwise.
fn currency(asked: &str, language: Language) -> Currency {
    let said = Currency::ALL.into_iter().find(|one| one.code() == asked);
    said.unwrap_or(match language {
        Language::En => Currency::Usd,
        Language::Id => Currency::Idr,
    })
}

pub(super) async fn pricing(
    State(context): State<Context>,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Response {
    let till = &context.till;
    let shown = PricingPage {
        plans: till
            .plans()
            .all()
            .iter()
            .filter(|plan| plan.sold)
            .map(card)
            .collect(),
        currency: currency(&asked.currency, visit.caller.language).code(),
        is_test: till.is_test(),
    };
    Visit::page(pages::pricing(&visit.look("/pricing"), &shown))
}

fn card(plan: &Plan) -> pages::PlanCard {
    card_of(plan, |_| true)
}

fn card_of(plan: &Plan, is_sold: impl Fn(&Offer) -> bool) -> pages::PlanCard {
    let mut prices = Vec::new();
    for interval in Interval::ALL {
        for currency in Currency::ALL {
            let offer = Offer {
                plan: plan.id.clone(),
                interval,
                currency,
            };
            let price = plan.price(interval, currency).filter(|_| is_sold(&offer));
            prices.extend(price.map(|money| pages::Price {
                interval: shown(interval),
                currency: currency.code(),
                minor: money.minor,
                decimals: currency.decimals(),
            }));
        }
    }
    pages::PlanCard {
        id: plan.id.as_str().to_owned(),
        trial_days: plan.trial_days,
        prices,
        allows: Quota::ALL
            .into_iter()
            .map(|quota| pages::Allow {
                quota: named(quota),
                limit: most(plan.quotas.limit(quota)),
            })
            .collect(),
    }
}

fn shown(interval: Interval) -> pages::Interval {
    match interval {
        Interval::Month => pages::Interval::Month,
        Interval::Year => pages::Interval::Year,
    }
}

fn named(quota: Quota) -> pages::Quota {
    match quota {
        Quota::LiveStrategies => pages::Quota::LiveStrategies,
        Quota::Accounts => pages::Quota::Accounts,
        Quota::SavedStrategies => pages::Quota::SavedStrategies,
        Quota::BacktestsPerDay => pages::Quota::BacktestsPerDay,
        Quota::SweepsPerDay => pages::Quota::SweepsPerDay,
        Quota::AiCallsPerDay => pages::Quota::AiCallsPerDay,
    }
}

fn most(limit: Limit) -> Option<u64> {
    match limit {
        Limit::Of(most) => Some(most),
        Limit::Unlimited => None,
    }
}

fn state(state: Paying) -> pages::State {
    match state {
        Paying::Free => pages::State::Free,
        Paying::Trialing => pages::State::Trialing,
        Paying::Active => pages::State::Active,
        Paying::Renewing => pages::State::Renewing,
        Paying::Ending => pages::State::Ending,
        Paying::PastDue => pages::State::PastDue,
        Paying::Unpaid => pages::State::Unpaid,
        Paying::Reversed => pages::State::Reversed,
        Paying::Ended => pages::State::Ended,
    }
}

pub(super) async fn billing(
    State(context): State<Context>,
    member: Member,
    Query(asked): Query<Asked>,
) -> Response {
    if !asked.from.is_empty() {
        // Being back proves nothing: it is asked. What cannot be asked now will be told later.
        if let Err(error) = context.till.refresh(&member.account).await {
            tracing::warn!(%error, "a payment could not be asked about");
        }
    }
    show(&context.till, &member, &asked, None).await
}

async fn show(
    till: &Till,
    member: &Member,
    asked: &Asked,
    refused: Option<(StatusCode, BillingFault)>,
) -> Response {
    let held = match till.held(member.account.id).await {
        Ok(held) => held,
        Err(error) => return member.visit.broken(&error.into()),
    };
    let status = refused
        .as_ref()
        .map_or(StatusCode::OK, |(status, _)| *status);
    let shown = content(till, member, asked, held, refused.map(|(_, fault)| fault));
    let look = member.visit.look("/account/billing");
    let mut response = page(status, pages::billing(&look, &shown));
    response.headers_mut().insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(headers::PAYING_PAGE),
    );
    response
}

fn content(
    till: &Till,
    member: &Member,
    asked: &Asked,
    held: Held,
    fault: Option<BillingFault>,
) -> BillingPage {
    let standing = &held.standing;
    let by_card = standing.provider == Some(Provider::Stripe);
    let is_running = matches!(
        standing.state,
        Paying::Trialing | Paying::Active | Paying::Renewing | Paying::PastDue
    );
    let plans = till.plans().all().iter().filter(|plan| plan.sold);
    let plans = plans.map(|plan| card_of(plan, |offer| till.is_sold(offer)));
    BillingPage {
        plan: standing.plan.as_str().to_owned(),
        state: state(standing.state),
        ends: standing.ends,
        interval: held.interval.map(shown),
        provider: standing.provider.map(Provider::name),
        used: held
            .allowances
            .iter()
            .map(|allowance| pages::Used {
                quota: named(allowance.quota),
                used: allowance.used,
                limit: most(allowance.limit),
            })
            .collect(),
        plans: plans.filter(|card| !card.prices.is_empty()).collect(),
        currency: currency(&asked.currency, member.visit.caller.language).code(),
        may_try: held.may_try,
        has_portal: held.has_portal,
        can_cancel: is_running && (by_card || till.is_test()),
        can_resume: by_card && standing.state == Paying::Ending,
        is_test: till.is_test(),
        key: Uuid::now_v7().to_string(),
        notice: Notice::of(&asked.said.notice),
        fault,
        waits: !asked.from.is_empty() && standing.state == Paying::Free,
    }
}

/// An offer, and the name of the deed: sent twice, it is done once.
#[derive(Deserialize)]
pub(super) struct Chosen {
    plan: String,
    interval: String,
    currency: String,
    key: String,
}

impl Chosen {
    fn offer(&self) -> Option<Offer> {
        let interval = Interval::ALL
            .into_iter()
            .find(|one| one.name() == self.interval);
        let currency = Currency::ALL
            .into_iter()
            .find(|one| one.code() == self.currency);
        Some(Offer {
            plan: self.plan.parse().ok()?,
            interval: interval?,
            currency: currency?,
        })
    }
}

#[derive(Deserialize)]
pub(super) struct Key {
    key: String,
}

/// The name of a deed as we made it; with the account, so that nobody repeats another's.
fn deed(key: &str, member: &Member) -> Result<String, BuyError> {
    let key: Uuid = key.parse().map_err(|_| BuyError::NotSold)?;
    Ok(format!("{}-{key}", member.account.id))
}

/// What came of a deed: where the trader goes now.
async fn answer(till: &Till, member: &Member, done: Result<Response, BuyError>) -> Response {
    match done {
        Ok(response) => response,
        Err(error) => refused(till, member, error).await,
    }
}

pub(super) async fn buy(
    State(context): State<Context>,
    member: Member,
    Form(chosen): Form<Chosen>,
) -> Response {
    let till = &context.till;
    let done = async {
        let offer = chosen.offer().ok_or(BuyError::NotSold)?;
        let key = deed(&chosen.key, &member)?;
        let origin = &member.visit.caller.origin;
        let who = (&member.account, Buyer::Session);
        Ok(match till.buy(who, &offer, &key, origin).await? {
            Way::Done => to_with("/account/billing", Notice::PlanChanged),
            Way::Elsewhere(url) => to(&url),
        })
    };
    answer(till, &member, done.await).await
}

pub(super) async fn cancel(
    State(context): State<Context>,
    member: Member,
    Form(typed): Form<Key>,
) -> Response {
    let till = &context.till;
    let done = async {
        till.cancel(&member.account, &deed(&typed.key, &member)?)
            .await?;
        Ok(to_with("/account/billing", Notice::PlanCanceled))
    };
    answer(till, &member, done.await).await
}

pub(super) async fn resume(
    State(context): State<Context>,
    member: Member,
    Form(typed): Form<Key>,
) -> Response {
    let till = &context.till;
    let done = async {
        till.resume(&member.account, &deed(&typed.key, &member)?)
            .await?;
        Ok(to_with("/account/billing", Notice::PlanResumed))
    };
    answer(till, &member, done.await).await
}

pub(super) async fn portal(
    State(context): State<Context>,
    member: Member,
    Form(typed): Form<Key>,
) -> Response {
    let till = &context.till;
    let done = async {
        let key = deed(&typed.key, &member)?;
        let origin = &member.visit.caller.origin;
        Ok(to(&till.portal(&member.account, &key, origin).await?))
    };
    answer(till, &member, done.await).await
}

async fn refused(till: &Till, member: &Member, error: BuyError) -> Response {
    let fault = match error {
        // No page is asked for by a key.
        BuyError::NotSold | BuyError::ByKey => {
            (StatusCode::UNPROCESSABLE_ENTITY, BillingFault::NotSold)
        }
        BuyError::Currency => (StatusCode::UNPROCESSABLE_ENTITY, BillingFault::Currency),
        BuyError::Busy => (StatusCode::CONFLICT, BillingFault::Busy),
        BuyError::Open => (StatusCode::CONFLICT, BillingFault::Open),
        BuyError::Often => (StatusCode::TOO_MANY_REQUESTS, BillingFault::Often),
        BuyError::Paid => (StatusCode::CONFLICT, BillingFault::Paid),
        BuyError::Provider(why) => {
            let (_, reference) = reference(&why, false);
            (
                StatusCode::BAD_GATEWAY,
                BillingFault::Provider { reference },
            )
        }
        BuyError::Storage(error @ StorageError::Database(_)) => {
            let (status, reference) = reference(&error.to_string(), true);
            (status, BillingFault::Away { reference })
        }
        BuyError::Storage(error) => return member.visit.broken(&AccountError::from(error)),
    };
    let asked = Asked {
        currency: String::new(),
        from: String::new(),
        said: Said {
            notice: String::new(),
        },
    };
    show(till, member, &asked, Some(fault)).await
}
