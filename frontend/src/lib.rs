//! The WASM entry of the web app: the page calls `hydrate`, the worker `work`. One module serves
//! both, so that it is downloaded and compiled once.
#![cfg(target_arch = "wasm32")]

use wasm_bindgen::prelude::wasm_bindgen;

/// Takes over the page that the server rendered.
#[wasm_bindgen]
pub fn hydrate() {
    app::browser::hydrate();
}

/// Answers the page's questions, in a worker.
#[wasm_bindgen]
pub fn work() {
    app::browser::work();
}
