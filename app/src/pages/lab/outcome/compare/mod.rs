//! Kept runs, and one of them beside the present one.
//!
//! | file | what |
//! |---|---|
//! | `state.rs` | which runs there are, which one is compared; it is run again in a lane of its own |
//! | `keep.rs` | what is kept of a run; the button |
//! | `list.rs` | the kept runs |
//! | `beside.rs` | both side by side |
//! | `difference.rs` | how far two figures are apart |

mod beside;
mod difference;
mod keep;
mod list;
mod state;

pub(super) use keep::KeepButton;
pub use state::Compared;
pub(super) use state::Comparing;

use super::Shown;
use beside::Beside;
use leptos::prelude::*;
use list::KeptRuns;

/// The list, and what is chosen from it.
#[component]
pub(super) fn Compare(
    /// What it is about.
    comparing: Comparing,
    /// The present outcome.
    outcome: Shown,
    /// Whether it is looked at: the list is read then.
    is_open: Signal<bool>,
) -> impl IntoView {
    Effect::new(move |_| {
        if is_open.get() {
            comparing.read();
            comparing.follow_history();
        }
    });
    let beside = move || {
        let is_shown = is_open.get() && comparing.other.with(Option::is_some);
        is_shown.then(|| view! { <Beside comparing outcome /> })
    };
    view! {
        <div class="compare">
            {beside}
            {move || is_open.get().then(|| view! { <KeptRuns comparing /> })}
        </div>
    }
    .into_any()
}
