//! The place of something that is on its way.

use crate::words::{Say, shell};
use leptos::prelude::*;

/// Grey lines.
#[component]
pub fn Skeleton(
    /// How many.
    #[prop(default = 3)]
    lines: usize,
) -> impl IntoView {
    let say = Say::here();
    view! {
        <div class="skeleton" role="status">
            <span class="unseen">{say.say(shell::LOADING)}</span>
            {(0..lines).map(|_| view! { <span class="skeleton-line"></span> }).collect_view()}
        </div>
    }
}
