//! The bird, in the colour of the text around it; the same as the app's.

use leptos::prelude::*;

pub(super) fn mark() -> AnyView {
    view! {
        <svg class="mark" viewBox="0 0 24 24" aria-hidden="true">
            <path d="M12 21c-5 0-8-3.4-8-7.6 0-3 1.6-5.2 3.6-6.9 0 2.2.8 3.6 2.2 4.3C9.6 7 11 4 14.4 2c-.5 3.2.6 5 2.4 6.8 1.900 1.900 3.200 3.500 3.200 5.600 0 3.800-3.200 6.600-8 6.600Z" />
        </svg>
    }
    .into_any()
}
