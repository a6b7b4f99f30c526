//! The recovery codes, once.

use crate::{
    Look,
    frame::Page,
    part::{alert, entry},
    words::two_factor as words,
};
use leptos::prelude::*;

/// Shows new recovery codes, to be printed or written down.
pub fn recovery_codes(look: &Look, codes: &[String]) -> String {
    let items: Vec<_> = codes
        .iter()
        .map(|code| view! { <li>{code.clone()}</li> })
        .collect();
    // On paper there is no header that says whose they are.
    let whose = look.who.as_ref().map(|who| {
        let whose = look.with(words::RECOVERY_WHOSE, &[&who.email]);
        view! { <p class="print-only">{whose}</p> }
    });
    let content = view! {
        <p>{look.say(words::RECOVERY_LEAD)}</p>
        {alert::warn(look.say(words::RECOVERY_ONCE).to_owned())}
        {whose}
        <ol class="codes" aria-label=look.say(words::RECOVERY_LIST)>
            {items}
        </ol>
        {entry::next("/account".to_owned(), look.say(words::RECOVERY_DO))}
    };
    entry::entry(look, Page::new(look.say(words::RECOVERY)), content)
}
