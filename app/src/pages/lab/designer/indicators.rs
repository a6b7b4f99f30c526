//! The strategy's indicators as blocks, each with its settings.

use super::{
    choose::{Group, choose},
    number::parametric,
    parts::{Deed, act, fault, focus_soon, line, menu, strict_field, word_field},
    pen::Pen,
    picker::picker,
    place::{At, escape},
    series,
    walk::{free_name, rename_indicator},
};
use crate::words::{Say, Text, designer as words, setting as settings};
use leptos::prelude::*;
use trading::{
    few,
    indicator::{self, Choice, Definition, InputKind, Parameter},
    strategy::{
        Document,
        document::{Indicator, Setting},
        number::Number,
        operand::Price,
    },
    timeframe::Timeframe,
};

/// The entry that means the strategy's own timeframe.
const OWN: &str = "own";

/// The list, and what adds to it.
pub fn indicators() -> AnyView {
    let pen = Pen::here();
    let say = Say::here();
    let names = Memo::new(move |_| {
        pen.lab
            .read(|document| document.indicators.keys().cloned().collect::<Vec<_>>())
    });
    // The one whose settings are open.
    let open = RwSignal::new(None::<String>);
    let is_picking = RwSignal::new(false);
    let take = move |kind: &'static str| {
        let Some(definition) = indicator::find(kind) else {
            return;
        };
        let document = untrack(|| pen.lab.document());
        let name = free_name(kind, |name| {
            document.indicators.contains_key(name) || Price::from_name(name).is_some()
        });
        pen.reshape(&|document| {
            document
                .indicators
                .insert(name.clone(), with_defaults(definition));
        });
        open.set(Some(name.clone()));
        focus_soon(format!("[data-indicator=\"{name}\"]"));
    };
    let is_empty = move || names.with(Vec::is_empty);
    view! {
        <div class="indicators" data-at="/indicators">
            {move || {
                is_empty().then(|| view! { <p class="hint">{say.say(words::NO_INDICATORS)}</p> })
            }}
            <For
                each=move || names.get()
                key=String::clone
                children=move |name| block(name, open)
            />
            {fault(Signal::stored("/indicators".to_owned()), true)}
            <div class="adders">
                {act(
                    say.say(words::ADD_INDICATOR),
                    "add-button",
                    move || is_picking.set(true),
                )}
            </div>
            {picker(is_picking, take)}
        </div>
    }
    .into_any()
}

/// An indicator with every setting written out, so that the document says all of it.
fn with_defaults(definition: &Definition) -> Indicator {
    let numbers = definition.parameters.iter().map(|parameter| {
        let number = Number::Literal(parameter.default);
        (parameter.name.to_owned(), Setting::Number(number))
    });
    let choices = definition.choices.iter().filter_map(|choice| {
        let first = choice.values.first()?;
        let setting = Setting::Choice(first.name.to_owned());
        Some((choice.name.to_owned(), setting))
    });
    Indicator {
        kind: definition.kind.to_owned(),
        source: None,
        timeframe: None,
        settings: few::map(numbers.chain(choices)),
    }
}

/// "MACD(12, 26, 9)".
fn title(document: &Document, name: &str, say: Say) -> String {
    let language = say.language();
    let Some(found) = document.indicators.get(name) else {
        return String::new();
    };
    let Some(definition) = indicator::find(&found.kind) else {
        return found.kind.clone();
    };
    let numbers: Vec<String> = definition
        .parameters
        .iter()
        .map(|parameter| match found.settings.get(parameter.name) {
            Some(Setting::Number(number)) => super::place::resolve(document, number)
                .map_or_else(|| number.to_string(), |value| language.number(value)),
            Some(Setting::Choice(text)) => text.clone(),
            None => language.number(parameter.default),
        })
        .collect();
    let mut text = definition.name.to_owned();
    if !numbers.is_empty() {
        text.push_str(&format!("({})", numbers.join(language.text(words::LIST))));
    }
    if let Some(timeframe) = found.timeframe {
        text.push_str(&format!(" {timeframe}"));
    }
    text
}

fn block(name: String, open: RwSignal<Option<String>>) -> AnyView {
    let pen = Pen::here();
    let say = Say::here();
    let pointer = format!("/indicators/{}", escape(&name));
    let (titled, kinded, opened, key) = (name.clone(), name.clone(), name.clone(), name.clone());
    let title = Memo::new(move |_| pen.lab.read(|document| title(document, &titled, say)));
    let kind = Memo::new(move |_| {
        pen.lab.read(|document| {
            document
                .indicators
                .get(&kinded)
                .map(|found| found.kind.clone())
        })
    });
    let is_open = Memo::new(move |_| open.with(|open| open.as_deref() == Some(opened.as_str())));
    let definition = move || indicator::find(kind.get()?.as_str());
    let outputs = move || {
        let language = say.language();
        definition().map(|definition| {
            let labels = definition.outputs.iter();
            let labels: Vec<&str> = labels.map(|output| language.text(output.label)).collect();
            labels.join(" · ")
        })
    };
    let form_of = name.clone();
    let form = move || {
        let definition = definition();
        is_open
            .get()
            .then(|| view! { <div class="form">{form(&form_of, definition, open)}</div> })
    };
    let shown = name.clone();
    let at = Signal::stored(pointer.clone());
    view! {
        <div
            class="brick indicator"
            role="group"
            tabindex="0"
            aria-label=title
            aria-roledescription=say.say(words::BLOCK)
            data-block=""
            data-indicator=name.clone()
            data-at=pointer
        >
            <div class="brick-head">
                <button
                    type="button"
                    class="fold"
                    aria-expanded=move || is_open.get().to_string()
                    on:click=move |_| {
                        open.update(|open| {
                            let is_this = open.as_deref() == Some(key.as_str());
                            *open = (!is_this).then(|| key.clone());
                        });
                    }
                >
                    <span class="fold-title">{title}</span>
                    <span class="fold-name">{shown}</span>
                </button>
                {block_menu(&name, title, open)}
            </div>
            <p class="outputs">{outputs}</p>
            {form}
            {fault(at, false)}
        </div>
    }
    .into_any()
}

fn block_menu(name: &str, title: Memo<String>, open: RwSignal<Option<String>>) -> AnyView {
    let pen = Pen::here();
    let name = name.to_owned();
    let deeds = move || {
        let (copied, removed) = (name.clone(), name.clone());
        vec![
            Deed::new(words::DUPLICATE, move || {
                let document = untrack(|| pen.lab.document());
                let Some(found) = document.indicators.get(&copied) else {
                    return;
                };
                let next = free_name(&copied, |name| document.indicators.contains_key(name));
                pen.reshape(&|document| {
                    document.indicators.insert(next.clone(), found.clone());
                });
                open.set(Some(next.clone()));
                focus_soon(format!("[data-indicator=\"{next}\"]"));
            }),
            Deed::new(words::REMOVE, move || {
                pen.reshape(&|document| {
                    document.indicators.remove(&removed);
                });
                focus_soon(".designer .indicators .add-button".to_owned());
            }),
        ]
    };
    menu(title.into(), deeds)
}

fn form(
    name: &str,
    definition: Option<&'static Definition>,
    open: RwSignal<Option<String>>,
) -> AnyView {
    let say = Say::here();
    let name_label = say.say(words::NAME_IN_RULES);
    let Some(definition) = definition else {
        return ().into_any();
    };
    let numbers: Vec<AnyView> = definition
        .parameters
        .iter()
        .map(|parameter| {
            let label = named(parameter.name, settings::name(parameter.name));
            line(
                label,
                parametric(&setting(name, parameter), label, parameter.name),
            )
        })
        .collect();
    let choices: Vec<AnyView> = definition
        .choices
        .iter()
        .map(|choice| choice_field(name, choice))
        .collect();
    view! {
        <p class="hint">{say.say(definition.summary)}</p>
        {line(name_label, strict_field(&name_place(name, open), name_label, refuse_name(name)))}
        {numbers}
        {choices}
        {(definition.input == InputKind::Source).then(|| source_field(name))}
        {timeframe_field(name)}
    }
    .into_any()
}

/// A name of the catalogue for people. A test holds that each has words.
fn named(id: &'static str, text: Option<Text>) -> Signal<String> {
    match text {
        Some(text) => Say::here().say(text),
        None => Signal::stored(id.to_owned()),
    }
}

/// Why an indicator cannot be called this.
fn refuse_name(held: &str) -> impl Fn(&Document, &str) -> Option<Text> + Clone + use<> {
    let held = held.to_owned();
    move |document, next| {
        let next = next.trim();
        if next == held {
            None
        } else if !trading::strategy::number::is_name(next) {
            Some(words::NOT_A_NAME)
        } else if Price::from_name(next).is_some() {
            Some(words::NAME_OF_PRICE)
        } else {
            document
                .indicators
                .contains_key(next)
                .then_some(words::NAME_TAKEN)
        }
    }
}

fn name_place(name: &str, open: RwSignal<Option<String>>) -> At<String> {
    let (old, held) = (name.to_owned(), name.to_owned());
    At::fixed(
        format!("/indicators/{}#name", escape(name)),
        move |document: &Document| {
            document
                .indicators
                .contains_key(&held)
                .then(|| held.clone())
        },
        move |document, next: String| {
            let next = next.trim();
            if rename_indicator(document, &old, next) {
                open.set(Some(next.to_owned()));
                focus_soon(format!("[data-indicator=\"{next}\"]"));
            }
        },
    )
}

fn setting(name: &str, parameter: &'static Parameter) -> At<Number> {
    let (read, write) = (name.to_owned(), name.to_owned());
    At::fixed(
        format!("/indicators/{}/{}", escape(name), parameter.name),
        move |document| {
            let found = document.indicators.get(&read)?;
            match found.settings.get(parameter.name) {
                Some(Setting::Number(number)) => Some(number.clone()),
                Some(Setting::Choice(_)) => None,
                None => Some(Number::Literal(parameter.default)),
            }
        },
        move |document, number| {
            if let Some(found) = document.indicators.get_mut(&write) {
                found
                    .settings
                    .insert(parameter.name.to_owned(), Setting::Number(number));
            }
        },
    )
}

fn choice_field(name: &str, choice: &'static Choice) -> AnyView {
    let say = Say::here();
    let (read, write) = (name.to_owned(), name.to_owned());
    let at = At::fixed(
        format!("/indicators/{}/{}", escape(name), choice.name),
        move |document: &Document| {
            let found = document.indicators.get(&read)?;
            match found.settings.get(choice.name) {
                Some(Setting::Choice(value)) => Some(value.clone()),
                _ => choice.values.first().map(|value| value.name.to_owned()),
            }
        },
        move |document, value: String| {
            if let Some(found) = document.indicators.get_mut(&write) {
                found
                    .settings
                    .insert(choice.name.to_owned(), Setting::Choice(value));
            }
        },
    );
    let is_whose = choice.values.iter().any(|value| value.is_mt5);
    let options = Signal::derive(move || {
        let language = say.language();
        let named = |value: &indicator::ChoiceValue| {
            let text = settings::value(value.name).map_or(value.name, |text| language.text(text));
            (value.name.to_owned(), text.to_owned())
        };
        vec![Group {
            name: None,
            options: choice.values.iter().map(named).collect(),
        }]
    });
    let pen = Pen::here();
    let value = at.value(pen);
    let summary = move || {
        let chosen = value.get()?;
        let found = choice.values.iter().find(|value| value.name == chosen)?;
        let mut text = series::capital(say.language().text(found.summary));
        text.push('.');
        if is_whose && !found.is_mt5 {
            text.push(' ');
            text.push_str(say.language().text(words::NOT_AS_MT5));
        }
        Some(text)
    };
    let label = named(choice.name, settings::name(choice.name));
    view! {
        {line(label, word_field(&at, label, options))}
        <p class="hint">{summary}</p>
    }
    .into_any()
}

fn source_field(name: &str) -> AnyView {
    let pen = Pen::here();
    let say = Say::here();
    let (read, write, except) = (name.to_owned(), name.to_owned(), name.to_owned());
    let at = At::fixed(
        format!("/indicators/{}/source", escape(name)),
        move |document: &Document| {
            let found = document.indicators.get(&read)?;
            Some(match &found.source {
                Some(source) => series::canonical(document, source),
                None => Price::Close.name().to_owned(),
            })
        },
        move |document, value: String| {
            if let Some(found) = document.indicators.get_mut(&write) {
                // The close is what is meant when nothing is said.
                found.source = (value != Price::Close.name())
                    .then(|| value.parse().ok())
                    .flatten();
            }
        },
    );
    let options = Signal::derive(move || {
        let language = say.language();
        pen.lab
            .read(|document| series::sources(document, language, Some(&except)))
    });
    let label = say.say(words::SOURCE);
    line(label, word_field(&at, label, options))
}

fn timeframe_field(name: &str) -> AnyView {
    let pen = Pen::here();
    let say = Say::here();
    let (read, write) = (name.to_owned(), name.to_owned());
    let value = Memo::new(move |_| {
        pen.lab.read(|document| {
            let found = document.indicators.get(&read)?;
            Some(found.timeframe.map_or(OWN, Timeframe::name).to_owned())
        })
    });
    let options = Signal::derive(move || {
        let language = say.language();
        let own = pen.lab.read(|document| document.timeframe);
        let text = crate::words::fill(language.text(words::OWN), &[own.name().to_owned()]);
        let higher = Timeframe::ALL
            .into_iter()
            .filter(|higher| *higher > own && higher.is_made_of(own))
            .map(|higher| (higher.name().to_owned(), higher.name().to_owned()));
        vec![Group {
            name: None,
            options: std::iter::once((OWN.to_owned(), text))
                .chain(higher)
                .collect(),
        }]
    });
    let label = say.say(words::TIMEFRAME);
    let list = choose(
        label,
        Signal::derive(move || value.get().unwrap_or_default()),
        options,
        move |chosen| {
            pen.lab.edit(|document| {
                if let Some(found) = document.indicators.get_mut(&write) {
                    found.timeframe = chosen.parse().ok();
                }
            });
        },
    );
    line(label, list)
}

#[cfg(test)]
mod tests {
    use super::{refuse_name, words};
    use crate::pages::lab::designer::new_document;
    use trading::{
        indicator,
        language::Language,
        strategy::{Document, number::is_name},
    };

    #[test]
    fn names_that_cannot_be_given_are_told_why() {
        let mut document: Document = new_document(Language::En);
        for kind in ["macd", "adx"] {
            let definition = indicator::find(kind).unwrap();
            let made = super::with_defaults(definition);
            document.indicators.insert(kind.to_owned(), made);
        }
        let refuse = refuse_name("macd");
        for free in ["macd", " macd ", "trend_2"] {
            assert_eq!(refuse(&document, free), None, "{free}");
        }
        assert_eq!(refuse(&document, "adx"), Some(words::NAME_TAKEN));
        assert_eq!(refuse(&document, "close"), Some(words::NAME_OF_PRICE));
        for none in ["", "Trend", "my name", "2nd"] {
            assert!(!is_name(none));
            assert_eq!(refuse(&document, none), Some(words::NOT_A_NAME), "{none}");
        }
    }

    #[test]
    fn values_named_after_metatrader_are_those_it_draws() {
        // The list says MetaTrader 5 in the name of a value where others are not MetaTrader's.
        for definition in indicator::all() {
            for choice in definition.choices {
                let is_whose = choice.values.iter().any(|value| !value.is_mt5);
                for value in choice.values.iter().filter(|v| v.is_mt5 && is_whose) {
                    let name = crate::words::setting::value(value.name).unwrap();
                    assert!(name.en.contains("MetaTrader 5"), "{}", definition.kind);
                }
            }
        }
    }
}
