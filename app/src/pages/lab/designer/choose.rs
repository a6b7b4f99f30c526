//! A list to choose from, whose entries may change while it stands: names of indicators do.

use super::pen::Pen;
use crate::words::{Say, Text};
use leptos::{html, prelude::*};

/// Entries under a common name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its name; entries of a group without one stand alone.
    pub name: Option<String>,
    /// Value and name of each.
    pub options: Vec<(String, String)>,
}

/// Entries with fixed values and words.
pub fn words(options: &'static [(&'static str, Text)]) -> Signal<Vec<Group>> {
    let say = Say::here();
    Signal::derive(move || {
        let language = say.language();
        let named =
            |(value, text): &(&str, Text)| ((*value).to_owned(), language.text(*text).to_owned());
        vec![Group {
            name: None,
            options: options.iter().map(named).collect(),
        }]
    })
}

/// A list. What it says in its sentence is its chosen entry; `label` is what it is called.
pub fn choose(
    label: Signal<String>,
    value: Signal<String>,
    options: Signal<Vec<Group>>,
    on_change: impl Fn(String) + 'static,
) -> AnyView {
    let pen = Pen::here();
    let node = NodeRef::<html::Select>::new();
    let is_touched = RwSignal::new(false);
    let touch = move || {
        if !is_touched.get_untracked() {
            is_touched.set(true);
        }
    };
    // What the browser shows follows the document, whatever was clicked.
    Effect::new(move || {
        let value = value.get();
        options.track();
        is_touched.track();
        if let Some(select) = node.get()
            && select.value() != value
        {
            select.set_value(&value);
        }
    });
    let entries = move || {
        let chosen = value.get();
        let is_full = is_touched.get() || !pen.is_heavy.get();
        options.with(|groups| entries(groups, &chosen, is_full))
    };
    view! {
        <select
            node_ref=node
            class="pick"
            aria-label=label
            on:pointerdown=move |_| touch()
            on:focus=move |_| touch()
            on:change=move |event| {
                on_change(event_target_value(&event));
                // One that was refused shows the document's again.
                if let Some(select) = node.get_untracked() {
                    let value = value.get_untracked();
                    if select.value() != value {
                        select.set_value(&value);
                    }
                }
            }
        >
            {entries}
        </select>
    }
    .into_any()
}

fn entries(groups: &[Group], chosen: &str, is_full: bool) -> Vec<AnyView> {
    let is_known = groups
        .iter()
        .flat_map(|group| &group.options)
        .any(|(value, _)| value == chosen);
    let mut views = Vec::new();
    if !is_known && !chosen.is_empty() {
        views.push(option(chosen, &format!("{chosen} ?"), true));
    }
    for group in groups {
        let options: Vec<AnyView> = group
            .options
            .iter()
            .filter(|(value, _)| is_full || value == chosen)
            .map(|(value, name)| option(value, name, value == chosen))
            .collect();
        match &group.name {
            Some(name) if !options.is_empty() => {
                views.push(view! { <optgroup label=name.clone()>{options}</optgroup> }.into_any())
            }
            _ => views.extend(options),
        }
    }
    views
}

fn option(value: &str, name: &str, is_chosen: bool) -> AnyView {
    view! {
        <option value=value.to_owned() selected=is_chosen>
            {name.to_owned()}
        </option>
    }
    .into_any()
}
