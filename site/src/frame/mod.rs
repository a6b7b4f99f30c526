//! The document around every page: its head, the header, the footer.

mod choice;
mod header;
mod mark;

use crate::{Look, banner, live::Script, words::frame};
use leptos::prelude::*;

/// What is said of a page outside of it.
pub(crate) struct Page {
    /// Its name.
    pub(crate) title: String,
    /// Whether something was refused on it, which is then the first that is read aloud.
    pub(crate) is_refused: bool,
    /// Whether its address or a form of it has a token, of which no other site may learn.
    pub(crate) has_token: bool,
    /// What keeps it up to date, where something does.
    pub(crate) script: Option<Script>,
}

impl Page {
    /// A page on which nothing is special.
    pub(crate) fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            is_refused: false,
            has_token: false,
            script: None,
        }
    }

    /// The same with a script that keeps it up to date.
    pub(crate) fn live(self, script: Option<Script>) -> Self {
        Self { script, ..self }
    }

    /// The same where something may have been refused.
    pub(crate) fn refused(self, is_refused: bool) -> Self {
        Self { is_refused, ..self }
    }

    /// The same with a token.
    pub(crate) fn with_token(self) -> Self {
        Self {
            has_token: true,
            ..self
        }
    }
}

/// The whole document.
pub(crate) fn document(look: &Look, page: Page, content: impl IntoView) -> String {
    let mut title = look.with(frame::TITLE, &[&page.title]);
    if page.is_refused {
        title = look.with(frame::REFUSED, &[&title]);
    }
    let referrer = page
        .has_token
        .then(|| view! { <meta name="referrer" content="no-referrer" /> });
    let script = page.script.map(|script| {
        view! { <script type="module" src=script.path integrity=script.integrity></script> }
    });
    let html = view! {
        <!DOCTYPE html>
        <html lang=look.language.code() data-theme=look.theme.clone()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="dark light" />
                {referrer}
                <title>{title}</title>
                <link rel="stylesheet" href=look.style.clone() />
                <link rel="icon" type="image/svg+xml" href=look.icon.clone() />
                {script}
            </head>
            <body class="site">
                <a class="skip" href="#content">
                    {look.say(frame::SKIP)}
                </a>
                {header::header(look)}
                {banner::banners(look)}
                <main id="content" class="content" tabindex="-1">
                    {content}
                </main>
                <footer class="footer">
                    <p>{look.say(frame::RISK)}</p>
                </footer>
            </body>
        </html>
    }
    .to_html();
    // Marks for a browser that takes the page over, which none does. In the title they would be
    // read. A text of ours or a visitor's has no such thing in it: its angle brackets are escaped.
    html.replace("<!>", "")
}
