//! What is sent to the server, and the button that sends it.

use super::{
    alert,
    refusal::{Place, Refusal},
};
use leptos::prelude::*;

/// How a button looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    /// What the page is for.
    Accent,
    /// One of several things.
    Plain,
    /// It destroys something.
    Danger,
}

impl Tone {
    const fn class(self) -> &'static str {
        match self {
            Self::Accent => "button button-accent",
            Self::Plain => "button",
            Self::Danger => "button button-danger",
        }
    }
}

/// What is sent by POST.
pub(crate) struct Form {
    action: &'static str,
    parts: Vec<AnyView>,
}

impl Form {
    /// An empty one.
    pub(crate) const fn new(action: &'static str) -> Self {
        Self {
            action,
            parts: Vec::new(),
        }
    }

    /// With something in it.
    pub(crate) fn with(mut self, part: impl IntoView + 'static) -> Self {
        self.parts.push(part.into_any());
        self
    }

    /// With a value that is not seen.
    pub(crate) fn hidden(self, name: &'static str, value: &str) -> Self {
        self.with(view! { <input type="hidden" name=name value=value.to_owned() /> })
    }

    /// With the reason why it was refused as a whole, if it was.
    pub(crate) fn refusal(self, id: &'static str, refusal: &Refusal, takes_focus: bool) -> Self {
        match refusal.at(Place::Whole) {
            Some(words) => self.with(alert::refused(id, words, takes_focus)),
            None => self,
        }
    }

    /// What is shown, with the button below.
    pub(crate) fn send(self, words: &'static str, tone: Tone) -> AnyView {
        self.button(words.into_any(), tone)
    }

    /// The same where the button names what it does it to.
    pub(crate) fn send_named(self, words: String, tone: Tone) -> AnyView {
        self.button(words.into_any(), tone)
    }

    /// The same where several buttons of a page say the same: what this one is for is read aloud.
    pub(crate) fn send_which(self, words: &'static str, which: String, tone: Tone) -> AnyView {
        let words = view! {
            {words}
            <span class="unseen">": " {which}</span>
        };
        self.button(words.into_any(), tone)
    }

    fn button(self, words: AnyView, tone: Tone) -> AnyView {
        view! {
            <form class="entry-form" method="post" action=self.action>
                {self.parts}
                <button type="submit" class=tone.class()>
                    {words}
                </button>
            </form>
        }
        .into_any()
    }
}
