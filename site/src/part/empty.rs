//! What a list says that has nothing in it, and what to do about that.

use leptos::prelude::*;

/// An empty list.
pub(crate) fn empty(title: impl Into<String>, hint: impl Into<String>) -> AnyView {
    view! {
        <div class="empty">
            <p class="empty-title">{title.into()}</p>
            <p>{hint.into()}</p>
        </div>
    }
    .into_any()
}
