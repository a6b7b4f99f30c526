//! The shape of a section: what it is beside what there is and can be done.

use crate::{Look, words::Text};
use leptos::prelude::*;

/// A section with its name and what it is for.
pub(crate) fn section(
    look: &Look,
    id: &'static str,
    name: Text,
    lead: Text,
    content: impl IntoView,
) -> AnyView {
    view! {
        <section class="setting" aria-labelledby=id>
            <div class="setting-name">
                <h2 id=id>{look.say(name)}</h2>
                <p class="hint">{look.say(lead)}</p>
            </div>
            <div class="panel">{content.into_any()}</div>
        </section>
    }
    .into_any()
}

/// Something that is asked for only when it is wanted; open when it was just refused.
pub(crate) fn fold(name: &'static str, is_open: bool, content: impl IntoView) -> AnyView {
    view! {
        <details class="more" open=is_open>
            <summary>{name}</summary>
            {content.into_any()}
        </details>
    }
    .into_any()
}
