//! What belongs to the test as a whole: how many bars, how long it took, what could not be opened.

use super::{Shown, write::fixed};
use crate::words::{Say, fill, outcome as words};
use leptos::prelude::*;

/// Two lines below the head of the result.
#[component]
pub(super) fn About(
    /// What is told.
    outcome: Shown,
) -> impl IntoView {
    let say = Say::here();
    move || {
        let outcome = outcome.get()?;
        let language = say.language();
        let count = fixed(language, outcome.bars as f64, 0);
        let bars = fill(language.text(words::BARS), &[count]);
        let took = fill(
            language.text(words::TOOK),
            &[fixed(language, outcome.elapsed_ms, 0)],
        );
        let refused = match outcome.refused {
            0 => None,
            1 => Some(language.text(words::REFUSED_ONE).to_owned()),
            many => Some(fill(
                language.text(words::REFUSED),
                &[fixed(language, f64::from(many), 0)],
            )),
        };
        Some(view! {
            <p class="outcome-about">
                <span data-fact="bars">{bars}</span>
                " · "
                <span data-fact="took">{took}</span>
            </p>
            {refused.map(|text| view! { <p class="outcome-refused" data-fact="refused">{text}</p> })}
        })
    }
}
