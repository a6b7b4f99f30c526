//! Language and theme: chosen by the visitor, remembered in cookies that the server reads too, so
//! that the first page is already right.

use leptos::prelude::*;
use trading::language::Language;

/// The cookie of the language. All programs on 127.0.0.1 share their cookies, whatever the port: the
/// names say whose they are.
pub const LANGUAGE_COOKIE: &str = "phoenix_language";
/// The cookie of the theme.
pub const THEME_COOKIE: &str = "phoenix_theme";

/// Which colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// Light on dark, which traders expect.
    #[default]
    Dark,
    /// Dark on light.
    Light,
    /// As the system has it.
    System,
}

impl Theme {
    /// All themes.
    pub const ALL: [Self; 3] = [Self::Dark, Self::Light, Self::System];

    /// Its name in cookies and in the document.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Dark => "dark",
            Self::Light => "light",
            Self::System => "system",
        }
    }

    /// The theme of a name.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.name() == name)
    }
}

/// What the visitor chose. A context everywhere in the app.
#[derive(Debug, Clone, Copy)]
pub struct Preferences {
    /// The language.
    pub language: RwSignal<Language>,
    /// The theme.
    pub theme: RwSignal<Theme>,
}

impl Preferences {
    /// Makes them known to everything below.
    pub fn provide() {
        let preferences = Self::of_request();
        provide_context(preferences);
        Effect::watch(
            move || (preferences.language.get(), preferences.theme.get()),
            |(language, theme), _, _| remember(*language, *theme),
            false,
        );
    }

    /// Those of this page.
    pub fn here() -> Self {
        expect_context()
    }

    /// On the server: from cookies, else from what the browser prefers, else English and dark.
    #[cfg(feature = "ssr")]
    pub fn of_request() -> Self {
        let (language, theme) = use_context::<axum::http::request::Parts>()
            .map(|parts| server::of_headers(&parts.headers))
            .unwrap_or_default();
        Self {
            language: RwSignal::new(language),
            theme: RwSignal::new(theme),
        }
    }

    /// In the browser: what the server wrote into the document.
    #[cfg(not(feature = "ssr"))]
    pub fn of_request() -> Self {
        let root = document().document_element();
        let said = |name: &str| root.as_ref().and_then(|root| root.get_attribute(name));
        let language = said("lang")
            .and_then(|code| code.parse().ok())
            .unwrap_or_default();
        let theme = said("data-theme")
            .and_then(|name| Theme::of(&name))
            .unwrap_or_default();
        Self {
            language: RwSignal::new(language),
            theme: RwSignal::new(theme),
        }
    }
}

/// Into the document at once, and into cookies for a year.
fn remember(language: Language, theme: Theme) {
    use wasm_bindgen::JsCast;
    if let Some(root) = document().document_element() {
        // A document without these attributes only looks and reads wrong until it is loaded again.
        let _ = root.set_attribute("lang", language.code());
        let _ = root.set_attribute("data-theme", theme.name());
    }
    if let Ok(document) = document().dyn_into::<web_sys::HtmlDocument>() {
        let protocol = window().location().protocol();
        let secure = if protocol.is_ok_and(|protocol| protocol == "https:") {
            "; Secure"
        } else {
            ""
        };
        for (name, value) in [
            (LANGUAGE_COOKIE, language.code()),
            (THEME_COOKIE, theme.name()),
        ] {
            let cookie = format!("{name}={value}; Path=/; Max-Age=31536000; SameSite=Lax{secure}");
            // Who refuses cookies has the choice for this page.
            let _ = document.set_cookie(&cookie);
        }
    }
}

/// Language and theme of a request's headers, for pages that are made without the app.
#[cfg(feature = "ssr")]
pub use server::of_headers;

#[cfg(feature = "ssr")]
mod server {
    use super::{LANGUAGE_COOKIE, Language, THEME_COOKIE, Theme};
    use axum::http::{HeaderMap, header};

    /// From cookies, else from what the browser prefers, else English and dark.
    pub fn of_headers(headers: &HeaderMap) -> (Language, Theme) {
        let cookies = all(headers, header::COOKIE.as_str());
        let language = cookie(&cookies, LANGUAGE_COOKIE, |code| code.parse().ok())
            .or_else(|| preferred(&all(headers, header::ACCEPT_LANGUAGE.as_str())))
            .unwrap_or_default();
        let theme = cookie(&cookies, THEME_COOKIE, Theme::of).unwrap_or_default();
        (language, theme)
    }

    /// The first cookie of a name that can be read: another path or program may have set one too.
    fn cookie<T>(cookies: &str, name: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        cookies.split(';').find_map(|pair| {
            let (key, value) = pair.trim().split_once('=')?;
            (key == name).then(|| read(value)).flatten()
        })
    }

    fn all(headers: &HeaderMap, name: &str) -> String {
        // Not `to_str`: a cookie of another program may hold any letters.
        let values = headers
            .get_all(name)
            .iter()
            .map(|value| String::from_utf8_lossy(value.as_bytes()));
        values.collect::<Vec<_>>().join(";")
    }

    /// The language we speak that `Accept-Language` likes best. Browsers list the best first, so
    /// the order stands for the weights.
    fn preferred(accepted: &str) -> Option<Language> {
        accepted.split([',', ';']).find_map(|range| {
            let code = range.trim().split('-').next()?;
            // Old Java-based browsers say `in` for Indonesian.
            if code.eq_ignore_ascii_case("in") {
                Some(Language::Id)
            } else {
                code.parse().ok()
            }
        })
    }

    #[cfg(test)]
    mod tests {
        use super::{HeaderMap, Language, Theme, of_headers};

        fn seen(pairs: &[(&'static str, &'static str)]) -> (Language, Theme) {
            let mut headers = HeaderMap::new();
            for (name, value) in pairs {
                headers.append(*name, value.parse().unwrap());
            }
            of_headers(&headers)
        }

        #[test]
        fn a_cookie_wins_over_the_browser() {
            let browser = ("accept-language", "id-ID,id;q=0.9,en;q=0.8");
            assert_eq!(seen(&[]), (Language::En, Theme::Dark));
            assert_eq!(seen(&[browser]), (Language::Id, Theme::Dark));
            assert_eq!(
                seen(&[("accept-language", "fr, de;q=0.9, id;q=0.5")]).0,
                Language::Id
            );
            let cookies = ("cookie", "a=b; phoenix_language=en; phoenix_theme=light");
            assert_eq!(seen(&[browser, cookies]), (Language::En, Theme::Light));
            assert_eq!(
                seen(&[
                    browser,
                    ("cookie", "phoenix_language=xx; phoenix_theme=neon")
                ])
                .0,
                Language::Id
            );
        }

        #[test]
        fn a_cookie_that_cannot_be_read_hides_none_that_can() {
            let cookies = "phoenix_theme=neon; phoenix_language=xx; a=é; phoenix_theme=light; \
                           phoenix_language=id";
            assert_eq!(seen(&[("cookie", cookies)]), (Language::Id, Theme::Light));
            // Those of other programs on this machine.
            let theirs = "language=id; theme=light";
            assert_eq!(seen(&[("cookie", theirs)]), (Language::En, Theme::Dark));
        }
    }
}
