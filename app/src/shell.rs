//! The document around the app, as the server sends it.

use crate::{
    address,
    assets::Assets,
    pages::{lab, not_found},
    preference::Preferences,
    root::App,
};
use leptos::prelude::*;

/// The whole document. Language and theme are in its first tag, so that the first paint is right.
pub fn shell(assets: Assets) -> impl IntoView {
    let preferences = Preferences::of_request();
    let language = preferences.language.get_untracked();
    let title = if address::path() == "/" {
        lab::first_title(language)
    } else {
        not_found::title(language)
    };
    view! {
        <!DOCTYPE html>
        <html
            lang=language.code()
            data-theme=preferences.theme.get_untracked().name()
        >
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <title>{title}</title>
                <meta name="color-scheme" content="dark light" />
                <link rel="stylesheet" href=assets.style />
                <link rel="icon" type="image/svg+xml" href=assets.icon />
                <link rel="modulepreload" href=assets.glue />
                <link
                    rel="preload"
                    href=assets.wasm
                    r#as="fetch"
                    r#type="application/wasm"
                    crossorigin="anonymous"
                />
                <script type="module" src=assets.boot></script>
                {assets.reload.map(|path| view! { <script type="module" src=path></script> })}
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}
