//! The page's own address: what the server was asked for, and what the browser shows.

use leptos::prelude::*;

/// The path.
#[cfg(feature = "ssr")]
pub fn path() -> String {
    use_context::<axum::http::request::Parts>()
        .map_or_else(String::new, |parts| parts.uri.path().to_owned())
}

/// The path.
#[cfg(not(feature = "ssr"))]
pub fn path() -> String {
    window().location().pathname().unwrap_or_default()
}

/// The value of a key behind the `?`. For effects and handlers: the server has no window.
pub fn query(key: &str) -> Option<String> {
    let search = window().location().search().ok()?;
    let pairs = search.trim_start_matches('?').split('&');
    let value = pairs
        .filter_map(|pair| pair.split_once('='))
        .find_map(|(name, value)| (name == key).then_some(value))?;
    // What no browser would write stays as it is.
    Some(js_sys::decode_uri_component(value).map_or_else(|_| value.to_owned(), String::from))
}

/// Shows another address of the same page, in the place of the one that is shown.
pub fn replace(address: &str) {
    if let Ok(history) = window().history() {
        let state = history.state().unwrap_or_default();
        // Refused only to pages that do it without end.
        let _ = history.replace_state_with_url(&state, "", Some(address));
    }
}
