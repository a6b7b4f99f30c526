//! The catalogue of indicators to pick from, with a search.

use super::parts::focus_soon;
use crate::{
    components::dialog::Dialog,
    part::Part,
    words::{Say, Text, designer as words},
};
use leptos::{ev, prelude::*};
use trading::{
    indicator::{self, Definition, Placement},
    language::Language,
};

/// Those whose name, kind or explanation has every word of the search.
fn matching(search: &str, language: Language) -> Vec<&'static Definition> {
    let search = search.to_lowercase();
    let words: Vec<&str> = search.split_whitespace().collect();
    let found = |definition: &&&'static Definition| {
        let summary = language.text(definition.summary);
        let text = format!("{} {} {summary}", definition.name, definition.kind).to_lowercase();
        words.iter().all(|word| text.contains(word))
    };
    let mut list: Vec<_> = indicator::all().iter().filter(found).copied().collect();
    // Whose name begins with what was typed comes first.
    list.sort_by_key(|definition| {
        let name = definition.name.to_lowercase();
        (!name.starts_with(search.trim()), name)
    });
    list
}

/// The dialog; it is open while `open` is true and calls `take` with what was picked.
pub fn picker(
    open: RwSignal<bool>,
    take: impl Fn(&'static str) + Copy + Send + Sync + 'static,
) -> AnyView {
    let say = Say::here();
    let take = Callback::new(take);
    view! {
        <Dialog id="indicator-picker" title=say.say(words::ADD_INDICATOR) open>
            {Part::Dialogs.view(move || open.get(), move || part_dialogs_picker(open, take))}
        </Dialog>
    }
    .into_any()
}

#[inline(never)]
fn part_dialogs_picker(open: RwSignal<bool>, take: Callback<&'static str>) -> AnyView {
    let say = Say::here();
    let search = RwSignal::new(String::new());
    let found = Memo::new(move |_| {
        let kinds = matching(&search.get(), say.language());
        kinds
            .into_iter()
            .map(|found| found.kind)
            .collect::<Vec<_>>()
    });
    Effect::new(move || {
        if open.get() {
            search.set(String::new());
            focus_soon("#indicator-picker input".to_owned());
        }
    });
    let pick = move |kind: &'static str| {
        open.set(false);
        take.run(kind);
    };
    let on_key = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "Enter" => {
            event.prevent_default();
            if let Some(first) = found.with_untracked(|found| found.first().copied()) {
                pick(first);
            }
        }
        "ArrowDown" => {
            event.prevent_default();
            super::parts::focus("#indicator-picker .picker-list button");
        }
        _ => {}
    };
    let part = move |placement: Placement, name: Text| {
        let list = found
            .get()
            .into_iter()
            .filter_map(indicator::find)
            .filter(|definition| definition.placement == placement)
            .map(|definition| {
                view! {
                    <li>
                        <button
                            type="button"
                            data-kind=definition.kind
                            on:click=move |_| pick(definition.kind)
                        >
                            <strong>{definition.name}</strong>
                            <span>{say.language().text(definition.summary)}</span>
                        </button>
                    </li>
                }
            })
            .collect::<Vec<_>>();
        (!list.is_empty()).then(|| {
            view! {
                <h3>{say.language().text(name)}</h3>
                <ul>{list}</ul>
            }
        })
    };
    // Made when it is opened: a page without it is lighter.
    let list = move || {
        open.get().then(|| {
            view! {
                {part(Placement::Overlay, words::OVERLAYS)}
                {part(Placement::Pane, words::PANES)}
            }
        })
    };
    let nothing = move || {
        found
            .with(Vec::is_empty)
            .then(|| view! { <p class="hint">{say.say(words::NO_MATCH)}</p> })
    };
    view! {
        <input
            type="search"
            class="text-input"
            autocomplete="off"
            aria-label=say.say(words::SEARCH)
            placeholder=say.say(words::SEARCH)
            prop:value=search
            on:input=move |event| search.set(event_target_value(&event))
            on:keydown=on_key
        />
        <div class="picker-list" on:keydown=move |event| roam(&event)>
            {list}
            {nothing}
        </div>
    }
    .into_any()
}

/// Arrows go through the list.
fn roam(event: &ev::KeyboardEvent) {
    let down = match event.key().as_str() {
        "ArrowDown" => true,
        "ArrowUp" => false,
        _ => return,
    };
    event.prevent_default();
    super::keys::beside("#indicator-picker .picker-list button", down);
}

#[cfg(test)]
mod tests {
    use super::matching;
    use trading::{indicator, language::Language::En};

    #[test]
    fn a_search_finds_names_and_explanations() {
        assert_eq!(matching("", En).len(), indicator::all().len());
        assert_eq!(matching("adx", En)[0].kind, "adx");
        assert_eq!(matching(" macd ", En)[0].kind, "macd");
        assert!(matching("trend strong", En).iter().any(|d| d.kind == "adx"));
        assert!(matching("no such thing", En).is_empty());
    }
}
