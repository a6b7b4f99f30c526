//! The app: what is on every page, and which page is where.

use crate::{
    components::toast::Toasts,
    pages::{frame::Frame, lab::LabPage, not_found::NotFoundPage},
    preference::Preferences,
};
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    components::{Route, Router, Routes},
    path,
};

/// The app.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    Preferences::provide();
    view! {
        <Router>
            <Toasts>
                <Frame>
                    <Routes fallback=NotFoundPage>
                        <Route path=path!("/") view=LabPage />
                    </Routes>
                </Frame>
            </Toasts>
        </Router>
    }
}
