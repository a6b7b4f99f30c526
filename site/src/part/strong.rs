//! A sentence with one part of it in bold.

use crate::{Look, words::Text};
use leptos::prelude::*;

/// The sentence with the value in the place of its `{}`.
pub(crate) fn strong(look: &Look, text: Text, value: &str) -> AnyView {
    let text = look.say(text);
    let (before, after) = text.split_once("{}").unwrap_or((text, ""));
    view! {
        {before}
        <strong>{value.to_owned()}</strong>
        {after}
    }
    .into_any()
}
