//! On a phone the Lab shows one of its parts at a time. On a wide screen all are there, and these
//! buttons are not.

use crate::words::{Say, Text, lab as words};
use leptos::prelude::*;

/// A part of the Lab.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// The blocks.
    Strategy,
    /// The candles.
    Chart,
    /// The numbers.
    Result,
}

impl View {
    const ALL: [(Self, Text); 3] = [
        (Self::Strategy, words::PART_STRATEGY),
        (Self::Chart, words::PART_CHART),
        (Self::Result, words::PART_RESULT),
    ];

    /// Where it is on the page.
    pub const fn selector(self) -> &'static str {
        match self {
            Self::Strategy => ".lab-strategy",
            Self::Chart => ".lab-chart",
            Self::Result => ".lab-result",
        }
    }

    /// Its name in the style sheet.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Strategy => "strategy",
            Self::Chart => "chart",
            Self::Result => "result",
        }
    }
}

/// The choice of the part that is shown.
#[component]
pub fn Views(
    /// The part.
    view: RwSignal<View>,
) -> impl IntoView {
    let say = Say::here();
    let buttons = View::ALL.map(|(part, name)| {
        view! {
            <button
                type="button"
                class="view"
                aria-pressed=move || (view.get() == part).to_string()
                on:click=move |_| view.set(part)
            >
                {say.say(name)}
            </button>
        }
    });
    view! {
        <div class="views" role="group" aria-label=say.say(words::PARTS)>
            {buttons.into_iter().collect_view()}
        </div>
    }
}
