//! Named numbers, and the ranges over which they may be optimised.

use super::{
    number::number_field,
    parts::{Deed, act, fault, focus_soon, line, menu, strict_field, text_field},
    pen::Pen,
    place::{At, escape},
    typed::Kind,
    walk::{free_name, rename_parameter},
};
use crate::words::{Say, Text, designer as words};
use leptos::prelude::*;
use trading::strategy::{
    Document,
    document::{Parameter, Range},
    number::is_name,
};

/// The part of the parameters.
#[inline(never)]
pub fn part_designer_parameters() -> AnyView {
    let pen = Pen::here();
    let say = Say::here();
    let names = Memo::new(move |_| {
        pen.lab
            .read(|document| document.parameters.keys().cloned().collect::<Vec<_>>())
    });
    let add = move || {
        let document = untrack(|| pen.lab.document());
        let name = free_name("number", |name| document.parameters.contains_key(name));
        pen.reshape(&|document| {
            let parameter = Parameter {
                value: 10.0,
                range: None,
                label: String::new(),
            };
            document.parameters.insert(name.clone(), parameter);
        });
        focus_soon(format!("[data-parameter-name=\"{name}\"] input"));
    };
    view! {
        <p class="hint">{say.say(words::PARAMETERS_HINT)}</p>
        <For each=move || names.get() key=String::clone children=block />
        {fault(Signal::stored("/parameters".to_owned()), true)}
        <div class="adders">{act(say.say(words::ADD_PARAMETER), "add-button", add)}</div>
    }
    .into_any()
}

fn place<T: 'static>(
    name: &str,
    suffix: &str,
    get: fn(&Parameter) -> Option<T>,
    put: fn(&mut Parameter, T),
) -> At<T> {
    let (read, write) = (name.to_owned(), name.to_owned());
    At::fixed(
        format!("/parameters/{}{suffix}", escape(name)),
        move |document: &Document| document.parameters.get(&read).and_then(get),
        move |document, value| {
            if let Some(parameter) = document.parameters.get_mut(&write) {
                put(parameter, value);
            }
        },
    )
}

fn name_place(name: &str) -> At<String> {
    let (held, old) = (name.to_owned(), name.to_owned());
    At::fixed(
        format!("/parameters/{}#name", escape(name)),
        move |document: &Document| {
            document
                .parameters
                .contains_key(&held)
                .then(|| held.clone())
        },
        move |document, next: String| {
            let next = bare(&next);
            if rename_parameter(document, &old, next) {
                focus_soon(format!("[data-parameter-name=\"{next}\"]"));
            }
        },
    )
}

/// A name as it was typed, with or without the sign that rules write before it.
fn bare(typed: &str) -> &str {
    typed.trim().trim_start_matches('$')
}

/// Why a parameter cannot be called this.
fn refuse_name(held: &str) -> impl Fn(&Document, &str) -> Option<Text> + Clone + use<> {
    let held = held.to_owned();
    move |document, next| {
        let next = bare(next);
        if next == held {
            None
        } else if !is_name(next) {
            Some(words::NOT_A_NAME)
        } else {
            document
                .parameters
                .contains_key(next)
                .then_some(words::PARAMETER_TAKEN)
        }
    }
}

fn block(name: String) -> AnyView {
    let pen = Pen::here();
    let say = Say::here();
    let pointer = format!("/parameters/{}", escape(&name));
    let title = Signal::stored(format!("${name}"));
    let at = Signal::stored(pointer.clone());
    let value = place(&name, "/value", |p| Some(p.value), |p, v| p.value = v);
    let label = place(
        &name,
        "/label",
        |p| Some(p.label.clone()),
        |p, v| p.label = v,
    );
    let (ranged, switched) = (name.clone(), name.clone());
    let has_range = Memo::new(move |_| {
        pen.lab.read(|document| {
            let parameter = document.parameters.get(&ranged);
            parameter.is_some_and(|parameter| parameter.range.is_some())
        })
    });
    let switch = move |on: bool| {
        pen.reshape(&|document| {
            if let Some(parameter) = document.parameters.get_mut(&switched) {
                parameter.range = on.then(|| around(parameter.value));
            }
        });
    };
    let range_of = name.clone();
    let range = move || has_range.get().then(|| range(&range_of));
    let removed = name.clone();
    let deeds = move || {
        let removed = removed.clone();
        vec![Deed::new(words::REMOVE, move || {
            pen.reshape(&|document| {
                document.parameters.remove(&removed);
            });
            focus_soon(".designer .parameters .add-button".to_owned());
        })]
    };
    let (name_label, value_label, label_label) = (
        say.say(words::PARAMETER_NAME),
        say.say(words::VALUE),
        say.say(words::LABEL),
    );
    view! {
        <div
            class="brick"
            role="group"
            tabindex="0"
            aria-label=title
            aria-roledescription=say.say(words::BLOCK)
            data-block=""
            data-parameter-name=name.clone()
            data-at=pointer
        >
            <div class="brick-head">
                <span class="fold-title">{title}</span>
                <span class="grow"></span>
                {menu(title, deeds)}
            </div>
            <div class="form">
                {line(value_label, number_field(&value, value_label, Kind::Any))}
                {line(name_label, strict_field(&name_place(&name), name_label, refuse_name(&name)))}
                {line(label_label, text_field(&label, label_label, false))}
                <label class="switch">
                    <input
                        type="checkbox"
                        role="switch"
                        prop:checked=has_range
                        checked=has_range.get_untracked()
                        on:change=move |event| switch(event_target_checked(&event))
                    />
                    <span>{say.say(words::MAY_VARY)}</span>
                </label>
                {range}
            </div>
            {fault(at, false)}
        </div>
    }
    .into_any()
}

/// From half to twice a value, in steps of about a tenth of it.
fn around(value: f64) -> Range {
    let is_whole = value.fract() == 0.0 && value.abs() >= 1.0;
    let size = value.abs().max(0.1);
    // Rounded to what a person would write.
    let neat = |x: f64| {
        if is_whole {
            x.round()
        } else {
            (x * 100.0).round() / 100.0
        }
    };
    let (low, high) = (neat(size * 0.5), neat(size * 2.0));
    let (from, to) = if value < 0.0 {
        (-high, -low)
    } else {
        (low, high)
    };
    let step = neat(size * 0.1).max(if is_whole { 1.0 } else { 0.01 });
    Range { from, to, step }
}

fn range(name: &str) -> AnyView {
    let say = Say::here();
    let ends: [(Text, At<f64>); 3] = [
        (
            words::RANGE_FROM,
            place(
                name,
                "/range/from",
                |p| Some(p.range?.from),
                |p, v| {
                    if let Some(range) = &mut p.range {
                        range.from = v;
                    }
                },
            ),
        ),
        (
            words::RANGE_TO,
            place(
                name,
                "/range/to",
                |p| Some(p.range?.to),
                |p, v| {
                    if let Some(range) = &mut p.range {
                        range.to = v;
                    }
                },
            ),
        ),
        (
            words::RANGE_STEP,
            place(
                name,
                "/range/step",
                |p| Some(p.range?.step),
                |p, v| {
                    if let Some(range) = &mut p.range {
                        range.step = v;
                    }
                },
            ),
        ),
    ];
    ends.map(|(text, at)| {
        let label = say.say(text);
        line(label, number_field(&at, label, Kind::Any))
    })
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::{Parameter, around, refuse_name, words};
    use crate::pages::lab::designer::new_document;
    use trading::language::Language;

    #[test]
    fn names_that_cannot_be_given_are_told_why() {
        let mut document = new_document(Language::En);
        for name in ["fast", "slow"] {
            let parameter = Parameter {
                value: 1.0,
                range: None,
                label: String::new(),
            };
            document.parameters.insert(name.to_owned(), parameter);
        }
        let refuse = refuse_name("fast");
        for free in ["fast", " $fast", "quick"] {
            assert_eq!(refuse(&document, free), None, "{free}");
        }
        assert_eq!(refuse(&document, "$slow"), Some(words::PARAMETER_TAKEN));
        assert_eq!(refuse(&document, "Quick!"), Some(words::NOT_A_NAME));
    }

    #[test]
    fn a_new_range_is_one() {
        for value in [25.0, 1.0, 0.1, 0.0, -3.0, 0.333, 1_000.0] {
            let range = around(value);
            assert!((2..=200).contains(&range.len()), "{value}: {range:?}");
        }
    }
}
