//! The versions of strategies. None is ever changed: an old one is brought back as a new one.

use super::{
    asker::{ANYBODY, By, TRADER},
    refusal::{Answer, Refusal},
    strategy::{Most, checked, matched, tagged},
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
    api::strategy::{GoneVersion, StrategyLine, VersionLine, Versions, WholeVersion},
    id::StrategyId,
};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use storage::VersionEarned;
use utoipa_axum::{router::UtoipaMethodRouter, routes};

pub(super) fn routes() -> Vec<UtoipaMethodRouter<Context>> {
    vec![routes!(list), routes!(load), routes!(restore)]
}

/// The SHA-256 of a text, in hexadecimal.
pub(super) fn hash(text: &str) -> String {
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(text) {
        // Writing to a text does not fail.
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

/// The versions of a strategy, the newest first, and what each earned. For everybody.
#[utoipa::path(get, path = "/strategies/{id}/versions", tag = "strategies",
    params(("id" = StrategyId, Path, description = "Which")),
    responses((status = 200, description = "All", body = Versions)))]
async fn list(by: By<ANYBODY>, Path(id): Path<StrategyId>) -> Answer<Json<Versions>> {
    let strategies = &by.context.desk.storage().strategies;
    let all = strategies.versions(by.owner(), id).await?;
    let VersionEarned {
        mut versions,
        unknown,
        is_cut,
    } = strategies.earned(by.account, id).await?;
    let mut items = Vec::new();
    for one in all {
        items.push(VersionLine {
            number: one.number,
            note: one.note.parse().map_err(Refusal::failed)?,
            origin: one.origin,
            saved_at: one.saved_at,
            earned: versions.remove(&one.number).unwrap_or_default(),
        });
    }
    let gone = |(number, earned)| GoneVersion { number, earned };
    Ok(Json(Versions {
        items,
        unknown,
        gone: versions.into_iter().rev().map(gone).collect(),
        is_cut,
    }))
}

/// One version with its document; 304 where `If-None-Match` names it. For everybody.
#[utoipa::path(get, path = "/strategies/{id}/versions/{number}", tag = "strategies",
    params(("id" = StrategyId, Path, description = "Which"),
        ("number" = i64, Path, description = "Which version"),
        ("If-None-Match" = Option<String>, Header, description = "The ETag that is known")),
    responses((status = 200, description = "The version", body = WholeVersion)))]
async fn load(
    by: By<ANYBODY>,
    Path((id, number)): Path<(StrategyId, i64)>,
    headers: HeaderMap,
) -> Answer<Response> {
    let strategies = &by.context.desk.storage().strategies;
    let version = strategies.version(by.owner(), id, number).await?;
    let hash = hash(&version.document);
    let tag = format!("\"{hash}\"");
    if is_known(&headers, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response());
    }
    let summary = version.summary;
    let whole = WholeVersion {
        number: summary.number,
        note: summary.note.parse().map_err(Refusal::failed)?,
        origin: summary.origin,
        saved_at: summary.saved_at,
        document: version.document,
        hash,
    };
    let headers = [
        (header::ETAG, tag),
        (header::CACHE_CONTROL, "private, no-cache".to_owned()),
    ];
    Ok((headers, Json(whole)).into_response())
}

/// Saves the document of an old version as the newest one, if the strategy is still as `If-Match`
/// says. For signed-in traders.
#[utoipa::path(post, path = "/strategies/{id}/versions/{number}/restore", tag = "strategies",
    params(("id" = StrategyId, Path, description = "Which"),
        ("number" = i64, Path, description = "Which version"),
        ("If-Match" = String, Header, description = "The ETag that was read")),
    responses((status = 200, description = "It is saved", body = StrategyLine)))]
async fn restore(
    by: By<TRADER>,
    Path((id, number)): Path<(StrategyId, i64)>,
    most: Most,
    headers: HeaderMap,
) -> Answer<Response> {
    let strategies = &by.context.desk.storage().strategies;
    let version = strategies.version(by.owner(), id, number).await?;
    let replaces = Some((id, matched(&headers)?));
    let new = checked(version.document, replaces, most)?;
    let saved = strategies.save_noted(by.owner(), new, ("", Some(number)), now());
    saved.await?;
    by.note(
        "strategy-version-restored",
        &format!("{id} version {number}"),
    )
    .await;
    tagged(&by, StatusCode::OK, id).await
}
