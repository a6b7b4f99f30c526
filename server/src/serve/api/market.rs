//! What brokers say of their symbols, and their own price history: executors bring it, its owner
//! tests on it. What comes twice changes nothing, so that uploads need no Idempotency-Key.

use super::{
    asker::{ANYBODY, By, EXECUTOR, TRADER, Who},
    body::Given,
    pace::Pace,
    refusal::{Answer, Refusal},
};
use crate::{
    clock::now,
    serve::{Context, etag::is_known},
};
use axum::{
    Json,
    extract::Path,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use protocol::{
    api::{
        market::{BarsReceipt, BrokerMarkets, BrokerSpec, MAX_READ, NewBars, NewSpec, SpecReceipt},
        problem::ProblemCode,
    },
    bars::encode,
    id::{AccountId, BrokerAccountId, CredentialId},
};
use std::{
    sync::LazyLock,
    time::{Duration, Instant},
};
use storage::{KeptPart, StorageError};
use tokio::{sync::Semaphore, task::spawn_blocking, time::timeout};
use trading::{symbol::Symbol, timeframe::Timeframe};
use utoipa_axum::{router::OpenApiRouter, routes};

/// Uploads of a key: a million bars take some minutes, and nobody waits for them.
static PACE: Pace<CredentialId> = Pace::new(120.0, 2.0);
/// Histories that an account reads: whoever tests reads one, and tests on it.
static READS: Pace<AccountId> = Pace::new(20.0, 0.2);
/// How long one waits for others that read.
const TURN: Duration = Duration::from_secs(10);
/// So many histories are put together at once: a long one takes a hundred megabytes.
static READERS: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(2));

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(routes!(keep_spec))
        .routes(routes!(keep_bars))
        .routes(routes!(list))
        .routes(routes!(spec, remove))
        .routes(routes!(bars))
}

fn pace(by: &By<EXECUTOR>) -> Answer<()> {
    if let Who::Key(key, _) = by.who
        && let Err(seconds) = PACE.take(key, Instant::now())
    {
        let why = "two uploads a second, and 120 at once, are the most of a key";
        return Err(Refusal::with(ProblemCode::TooManyAttempts, why).after(seconds));
    }
    Ok(())
}

/// What has to be there before.
fn first(what: &'static str) -> impl FnOnce(StorageError) -> Refusal {
    move |error| match error {
        StorageError::NotFound => Refusal::with(ProblemCode::Conflict, what),
        error => error.into(),
    }
}

/// Keeps what a broker says of a symbol, of an account of which something was reported before (409
/// `conflict`). Needs no Idempotency-Key. 100 symbols are the most of an account (409 `too-many`). For
/// executors.
#[utoipa::path(post, path = "/markets/specs", tag = "markets", request_body = NewSpec,
    responses((status = 200, description = "It is kept", body = SpecReceipt),
        (status = 409, description = ""), (status = 422, description = "")))]
async fn keep_spec(by: By<EXECUTOR>, Given(new): Given<NewSpec>) -> Answer<Json<SpecReceipt>> {
    pace(&by)?;
    if let Some(fault) = new.fault() {
        return Err(Refusal::invalid(fault));
    }
    let markets = &by.context.desk.storage().markets;
    let kept = markets.keep_spec(by.account, &new, now()).await;
    Ok(Json(kept.map_err(first("report of this account first"))?))
}

/// Keeps a page of a broker's bars: 1 to 5,000 bars in UTC, as the bytes of PHXB in Base64. A page is
/// all there is from its first bar to its last. The symbol's specification is uploaded before (409
/// `conflict`). Needs no Idempotency-Key. 64 MB are the most of an account (409 `reports-full`). For
/// executors, where the trader has agreed.
#[utoipa::path(post, path = "/markets/bars", tag = "markets", request_body = NewBars,
    responses((status = 200, description = "It is kept", body = BarsReceipt),
        (status = 409, description = ""), (status = 422, description = "")))]
async fn keep_bars(by: By<EXECUTOR>, Given(new): Given<NewBars>) -> Answer<Json<BarsReceipt>> {
    pace(&by)?;
    let at = now();
    if let Some(fault) = new.fault(at) {
        return Err(Refusal::invalid(fault));
    }
    let markets = &by.context.desk.storage().markets;
    let kept = markets.keep_bars(by.account, &new, at).await;
    Ok(Json(kept.map_err(first(
        "upload the specification of this symbol first",
    ))?))
}

/// All that is kept of brokers' symbols, and how much room there is. For everybody.
#[utoipa::path(get, path = "/markets", tag = "markets",
    responses((status = 200, description = "All", body = BrokerMarkets)))]
async fn list(by: By<ANYBODY>) -> Answer<Json<BrokerMarkets>> {
    let markets = &by.context.desk.storage().markets;
    let items = markets.list(by.account).await?;
    let histories = items.iter().flat_map(|one| &one.histories);
    Ok(Json(BrokerMarkets {
        bytes: histories.map(|one| one.bytes).sum(),
        most_bytes: u64::try_from(markets.most_bytes()).unwrap_or(0),
        items,
    }))
}

/// What a broker says of a symbol. For everybody.
#[utoipa::path(get, path = "/markets/{broker_account}/{symbol}", tag = "markets",
    params(("broker_account" = BrokerAccountId, Path, description = "Of which account at a broker"),
        ("symbol" = String, Path, description = "Of which symbol")),
    responses((status = 200, description = "It", body = BrokerSpec)))]
async fn spec(
    by: By<ANYBODY>,
    Path((of, symbol)): Path<(BrokerAccountId, Symbol)>,
) -> Answer<Response> {
    let markets = &by.context.desk.storage().markets;
    let spec = markets.spec(by.account, of, &symbol).await?;
    Ok(([(header::CACHE_CONTROL, "private, no-cache")], Json(spec)).into_response())
}

/// Removes a symbol with its histories; an executor brings it again where it may. For signed-in
/// traders.
#[utoipa::path(delete, path = "/markets/{broker_account}/{symbol}", tag = "markets",
    params(("broker_account" = BrokerAccountId, Path, description = "Of which account at a broker"),
        ("symbol" = String, Path, description = "Of which symbol")),
    responses((status = 204, description = "It is gone")))]
async fn remove(
    by: By<TRADER>,
    Path((of, symbol)): Path<(BrokerAccountId, Symbol)>,
) -> Answer<StatusCode> {
    let markets = &by.context.desk.storage().markets;
    markets.remove(by.account, of, &symbol).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The bars of a broker's, as the bytes of PHXB: the newest million where there are more. 304 where
/// `If-None-Match` names them. For everybody.
#[utoipa::path(get, path = "/markets/{broker_account}/{symbol}/{timeframe}", tag = "markets",
    params(("broker_account" = BrokerAccountId, Path, description = "Of which account at a broker"),
        ("symbol" = String, Path, description = "Of which symbol"),
        ("timeframe" = String, Path, description = "How long the bars are, such as H1"),
        ("If-None-Match" = Option<String>, Header, description = "The ETag that is known")),
    responses((status = 200, description = "The bars", content_type = "application/octet-stream",
        body = Vec<u8>), (status = 429, description = "")))]
async fn bars(
    by: By<ANYBODY>,
    Path((of, symbol, timeframe)): Path<(BrokerAccountId, Symbol, Timeframe)>,
    headers: HeaderMap,
) -> Answer<Response> {
    let markets = &by.context.desk.storage().markets;
    let revision = markets.revision(by.account, of, &symbol, timeframe).await?;
    let (changed, count) = revision.ok_or_else(|| Refusal::of(ProblemCode::NotFound))?;
    let tag = format!("\"{}.{count}\"", changed.0);
    if is_known(&headers, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response());
    }
    if let Err(seconds) = READS.take(by.account, Instant::now()) {
        let why = "a history every five seconds, and 20 at once, are the most of an account";
        return Err(Refusal::with(ProblemCode::TooManyAttempts, why).after(seconds));
    }
    // Closed never.
    let place = timeout(TURN, READERS.acquire()).await;
    let _place = place
        .map_err(|_| Refusal::of(ProblemCode::Busy).after(5))?
        .map_err(Refusal::failed)?;
    let parts = markets.newest(by.account, of, (&symbol, timeframe), MAX_READ);
    let parts = parts.await?;
    let work = spawn_blocking(move || KeptPart::whole(&parts, MAX_READ).map(|bars| encode(&bars)));
    let bytes = work.await.map_err(Refusal::failed)??;
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::ETAG, tag),
        (header::CACHE_CONTROL, "private, no-cache".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}
