//! Writes that are sent twice are done once. Every POST of somebody who is known needs an
//! `Idempotency-Key`: with the same key and body it is answered as before, with another body it is
//! refused. Only what went well is kept: what was refused did nothing, and may be tried again.

use super::{
    asker::{Principal, Who},
    refusal::{Answer, Refusal},
};
use crate::{clock::now, serve::Context};
use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use protocol::{api::problem::ProblemCode, id::AccountId};
use sha2::{Digest, Sha256};
use storage::Known;
use trading::time::{DAY, MINUTE, Time};

/// The header.
pub(super) const HEADER: &str = "idempotency-key";
/// How long an answer is kept.
const KEPT: i64 = DAY;
/// After how long nobody works on a write any more: longer than any request may take.
const UNDERWAY: i64 = 2 * MINUTE;
/// The largest body of a write.
const MAX_BODY: usize = 1 << 20;
/// The longest key.
const MAX_KEY: usize = 200;

/// Writes that need no key, by the end of their path. A heartbeat says how things are now, and an
/// old answer would hold back commands; who asks for a key is known by nothing yet, and gets it
/// once anyway. To sign out twice is to sign out, a backtest changes nothing, and neither does a broker's
/// data that is there already.
const WITHOUT: [&str; 8] = [
    "/auth/sign-in",
    "/auth/sign-out",
    "/backtest",
    "/executor/heartbeat",
    "/markets/bars",
    "/markets/specs",
    "/pairings",
    "/pairings/claim",
];

/// Whether a POST to this path needs a key.
pub(super) fn needs_key(path: &str) -> bool {
    !WITHOUT.iter().any(|end| path.ends_with(end))
}

/// The key of a write, for handlers that keep it beside what they wrote.
#[derive(Debug, Clone)]
pub(super) struct Key(pub(super) String);

/// Does every write once.
pub(super) async fn check(
    State(context): State<Context>,
    request: Request,
    next: Next,
) -> Response {
    let principal = request.extensions().get::<Principal>().copied();
    let Some(principal) = principal else {
        // Nobody: refused where somebody is needed.
        return next.run(request).await;
    };
    if request.method() != Method::POST || !needs_key(request.uri().path()) {
        return next.run(request).await;
    }
    match done(&context, principal, request, next).await {
        Ok(response) => response,
        Err(refusal) => refusal.into_response(),
    }
}

async fn done(
    context: &Context,
    principal: Principal,
    request: Request,
    next: Next,
) -> Answer<Response> {
    let key = key(request.headers())?;
    let (mut parts, body) = request.into_parts();
    let body = to_bytes(body, MAX_BODY)
        .await
        .map_err(|_| Refusal::of(ProblemCode::TooLarge))?;
    let hash = hash(principal.who, parts.uri.path(), &body);
    let (kept, account, at) = (
        &context.desk.storage().idempotency,
        principal.account,
        now(),
    );
    match kept
        .begin(account, &key, hash, at, Time(at.0 + UNDERWAY))
        .await?
    {
        Known::Fresh => {}
        Known::Another => return Err(Refusal::of(ProblemCode::IdempotencyMismatch)),
        Known::Underway => return Err(Refusal::of(ProblemCode::InProgress)),
        Known::Answered { status, answer } => {
            let body = context.desk.open_answer(account, &key, &answer)?;
            return Ok(again(status, body));
        }
    }
    parts.extensions.insert(Key(key.clone()));
    let request = Request::from_parts(parts, Body::from(body));
    // Who goes away does not leave a write that was done but never noted: see `serve/whole.rs`.
    settle(context, account, &key, next.run(request).await).await
}

/// Notes what was answered, or that nothing was done.
async fn settle(
    context: &Context,
    account: AccountId,
    key: &str,
    response: Response,
) -> Answer<Response> {
    let kept = &context.desk.storage().idempotency;
    if !response.status().is_success() {
        kept.forget(account, key).await?;
        return Ok(response);
    }
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, MAX_BODY).await.map_err(Refusal::failed)?;
    let sealed = context.desk.seal_answer(account, key, &body)?;
    let until = Time(now().0 + KEPT);
    kept.finish(account, key, parts.status.as_u16(), sealed, until)
        .await?;
    Ok(Response::from_parts(parts, Body::from(body)))
}

fn key(headers: &HeaderMap) -> Answer<String> {
    let mut values = headers.get_all(HEADER).iter();
    let first = values.next().and_then(|value| value.to_str().ok());
    let text = first.map(str::trim).filter(|_| values.next().is_none());
    text.filter(|text| !text.is_empty() && text.len() <= MAX_KEY)
        .map(str::to_owned)
        .ok_or_else(|| Refusal::of(ProblemCode::IdempotencyMissing))
}

/// Of who asks for what: another key of the same trader does not get what this one was told.
fn hash(who: Who, path: &str, body: &[u8]) -> [u8; 32] {
    let who = match who {
        Who::Session(_) => "session".to_owned(),
        Who::Key(id, _) => id.to_string(),
    };
    // The unnumbered paths are the same.
    let path = path.strip_prefix("/api/v1").or(path.strip_prefix("/api"));
    let mut hash = Sha256::new();
    for part in [who.as_bytes(), path.unwrap_or_default().as_bytes()] {
        hash.update(part);
        hash.update([0]);
    }
    hash.update(body);
    hash.finalize().into()
}

fn again(status: u16, body: Vec<u8>) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    let mut response = (status, headers, body).into_response();
    response.headers_mut().insert(
        HeaderName::from_static("idempotency-replayed"),
        HeaderValue::from_static("true"),
    );
    response
}
