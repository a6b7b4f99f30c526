//! The way to the devices that have a key.

use super::part;
use crate::{Look, words::device as words};
use leptos::prelude::*;

pub(super) fn section(look: &Look) -> AnyView {
    let content = view! {
        <a class="button" href="/account/devices">
            {look.say(words::SECTION_DO)}
        </a>
    };
    part::section(
        look,
        "devices",
        words::SECTION,
        words::DEVICES_LEAD,
        content,
    )
}
