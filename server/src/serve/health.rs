//! Whether the server lives, and whether it can work.

use super::Context;
use axum::{extract::State, http::StatusCode};
use storage::Storage;

/// It answers: that is all that is asked here.
pub(super) async fn lives() -> &'static str {
    "ok\n"
}

/// It can keep things: the database answers and can be written to.
pub(super) async fn ready(State(context): State<Context>) -> (StatusCode, &'static str) {
    let is_stopping = *context.stopping.borrow();
    readiness(context.desk.storage(), is_stopping).await
}

/// The same, of any process.
pub(super) async fn readiness(storage: &Storage, is_stopping: bool) -> (StatusCode, &'static str) {
    if is_stopping {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping\n");
    }
    match storage.check().await {
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
