//! With which costs the strategy is tested.

use crate::{
    engine::State,
    pages::lab::state::Lab,
    words::{Say, outcome as words},
};
use leptos::prelude::*;
use protocol::run::Terms;
use trading::indicator::Text;

/// The name of the terms.
pub(super) const fn name(terms: Terms) -> Text {
    match terms {
        Terms::Ideal => words::IDEAL,
        Terms::Typical => words::TYPICAL,
    }
}

const fn meaning(terms: Terms, is_own_broker: bool) -> Text {
    match terms {
        Terms::Ideal => words::IDEAL_HINT,
        Terms::Typical if is_own_broker => words::BROKER_HINT,
        Terms::Typical => words::TYPICAL_HINT,
    }
}

/// A choice between two; what the chosen one means stands beside it.
#[component]
pub(super) fn TermsChoice() -> impl IntoView {
    let say = Say::here();
    let lab = Lab::here();
    let chosen = lab.terms;
    let result = lab.result();
    let own = move || {
        let own = |state: &State| Some(state.outcome()?.is_own_broker);
        result.with(own).unwrap_or_default()
    };
    let choice = |terms: Terms| {
        view! {
            <label class="segment">
                <input
                    type="radio"
                    name="terms"
                    prop:checked=move || chosen.get() == terms
                    on:change=move |_| chosen.set(terms)
                />
                <span>{say.say(name(terms))}</span>
            </label>
        }
    };
    view! {
        <div class="terms">
            <fieldset class="segments">
                <legend class="unseen">{say.say(words::TERMS)}</legend>
                {[Terms::Typical, Terms::Ideal].map(choice).collect_view()}
            </fieldset>
            <p class="hint">{move || say.language().text(meaning(chosen.get(), own()))}</p>
        </div>
    }
    .into_any()
}
