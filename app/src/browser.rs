//! What the browser calls: once in the page, once in the worker.

use crate::{engine::worker, root::App};

/// Takes over the page that the server rendered.
pub fn hydrate() {
    leptos::mount::hydrate_body(App);
}

/// Answers the page's questions in a worker: backtests never stall the page.
pub fn work() {
    worker::listen();
}
