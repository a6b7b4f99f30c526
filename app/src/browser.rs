//! What the browser calls: once in the page, once in the worker.

use crate::{engine::worker, root::App};
use leptos::prelude::document;

/// Takes over the page that the server rendered.
pub fn hydrate() {
    std::panic::set_hook(Box::new(|fault| {
        web_sys::console::error_1(&fault.to_string().into());
        // Nothing on the page answers any more: it says so itself.
        if let Some(root) = document().document_element() {
            // Only an invalid name is refused.
            let _ = root.set_attribute("data-failed", "");
        }
    }));
    leptos::mount::hydrate_body(App);
}

/// Answers the page's questions in a worker: backtests never stall the page.
pub fn work() {
    worker::listen();
}
