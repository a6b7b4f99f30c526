//! A page of one narrow panel: it has one purpose, and little else.

use crate::{
    Look,
    frame::{Page, document},
};
use leptos::prelude::*;

/// The panel below its title.
pub(crate) fn entry(look: &Look, page: Page, content: impl IntoView) -> String {
    let title = page.title.clone();
    let content = view! {
        <section class="panel entry">
            <h1>{title}</h1>
            {content}
        </section>
    };
    document(look, page, content.into_any())
}

/// A question and the link that answers it, below the form.
pub(crate) fn aside(question: &'static str, href: &'static str, answer: &'static str) -> AnyView {
    view! {
        <p class="entry-aside">
            <span>{question}</span>
            <a href=href>{answer}</a>
        </p>
    }
    .into_any()
}

/// A link below the form.
pub(crate) fn way(href: &'static str, words: &'static str) -> AnyView {
    view! {
        <p class="entry-aside">
            <a href=href>{words}</a>
        </p>
    }
    .into_any()
}

/// The way out of a question: nothing is done.
pub(crate) fn out(href: &'static str, words: &'static str) -> AnyView {
    view! {
        <a class="button" href=href>
            {words}
        </a>
    }
    .into_any()
}

/// A link that is the next step.
pub(crate) fn next(href: String, words: &'static str) -> AnyView {
    view! {
        <a class="button button-accent" href=href>
            {words}
        </a>
    }
    .into_any()
}
