//! What has just been done, what is to be known, and what was refused.

use crate::{Look, Notice, words::notice};
use leptos::prelude::*;

/// What has just been done.
pub(crate) fn done(look: &Look, notice: Option<Notice>) -> Option<AnyView> {
    let said = look.say(notice::say(notice?));
    let view = view! {
        <p class="notice notice-good" role="status">
            {said}
        </p>
    };
    Some(view.into_any())
}

/// What is to be known before one goes on.
pub(crate) fn warn(text: String) -> AnyView {
    view! { <p class="notice">{text}</p> }.into_any()
}

/// Why a whole form was refused. It takes the focus, so that it is in sight and read aloud.
pub(crate) fn refused(id: &'static str, text: String, takes_focus: bool) -> AnyView {
    view! {
        <p id=id class="notice notice-bad" role="alert" tabindex="-1" autofocus=takes_focus>
            {text}
        </p>
    }
    .into_any()
}
