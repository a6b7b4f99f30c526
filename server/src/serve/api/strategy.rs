//! Saved strategies. Revision and state are the `ETag`: who changes or removes one says which they
//! read. Only the revision counts there: what was activated meanwhile is no other document.

use super::{
    asker::{ANYBODY, By, TRADER},
    body::Given,
    part::Part,
    refusal::{Answer, Refusal},
};
use crate::{
    clock::now,
    draft,
    serve::{Context, etag::is_known},
    till::Running,
};
use app::api::MostStrategies;
use axum::{
    Extension, Json,
    extract::{Path, Query},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use protocol::{
    api::{
        page::{Page, PageQuery},
        problem::ProblemCode,
        strategy::{NewDocument, StrategyLine, WholeStrategy},
    },
    id::StrategyId,
    strategy::MAX_DOCUMENT,
};
use storage::{MAX_STRATEGIES, NewStrategy, Shelved};
use utoipa_axum::{router::UtoipaMethodRouter, routes};

/// How many strategies the plan of who is signed in lets them keep.
pub(super) type Most = Option<Extension<MostStrategies>>;

pub(super) fn routes() -> Vec<UtoipaMethodRouter<Context>> {
    vec![routes!(list, create), routes!(load, replace, remove)]
}

/// What a list shows of one.
pub(super) fn line(shelved: Shelved, running: &[Running]) -> StrategyLine {
    let (state, summary) = (shelved.state(), shelved.summary);
    let live = running.iter().find(|one| one.live.strategy == summary.id);
    StrategyLine {
        id: summary.id,
        revision: summary.revision,
        name: summary.name,
        symbol: summary.symbol,
        timeframe: summary.timeframe,
        state,
        version: shelved.version,
        live: live.map(Running::activation),
        created_at: summary.created_at,
        updated_at: summary.updated_at,
    }
}

fn tag(shelved: &Shelved) -> String {
    match (shelved.summary.revision, shelved.turns) {
        (revision, 0) => format!("\"{revision}\""),
        (revision, turns) => format!("\"{revision}.{turns}\""),
    }
}

/// The revision that `If-Match` names.
pub(super) fn matched(headers: &HeaderMap) -> Answer<i64> {
    let said = headers
        .get(header::IF_MATCH)
        .ok_or_else(|| Refusal::of(ProblemCode::PreconditionRequired))?;
    let inner = said.to_str().ok().map(str::trim);
    if inner.is_some_and(|text| text.starts_with("W/")) {
        let why = "a weak ETag matches nothing (RFC 9110, 13.1.1): send it without W/";
        return Err(Refusal::with(ProblemCode::PreconditionFailed, why));
    }
    let inner = inner.and_then(|text| text.strip_prefix('"')?.strip_suffix('"'));
    inner
        .and_then(|text| text.split('.').next()?.parse().ok())
        .ok_or_else(|| Refusal::of(ProblemCode::PreconditionFailed))
}

/// What is kept of a document that has no fault.
pub(super) fn checked(
    document: String,
    replaces: Option<(StrategyId, i64)>,
    most: Most,
) -> Answer<NewStrategy> {
    if document.len() > MAX_DOCUMENT {
        return Err(Refusal::of(ProblemCode::TooLarge));
    }
    let most = most.map_or(MAX_STRATEGIES, |Extension(most)| most.0);
    draft::draft(document, replaces, most).map_err(|faults| Refusal::of_document(&faults))
}

/// A strategy as it is now, with its tag.
pub(super) async fn tagged<const WHO: u8>(
    by: &By<WHO>,
    status: StatusCode,
    id: StrategyId,
) -> Answer<Response> {
    let strategies = &by.context.desk.storage().strategies;
    let shelved = strategies.shelved(by.owner(), id).await?;
    let running = by.context.till.live(by.account).await?;
    let tag = [(header::ETAG, tag(&shelved))];
    Ok((status, tag, Json(line(shelved, &running))).into_response())
}

/// All strategies, the last saved first. For everybody.
#[utoipa::path(get, path = "/strategies", tag = "strategies", params(PageQuery),
    responses((status = 200, description = "A part", body = Page<StrategyLine>)))]
async fn list(by: By<ANYBODY>, Query(query): Query<PageQuery>) -> Answer<Json<Page<StrategyLine>>> {
    let part = Part::<StrategyId>::of(&query)?;
    // Nobody has more than a few hundred.
    let all = by
        .context
        .desk
        .storage()
        .strategies
        .shelf(by.owner(), None)
        .await?;
    let running = by.context.till.live(by.account).await?;
    let seen = match part.before {
        None => 0,
        Some(last) => {
            let place = all.iter().position(|one| one.summary.id == last);
            place.map_or(all.len(), |place| place + 1)
        }
    };
    let rest = all.into_iter().skip(seen);
    let rest = rest.map(|one| line(one, &running)).collect();
    Ok(Json(
        part.page(rest, |one: &StrategyLine| one.id.to_string()),
    ))
}

/// Saves a new strategy. For signed-in traders.
#[utoipa::path(post, path = "/strategies", tag = "strategies", request_body = NewDocument,
    responses((status = 201, description = "It is saved", body = StrategyLine)))]
async fn create(by: By<TRADER>, most: Most, Given(new): Given<NewDocument>) -> Answer<Response> {
    let note = new.note;
    let new = checked(new.document, None, most)?;
    let strategies = &by.context.desk.storage().strategies;
    let saved = strategies.save_noted(by.owner(), new, (note.as_str(), None), now());
    tagged(&by, StatusCode::CREATED, saved.await?.id).await
}

/// One strategy with its document; 304 where `If-None-Match` names its revision. For everybody.
#[utoipa::path(get, path = "/strategies/{id}", tag = "strategies",
    params(("id" = StrategyId, Path, description = "Which"),
        ("If-None-Match" = Option<String>, Header, description = "The ETag that is known")),
    responses((status = 200, description = "The strategy", body = WholeStrategy)))]
async fn load(by: By<ANYBODY>, Path(id): Path<StrategyId>, headers: HeaderMap) -> Answer<Response> {
    let strategies = &by.context.desk.storage().strategies;
    let shelved = strategies.shelved(by.owner(), id).await?;
    let running = by.context.till.live(by.account).await?;
    let tag = tag(&shelved);
    if is_known(&headers, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response());
    }
    let whole = WholeStrategy {
        document: strategies.load(by.owner(), id).await?.document,
        strategy: line(shelved, &running),
    };
    let headers = [
        (header::ETAG, tag),
        (header::CACHE_CONTROL, "private, no-cache".to_owned()),
    ];
    Ok((headers, Json(whole)).into_response())
}

/// Saves a strategy anew, if it is still as `If-Match` says. A document that is another one makes a
/// new version, which trades only once it is activated. For signed-in traders.
#[utoipa::path(put, path = "/strategies/{id}", tag = "strategies", request_body = NewDocument,
    params(("id" = StrategyId, Path, description = "Which"),
        ("If-Match" = String, Header, description = "The ETag that was read")),
    responses((status = 200, description = "It is saved", body = StrategyLine),
        (status = 409, description = "There is no room for another version"),
        (status = 422, description = "The document has faults")))]
async fn replace(
    by: By<TRADER>,
    Path(id): Path<StrategyId>,
    most: Most,
    headers: HeaderMap,
    Given(new): Given<NewDocument>,
) -> Answer<Response> {
    let strategies = &by.context.desk.storage().strategies;
    // Somebody else's is not there, whatever else is wrong.
    strategies.load(by.owner(), id).await?;
    let note = new.note;
    let new = checked(new.document, Some((id, matched(&headers)?)), most)?;
    let saved = strategies.save_noted(by.owner(), new, (note.as_str(), None), now());
    tagged(&by, StatusCode::OK, saved.await?.id).await
}

/// Removes a strategy with its versions, if it is still as `If-Match` says and does not trade. For
/// signed-in traders.
#[utoipa::path(delete, path = "/strategies/{id}", tag = "strategies",
    params(("id" = StrategyId, Path, description = "Which"),
        ("If-Match" = String, Header, description = "The ETag that was read")),
    responses((status = 204, description = "It is gone"),
        (status = 409, description = "It is live")))]
async fn remove(
    by: By<TRADER>,
    Path(id): Path<StrategyId>,
    headers: HeaderMap,
) -> Answer<StatusCode> {
    let strategies = &by.context.desk.storage().strategies;
    strategies.load(by.owner(), id).await?;
    strategies
        .delete_at(by.owner(), id, matched(&headers)?)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
