//! What the strategy is called, what it trades and what it says in plain words.

use super::{
    choose::{Group, choose},
    parts::{fault, go_to, line, text_field},
    pen::Pen,
    place::At,
};
use crate::words::{Say, designer as words};
use leptos::prelude::*;
use trading::{strategy::Document, symbol::Symbol, timeframe::Timeframe};

/// Symbols that traders of Phoenix begin with; any other is written in the JSON.
const SYMBOLS: [&str; 6] = ["XAUUSD", "GBPUSD", "EURUSD", "USDJPY", "XAGUSD", "BTCUSD"];

/// Name, symbol and timeframe; undo and redo.
pub fn head() -> AnyView {
    let pen = Pen::here();
    let say = Say::here();
    let name = At::fixed(
        "/name",
        |document: &Document| Some(document.name.clone()),
        |document, name: String| document.name = name,
    );
    let symbol =
        Signal::derive(move || pen.lab.read(|document| document.symbol.as_str().to_owned()));
    let symbols = Signal::derive(move || {
        let options = SYMBOLS.map(|name| (name.to_owned(), name.to_owned()));
        let mut options = options.to_vec();
        let own = symbol.get();
        if !SYMBOLS.contains(&own.as_str()) {
            options.insert(0, (own.clone(), own));
        }
        vec![Group {
            name: None,
            options,
        }]
    });
    let timeframe = Signal::derive(move || {
        pen.lab
            .read(|document| document.timeframe.name().to_owned())
    });
    let timeframes = Timeframe::ALL.map(|each| (each.name().to_owned(), each.name().to_owned()));
    let timeframes = Signal::stored(vec![Group {
        name: None,
        options: timeframes.to_vec(),
    }]);
    view! {
        <div class="designer-head">
            {text_field(&name, say.say(words::STRATEGY_NAME), true)}
            <div class="designer-market">
                {choose(
                    say.say(words::SYMBOL),
                    symbol,
                    symbols,
                    move |chosen| {
                        if let Ok(symbol) = Symbol::try_from(chosen) {
                            pen.lab.edit(|document| document.symbol = symbol);
                        }
                    },
                )}
                {choose(
                    say.say(words::TIMEFRAME),
                    timeframe,
                    timeframes,
                    move |chosen| {
                        if let Ok(timeframe) = chosen.parse() {
                            pen.lab.edit(|document| document.timeframe = timeframe);
                        }
                    },
                )}
                <span class="grow"></span>
                <button
                    type="button"
                    class="icon-button"
                    aria-label=say.say(words::UNDO)
                    title=say.say(words::UNDO_KEYS)
                    disabled=move || !pen.lab.can_undo()
                    on:click=move |_| pen.undo()
                >
                    <span aria-hidden="true">"↶"</span>
                </button>
                <button
                    type="button"
                    class="icon-button"
                    aria-label=say.say(words::REDO)
                    title=say.say(words::REDO_KEYS)
                    disabled=move || !pen.lab.can_redo()
                    on:click=move |_| pen.redo()
                >
                    <span aria-hidden="true">"↷"</span>
                </button>
            </div>
            {fault(Signal::stored("/name".to_owned()), false)}
        </div>
    }
    .into_any()
}

/// The sentence, and all of it folded below.
pub fn sentence() -> AnyView {
    let pen = Pen::here();
    let say = Say::here();
    let summary = Memo::new(move |_| pen.lab.description(say.language()).summary);
    let is_open = RwSignal::new(false);
    // Only while somebody reads it.
    let whole = move || {
        is_open.get().then(|| {
            let sections = pen.lab.description(say.language()).sections;
            sections
                .into_iter()
                .map(|section| {
                    let lines = section.lines.into_iter().map(|line| {
                        let level = match line.indent {
                            0 => "told",
                            1 => "told told-1",
                            2 => "told told-2",
                            _ => "told told-3",
                        };
                        view! { <li class=level>{line.text}</li> }
                    });
                    view! {
                        <h4>{section.title}</h4>
                        <ul>{lines.collect_view()}</ul>
                    }
                })
                .collect_view()
        })
    };
    view! {
        <div class="plain">
            <p class="plain-sentence" aria-live="polite" data-sentence="">
                {summary}
            </p>
            <button
                type="button"
                class="link-button"
                aria-expanded=move || is_open.get().to_string()
                on:click=move |_| is_open.update(|open| *open = !*open)
            >
                {say.say(words::IN_FULL)}
            </button>
            <div class="plain-whole" hidden=move || !is_open.get()>
                {whole}
            </div>
        </div>
    }
    .into_any()
}

/// How many faults there are, and the way to the first.
pub fn faults() -> AnyView {
    let pen = Pen::here();
    let say = Say::here();
    let line = move || {
        let faults = pen.lab.faults();
        let first = faults.first()?.clone();
        let language = say.language();
        let count = language.number(faults.len() as f64);
        let text = if faults.len() == 1 {
            language.text(words::ONE_FAULT).to_owned()
        } else {
            crate::words::fill(language.text(words::FAULTS), &[count])
        };
        let pointer = first.pointer;
        Some(view! {
            <button
                type="button"
                class="fault-link"
                on:click=move |_| go_to(pen, pointer.clone())
            >
                <strong>{text}</strong>
                <span>{first.message}</span>
            </button>
        })
    };
    view! {
        <div class="fault-line" role="status">
            {line}
        </div>
    }
    .into_any()
}

/// The idea in the author's words, and when a day begins.
#[inline(never)]
pub fn part_designer_notes() -> AnyView {
    let say = Say::here();
    let idea = At::fixed(
        "/description",
        |document: &Document| Some(document.description.clone()),
        |document, text: String| document.description = text,
    );
    let zone = At::fixed(
        "/time_zone",
        |document: &Document| Some(document.time_zone.clone()),
        |document, zone: String| zone.trim().clone_into(&mut document.time_zone),
    );
    let (idea_label, zone_label) = (say.say(words::IDEA), say.say(words::DAY_ZONE));
    view! {
        {line(idea_label, text_field(&idea, idea_label, false))}
        {fault(Signal::stored("/description".to_owned()), false)}
        {line(zone_label, text_field(&zone, zone_label, false))}
        <p class="hint">{say.say(words::ZONE_HINT)}</p>
        {fault(Signal::stored("/time_zone".to_owned()), false)}
    }
    .into_any()
}
