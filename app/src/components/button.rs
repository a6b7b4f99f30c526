//! A button. Handlers and other attributes are given as to any element: `<Button on:click=...>`.

use leptos::prelude::*;

/// What pressing it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// One of several things to do.
    #[default]
    Plain,
    /// The one thing to do here.
    Accent,
    /// Something is lost by it.
    Danger,
    /// Hardly a button, such as in a row of a table.
    Quiet,
}

impl Tone {
    const fn class(self) -> &'static str {
        match self {
            Self::Plain => "button",
            Self::Accent => "button button-accent",
            Self::Danger => "button button-danger",
            Self::Quiet => "button button-quiet",
        }
    }
}

/// A button.
#[component]
pub fn Button(
    /// What pressing it means.
    #[prop(optional)]
    tone: Tone,
    /// Whether it cannot be pressed.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// What it says.
    children: Children,
) -> impl IntoView {
    view! {
        <button type="button" class=tone.class() disabled=move || disabled.get()>
            {children()}
        </button>
    }
}
