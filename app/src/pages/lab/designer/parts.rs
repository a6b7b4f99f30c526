//! Small things that all blocks are made of.

use super::{choose, pen::Pen, place::At};
use crate::words::{Say, Text, designer as words, fill};
use leptos::{ev, html, prelude::*};
use trading::strategy::Document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};

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

/// The name under which a field finds what is said of it; `kind` is what kind of thing is said.
pub fn note_id(kind: &str, pointer: &str) -> String {
    // Names of elements are listed with spaces between them.
    format!("{kind}{}", pointer.replace(char::is_whitespace, "-"))
}

/// The names of all that is said of a field, as `aria-describedby` lists them.
pub fn note_ids(pointer: &str) -> String {
    ["unfinished", "fault"]
        .map(|kind| note_id(kind, pointer))
        .join(" ")
}

/// What is wrong at a field's own place, for those who hear the field alone: to see, it stands
/// below the block. Its id is that of [`note_id`] and `fault`.
pub fn fault_note(pointer: Signal<String>) -> AnyView {
    let lab = Pen::here().lab;
    let told = move || {
        let fault = lab.fault_at(&pointer.get())?;
        Some(format!("{} {}", fault.message, fault.hint))
    };
    view! {
        <span hidden id=move || note_id("fault", &pointer.get())>
            {told}
        </span>
    }
    .into_any()
}

/// A line of text. It counts when it is left or Enter is pressed; where `is_live`, with every key.
pub fn text_field(at: &At<String>, label: Signal<String>, is_live: bool) -> AnyView {
    field(at, label, is_live, |_, _| None, RwSignal::new(None))
}

/// The same for a text that not everything can be: `refuse` says why what was typed is not taken.
/// That is told below the field, and what was typed stays to be mended.
pub fn strict_field(
    at: &At<String>,
    label: Signal<String>,
    refuse: impl Fn(&Document, &str) -> Option<Text> + Clone + 'static,
) -> AnyView {
    let say = Say::here();
    let value = at.value(Pen::here());
    let refused = RwSignal::new(None::<Text>);
    let why = move || {
        let text = say.language().text(refused.get()?);
        Some(fill(text, &[value.get().unwrap_or_default()]))
    };
    let pointer = at.pointer;
    view! {
        <span class="number">
            {field(at, label, false, refuse, refused)}
            <span
                class="unfinished"
                id=move || note_id("unfinished", &pointer.get())
                aria-live="polite"
            >
                {why}
            </span>
        </span>
    }
    .into_any()
}

fn field(
    at: &At<String>,
    label: Signal<String>,
    is_live: bool,
    refuse: impl Fn(&Document, &str) -> Option<Text> + Clone + 'static,
    refused: RwSignal<Option<Text>>,
) -> AnyView {
    let pen = Pen::here();
    let value = at.value(pen);
    let text = RwSignal::new(value.get_untracked().unwrap_or_default());
    Effect::new(move || {
        pen.track_shape();
        text.set(value.get().unwrap_or_default());
        if refused.with_untracked(Option::is_some) {
            refused.set(None);
        }
    });
    let (live, late) = (at.clone(), at.clone());
    let judge = move |typed: &str| {
        let why = untrack(|| pen.lab.read(|document| refuse(document, typed)));
        if refused.get_untracked() != why {
            refused.set(why);
        }
        why.is_none()
    };
    let commit = {
        let judge = judge.clone();
        move || {
            // The browser tells of a change also when the field is taken away, with its signals.
            let Some(typed) = text.try_get_untracked() else {
                return;
            };
            if !judge(&typed) {
                return;
            }
            late.write(pen, typed);
            if let Some(now) = value.try_get_untracked() {
                text.set(now.unwrap_or_default());
            }
        }
    };
    let on_key = {
        let commit = commit.clone();
        move |event: ev::KeyboardEvent| match event.key().as_str() {
            "Enter" => commit(),
            // Back to what the document has; a second press leaves the field.
            "Escape" if refused.with_untracked(Option::is_some) => {
                event.stop_propagation();
                refused.set(None);
                text.set(value.get_untracked().unwrap_or_default());
            }
            _ => {}
        }
    };
    let pointer = at.pointer;
    let is_bad =
        move || refused.with(Option::is_some) || pen.lab.fault_at(&pointer.get()).is_some();
    let described = move || note_ids(&pointer.get());
    view! {
        <input
            type="text"
            autocomplete="off"
            spellcheck="false"
            class="text-input"
            aria-label=label
            aria-invalid=move || is_bad().to_string()
            aria-describedby=described
            data-at=pointer
            prop:value=text
            value=text.get_untracked()
            on:input=move |event| {
                let typed = event_target_value(&event);
                // What was refused is judged anew while it is mended; nothing else is judged early.
                if refused.with_untracked(Option::is_some) {
                    judge(&typed);
                }
                if is_live {
                    live.write(pen, typed.clone());
                }
                text.set(typed);
            }
            on:change=move |_| commit()
            on:keydown=on_key
        />
        {fault_note(pointer)}
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
    let (whole, trigger) = (NodeRef::<html::Div>::new(), NodeRef::<html::Button>::new());
    close_from_outside(is_open, whole);
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
            node_ref=whole
            class="menu"
            on:focusout=leave
            on:keydown=move |event: ev::KeyboardEvent| {
                if event.key() == "Escape" && is_open.get_untracked() {
                    event.stop_propagation();
                    // The focus may be in the list, which goes: it begins again where it was.
                    if let Some(trigger) = trigger.get_untracked() {
                        focus_on(&trigger);
                    }
                    is_open.set(false);
                }
            }
        >
            <button
                node_ref=trigger
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

/// A press on the ground beside a menu closes it: nothing there takes the focus from it.
fn close_from_outside(is_open: RwSignal<bool>, whole: NodeRef<html::Div>) {
    let heard = StoredValue::new(None::<WindowListenerHandle>);
    let stop = move || {
        if let Some(handle) = heard.try_update_value(Option::take).flatten() {
            handle.remove();
        }
    };
    // Heard only while it is open: there are as many menus as blocks.
    Effect::new(move |_| {
        stop();
        if is_open.get() {
            let hear = window_event_listener(ev::pointerdown, move |event| {
                let pressed = event.target().and_then(|it| it.dyn_into::<Node>().ok());
                let is_inside = whole
                    .try_get_untracked()
                    .flatten()
                    .is_some_and(|whole| whole.contains(pressed.as_ref()));
                if !is_inside {
                    let _ = is_open.try_set(false);
                }
            });
            heard.set_value(Some(hear));
        }
    });
    on_cleanup(stop);
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
