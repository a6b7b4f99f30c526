//! Whether the numbers are those of the document as it stands. Old numbers stay where they are:
//! nothing blinks.

use super::{Shown, fault::FaultNotice};
use crate::{
    components::progress::Progress,
    engine::{Engine, State},
    pages::lab::state::Lab,
    words::{Say, fill, outcome as words},
};
use leptos::prelude::*;
use std::time::Duration;

/// A shorter wait is not worth a word.
const PATIENCE: Duration = Duration::from_millis(300);

/// True once `waits` has been true for longer than [`PATIENCE`].
pub(super) fn is_long(waits: Signal<bool>) -> Signal<bool> {
    let long = RwSignal::new(false);
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(timer) = timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    };
    Effect::new(move |_| {
        stop();
        if waits.get() {
            timer.set_value(set_timeout_with_handle(move || long.set(true), PATIENCE).ok());
        } else {
            long.set(false);
        }
    });
    on_cleanup(stop);
    long.into()
}

/// Tests the document once more, as it stands.
pub(super) fn again(lab: Lab) {
    lab.test_again();
}

/// What is said of the result as a whole: of which version it is, what is under way, what went
/// wrong.
#[component]
pub(super) fn Standing(
    /// What is shown below.
    outcome: Shown,
) -> impl IntoView {
    let say = Say::here();
    let lab = Lab::here();
    let state = lab.result();
    let waits = Memo::new(move |_| state.with(|state| matches!(state, State::Waiting(_))));
    let is_long = is_long(waits.into());
    let stale = move || {
        let faults = lab.faults().len();
        let is_old = faults > 0 && outcome.with(Option::is_some);
        is_old.then(|| {
            let language = say.language();
            match faults {
                1 => language.text(words::LAST_VALID_ONE).to_owned(),
                many => fill(language.text(words::LAST_VALID), &[many.to_string()]),
            }
        })
    };
    let progress = move || {
        is_long.get().then(|| {
            let text = match outcome.with(Option::is_some) {
                true => words::TESTING_NEW,
                false => words::TESTING,
            };
            view! { <Progress label=say.say(text) on_cancel=move |()| Engine.stop() /> }
        })
    };
    let failed = Memo::new(move |_| {
        state.with(|state| match state {
            State::Failed(fault) => Some(fault.clone()),
            _ => None,
        })
    });
    let fault = move || {
        // A document with faults says so where they are; what was tested before it is past.
        let fault = failed.get().filter(|_| lab.faults().is_empty())?;
        Some(view! { <FaultNotice fault again=move |()| again(lab) /> })
    };
    view! {
        <div class="outcome-standing">
            <p class="outcome-stale" aria-live="polite">{stale}</p>
            {progress}
            {fault}
        </div>
    }
    .into_any()
}
