//! The second step of signing in.

use crate::{
    Fault, Look,
    frame::Page,
    part::{
        entry,
        field::{Field, Kind},
        form::{Form, Tone},
        refusal::{Place, Refusal},
    },
    words::two_factor as words,
};
use leptos::prelude::*;

/// Asks for a code. `next` is where to go then.
pub fn code(look: &Look, next: &str, fault: Option<&Fault>) -> String {
    let refusal = Refusal::of(look, fault, &[Place::Code]);
    let code = Field::new("code", "code", look.say(words::CODE), Kind::AnyCode)
        .hint(look.say(words::ANY_CODE_HINT))
        .error(refusal.at(Place::Code))
        .first(!refusal.is_some());
    let form = Form::new("/sign-in/code")
        .hidden("next", next)
        .refusal("code-refused", &refusal, true)
        .with(code.view())
        .send(look.say(words::SECOND_STEP_DO), Tone::Accent);
    let content = view! {
        {form}
        <p class="hint">{look.say(words::NO_PHONE)}</p>
        {entry::way("/sign-in", look.say(words::START_AGAIN))}
    };
    let page = Page::new(look.say(words::SECOND_STEP)).refused(refusal.is_some());
    entry::entry(look, page, content)
}
