//! The second factor.

use super::{AccountPage, Section, TwoFactor, part};
use crate::{
    Look,
    part::{
        alert,
        field::{Field, Kind},
        form::{Form, Tone},
        refusal::{Place, Refusal},
        when,
    },
    words::{account as words, two_factor},
};
use leptos::prelude::*;

/// From so many recovery codes on there is no need to speak of new ones.
const ENOUGH: i64 = 4;

pub(super) fn section(look: &Look, page: &AccountPage) -> AnyView {
    let content = match page.two_factor {
        Some(factor) => is_on(look, page, factor),
        None => is_off(look, page),
    };
    part::section(
        look,
        "two-factor",
        two_factor::TWO_FACTOR,
        words::TWO_FACTOR_LEAD,
        content,
    )
}

fn is_off(look: &Look, page: &AccountPage) -> AnyView {
    // Where the factor was switched off meanwhile, there is no form for codes to say it in.
    let fault = page
        .fault(Section::TwoFactor)
        .or_else(|| page.fault(Section::RecoveryCodes));
    let refusal = Refusal::of(look, fault, &[Place::Password]);
    let form = Form::new("/account/two-factor")
        .refusal("two-factor-refused", &refusal, true)
        .with(password(look, "two-factor-password", &refusal))
        .send(look.say(words::TWO_FACTOR_SET_UP), Tone::Plain);
    view! {
        <p class="setting-value">{look.say(words::TWO_FACTOR_IS_OFF)}</p>
        {part::fold(look.say(two_factor::SETUP), refusal.is_some(), form)}
    }
    .into_any()
}

fn is_on(look: &Look, page: &AccountPage, factor: TwoFactor) -> AnyView {
    let left = match factor.codes_left {
        ..=0 => look.say(words::NO_CODE_LEFT).to_owned(),
        1 => look.say(words::ONE_CODE_LEFT).to_owned(),
        many => look.with(words::CODES_LEFT, &[&many.to_string()]),
    };
    let few =
        (factor.codes_left < ENOUGH).then(|| alert::warn(look.say(words::CODES_FEW).to_owned()));
    view! {
        <p class="setting-value">
            {look.say(words::TWO_FACTOR_IS_ON)} " " {when::when(factor.since)}
        </p>
        <p class="hint">{left}</p>
        {few}
        {codes(look, page)}
        {off(look, page)}
    }
    .into_any()
}

fn codes(look: &Look, page: &AccountPage) -> AnyView {
    let refusal = Refusal::of(look, page.fault(Section::RecoveryCodes), &[Place::Password]);
    let form = Form::new("/account/two-factor/codes")
        .with(view! { <p>{look.say(words::CODES_LEAD)}</p> })
        .refusal("codes-refused", &refusal, true)
        .with(password(look, "codes-password", &refusal))
        .send(look.say(words::CODES_DO), Tone::Plain);
    part::fold(look.say(words::CODES_OPEN), refusal.is_some(), form)
}

fn off(look: &Look, page: &AccountPage) -> AnyView {
    let places = [Place::Password, Place::Code];
    let refusal = Refusal::of(look, page.fault(Section::TwoFactor), &places);
    let code = Field::new(
        "off-code",
        "code",
        look.say(two_factor::CODE),
        Kind::AnyCode,
    )
    .hint(look.say(two_factor::ANY_CODE_HINT))
    .error(refusal.at(Place::Code));
    let form = Form::new("/account/two-factor/off")
        .with(view! { <p>{look.say(words::OFF_LEAD)}</p> })
        .refusal("off-refused", &refusal, true)
        .with(password(look, "off-password", &refusal))
        .with(code.view())
        .send(look.say(words::OFF_DO), Tone::Danger);
    part::fold(look.say(words::OFF_OPEN), refusal.is_some(), form)
}

fn password(look: &Look, id: &'static str, refusal: &Refusal) -> AnyView {
    Field::new(
        id,
        "password",
        look.say(words::CURRENT_PASSWORD),
        Kind::Password,
    )
    .error(refusal.at(Place::Password))
    .view()
}
