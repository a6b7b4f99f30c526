//! The question before a device gets a key.

use super::{DeviceFault, WaitingDevice, say};
use crate::{
    Look,
    frame::Page,
    part::{
        alert, entry,
        form::{Form, Tone},
    },
    words::device as words,
};
use leptos::prelude::*;

/// Says which device asks and what it would be allowed, and asks to approve it.
pub fn approve(look: &Look, device: &WaitingDevice, fault: Option<&DeviceFault>) -> String {
    let refused = fault.map(|fault| alert::refused("approve-refused", say(look, fault), true));
    // Where nothing waits any more, there is nothing to be approved.
    let form = (!matches!(fault, Some(DeviceFault::NoCode))).then(|| {
        Form::new("/account/devices/approve")
            .hidden("code", &device.code)
            .with(alert::warn(look.say(words::APPROVE_WARN).to_owned()))
            .send(look.say(words::APPROVE_DO), Tone::Accent)
    });
    let lines = [
        (words::CODE, device.code.clone(), Some("facts-code")),
        (words::NAME, device.name.clone(), None),
        (words::ADDRESS, device.address.clone(), None),
        (
            words::SCOPE,
            look.say(words::scope(device.scope)).to_owned(),
            None,
        ),
        (
            words::MAY,
            look.say(words::may(device.scope)).to_owned(),
            None,
        ),
    ]
    .map(|(name, value, class)| {
        view! {
            <div>
                <dt>{look.say(name)}</dt>
                <dd class=class>{value}</dd>
            </div>
        }
    });
    let content = view! {
        <p>{look.say(words::APPROVE_LEAD)}</p>
        {refused}
        <dl class="facts">{lines.collect_view()}</dl>
        {form}
        {entry::way("/account/devices", look.say(words::APPROVE_NOT))}
    };
    let page = Page::new(look.say(words::APPROVE)).refused(fault.is_some());
    entry::entry(look, page, content)
}
