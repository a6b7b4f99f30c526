//! The designer by keyboard: undo and redo anywhere in the Lab; on a block that has the focus, E
//! edits it, arrows go on, Alt and arrows move it, D copies it, Delete removes it.

use super::{
    condition::{duplicate, remove, shift},
    parts::focus_on,
    pen::Pen,
    tree::Spot,
};
use js_sys::{Function, Reflect};
use leptos::{ev, prelude::*};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement, HtmlInputElement};

/// Listens for undo and redo while the component that calls it is there.
pub fn listen(pen: Pen) {
    if !cfg!(feature = "hydrate") {
        return;
    }
    let handle = window_event_listener(ev::keydown, move |event| {
        if !(event.ctrl_key() || event.meta_key()) || event.alt_key() || has_own_undo(&event) {
            return;
        }
        let key = event.key().to_ascii_lowercase();
        let is_redo = key == "y" || (key == "z" && event.shift_key());
        if is_redo {
            event.prevent_default();
            pen.redo();
        } else if key == "z" {
            event.prevent_default();
            pen.undo();
        }
    });
    on_cleanup(move || handle.remove());
}

fn has_own_undo(event: &ev::KeyboardEvent) -> bool {
    let Some(target) = target(event) else {
        return false;
    };
    match target.dyn_ref::<HtmlInputElement>() {
        Some(input) => !matches!(input.type_().as_str(), "checkbox" | "radio" | "button"),
        None => target.tag_name() == "TEXTAREA",
    }
}

fn target(event: &ev::KeyboardEvent) -> Option<Element> {
    event.target().and_then(|target| target.dyn_into().ok())
}

/// What keys do in blocks.
pub fn steer(pen: Pen, event: &ev::KeyboardEvent) {
    let Some(target) = target(event) else { return };
    if event.ctrl_key() || event.meta_key() {
        return;
    }
    let key = event.key();
    if !target.has_attribute("data-block") {
        // Out of a block's fields, back to the block.
        if key == "Escape"
            && let Ok(Some(block)) = target.closest("[data-block]")
        {
            focus_on(&block);
        }
        return;
    }
    let spot: Option<Spot> = target
        .get_attribute("data-spot")
        .and_then(|spot| spot.parse().ok());
    match (key.as_str(), spot) {
        ("ArrowUp" | "ArrowDown", Some(spot)) if event.alt_key() => {
            let up = key == "ArrowUp";
            let can = untrack(|| {
                pen.lab.read(|document| {
                    spot.sibling(up)
                        .is_some_and(|sibling| sibling.find(document).is_some())
                })
            });
            if can {
                shift(pen, &spot, up);
            }
        }
        ("ArrowUp" | "ArrowDown", _) => beside(".designer [data-block]", key == "ArrowDown"),
        ("e" | "E" | "Enter", _) => edit(&target),
        ("d" | "D", Some(spot)) => duplicate(pen, &spot),
        ("Delete" | "Backspace", Some(spot)) => remove(pen, &spot),
        ("Delete" | "Backspace", None) => {
            if let Some(name) = target.get_attribute("data-indicator") {
                pen.reshape(&|document| {
                    document.indicators.remove(&name);
                });
                super::parts::focus_soon(".designer .indicators .add-button".to_owned());
            }
        }
        _ => return,
    }
    event.prevent_default();
}

/// Goes into a block: unfolds it and gives its first field the focus.
fn edit(block: &Element) {
    if let Ok(Some(fold)) = block.query_selector(".fold[aria-expanded=\"false\"]")
        && let Some(fold) = fold.dyn_ref::<HtmlElement>()
    {
        fold.click();
    }
    let block = block.clone();
    request_animation_frame(move || {
        // A number is what is changed most.
        let places = [".form input", ".number-input", "select", "input", "button"];
        let first = places
            .iter()
            .find_map(|place| block.query_selector(place).ok().flatten());
        if let Some(first) = first {
            focus_on(&first);
            if let Some(input) = first.dyn_ref::<HtmlInputElement>() {
                input.select();
            }
        }
    });
}

/// All elements of a selector that can be seen.
fn all(selector: &str) -> Vec<Element> {
    let document = document();
    let list = Reflect::get(&document, &JsValue::from_str("querySelectorAll"))
        .ok()
        .and_then(|find| find.dyn_into::<Function>().ok())
        .and_then(|find| find.call1(&document, &JsValue::from_str(selector)).ok());
    list.map_or_else(Vec::new, |list| {
        js_sys::Array::from(&list)
            .iter()
            .filter_map(|found| found.dyn_into::<Element>().ok())
            .filter(|found| matches!(found.closest("[hidden]"), Ok(None)))
            .collect()
    })
}

/// Gives the focus to the element after, or before, the one that has it, among those of a selector.
pub fn beside(selector: &str, down: bool) {
    let elements = all(selector);
    let active = document().active_element();
    let here = elements
        .iter()
        .position(|element| Some(element) == active.as_ref());
    let next = match (here, down) {
        (Some(here), true) => here + 1,
        (Some(here), false) => here.wrapping_sub(1),
        (None, _) => 0,
    };
    if let Some(next) = elements.get(next) {
        focus_on(next);
    }
}
