//! Plans, and what an account has. How more is bought is in `subscription.rs`.

use super::{
    asker::{ANYBODY, By},
    refusal::Answer,
};
use crate::{serve::Context, till::Till};
use axum::{Json, extract::State};
use billing::{
    money,
    plan::{self, Offer},
    quota::{Limit, Quota},
    subscription::{Provider, State as Paying},
};
use protocol::api::payment::{
    Allowed, Currency, Interval, Plan, Plans, Price, Subscription, Usage,
};
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(routes!(plans))
        .routes(routes!(subscription))
}

fn interval(interval: plan::Interval) -> Interval {
    match interval {
        plan::Interval::Month => Interval::Month,
        plan::Interval::Year => Interval::Year,
    }
}

fn currency(currency: money::Currency) -> Currency {
    match currency {
        money::Currency::Usd => Currency::Usd,
        money::Currency::Idr => Currency::Idr,
    }
}

fn limit(limit: Limit) -> Option<u64> {
    match limit {
        Limit::Of(most) => Some(most),
        Limit::Unlimited => None,
    }
}

fn state(state: Paying) -> &'static str {
    match state {
        Paying::Free => "free",
        Paying::Trialing => "trialing",
        Paying::Active => "active",
        Paying::Renewing => "renewing",
        Paying::Ending => "ending",
        Paying::PastDue => "past_due",
        Paying::Unpaid => "unpaid",
        Paying::Reversed => "reversed",
        Paying::Ended => "ended",
    }
}

fn told(till: &Till, plan: &plan::Plan) -> Plan {
    let mut prices = Vec::new();
    for every in plan::Interval::ALL {
        for money in money::Currency::ALL {
            let offer = Offer {
                plan: plan.id.clone(),
                interval: every,
                currency: money,
            };
            let price = plan.price(every, money).filter(|_| till.is_sold(&offer));
            prices.extend(price.map(|price| Price {
                interval: interval(every),
                currency: currency(money),
                minor: price.minor,
                decimals: money.decimals(),
            }));
        }
    }
    let allowed = |quota: Quota| Allowed {
        quota: quota.name().to_owned(),
        limit: limit(plan.quotas.limit(quota)),
    };
    Plan {
        id: plan.id.as_str().to_owned(),
        trial_days: plan.trial_days,
        prices,
        allows: Quota::ALL.into_iter().map(allowed).collect(),
    }
}

/// The plans on sale. For everybody, without a key.
#[utoipa::path(get, path = "/payment/plans", tag = "payment", security(()),
    responses((status = 200, description = "The plans", body = Plans)))]
async fn plans(State(context): State<Context>) -> Json<Plans> {
    let till = &context.till;
    let sold = till.plans().all().iter().filter(|plan| plan.sold);
    Json(Plans {
        plans: sold.map(|plan| told(till, plan)).collect(),
        is_test: till.is_test(),
    })
}

/// What the account has, and what it used of it. For everybody who is known.
#[utoipa::path(get, path = "/payment/subscription", tag = "payment",
    responses((status = 200, description = "What there is", body = Subscription)))]
async fn subscription(by: By<ANYBODY>) -> Answer<Json<Subscription>> {
    Ok(Json(now(&by).await?))
}

/// What the account has.
pub(super) async fn now<const WHO: u8>(by: &By<WHO>) -> Answer<Subscription> {
    let held = by.context.till.held(by.account).await?;
    let used = held.allowances.iter().map(|allowance| Usage {
        quota: allowance.quota.name().to_owned(),
        used: allowance.used,
        limit: limit(allowance.limit),
    });
    let standing = &held.standing;
    Ok(Subscription {
        plan: standing.plan.as_str().to_owned(),
        state: state(standing.state).to_owned(),
        ends_at: standing.ends,
        interval: held.interval.map(interval),
        is_renewed: held.is_renewed,
        provider: standing.provider.map(Provider::name).map(str::to_owned),
        may_try: held.may_try,
        usage: used.collect(),
    })
}
