//! What trades, and what is put away.

use super::{
    asker::{ANYBODY, By, PHONE, TRADER},
    body::Given,
    refusal::{Answer, Refusal},
    strategy::tagged,
    version::hash,
};
use crate::{
    clock::now,
    serve::{Context, etag::is_known},
    till::ActivateError,
};
use axum::{
    Json,
    extract::Path,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use protocol::{
    api::strategy::{ActiveStrategies, ActiveStrategy, NewActivation, Place, StrategyLine},
    id::StrategyId,
};
use storage::Activated;
use utoipa_axum::{router::UtoipaMethodRouter, routes};

/// Who may let a strategy trade no more.
const STOPPER: u8 = TRADER | PHONE;

pub(super) fn routes() -> Vec<UtoipaMethodRouter<Context>> {
    vec![
        routes!(active),
        routes!(activate),
        routes!(deactivate),
        routes!(archive),
        routes!(restore),
    ]
}

impl From<ActivateError> for Refusal {
    fn from(error: ActivateError) -> Self {
        match error {
            ActivateError::Exceeded(exceeded) => exceeded.into(),
            ActivateError::Faulty(faults) => Self::of_document(&faults),
            ActivateError::Storage(error) => error.into(),
        }
    }
}

/// Where something trades, for the audit trail.
pub(in crate::serve) fn told(strategy: StrategyId, new: &NewActivation) -> String {
    let place = match new.on {
        Place::EveryAccount => "every account".to_owned(),
        Place::BrokerAccount(id) => format!("account {id}"),
    };
    format!("{strategy} version {} on {place}", new.version)
}

/// Everything that trades, with its documents; 304 where `If-None-Match` names what this was. An
/// executor asks once a minute, and whenever it hears `strategies_changed`. What is not in the list
/// any more, or is paused, opens nothing; it goes on with what it has open. For everybody.
#[utoipa::path(get, path = "/strategy/active", tag = "strategies",
    params(("If-None-Match" = Option<String>, Header, description = "The ETag that is known")),
    responses((status = 200, description = "All", body = ActiveStrategies)))]
async fn active(by: By<ANYBODY>, headers: HeaderMap) -> Answer<Response> {
    let running = by.context.till.live_documents(by.account).await?;
    let items = running
        .into_iter()
        .map(|(document, running)| {
            let activation = running.activation();
            ActiveStrategy {
                strategy: running.live.strategy,
                version: activation.version,
                on: activation.on,
                login: document.login,
                since: activation.since,
                is_paused: activation.is_paused,
                pauses_at: activation.pauses_at,
                hash: hash(&document.document),
                document: document.document,
            }
        })
        .collect();
    let all = ActiveStrategies { items };
    let text = serde_json::to_string(&all).map_err(Refusal::failed)?;
    let headers_of = [
        (header::ETAG, format!("\"{}\"", hash(&text))),
        (header::CACHE_CONTROL, "private, no-cache".to_owned()),
    ];
    if is_known(&headers, &headers_of[0].1) {
        return Ok((StatusCode::NOT_MODIFIED, headers_of).into_response());
    }
    Ok((headers_of, Json(all)).into_response())
}

/// Lets a version trade, in the place of another version of the strategy if one does. What the plan
/// does not allow is refused (409 `quota-exceeded`). For signed-in traders.
#[utoipa::path(post, path = "/strategies/{id}/activate", tag = "strategies",
    request_body = NewActivation,
    params(("id" = StrategyId, Path, description = "Which")),
    responses((status = 200, description = "It trades", body = StrategyLine)))]
async fn activate(
    by: By<TRADER>,
    Path(id): Path<StrategyId>,
    Given(new): Given<NewActivation>,
) -> Answer<Response> {
    if let Activated::Now(_) = by.context.till.activate(by.account, id, &new).await? {
        by.note("strategy-activated", &told(id, &new)).await;
    }
    tagged(&by, StatusCode::OK, id).await
}

/// Lets a strategy trade no more. It opens nothing; what it has open is not closed. For signed-in
/// traders and phones.
#[utoipa::path(post, path = "/strategies/{id}/deactivate", tag = "strategies",
    params(("id" = StrategyId, Path, description = "Which")),
    responses((status = 200, description = "It trades no more", body = StrategyLine)))]
async fn deactivate(by: By<STOPPER>, Path(id): Path<StrategyId>) -> Answer<Response> {
    if by.context.till.deactivate(by.account, id).await? {
        by.note("strategy-deactivated", &id.to_string()).await;
    }
    tagged(&by, StatusCode::OK, id).await
}

/// Puts a strategy away that does not trade. For signed-in traders.
#[utoipa::path(post, path = "/strategies/{id}/archive", tag = "strategies",
    params(("id" = StrategyId, Path, description = "Which")),
    responses((status = 200, description = "It is put away", body = StrategyLine)))]
async fn archive(by: By<TRADER>, Path(id): Path<StrategyId>) -> Answer<Response> {
    let activations = &by.context.desk.storage().activations;
    if activations.archive(by.account, id, now()).await? {
        by.note("strategy-archived", &id.to_string()).await;
    }
    tagged(&by, StatusCode::OK, id).await
}

/// Takes a strategy out again that was put away. For signed-in traders.
#[utoipa::path(post, path = "/strategies/{id}/restore", tag = "strategies",
    params(("id" = StrategyId, Path, description = "Which")),
    responses((status = 200, description = "It is a draft again", body = StrategyLine)))]
async fn restore(by: By<TRADER>, Path(id): Path<StrategyId>) -> Answer<Response> {
    let activations = &by.context.desk.storage().activations;
    if activations.restore(by.account, id).await? {
        by.note("strategy-restored", &id.to_string()).await;
    }
    tagged(&by, StatusCode::OK, id).await
}
