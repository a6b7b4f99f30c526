//! A choice of one of several, sent with a form.

use leptos::prelude::*;

/// A choice with its label.
pub(super) fn pick(
    id: String,
    name: &'static str,
    label: &'static str,
    options: Vec<(&'static str, &'static str)>,
    chosen: &str,
) -> AnyView {
    let options: Vec<_> = options
        .into_iter()
        .map(|(value, words)| {
            view! {
                <option value=value selected=value == chosen>
                    {words}
                </option>
            }
        })
        .collect();
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <select class="pick" id=id name=name>
                {options}
            </select>
        </div>
    }
    .into_any()
}

/// A link to the next page.
pub(super) fn next(href: Option<String>, words: &'static str) -> Option<AnyView> {
    let href = href?;
    let view = view! {
        <p>
            <a class="button" href=href rel="next">
                {words}
            </a>
        </p>
    };
    Some(view.into_any())
}
