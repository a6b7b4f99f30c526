//! Everything the app says, in both languages side by side: a sentence that lacks one does not
//! compile. Sentences about strategies come from `trading`, which speaks both languages itself.

pub mod chart;
pub mod command;
pub mod designer;
pub mod lab;
pub mod market;
pub mod outcome;
pub mod problem;
pub mod shell;

use crate::preference::Preferences;
use leptos::prelude::*;
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

/// An amount with two decimals as the language writes it, always with its sign: a loss is told
/// from a profit without colours.
pub fn amount(language: Language, value: f64) -> String {
    let sign = if value < 0.0 { "\u{2212}" } else { "+" };
    let cents = (value.abs() * 100.0).round();
    let (whole, rest) = ((cents / 100.0).trunc(), cents % 100.0);
    let decimal = match language {
        Language::En => '.',
        Language::Id => ',',
    };
    format!("{sign}{}{decimal}{rest:02}", language.number(whole))
}

#[cfg(test)]
mod tests {
    use super::{amount, fill};
    use trading::language::Language;

    #[test]
    fn values_take_their_places() {
        assert_eq!(fill("{} of {}.", &["1".into(), "2".into()]), "1 of 2.");
        assert_eq!(fill("none", &["1".into()]), "none");
        assert_eq!(fill("{}{}", &["1".into()]), "1");
    }

    #[test]
    fn amounts_have_sign_and_cents() {
        assert_eq!(amount(Language::En, -1234.5), "\u{2212}1,234.50");
        assert_eq!(amount(Language::Id, 1234.567), "+1.234,57");
        assert_eq!(amount(Language::En, 0.999), "+1.00");
    }
}
