//! Tabs: arrows, Home and End go from one to the other; Tab goes into the panel.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

/// The row of tabs. Each has a [`TabPanel`] with the same `id` and key.
#[component]
pub fn Tabs(
    /// Names them in the document; once on a page.
    id: &'static str,
    /// What the choice is about.
    #[prop(into)]
    label: Signal<String>,
    /// Key and name of each.
    tabs: Vec<(&'static str, Signal<String>)>,
    /// The key of the open one.
    selected: RwSignal<&'static str>,
) -> impl IntoView {
    let keys: Vec<_> = tabs.iter().map(|(key, _)| *key).collect();
    let steer = move |event: ev::KeyboardEvent| {
        let here = keys
            .iter()
            .position(|key| *key == selected.get_untracked())
            .unwrap_or(0);
        let last = keys.len().saturating_sub(1);
        let next = match event.key().as_str() {
            "ArrowRight" if here == last => 0,
            "ArrowRight" => here + 1,
            "ArrowLeft" if here == 0 => last,
            "ArrowLeft" => here - 1,
            "Home" => 0,
            "End" => last,
            _ => return,
        };
        event.prevent_default();
        if let Some(key) = keys.get(next) {
            selected.set(key);
            let tab = document().get_element_by_id(&tab_id(id, key));
            if let Some(tab) = tab.and_then(|tab| tab.dyn_into::<web_sys::HtmlElement>().ok()) {
                // A tab that cannot take the focus is still open.
                let _ = tab.focus();
            }
        }
    };
    let tabs = tabs
        .into_iter()
        .map(|(key, name)| {
            let is_open = move || selected.get() == key;
            view! {
                <button
                    type="button"
                    role="tab"
                    class="tab"
                    id=tab_id(id, key)
                    aria-controls=panel_id(id, key)
                    aria-selected=move || is_open().to_string()
                    tabindex=move || if is_open() { "0" } else { "-1" }
                    on:click=move |_| selected.set(key)
                >
                    {name}
                </button>
            }
        })
        .collect_view();
    view! {
        <div class="tabs" role="tablist" aria-label=label on:keydown=steer>
            {tabs}
        </div>
    }
}

/// What one tab shows. It stays in the document when another one is open.
#[component]
pub fn TabPanel(
    /// Of the [`Tabs`].
    id: &'static str,
    /// Of its tab.
    key: &'static str,
    /// The key of the open one.
    selected: RwSignal<&'static str>,
    /// What it shows.
    children: Children,
) -> impl IntoView {
    view! {
        <div
            role="tabpanel"
            class="tab-panel"
            id=panel_id(id, key)
            aria-labelledby=tab_id(id, key)
            hidden=move || selected.get() != key
            tabindex="0"
        >
            {children()}
        </div>
    }
}

fn tab_id(id: &str, key: &str) -> String {
    format!("{id}-tab-{key}")
}

fn panel_id(id: &str, key: &str) -> String {
    format!("{id}-panel-{key}")
}
