//! What a list says that has nothing in it, and what to do about that.

use leptos::prelude::*;

/// An empty list.
#[component]
pub fn EmptyState(
    /// What is not there.
    #[prop(into)]
    title: Signal<String>,
    /// What to do.
    #[prop(into)]
    hint: Signal<String>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <p class="empty-title">{title}</p>
            <p>{hint}</p>
        </div>
    }
}
