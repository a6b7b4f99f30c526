//! The name of a request: in every line of the log that it leaves, in its answer, and as the
//! reference that somebody is told when something went wrong.

use super::{Context, peer};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};
use tokio::task_local;
use tracing::Instrument;
use uuid::Uuid;

/// The header.
const HEADER: HeaderName = HeaderName::from_static("x-request-id");
/// How long a name from elsewhere may be.
const LENGTHS: std::ops::RangeInclusive<usize> = 8..=64;

task_local! {
    static CURRENT: RequestId;
}

/// The name of a request.
#[derive(Debug, Clone)]
pub(super) struct RequestId(String);

impl RequestId {
    fn new() -> Self {
        Self(Uuid::now_v7().simple().to_string())
    }

    /// A name that a proxy gave it. Others could write into our log whatever they like, and make
    /// two requests look like one.
    fn given(headers: &HeaderMap) -> Option<Self> {
        let mut values = headers.get_all(HEADER).iter();
        let text = values.next()?.to_str().ok()?;
        let is_sane = LENGTHS.contains(&text.len())
            && values.next().is_none()
            && text
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
        is_sane.then(|| Self(text.to_owned()))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Gives every request its name.
pub(super) async fn give(
    State(context): State<Context>,
    mut request: Request,
    next: Next,
) -> Response {
    let is_ours = peer::of(request.extensions()).is_some_and(|peer| context.proxies.has(peer));
    let given = is_ours.then(|| RequestId::given(request.headers()));
    let id = given.flatten().unwrap_or_else(RequestId::new);
    request.extensions_mut().insert(id.clone());
    let mut response = CURRENT.scope(id.clone(), next.run(request)).await;
    if let Ok(value) = HeaderValue::from_str(&id.0) {
        response.headers_mut().insert(HEADER, value);
    }
    response
}

/// Under which name the log has what goes wrong now: that of the request, or a new one where there
/// is none.
pub(crate) fn reference() -> String {
    CURRENT
        .try_with(|id| id.0.clone())
        .unwrap_or_else(|_| RequestId::new().0)
}

/// Work of a request on a task of its own, which knows the request's name and logs under it.
pub(super) fn carried<T>(work: impl Future<Output = T>) -> impl Future<Output = T> {
    let id = CURRENT
        .try_with(RequestId::clone)
        .unwrap_or_else(|_| RequestId::new());
    CURRENT.scope(id, work.in_current_span())
}

#[cfg(test)]
mod tests {
    use super::{HEADER, RequestId};
    use axum::http::HeaderMap;

    #[test]
    fn only_plain_names_are_taken_over() {
        let given = |values: &[&str]| {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append(HEADER, value.parse().unwrap());
            }
            RequestId::given(&headers).map(|id| id.0)
        };
        let good = "0199a3f4-8e1d-7c31_Z";
        assert_eq!(given(&[good]).as_deref(), Some(good));
        let long = "x".repeat(65);
        for bad in [
            &["short"][..],
            &[],
            &["with space!"],
            &["x\"},{\"level\":\"E\"}"],
            &[&long],
            &[good, good],
        ] {
            assert_eq!(given(bad), None, "{bad:?}");
        }
    }
}
