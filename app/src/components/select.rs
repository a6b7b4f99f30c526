//! A choice of one among few. The browser's own list: it works with every keyboard and phone.

use leptos::prelude::*;

/// A choice.
#[component]
pub fn Select(
    /// Names it in the document; once on a page.
    id: &'static str,
    /// What is chosen.
    #[prop(into)]
    label: Signal<String>,
    /// What there is to choose: the value and what it is called.
    options: Vec<(&'static str, Signal<String>)>,
    /// What is chosen now.
    #[prop(into)]
    value: Signal<&'static str>,
    /// Called with the new choice.
    #[prop(into)]
    on_change: Callback<&'static str>,
) -> impl IntoView {
    let values: Vec<_> = options.iter().map(|(value, _)| *value).collect();
    let choose = move |event| {
        let chosen = event_target_value(&event);
        if let Some(chosen) = values.iter().find(|value| **value == chosen) {
            on_change.run(chosen);
        }
    };
    let options = options
        .into_iter()
        .map(|(option, name)| {
            view! {
                <option value=option selected=move || value.get() == option>
                    {name}
                </option>
            }
        })
        .collect_view();
    view! {
        <div class="select">
            <label for=id>{label}</label>
            <select id=id on:change=choose prop:value=move || value.get()>
                {options}
            </select>
        </div>
    }
}
