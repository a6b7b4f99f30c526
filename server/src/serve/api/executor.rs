//! Heartbeats: that an executor lives, how it feels, and what it is to do. The answer has every
//! command that it has not said to have done: who cannot keep a connection open asks this way.

use super::{
    asker::{ANYBODY, By, EXECUTOR, Who},
    body::Given,
    part::Part,
    refusal::{Answer, Refusal},
};
use crate::{clock::now, serve::Context};
use axum::{Json, extract::Query};
use protocol::{
    api::{
        heartbeat::{Executor, Heartbeat, HeartbeatAnswer},
        page::{Page, PageQuery},
        problem::ProblemCode,
    },
    id::ExecutorId,
};
use storage::StorageError;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(routes!(beat))
        .routes(routes!(list))
}

/// Which executor a key is. It must have said once that it lives.
pub(super) async fn of(by: &By<EXECUTOR>) -> Answer<ExecutorId> {
    let Who::Key(credential, _) = by.who else {
        return Err(Refusal::of(ProblemCode::Forbidden));
    };
    let executors = &by.context.desk.storage().executors;
    match executors.of(by.account, credential).await {
        Err(StorageError::NotFound) => Err(Refusal::with(
            ProblemCode::Conflict,
            "send a heartbeat first",
        )),
        found => Ok(found?),
    }
}

/// Says that I live and how I feel; answers what I am to do. Needs no Idempotency-Key. For
/// executors.
#[utoipa::path(post, path = "/executor/heartbeat", tag = "executors", request_body = Heartbeat,
    responses((status = 200, description = "What to do", body = HeartbeatAnswer)))]
async fn beat(by: By<EXECUTOR>, Given(beat): Given<Heartbeat>) -> Answer<Json<HeartbeatAnswer>> {
    let Who::Key(credential, _) = by.who else {
        return Err(Refusal::of(ProblemCode::Forbidden));
    };
    let (storage, at) = (by.context.desk.storage(), now());
    let executors = &storage.executors;
    let executor = executors.beat(by.account, credential, &beat, at).await?;
    let commands = storage.commands.open(by.account, executor, at).await?;
    let newest = by.context.downloads.executor.as_ref();
    Ok(Json(HeartbeatAnswer {
        executor,
        account: Some(by.account),
        now: at,
        commands,
        newest: newest.and_then(|one| one.version.to_string().parse().ok()),
    }))
}

/// Executors whose key was not revoked, and how they felt last, the newest first. For everybody.
#[utoipa::path(get, path = "/executors", tag = "executors", params(PageQuery),
    responses((status = 200, description = "A part", body = Page<Executor>)))]
async fn list(by: By<ANYBODY>, Query(query): Query<PageQuery>) -> Answer<Json<Page<Executor>>> {
    let part = Part::<ExecutorId>::of(&query)?;
    let executors = &by.context.desk.storage().executors;
    let all = executors.list(by.account, part.before, part.most()).await?;
    Ok(Json(part.page(all, |one| one.id.to_string())))
}
