//! While developing: says which start of the server this is. The answer ends at once and the
//! browser asks again by itself; a page that hears another name than before loads itself again.

use axum::{http::header, response::IntoResponse};
use std::process;

/// One event.
pub(super) async fn events() -> impl IntoResponse {
    let kind = [(header::CONTENT_TYPE, "text/event-stream")];
    (kind, format!("retry: 500\ndata: {}\n\n", process::id()))
}
