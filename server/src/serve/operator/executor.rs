//! Executors and their versions.

use super::{LINES, older};
use crate::{
    clock::now,
    serve::visit::{Staff, Visit},
};
use axum::{extract::Query, response::Response};
use protocol::id::ExecutorId;
use serde::Deserialize;
use site::admin::{self as pages, ExecutorLine};
use storage::StorageError;
use trading::time::{DAY, MINUTE, Time};

/// Who was heard of so long ago at most is online.
const ONLINE: i64 = 5 * MINUTE;
/// How many versions are shown.
const VERSIONS: i64 = 12;

#[derive(Deserialize)]
pub(super) struct Asked {
    before: Option<String>,
}

pub(super) async fn executors(Staff(member): Staff, Query(asked): Query<Asked>) -> Response {
    let visit = &member.visit;
    let at = now();
    let found = async {
        let before = asked.before.as_deref().map(str::parse::<ExecutorId>);
        let before = before.transpose().map_err(|_| StorageError::NotFound)?;
        let operations = &visit.desk.storage().operations;
        let lines = operations
            .executors(Time(at.0 - DAY), before, LINES)
            .await?;
        let versions = operations.versions(Time(at.0 - ONLINE), VERSIONS).await?;
        Ok::<_, StorageError>((lines, versions))
    };
    let (found, versions) = match found.await {
        Ok(found) => found,
        Err(error) => return visit.broken(&error.into()),
    };
    let older = older(&found, "/admin/executors", |one| one.id.to_string());
    let lines: Vec<ExecutorLine> = found
        .into_iter()
        .map(|one| ExecutorLine {
            email: one.email,
            name: one.name,
            version: one.version,
            is_running: one.health.is_running,
            is_connected: one.health.is_connected,
            may_trade: one.health.may_trade,
            waiting: one.health.waiting_reports,
            seen_at: one.seen_at,
        })
        .collect();
    let versions: Vec<(String, u64)> = versions
        .into_iter()
        .map(|(version, count)| (version, u64::try_from(count).unwrap_or(0)))
        .collect();
    let online = versions.iter().map(|(_, count)| count).sum();
    let look = visit.look("/admin/executors");
    Visit::page(pages::executors(
        &look, &lines, &versions, online, older, at,
    ))
}
