//! `/metrics`, for Prometheus. Nothing there is about anybody, but how much a service has to do is
//! nobody's business either: without a token only who asks from near, past every proxy, is told.

use super::{Context, host::Called, name::HostName, peer};
use crate::meter;
use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};
use std::time::Instant;
use storage::Storage;
use subtle::ConstantTimeEq;

/// What proxies write.
const FORWARDED: [&str; 3] = ["forwarded", "x-forwarded-for", "x-real-ip"];
/// Fewer letters could be guessed.
const SHORTEST: usize = 16;
/// Paths that no route is for, such as those of pages that are not there.
pub(super) const NO_ROUTE: &str = "none";

/// The token's hash: who compares hashes learns nothing of the token by how long it takes.
#[derive(Clone)]
pub(crate) struct Guard([u8; 32]);

/// A token is short, or could not be sent.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NoToken;

impl std::str::FromStr for Guard {
    type Err = NoToken;
    fn from_str(text: &str) -> Result<Self, NoToken> {
        let is_good = text.len() >= SHORTEST && text.bytes().all(|byte| byte.is_ascii_graphic());
        is_good.then(|| Self::new(text)).ok_or(NoToken)
    }
}

impl Guard {
    fn new(token: &str) -> Self {
        Self(Sha256::digest(token.as_bytes()).into())
    }

    fn opens(&self, token: &str) -> bool {
        let said: [u8; 32] = Sha256::digest(token.as_bytes()).into();
        self.0.ct_eq(&said).into()
    }
}

impl std::fmt::Debug for Guard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Guard")
    }
}

/// Everything that is counted.
pub(super) async fn metrics(State(context): State<Context>, parts: Parts) -> Response {
    let public = context.public.as_ref().map(|url| &url.host);
    let guard = context.metrics.as_ref();
    told(context.desk.storage(), guard, public, &parts).await
}

/// The same, of any process; `public` is the name by which strangers call it.
pub(super) async fn told(
    storage: &Storage,
    guard: Option<&Guard>,
    public: Option<&HostName>,
    parts: &Parts,
) -> Response {
    if let Some(refused) = refusal(guard, public, parts) {
        return refused;
    }
    match meter::text(storage).await {
        Ok(text) => {
            let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
            let headers = [
                (header::CONTENT_TYPE, kind),
                (header::CACHE_CONTROL, "no-store"),
            ];
            (headers, text).into_response()
        }
        Err(error) => {
            tracing::error!(%error, "metrics could not be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// Who may not read.
fn refusal(guard: Option<&Guard>, public: Option<&HostName>, parts: &Parts) -> Option<Response> {
    if let Some(guard) = guard {
        if bearer(&parts.headers).is_some_and(|token| guard.opens(token)) {
            return None;
        }
        let how = HeaderValue::from_static("Bearer realm=\"Phoenix metrics\"");
        let text = "metrics need the token that PHOENIX_METRICS_TOKEN names\n";
        return Some(
            (
                StatusCode::UNAUTHORIZED,
                [(header::WWW_AUTHENTICATE, how)],
                text,
            )
                .into_response(),
        );
    }
    let is_near = peer::direct(parts).is_some_and(peer::is_near);
    // A proxy on this machine is near as well: whom it speaks for is not.
    let is_forwarded = FORWARDED
        .iter()
        .any(|name| parts.headers.contains_key(*name));
    let called = parts.extensions.get::<Called>();
    let called = called.and_then(|called| HostName::of(&called.0));
    let is_public = called.is_some() && called.as_ref() == public;
    if is_near && !is_forwarded && !is_public {
        return None;
    }
    let text = "metrics are told to who asks from this machine or its private network, past every \
                proxy; for others name a token in PHOENIX_METRICS_TOKEN\n";
    Some((StatusCode::FORBIDDEN, text).into_response())
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let text = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (kind, token) = text.split_once(' ')?;
    kind.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// Counts every answer.
pub(super) async fn count(request: Request, next: Next) -> Response {
    let start = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    let route = route.as_ref().map_or(NO_ROUTE, MatchedPath::as_str);
    meter::answered(&method, route, response.status().as_u16(), start.elapsed());
    response
}

#[cfg(test)]
mod tests {
    use super::Guard;

    #[test]
    fn only_the_token_opens_and_it_is_not_shown() {
        let guard = Guard::new("abc");
        assert!(guard.opens("abc"));
        for wrong in ["", "ab", "abcd", "ABC"] {
            assert!(!guard.opens(wrong), "{wrong}");
        }
        assert_eq!(format!("{guard:?}"), "Guard");
        assert!("0123456789abcde".parse::<Guard>().is_err());
        assert!("0123456789 abcdef".parse::<Guard>().is_err());
        assert!("0123456789abcdef".parse::<Guard>().is_ok());
    }
}
