//! Language and theme, chosen on a page without a script.

use super::ours;
use crate::serve::{Context, visit::to};
use app::preference::{LANGUAGE_COOKIE, THEME_COOKIE, Theme};
use axum::{
    Form,
    extract::State,
    http::{HeaderValue, header},
    response::Response,
};
use serde::Deserialize;
use trading::language::Language;

#[derive(Deserialize)]
pub(super) struct Chosen {
    #[serde(default)]
    back: String,
    #[serde(default)]
    language: String,
    #[serde(default)]
    theme: String,
}

/// Remembers what is one of ours, and goes back.
pub(super) async fn choose(State(context): State<Context>, Form(chosen): Form<Chosen>) -> Response {
    let language = chosen.language.parse::<Language>().ok();
    let language = language.map(|language| (LANGUAGE_COOKIE, language.code()));
    let theme = Theme::of(&chosen.theme).map(|theme| (THEME_COOKIE, theme.name()));
    let mut response = to(ours(&chosen.back));
    let secure = match &context.public {
        Some(url) if url.is_https => "; Secure",
        _ => "",
    };
    for (name, value) in [language, theme].into_iter().flatten() {
        // The pages with a script write them too: no `HttpOnly`.
        let cookie = format!("{name}={value}; Path=/; Max-Age=31536000; SameSite=Lax{secure}");
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }
    response
}
