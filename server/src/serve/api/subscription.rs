//! Buying, and what becomes of a subscription: the same deeds of the till as on the pages.

use super::{
    asker::{By, PHONE, TRADER, Who},
    body::Given,
    caller::Calling,
    once::Key,
    payment,
    refusal::{Answer, Refusal},
    version::hash,
};
use crate::{
    serve::Context,
    till::{BuyError, Buyer, Way},
};
use axum::{Extension, Json};
use billing::{money, plan};
use protocol::api::{
    payment::{Checkout, Currency, Interval, NewCheckout, Portal, Subscription},
    problem::ProblemCode,
};
use storage::Account;
use utoipa_axum::{router::OpenApiRouter, routes};

/// Who may begin to buy.
const BUYER: u8 = TRADER | PHONE;

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(routes!(checkout))
        .routes(routes!(portal))
        .routes(routes!(cancel))
        .routes(routes!(resume))
}

/// Why a deed of the till was not done; `nothing` says what there is none of.
fn refused(error: BuyError, nothing: &str) -> Refusal {
    match error {
        BuyError::NotSold => Refusal::invalid(nothing),
        BuyError::Currency => Refusal::invalid(error.to_string()),
        BuyError::ByKey => Refusal::with(ProblemCode::SessionRequired, error.to_string()),
        BuyError::Busy | BuyError::Open | BuyError::Paid => {
            Refusal::with(ProblemCode::Conflict, error.to_string())
        }
        BuyError::Often => {
            Refusal::with(ProblemCode::TooManyAttempts, error.to_string()).after(3_600)
        }
        BuyError::Provider(why) => {
            tracing::error!(why, "a payment provider did not help");
            Refusal::of(ProblemCode::PaymentProvider)
        }
        BuyError::Storage(error) => error.into(),
    }
}

/// The name of a deed at the provider: sent twice, it is done once. With the account, so that nobody
/// repeats another's; with what is asked, since the key of a write that was refused may be that of
/// another one; and hashed, since providers take shorter names than we do.
fn deed(account: &Account, what: &str, key: &str) -> String {
    format!("{}-{}", account.id, hash(&format!("{what} {key}")))
}

async fn account<const WHO: u8>(by: &By<WHO>) -> Answer<Account> {
    Ok(by.context.desk.storage().accounts.load(by.account).await?)
}

/// Buys a plan. Where it has to be paid first, the answer says on which page. A running subscription
/// is changed to the plan at once and charged without a page, which only signed-in traders may (403
/// `session-required` for a key). For traders and phones.
#[utoipa::path(post, path = "/payment/checkout", tag = "payment", request_body = NewCheckout,
    responses((status = 200, description = "How it goes on", body = Checkout),
        (status = 502)))]
async fn checkout(
    by: By<BUYER>,
    Extension(Key(key)): Extension<Key>,
    Calling(caller): Calling,
    Given(new): Given<NewCheckout>,
) -> Answer<Json<Checkout>> {
    const NOT_SOLD: &str = "this is not on sale";
    let offer = plan::Offer {
        plan: new.plan.parse().map_err(|_| Refusal::invalid(NOT_SOLD))?,
        interval: match new.interval {
            Interval::Month => plan::Interval::Month,
            Interval::Year => plan::Interval::Year,
        },
        currency: match new.currency {
            Currency::Usd => money::Currency::Usd,
            Currency::Idr => money::Currency::Idr,
        },
    };
    let buyer = match by.who {
        Who::Session(_) => Buyer::Session,
        Who::Key(..) => Buyer::Key,
    };
    let account = account(&by).await?;
    let what = format!("{} {}", new.plan, offer.interval);
    let deed = deed(&account, &format!("{what} {}", offer.currency.code()), &key);
    let (till, who) = (&by.context.till, (&account, buyer));
    let bought = till.buy(who, &offer, &deed, &caller.origin).await;
    let url = match bought.map_err(|error| refused(error, NOT_SOLD))? {
        Way::Done => None,
        Way::Elsewhere(url) => Some(url),
    };
    by.note("plan-chosen", &what).await;
    Ok(Json(Checkout { url }))
}

/// Opens the provider's own page of cards and invoices, for who has paid by card. Its address holds
/// for minutes: it is asked for with a new key each time. For signed-in traders.
#[utoipa::path(post, path = "/payment/portal", tag = "payment",
    responses((status = 200, description = "The page", body = Portal),
        (status = 502)))]
async fn portal(
    by: By<TRADER>,
    Extension(Key(key)): Extension<Key>,
    Calling(caller): Calling,
) -> Answer<Json<Portal>> {
    let account = account(&by).await?;
    let deed = deed(&account, "portal", &key);
    let url = by.context.till.portal(&account, &deed, &caller.origin);
    let nothing = "nothing was paid by card";
    let url = url.await.map_err(|error| refused(error, nothing))?;
    Ok(Json(Portal { url }))
}

/// Ends the subscription with the period that is paid. For signed-in traders.
#[utoipa::path(post, path = "/payment/cancel", tag = "payment",
    responses((status = 200, description = "What there is now", body = Subscription),
        (status = 502)))]
async fn cancel(by: By<TRADER>, Extension(Key(key)): Extension<Key>) -> Answer<Json<Subscription>> {
    let account = account(&by).await?;
    let deed = deed(&account, "cancel", &key);
    let canceled = by.context.till.cancel(&account, &deed).await;
    canceled.map_err(|error| refused(error, "there is no subscription to cancel"))?;
    by.note("plan-canceled", "").await;
    Ok(Json(payment::now(&by).await?))
}

/// Takes a cancellation back, as long as the period that is paid is not over. For signed-in traders.
#[utoipa::path(post, path = "/payment/resume", tag = "payment",
    responses((status = 200, description = "What there is now", body = Subscription),
        (status = 502)))]
async fn resume(by: By<TRADER>, Extension(Key(key)): Extension<Key>) -> Answer<Json<Subscription>> {
    let account = account(&by).await?;
    let deed = deed(&account, "resume", &key);
    let resumed = by.context.till.resume(&account, &deed).await;
    resumed.map_err(|error| refused(error, "there is no subscription to resume"))?;
    by.note("plan-resumed", "").await;
    Ok(Json(payment::now(&by).await?))
}
