//! The choice of a language and of colours. The one that holds is pressed; pressing it again changes
//! nothing.

use crate::{
    Look,
    words::{Text, frame},
};
use leptos::prelude::*;
use trading::language::Language;

/// The colours: name, words, and what stands for them where there is no room for words.
const THEMES: [(&str, Text, &str); 3] = [
    (
        "dark",
        frame::DARK,
        "M13.600 10.200A6 6 0 0 1 5.800 2.400a6 6 0 1 0 7.800 7.800Z",
    ),
    (
        "light",
        frame::LIGHT,
        "M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6ZM8 1v1.500M8 13.500V15M1 8h1.500M13.500 8H15M3 3l1.100 1.100M11.900 11.900 13 13M3 13l1.100-1.100M11.900 4.100 13 3",
    ),
    (
        "system",
        frame::SYSTEM,
        "M2 3h12v8H2ZM8 11v2.500M5 13.500h6",
    ),
];

pub(super) fn choices(look: &Look) -> AnyView {
    let languages = Language::ALL.map(|language| {
        // Languages are named in themselves, for those who do not speak the other one.
        let name = match language {
            Language::En => "EN, English",
            Language::Id => "ID, Bahasa Indonesia",
        };
        let code = language.code();
        view! {
            <button
                type="submit"
                name="language"
                value=code
                lang=code
                aria-label=name
                aria-pressed=pressed(language == look.language)
            >
                {code.to_uppercase()}
            </button>
        }
    });
    let themes = THEMES.map(|(name, words, path)| {
        view! {
            <button
                type="submit"
                name="theme"
                value=name
                title=look.say(words)
                aria-pressed=pressed(name == look.theme)
            >
                <svg viewBox="0 0 16 16" aria-hidden="true">
                    <path d=path />
                </svg>
                <span>{look.say(words)}</span>
            </button>
        }
    });
    view! {
        <form class="site-choices" method="post" action="/preference">
            <input type="hidden" name="back" value=look.path.clone() />
            <div class="choice" role="group" aria-label=look.say(frame::LANGUAGE)>
                {languages.collect_view()}
            </div>
            <div class="choice choice-theme" role="group" aria-label=look.say(frame::THEME)>
                {themes.collect_view()}
            </div>
        </form>
    }
    .into_any()
}

const fn pressed(is_pressed: bool) -> &'static str {
    if is_pressed { "true" } else { "false" }
}
