//! The forms with which something comes by a key.

use super::{DeviceFault, Scope, say};
use crate::{
    Look,
    part::{
        field::{Field, Kind},
        form::{Form, Tone},
        setting,
    },
    words::{Text, device as words},
};
use leptos::prelude::*;

/// For how many days a key may be made; zero is without an end.
const DAYS: [(&str, Text); 4] = [
    ("30", words::DAYS_30),
    ("90", words::DAYS_90),
    ("365", words::DAYS_365),
    ("0", words::DAYS_ALL),
];

/// Asks for the code that a device shows. It changes nothing: the next page says whose it is.
pub(super) fn pair(look: &Look, fault: Option<&DeviceFault>) -> AnyView {
    let wrong = fault.filter(|fault| matches!(fault, DeviceFault::NoCode));
    let code = Field::new("pair-code", "code", look.say(words::CODE), Kind::DeviceCode)
        .hint(look.say(words::CODE_HINT))
        .error(wrong.map(|fault| say(look, fault)));
    view! {
        <form class="entry-form" method="get" action="/account/devices/approve">
            {code.view()}
            <button type="submit" class="button button-accent">
                {look.say(words::PAIR_DO)}
            </button>
        </form>
    }
    .into_any()
}

/// Makes a key for what cannot be paired.
pub(super) fn key(look: &Look, fault: Option<&DeviceFault>) -> AnyView {
    let wrong = fault.filter(|fault| matches!(fault, DeviceFault::Label));
    let error = wrong.map(|fault| say(look, fault));
    let label = Field::new("key-label", "label", look.say(words::LABEL), Kind::Label);
    let label = if error.is_some() {
        label.error(error)
    } else {
        label.hint(look.say(words::LABEL_HINT))
    };
    // The least is chosen until somebody chooses more.
    let scopes = Scope::ALL.map(|scope| (scope.name(), words::scope(scope)));
    let form = Form::new("/account/devices/key")
        .with(label.view())
        .with(select(
            look,
            ("key-scope", "scope"),
            words::SCOPE,
            &scopes,
            "read",
        ))
        .with(may(look))
        .with(select(look, ("key-days", "days"), words::DAYS, &DAYS, "90"))
        .send(look.say(words::KEY_DO), Tone::Plain);
    setting::fold(look.say(words::KEY_OPEN), wrong.is_some(), form)
}

/// What each scope may do.
fn may(look: &Look) -> AnyView {
    let lines = Scope::ALL.map(|scope| {
        view! {
            <div>
                <dt>{look.say(words::scope(scope))}</dt>
                <dd>{look.say(words::may(scope))}</dd>
            </div>
        }
    });
    view! {
        <dl class="scopes hint" id="key-scope-hint">
            {lines.collect_view()}
        </dl>
    }
    .into_any()
}

fn select(
    look: &Look,
    (id, name): (&'static str, &'static str),
    label: Text,
    options: &[(&'static str, Text)],
    chosen: &str,
) -> AnyView {
    let options: Vec<_> = options
        .iter()
        .map(|(value, words)| {
            view! {
                <option value=*value selected=*value == chosen>
                    {look.say(*words)}
                </option>
            }
        })
        .collect();
    let described = (name == "scope").then_some("key-scope-hint");
    view! {
        <div class="select">
            <label for=id>{look.say(label)}</label>
            <select id=id name=name aria-describedby=described>
                {options}
            </select>
        </div>
    }
    .into_any()
}
