//! What is around every page: the way in by keyboard, the header, the risk notice.

use crate::{
    components::select::Select,
    preference::{Preferences, Theme},
    words::{Say, shell, text},
};
use leptos::{ev, prelude::*};
use trading::language::Language;

/// Header, page, footer.
#[component]
pub fn Frame(
    /// Whether it is the Lab.
    is_lab: bool,
    /// The page.
    children: Children,
) -> impl IntoView {
    let say = Say::here();
    view! {
        // For the browser, not the router: only the browser moves the focus along.
        <a class="skip" href="#content" rel="external">{say.say(shell::SKIP)}</a>
        // Shown when the page's own code has ended: see `browser.rs`.
        <p class="crash" role="alert">
            {say.say(shell::CRASHED)}
            " "
            <a href="" rel="external">{say.say(shell::RELOAD)}</a>
        </p>
        <header class="header">
            <a class="brand" href="/" on:click=move |event| stay(is_lab, &event)>
                <Mark />
                "Phoenix"
            </a>
            <nav aria-label=say.say(shell::NAVIGATION)>
                <a
                    href="/"
                    aria-current=is_lab.then_some("page")
                    on:click=move |event| stay(is_lab, &event)
                >
                    {say.say(shell::LAB)}
                </a>
                // A page that the server alone makes; it sends on who is not signed in.
                <a href="/account" rel="external">{say.say(shell::ACCOUNT)}</a>
            </nav>
            <div class="choices">
                <LanguageChoice />
                <ThemeChoice />
            </div>
        </header>
        <main id="content" class="content" tabindex="-1">
            {children()}
        </main>
        <footer class="footer">
            <p>{say.say(shell::RISK)}</p>
            <a href="/schema/strategy-1.json" rel="external">{say.say(shell::SCHEMA)}</a>
        </footer>
    }
}

/// A link to the page that is shown already: what is open in it stays, unless the visitor wants it
/// in another tab or window.
fn stay(is_here: bool, event: &ev::MouseEvent) {
    let is_plain = !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
    if is_here && is_plain && event.button() == 0 {
        event.prevent_default();
    }
}

/// The bird, in the colour of the text around it.
#[component]
fn Mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 24 24" aria-hidden="true">
            <path d="M12 21c-5 0-8-3.4-8-7.6 0-3 1.6-5.2 3.6-6.9 0 2.2.8 3.6 2.2 4.3C9.6 7 11 4 14.4 2c-.5 3.2.6 5 2.4 6.8 1.900 1.900 3.200 3.500 3.200 5.600 0 3.800-3.200 6.600-8 6.600Z" />
        </svg>
    }
}

#[component]
fn LanguageChoice() -> impl IntoView {
    let say = Say::here();
    let language = Preferences::here().language;
    // Languages are named in themselves, for those who do not speak the other one.
    let options = vec![
        ("en", say.say(text("English", "English"))),
        ("id", say.say(text("Indonesia", "Indonesia"))),
    ];
    let choose = move |code: &'static str| {
        if let Ok(chosen) = code.parse::<Language>() {
            language.set(chosen);
        }
    };
    view! {
        <Select
            id="language"
            label=say.say(shell::LANGUAGE)
            options
            value=Signal::derive(move || language.get().code())
            on_change=choose
        />
    }
}

#[component]
fn ThemeChoice() -> impl IntoView {
    let say = Say::here();
    let theme = Preferences::here().theme;
    let options = vec![
        (Theme::Dark.name(), say.say(shell::DARK)),
        (Theme::Light.name(), say.say(shell::LIGHT)),
        (Theme::System.name(), say.say(shell::SYSTEM)),
    ];
    let choose = move |name: &'static str| {
        if let Some(chosen) = Theme::of(name) {
            theme.set(chosen);
        }
    };
    view! {
        <Select
            id="theme"
            label=say.say(shell::THEME)
            options
            value=Signal::derive(move || theme.get().name())
            on_change=choose
        />
    }
}
