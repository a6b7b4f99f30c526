//! What was begun is ended, whoever hangs up. The connection's task is dropped when its other end
//! goes away, and a deed with it: between a change and the mail that tells of it, for example.

use super::request_id::carried;
use axum::{extract::Request, middleware::Next, response::Response};
use std::panic;

/// Has every request that may change something done on a task of its own.
pub(super) async fn finish(request: Request, next: Next) -> Response {
    if request.method().is_safe() {
        return next.run(request).await;
    }
    let task = tokio::spawn(carried(next.run(request)));
    match task.await {
        Ok(response) => response,
        // Answered as any panic is, by the layer outside.
        Err(error) => panic::resume_unwind(error.into_panic()),
    }
}
