//! Everything the app says, in both languages side by side: a sentence that lacks one does not
//! compile. Sentences about strategies come from `trading`, which speaks both languages itself.

pub mod chart;
pub mod command;
pub mod designer;
pub mod lab;
pub mod market;
pub mod number;
pub mod outcome;
pub mod part;
pub mod problem;
pub mod setting;
pub mod shell;

use crate::preference::Preferences;
use leptos::prelude::*;
pub use number::amount;
pub use trading::indicator::Text;
use trading::language::Language;

/// English and Indonesian.
pub const fn text(en: &'static str, id: &'static str) -> Text {
    Text { en, id }
}

/// Says things in the visitor's language, and again when they choose another one.
#[derive(Debug, Clone, Copy)]
pub struct Say(RwSignal<Language>);

impl Say {
    /// For use while a component is made.
    pub fn here() -> Self {
        Self(Preferences::here().language)
    }

    /// The language now; whoever asks inside a view or effect is asked again when it changes.
    pub fn language(self) -> Language {
        self.0.get()
    }

    /// The sentence, always in the language of the moment.
    pub fn say(self, text: Text) -> Signal<String> {
        Signal::derive(move || self.0.get().text(text).to_owned())
    }

    /// The same with something put in the place of each `{}`.
    pub fn with<F, const N: usize>(self, text: Text, values: F) -> Signal<String>
    where
        F: Fn(Language) -> [String; N] + Send + Sync + 'static,
    {
        Signal::derive(move || {
            let language = self.0.get();
            fill(language.text(text), &values(language))
        })
    }
}

/// The sentence with the values in the places of its `{}`, in order.
pub fn fill(text: &str, values: &[String]) -> String {
    let mut parts = text.split("{}");
    let mut out = parts.next().unwrap_or_default().to_owned();
    let mut values = values.iter();
    for part in parts {
        out.push_str(values.next().map_or("", String::as_str));
        out.push_str(part);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn values_take_their_places() {
        assert_eq!(fill("{} of {}.", &["1".into(), "2".into()]), "1 of 2.");
        assert_eq!(fill("none", &["1".into()]), "none");
        assert_eq!(fill("{}{}", &["1".into()]), "1");
    }
}
