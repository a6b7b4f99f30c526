//! Bytes that are packed once and sent often.

use super::etag::is_known;
use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

/// The same bytes, as they are and packed.
#[derive(Debug, Clone)]
pub(super) struct Squeezed {
    pub(super) plain: Bytes,
    pub(super) brotli: Option<Bytes>,
    pub(super) gzip: Option<Bytes>,
}

impl Squeezed {
    /// What this browser takes best, or 304 where it has them already. `tag` is their name for
    /// ever: a hash of the content.
    pub(super) fn answer(&self, asked: &HeaderMap, tag: &str) -> Response {
        let (packing, bytes) = self.best(asked);
        let mut headers = HeaderMap::new();
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        if let Ok(tag) = HeaderValue::from_str(tag) {
            headers.insert(header::ETAG, tag);
        }
        if is_known(asked, tag) {
            return (StatusCode::NOT_MODIFIED, headers).into_response();
        }
        if let Some(packing) = packing {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(packing));
        }
        (headers, Body::from(bytes.clone())).into_response()
    }

    fn best(&self, asked: &HeaderMap) -> (Option<&'static str>, &Bytes) {
        let takes = |packing: &str| {
            let values = asked.get_all(header::ACCEPT_ENCODING).iter();
            values
                .filter_map(|value| value.to_str().ok())
                .flat_map(|value| value.split(','))
                .any(|one| {
                    let mut parts = one.split(';').map(str::trim);
                    let named = parts.next() == Some(packing);
                    named && parts.all(|quality| !matches!(quality, "q=0" | "q=0.0"))
                })
        };
        match (&self.brotli, &self.gzip) {
            (Some(bytes), _) if takes("br") => (Some("br"), bytes),
            (_, Some(bytes)) if takes("gzip") => (Some("gzip"), bytes),
            _ => (None, &self.plain),
        }
    }
}
