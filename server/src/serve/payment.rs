//! Where payment providers tell us what happened. Nobody is signed in here: what they say is signed.

use super::Context;
use crate::till::NewsError;
use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::post,
};

pub(super) fn router() -> Router<Context> {
    Router::new()
        .route("/api/payment/stripe", post(stripe))
        .route("/api/payment/midtrans", post(midtrans))
}

async fn stripe(State(context): State<Context>, headers: HeaderMap, body: Bytes) -> Response {
    let signature = headers.get("stripe-signature");
    let signature = signature.and_then(|value| value.to_str().ok());
    let taken = context
        .till
        .hear_stripe(signature.unwrap_or_default(), &body);
    answer("stripe", taken.await)
}

async fn midtrans(State(context): State<Context>, body: Bytes) -> Response {
    answer("midtrans", context.till.hear_midtrans(&body).await)
}

/// Anything but success makes the provider send it again, for days.
fn answer(provider: &str, taken: Result<(), NewsError>) -> Response {
    let status = match taken {
        Ok(()) => return (StatusCode::OK, "taken\n").into_response(),
        Err(NewsError::NotSetUp) => StatusCode::NOT_FOUND,
        Err(NewsError::Refused(why)) => {
            tracing::warn!(provider, why, "news of a payment was refused");
            StatusCode::BAD_REQUEST
        }
        Err(NewsError::Later(why)) => {
            tracing::error!(provider, why, "news of a payment could not be taken yet");
            StatusCode::SERVICE_UNAVAILABLE
        }
    };
    (status, "not taken\n").into_response()
}
