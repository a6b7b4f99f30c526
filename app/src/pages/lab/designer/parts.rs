//! Small things that all blocks are made of.

use super::{choose, pen::Pen, place::At};
use crate::words::{Say, Text, designer as words};
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// A label and what it is the label of, side by side.
pub fn line(label: Signal<String>, field: AnyView) -> AnyView {
    view! {
        <div class="line">
            <span class="line-label" aria-hidden="true">
                {label}
            </span>
            {field}
        </div>
    }
    .into_any()
}

/// What is wrong at a pointer or below it; at it alone where `is_exact`.
pub fn fault(pointer: Signal<String>, is_exact: bool) -> AnyView {
    let lab = Pen::here().lab;
    let found = Memo::new(move |_| {
        let pointer = pointer.get();
        if is_exact {
            lab.faults().into_iter().find(|f| f.pointer == pointer)
        } else {
            lab.fault_at(&pointer)
        }
    });
    view! {
        <div class="fault-place" aria-live="polite">
            {move || {
                found
                    .get()
                    .map(|fault| {
                        view! {
                            <p class="fault" data-fault=fault.pointer>
                                <strong>{fault.message}</strong>
                                " "
                                {fault.hint}
                            </p>
                        }
                    })
            }}
        </div>
    }
    .into_any()
}

/// A line of text. It counts when it is left or Enter is pressed; where `is_live`, with every key.
pub fn text_field(at: &At<String>, label: Signal<String>, is_live: bool) -> AnyView {
    let pen = Pen::here();
    let value = at.value(pen);
    let text = RwSignal::new(value.get_untracked().unwrap_or_default());
    Effect::new(move || {
        pen.track_shape();
        text.set(value.get().unwrap_or_default());
    });
    let (live, late) = (at.clone(), at.clone());
    let commit = move || {
        // The browser tells of a change also when the field is taken away, with its signals.
        let Some(typed) = text.try_get_untracked() else {
            return;
        };
        late.write(pen, typed);
        // A name that cannot be given is not given: the field shows the one that holds.
        if let Some(now) = value.try_get_untracked() {
            text.set(now.unwrap_or_default());
        }
    };
    let on_key = {
        let commit = commit.clone();
        move |event: ev::KeyboardEvent| {
            if event.key() == "Enter" {
                commit();
            }
        }
    };
    let pointer = at.pointer;
    view! {
        <input
            type="text"
            autocomplete="off"
            spellcheck="false"
            class="text-input"
            aria-label=label
            aria-invalid=move || pen.lab.fault_at(&pointer.get()).is_some().to_string()
            data-at=pointer
            prop:value=text
            value=text.get_untracked()
            on:input=move |event| {
                let typed = event_target_value(&event);
                if is_live {
                    live.write(pen, typed.clone());
                }
                text.set(typed);
            }
            on:change=move |_| commit()
            on:keydown=on_key
        />
    }
    .into_any()
}

/// A choice among fixed words, kept as text.
pub fn word_field(
    at: &At<String>,
    label: Signal<String>,
    options: Signal<Vec<choose::Group>>,
) -> AnyView {
    let pen = Pen::here();
    let value = at.value(pen);
    let at = at.clone();
    choose::choose(
        label,
        Signal::derive(move || value.get().unwrap_or_default()),
        options,
        move |chosen| at.write(pen, chosen),
    )
}

/// Something that is there or not, with a switch; what it is made of is shown while it is there.
pub fn optional<C>(
    name: Text,
    hint: Text,
    pointer: &'static str,
    is_on: impl Fn() -> bool + Copy + Send + Sync + 'static,
    switch: impl Fn(bool) + Copy + Send + Sync + 'static,
    children: C,
) -> AnyView
where
    C: Fn() -> AnyView + Send + 'static,
{
    let say = Say::here();
    let is_on = Memo::new(move |_| is_on());
    view! {
        <div class="option" role="group" aria-label=say.say(name) data-at=pointer>
            <label class="switch">
                <input
                    type="checkbox"
                    role="switch"
                    prop:checked=is_on
                    checked=is_on.get_untracked()
                    on:change=move |event| switch(event_target_checked(&event))
                />
                <span>{say.say(name)}</span>
            </label>
            <p class="hint">{say.say(hint)}</p>
            {move || is_on.get().then(|| view! { <div class="option-body">{children()}</div> })}
            {fault(Signal::stored(pointer.to_owned()), false)}
        </div>
    }
    .into_any()
}

/// Something that can be done, as a quiet button.
pub fn act(name: Signal<String>, class: &'static str, on_click: impl Fn() + 'static) -> AnyView {
    view! {
        <button type="button" class=class on:click=move |_| on_click()>
            {name}
        </button>
    }
    .into_any()
}

/// What is in a menu: a name, whether it can be done now, and what is done.
pub struct Deed {
    /// Its name.
    pub name: Signal<String>,
    /// Whether it cannot be done now.
    pub is_off: Signal<bool>,
    /// Does it.
    pub act: Callback<()>,
}

impl Deed {
    /// One that can always be done.
    pub fn new(name: Text, act: impl Fn() + Send + Sync + 'static) -> Self {
        Self {
            name: Say::here().say(name),
            is_off: Signal::stored(false),
            act: Callback::new(move |()| act()),
        }
    }

    /// One that cannot be done while `is_off`.
    pub fn unless(mut self, is_off: Signal<bool>) -> Self {
        self.is_off = is_off;
        self
    }
}

/// A button that shows what else can be done with a block.
pub fn menu(label: Signal<String>, deeds: impl Fn() -> Vec<Deed> + Send + 'static) -> AnyView {
    let is_open = RwSignal::new(false);
    let list = move || {
        is_open.get().then(|| {
            deeds()
                .into_iter()
                .map(|deed| {
                    view! {
                        <li>
                            <button
                                type="button"
                                disabled=deed.is_off
                                on:click=move |_| {
                                    is_open.set(false);
                                    deed.act.run(());
                                }
                            >
                                {deed.name}
                            </button>
                        </li>
                    }
                })
                .collect_view()
        })
    };
    let say = Say::here();
    let name = say.with(words::MORE_OF, move |_| [label.get()]);
    // The focus that goes elsewhere takes the list with it.
    let leave = move |event: ev::FocusEvent| {
        let inside = event
            .current_target()
            .and_then(|here| here.dyn_into::<Element>().ok());
        let next = event
            .related_target()
            .and_then(|next| next.dyn_into::<Element>().ok());
        if let (Some(inside), Some(next)) = (inside, next)
            && !inside.contains(Some(&next))
        {
            is_open.set(false);
        }
    };
    view! {
        <div
            class="menu"
            on:focusout=leave
            on:keydown=move |event: ev::KeyboardEvent| {
                if event.key() == "Escape" && is_open.get_untracked() {
                    event.stop_propagation();
                    is_open.set(false);
                }
            }
        >
            <button
                type="button"
                class="icon-button"
                aria-label=name
                aria-expanded=move || is_open.get().to_string()
                on:click=move |_| is_open.update(|open| *open = !*open)
            >
                <span aria-hidden="true">"⋯"</span>
            </button>
            <ul class="menu-list" hidden=move || !is_open.get()>
                {list}
            </ul>
        </div>
    }
    .into_any()
}

/// Gives the focus to the first element of a selector, once what is being changed is drawn.
pub fn focus_soon(selector: String) {
    request_animation_frame(move || focus(&selector));
}

/// Gives the focus to the first element of a selector.
pub fn focus(selector: &str) {
    if let Ok(Some(found)) = document().query_selector(selector) {
        focus_on(&found);
    }
}

/// Gives an element the focus.
pub fn focus_on(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        // What cannot take the focus leaves it where it is.
        let _ = element.focus();
    }
}

/// Opens what hides the place of a pointer and gives it, or what is nearest above it, the focus.
pub fn go_to(pen: Pen, pointer: String) {
    pen.tab.set("blocks");
    request_animation_frame(move || {
        let mut place = pointer.as_str();
        while !place.is_empty() {
            let selector = format!(".designer [data-at=\"{}\"]", place.replace('"', "\\\""));
            if let Ok(Some(found)) = document().query_selector(&selector) {
                let mut above = found.parent_element();
                while let Some(element) = above {
                    if element.tag_name() == "DETAILS" {
                        // An attribute of every details element.
                        let _ = element.set_attribute("open", "");
                    }
                    above = element.parent_element();
                }
                found.scroll_into_view();
                let inner = "button, input, select, [tabindex]";
                let target = match found.matches(inner) {
                    Ok(true) => Some(found),
                    _ => found.query_selector(inner).ok().flatten(),
                };
                if let Some(target) = target {
                    focus_on(&target);
                }
                return;
            }
            place = place.rfind('/').map_or("", |end| &place[..end]);
        }
    });
}
