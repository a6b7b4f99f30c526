//! Bodies that are JSON of one kind.

use super::refusal::Refusal;
use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::{StatusCode, header},
    response::IntoResponse,
};
use protocol::api::problem::ProblemCode;
use serde::de::DeserializeOwned;

/// A body of this kind.
#[derive(Debug)]
pub(super) struct Given<T>(pub(super) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Given<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let kind = request.headers().get(header::CONTENT_TYPE);
        let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        if !kind.eq_ignore_ascii_case("application/json") {
            return Err(Refusal::of(ProblemCode::UnsupportedMediaType));
        }
        let bytes = Bytes::from_request(request, state).await.map_err(|error| {
            let status = error.into_response().status();
            if status == StatusCode::PAYLOAD_TOO_LARGE {
                Refusal::of(ProblemCode::TooLarge)
            } else {
                Refusal::with(ProblemCode::BadRequest, "the body did not come whole")
            }
        })?;
        // Says where and what, in words of serde's: nothing of the body but names of fields.
        let given = serde_json::from_slice(&bytes)
            .map_err(|error| Refusal::with(ProblemCode::BadRequest, error.to_string()))?;
        Ok(Self(given))
    }
}
