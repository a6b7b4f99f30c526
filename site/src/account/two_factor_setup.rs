//! Making an authenticator app known.

use crate::{
    Fault, Look,
    frame::Page,
    part::{
        entry,
        field::{Field, Kind},
        form::{Form, Tone},
        refusal::{Place, Refusal},
    },
    words::{frame, two_factor as words},
};
use leptos::prelude::*;

/// Shows the secret as a picture and as text, and asks for a code made with it. The picture is put
/// on the page as it is.
pub fn two_factor_setup(look: &Look, secret: &str, qr_svg: &str, fault: Option<&Fault>) -> String {
    let refusal = Refusal::of(look, fault, &[Place::Code]);
    let code = Field::new("code", "code", look.say(words::CODE), Kind::AppCode)
        .error(refusal.at(Place::Code));
    let form = Form::new("/account/two-factor/confirm")
        .refusal("setup-refused", &refusal, true)
        .with(view! { <p>{look.say(words::SETUP_CODE)}</p> })
        .with(code.view())
        .send(look.say(words::SETUP_DO), Tone::Accent);
    let content = view! {
        <p>{look.say(words::SETUP_SCAN)}</p>
        <div
            class="qr"
            role="img"
            aria-label=look.say(words::SETUP_PICTURE)
            inner_html=qr_svg.to_owned()
        ></div>
        <p class="hint">{look.say(words::SETUP_TYPE)}</p>
        <p class="secret">{groups(secret)}</p>
        {form}
        <p class="hint">{look.say(words::SETUP_NEXT)}</p>
        {entry::way("/account", look.say(frame::CANCEL))}
    };
    let page = Page::new(look.say(words::SETUP)).refused(refusal.is_some());
    entry::entry(look, page, content)
}

/// In groups of four, so that the eye finds back. Apps take the spaces.
fn groups(secret: &str) -> String {
    let mut grouped = String::with_capacity(secret.len() + secret.len() / 4);
    for (place, letter) in secret.chars().enumerate() {
        if place > 0 && place.is_multiple_of(4) {
            grouped.push(' ');
        }
        grouped.push(letter);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::groups;

    #[test]
    fn a_secret_is_shown_in_fours() {
        assert_eq!(groups("ABCDEFGHIJ"), "ABCD EFGH IJ");
        assert_eq!(groups("ABCD"), "ABCD");
        assert_eq!(groups(""), "");
    }
}
