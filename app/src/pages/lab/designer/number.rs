//! Fields for numbers. What is typed counts with every key; what is not finished does not count
//! and says so.

use super::{
    choose::{Group, choose},
    parts::{fault_note, note_id, note_ids},
    pen::Pen,
    place::At,
    typed::{self, Kind, Unfinished},
    walk::free_name,
};
use crate::words::{Say, designer as words};
use leptos::{ev, prelude::*};
use trading::strategy::{
    Document,
    document::Parameter,
    number::{Number, ParameterName},
};

/// The entry that means a number written out.
const FIXED: &str = "#";
/// The entry that makes a new parameter.
const NEW: &str = "+";

/// A field for a number, with what is unfinished about it behind it.
pub fn number_field(at: &At<f64>, label: Signal<String>, kind: Kind) -> AnyView {
    let pen = Pen::here();
    let say = Say::here();
    let value = at.value(pen);
    let first = value.get_untracked().map_or_else(String::new, |value| {
        typed::write(value, untrack(|| say.language()))
    });
    let text = RwSignal::new(first);
    let show = move || {
        let now = value.get_untracked();
        let language = untrack(|| say.language());
        text.set(now.map_or_else(String::new, |now| typed::write(now, language)));
    };
    // The document may change elsewhere: undo, the JSON, another block.
    Effect::new(move || {
        let (now, language) = (value.get(), say.language());
        pen.track_shape();
        if typed::read(&text.get_untracked(), language, kind).ok() != now {
            show();
        }
    });
    let unfinished = Memo::new(move |_| typed::read(&text.get(), say.language(), kind).err());
    let writer = at.clone();
    let take = move |typed_text: String| {
        let language = untrack(|| say.language());
        if let Ok(number) = typed::read(&typed_text, language, kind) {
            writer.write(pen, number);
        }
        text.set(typed_text);
    };
    let on_input = {
        let take = take.clone();
        move |event| take(event_target_value(&event))
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let up = match event.key().as_str() {
            "ArrowUp" => true,
            "ArrowDown" => false,
            // Back to what the document has; a second press leaves the field.
            "Escape" if unfinished.get_untracked().is_some() => {
                event.stop_propagation();
                return show();
            }
            _ => return,
        };
        if event.alt_key() {
            return;
        }
        event.prevent_default();
        let language = untrack(|| say.language());
        let written = text.get_untracked();
        if let Ok(number) = typed::read(&written, language, kind) {
            take(typed::write(typed::step(number, &written, up), language));
        }
    };
    let pointer = at.pointer;
    let is_bad = move || unfinished.get().is_some() || pen.lab.fault_at(&pointer.get()).is_some();
    let described = move || note_ids(&pointer.get());
    view! {
        <span class="number">
            <input
                type="text"
                inputmode="decimal"
                autocomplete="off"
                class="number-input"
                aria-label=label
                aria-invalid=move || is_bad().to_string()
                aria-describedby=described
                data-at=pointer
                prop:value=text
                value=text.get_untracked()
                on:input=on_input
                on:keydown=on_key
            />
            <span
                class="unfinished"
                id=move || note_id("unfinished", &pointer.get())
                aria-live="polite"
            >
                {move || {
                    unfinished
                        .get()
                        .map(|why| unfinished_words(why, value.get(), say))
                }}
            </span>
            {fault_note(pointer)}
        </span>
    }
    .into_any()
}

fn unfinished_words(why: Unfinished, value: Option<f64>, say: Say) -> String {
    let language = say.language();
    let text = match why {
        Unfinished::Open => words::UNFINISHED,
        Unfinished::Ambiguous => words::AMBIGUOUS,
        Unfinished::NotWhole => words::NOT_WHOLE,
        Unfinished::NotNumber => words::NOT_NUMBER,
    };
    let kept = value.map_or_else(String::new, |value| language.number(value));
    crate::words::fill(language.text(text), &[kept])
}

/// A field for a number that may also be that of a parameter; `wish` names a parameter made of it.
pub fn parametric(at: &At<Number>, label: Signal<String>, wish: &'static str) -> AnyView {
    let pen = Pen::here();
    let say = Say::here();
    let number = at.value(pen);
    let field = number_field(&at.plain(), label, Kind::Any);
    let value = Signal::derive(move || match number.get() {
        Some(Number::Parameter(name)) => format!("${}", name.name()),
        _ => FIXED.to_owned(),
    });
    let options = Signal::derive(move || {
        let language = say.language();
        let mut options = vec![(FIXED.to_owned(), language.text(words::FIXED).to_owned())];
        pen.lab.read(|document| {
            let names = document.parameters.keys();
            options.extend(names.map(|name| (format!("${name}"), format!("${name}"))));
        });
        options.push((
            NEW.to_owned(),
            language.text(words::NEW_PARAMETER).to_owned(),
        ));
        vec![Group {
            name: None,
            options,
        }]
    });
    let label = say.with(words::FROM, move |_| [label.get()]);
    let writer = at.clone();
    let on_change = move |chosen: String| {
        let document = untrack(|| pen.lab.document());
        let Some(next) = pick(&document, &writer, &chosen, wish) else {
            return;
        };
        let (pointer, value) = (
            writer.pointer.get_untracked(),
            writer.plain().read(&document),
        );
        if chosen == NEW {
            let name = next.to_string();
            pen.write(pointer.clone(), &|document| {
                let parameter = Parameter {
                    value: value.unwrap_or(0.0),
                    range: None,
                    label: String::new(),
                };
                document
                    .parameters
                    .insert(name.trim_start_matches('$').to_owned(), parameter);
            });
        }
        writer.write(pen, next);
    };
    let chip = choose(label, value, options, on_change);
    view! {
        <span class="parametric" data-parameter=move || value.get() != FIXED>
            {field} {chip}
        </span>
    }
    .into_any()
}

fn pick(document: &Document, at: &At<Number>, chosen: &str, wish: &str) -> Option<Number> {
    match chosen {
        FIXED => at.plain().read(document).map(Number::Literal),
        NEW => {
            let name = free_name(wish, |name| document.parameters.contains_key(name));
            ParameterName::try_from(format!("${name}"))
                .ok()
                .map(Number::Parameter)
        }
        name => ParameterName::try_from(name.to_owned())
            .ok()
            .map(Number::Parameter),
    }
}
