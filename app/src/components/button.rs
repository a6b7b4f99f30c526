//! A button. What it does comes in as a property: handlers and attributes that are spread onto a
//! component (`<Button on:click=…>`) are those of its first rendering for ever, because tachys 0.2
//! does not replace them when the component is rendered again.

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
    /// Called when it is pressed.
    #[prop(into)]
    on_press: Callback<()>,
    /// What pressing it means.
    #[prop(optional)]
    tone: Tone,
    /// Whether it cannot be pressed.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// What it is called by those who do not see what stands around it; begins with what it says.
    #[prop(optional, into)]
    label: Option<Signal<String>>,
    /// What is told of it when the mouse rests on it.
    #[prop(optional, into)]
    title: Option<Signal<String>>,
    /// Whether it is held down, for one that stays so.
    #[prop(optional, into)]
    pressed: Option<Signal<bool>>,
    /// What it says.
    children: Children,
) -> impl IntoView {
    let text = |signal: Option<Signal<String>>| signal.map(|text| move || text.get());
    view! {
        <button
            type="button"
            class=tone.class()
            disabled=move || disabled.get()
            aria-label=text(label)
            aria-pressed=pressed.map(|pressed| move || pressed.get().to_string())
            title=text(title)
            on:click=move |_| on_press.run(())
        >
            {children()}
        </button>
    }
}
