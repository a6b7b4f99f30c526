//! The page of devices: a device is paired, keys are looked through, a key is made by hand.

use super::{DeviceFault, DevicesPage, form, line, say};
use crate::{
    Look,
    frame::{Page, document},
    part::{alert, empty, setting},
    words::device as words,
};
use leptos::prelude::*;

/// What has a key of the account, and how something else comes by one.
pub fn devices(look: &Look, page: &DevicesPage) -> String {
    let fault = page.fault.as_ref();
    // What speaks of a field is said there.
    let refused = fault
        .filter(|fault| !matches!(fault, DeviceFault::NoCode | DeviceFault::Label))
        .map(|fault| alert::refused("devices-refused", say(look, fault), true));
    let content = view! {
        <div class="settings">
            <header class="settings-head">
                <h1>{look.say(words::DEVICES)}</h1>
                <p class="hint">{look.say(words::DEVICES_LEAD)}</p>
            </header>
            {refused}
            {alert::done(look, page.notice)}
            {setting::section(
                look,
                "pair",
                words::PAIR,
                words::PAIR_LEAD,
                form::pair(look, fault),
            )}
            {setting::section(look, "keys", words::KEYS, words::KEYS_LEAD, keys(look, page))}
            {setting::section(look, "key", words::KEY, words::KEY_LEAD, form::key(look, fault))}
        </div>
    };
    let head = Page::new(look.say(words::DEVICES)).refused(fault.is_some());
    document(look, head, content.into_any())
}

/// Those that open something; the others are folded away below.
fn keys(look: &Look, page: &DevicesPage) -> AnyView {
    if page.keys.is_empty() {
        return empty::empty(look.say(words::NO_KEYS), look.say(words::NO_KEYS_HINT));
    }
    let lines = |are_good: bool| -> Vec<AnyView> {
        let is_good = |key: &&super::KeyLine| !key.is_revoked && !key.is_over(page.now);
        page.keys
            .iter()
            .filter(|key| is_good(key) == are_good)
            .map(|key| line::line(look, key, page.now))
            .collect()
    };
    let (good, former) = (lines(true), lines(false));
    let good = if good.is_empty() {
        empty::empty(look.say(words::NO_KEYS), look.say(words::NO_KEYS_HINT))
    } else {
        view! { <ul class="sessions">{good}</ul> }.into_any()
    };
    let former = (!former.is_empty()).then(|| {
        let list = view! { <ul class="sessions">{former}</ul> };
        setting::fold(look.say(words::FORMER), false, list)
    });
    view! {
        {good}
        {former}
    }
    .into_any()
}
