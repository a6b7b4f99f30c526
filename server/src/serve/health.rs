//! Whether the server lives, and whether it can work.

use super::Context;
use axum::{extract::State, http::StatusCode};

/// It answers: that is all that is asked here.
pub(super) async fn lives() -> &'static str {
    "ok\n"
}

/// It can keep things: the database answers and can be written to.
pub(super) async fn ready(State(context): State<Context>) -> (StatusCode, &'static str) {
    if *context.stopping.borrow() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping\n");
    }
    match context.desk.storage().check().await {
        Ok(()) => (StatusCode::OK, "ready\n"),
        Err(error) => {
            tracing::error!(%error, "not ready");
            (
                StatusCode::SERVICE_UNAVAILABLE,
                "the database does not answer\n",
            )
        }
    }
}
