//! The app: what is on every page, and which page is where.

use crate::{
    address,
    components::toast::Toasts,
    pages::{frame::Frame, lab::LabPage, not_found::NotFoundPage},
    preference::Preferences,
};
use leptos::prelude::*;

/// The app.
#[component]
pub fn App() -> impl IntoView {
    Preferences::provide();
    // One page needs no router: its code would be a twentieth of the module.
    let is_lab = address::path() == "/";
    let page = move || {
        if is_lab {
            view! { <LabPage /> }.into_any()
        } else {
            view! { <NotFoundPage /> }.into_any()
        }
    };
    view! {
        <Toasts>
            <Frame is_lab>{page()}</Frame>
        </Toasts>
    }
}
