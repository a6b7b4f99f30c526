//! The document as JSON, edited as text. What has faults changes nothing, and stays in the field
//! until another strategy is opened.

use super::{line::line_of, parts::act, pen::Pen};
use crate::{
    components::toast::Toaster,
    part::Part,
    words::{Say, designer as words, fill},
};
use js_sys::{Function, JsString, Reflect};
use leptos::{ev, html, leptos_dom::helpers::TimeoutHandle, prelude::*};
use std::time::Duration;
use trading::{
    language::Language,
    strategy::{
        Document,
        validate::{Fault, Problem, read, validate},
    },
};
use wasm_bindgen::{JsCast, JsValue};

/// The longest text that is read here, in characters.
const MAX: u32 = 256 * 1024;
/// A pause in typing: then the text is read, and what it says becomes one step of undo.
const PAUSE: Duration = Duration::from_millis(350);
/// The most faults that are shown.
const SHOWN: usize = 50;

/// What is wrong at which line.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Told {
    line: usize,
    pointer: String,
    message: String,
    hint: String,
}

/// What the text came to.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Verdict {
    /// It is the document.
    Same,
    /// It is being typed.
    Typing,
    /// It could be read, but the document was changed elsewhere since the typing began.
    Overtaken,
    /// It has these faults, and that many in all.
    Faulty(Vec<Told>, usize),
    /// It is longer than is read here; so many characters.
    TooLong(u32),
}

fn pretty(document: &Document) -> String {
    serde_json::to_string_pretty(document).unwrap_or_default()
}

fn tell(text: &str, faults: &[Fault], language: Language) -> Vec<Told> {
    let told = |fault: &Fault| {
        let words = fault.text(language);
        let line = match &fault.problem {
            Problem::Syntax { line, .. } | Problem::TooNested { line, .. } => *line,
            _ => line_of(text, &words.pointer),
        };
        Told {
            line,
            pointer: words.pointer,
            message: words.message,
            hint: words.hint,
        }
    };
    faults.iter().take(SHOWN).map(told).collect()
}

/// The tab.
#[inline(never)]
pub fn part_designer_json() -> AnyView {
    let pen = Pen::here();
    let say = Say::here();
    let node = NodeRef::<html::Textarea>::new();
    let text = RwSignal::new(untrack(|| pen.lab.read(pretty)));
    let verdict = RwSignal::new(Verdict::Same);
    let pasted = RwSignal::new(None::<u32>);
    let timer = StoredValue::new(None::<TimeoutHandle>);
    // The document that the text was made of.
    let base = StoredValue::new(untrack(|| pen.lab.document()));
    // The blocks, or undo, changed the document.
    Effect::new(move || {
        let document = pen.lab.document();
        if verdict.get_untracked() != Verdict::Same {
            return;
        }
        let is_same = text.with_untracked(|text| read(text).is_ok_and(|read| read == *document));
        if !is_same {
            text.set(pretty(&document));
        }
        base.set_value(document);
    });
    let take = move |document: Document| {
        verdict.set(Verdict::Same);
        pen.reshape(&|place| *place = document.clone());
    };
    let judge = move || {
        let language = untrack(|| say.language());
        let is_overtaken = base.with_value(|base| **base != *untrack(|| pen.lab.document()));
        text.with_untracked(|text| match validate(text) {
            Ok(_) if is_overtaken => verdict.set(Verdict::Overtaken),
            Ok(document) => take(document),
            Err(faults) => {
                let told = tell(text, &faults, language);
                verdict.set(Verdict::Faulty(told, faults.len()));
            }
        });
    };
    let toaster = Toaster::here();
    // The text may name any zone.
    let judge = move || Part::Zones.then(toaster, say, judge);
    let judge_soon = move || {
        timer.update_value(|timer| {
            if let Some(before) = timer.take() {
                before.clear();
            }
            *timer = set_timeout_with_handle(judge, PAUSE).ok();
        });
    };
    on_cleanup(move || {
        timer.update_value(|timer| {
            if let Some(before) = timer.take() {
                before.clear();
            }
        });
    });
    let on_input = move |event: ev::Event| {
        pasted.set(None);
        let long = event
            .target()
            .and_then(|target| Reflect::get(&target, &JsValue::from_str("value")).ok())
            .and_then(|value| value.dyn_into::<JsString>().ok())
            .map_or(0, |value| value.length());
        if long > MAX {
            // It stays in the field as it is; only nobody reads it.
            verdict.set(Verdict::TooLong(long));
            return;
        }
        text.set(event_target_value(&event));
        verdict.set(Verdict::Typing);
        judge_soon();
    };
    // A text that is far too long is refused before the field would have to lay it out.
    let on_paste = move |event: ev::Event| {
        if let Some(long) = pasted_length(&event)
            && long > MAX
        {
            event.prevent_default();
            pasted.set(Some(long));
        }
    };
    let use_text = move || {
        if let Ok(document) = text.with_untracked(|text| validate(text)) {
            take(document);
        }
    };
    let start_over = move || {
        let now = untrack(|| pen.lab.read(pretty));
        if let Some(area) = node.get_untracked() {
            area.set_value(&now);
        }
        text.set(now);
        pasted.set(None);
        verdict.set(Verdict::Same);
        base.set_value(untrack(|| pen.lab.document()));
    };
    // The text of a strategy that is not open any more must never come into another.
    Effect::new(move |before: Option<u32>| {
        let turns = pen.lab.turns();
        if before.is_some_and(|before| before != turns) {
            start_over();
        }
        turns
    });
    let go = move |line: usize| {
        let Some(area) = node.get_untracked() else {
            return;
        };
        let (from, to) = text.with_untracked(|text| span(text, line));
        // Only what is no text area refuses.
        let _ = area.focus();
        let _ = area.set_selection_range(from, to);
    };
    let size = move |long: u32| {
        let language = say.language();
        let kilobytes = f64::from(long).div_euclid(1024.0);
        fill(
            language.text(words::TOO_LONG),
            &[
                language.number(kilobytes),
                language.number(f64::from(MAX / 1024)),
            ],
        )
    };
    let state = move || {
        if let Some(long) = pasted.get() {
            let text = format!("{} {}", size(long), say.language().text(words::NOT_PASTED));
            return view! { <p class="fault">{text}</p> }.into_any();
        }
        match verdict.get() {
            Verdict::Same => view! { <p class="hint">{say.say(words::JSON_SAME)}</p> }.into_any(),
            Verdict::Typing => {
                view! { <p class="hint">{say.say(words::JSON_TYPING)}</p> }.into_any()
            }
            Verdict::Overtaken => {
                view! { <p class="fault">{say.say(words::JSON_OVERTAKEN)}</p> }.into_any()
            }
            Verdict::TooLong(long) => view! { <p class="fault">{size(long)}</p> }.into_any(),
            Verdict::Faulty(told, count) => faulty(say, told, count, go),
        }
    };
    let can_start_over = move || !matches!(verdict.get(), Verdict::Same | Verdict::Typing);
    let can_use = move || verdict.get() == Verdict::Overtaken;
    view! {
        <div class="json">
            <textarea
                node_ref=node
                class="json-text"
                aria-label=say.say(words::JSON_TEXT)
                spellcheck="false"
                autocomplete="off"
                rows="28"
                prop:value=text
                on:input=on_input
                on:paste=move |event| on_paste(event.into())
            >
                {text.get_untracked()}
            </textarea>
            <div class="json-state" role="status">
                {state}
            </div>
            {move || can_use().then(|| act(say.say(words::USE_TEXT), "button", use_text))}
            {move || {
                can_start_over()
                    .then(|| act(say.say(words::START_OVER), "button", start_over))
            }}
        </div>
    }
    .into_any()
}

fn faulty(say: Say, told: Vec<Told>, count: usize, go: impl Fn(usize) + Copy + 'static) -> AnyView {
    let language = say.language();
    let head = fill(
        language.text(words::JSON_FAULTY),
        &[language.number(count as f64)],
    );
    let shown = told.len();
    let rows = told
        .into_iter()
        .map(|one| {
            let line = one.line;
            let place = one.pointer.clone();
            let name = fill(language.text(words::LINE), &[language.number(line as f64)]);
            view! {
                <li data-fault=place>
                    <button type="button" class="link-button" on:click=move |_| go(line)>
                        {name}
                    </button>
                    <code>{one.pointer}</code>
                    <p>
                        <strong>{one.message}</strong>
                        " "
                        {one.hint}
                    </p>
                </li>
            }
        })
        .collect::<Vec<_>>();
    let rest = (count > shown).then(|| {
        let rest = language.number((count - shown) as f64);
        view! { <p class="hint">{fill(language.text(words::AND_MORE), &[rest])}</p> }
    });
    view! {
        <p class="fault">{head}</p>
        <ul class="json-faults">{rows}</ul>
        {rest}
    }
    .into_any()
}

/// How long the text is that is being pasted, without copying it.
fn pasted_length(event: &ev::Event) -> Option<u32> {
    let data = Reflect::get(event, &JsValue::from_str("clipboardData")).ok()?;
    let get: Function = Reflect::get(&data, &JsValue::from_str("getData"))
        .ok()?
        .dyn_into()
        .ok()?;
    let text = get.call1(&data, &JsValue::from_str("text")).ok()?;
    Some(text.dyn_into::<JsString>().ok()?.length())
}

/// Where a line begins and ends, in the units in which a browser counts.
fn span(text: &str, line: usize) -> (u32, u32) {
    let mut from = 0_usize;
    for (index, content) in text.split('\n').enumerate() {
        let long = content.encode_utf16().count();
        if index + 1 == line {
            let end = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
            return (end(from), end(from + long));
        }
        from += long + 1;
    }
    (0, 0)
}

#[cfg(test)]
mod tests {
    use super::{pretty, span, tell};
    use crate::pages::lab::designer::new_document;
    use trading::{language::Language, strategy::validate::validate};

    #[test]
    fn faults_are_told_at_their_lines() {
        let text =
            pretty(&new_document(trading::language::Language::En)).replace("\"H1\"", "\"H5\"");
        let faults = validate(&text).unwrap_err();
        let told = tell(&text, &faults, Language::En);
        let at = told.iter().find(|one| one.pointer == "/timeframe").unwrap();
        let line = text.lines().nth(at.line - 1).unwrap();
        assert!(line.contains("H5"), "{line}");
        let cut = &text[..40];
        let told = tell(cut, &validate(cut).unwrap_err(), Language::Id);
        assert_eq!(told[0].line, cut.lines().count());
    }

    #[test]
    fn lines_are_counted_as_browsers_do() {
        assert_eq!(span("ab\nc\u{1f600}d\ne", 2), (3, 7));
        assert_eq!(span("ab", 1), (0, 2));
        assert_eq!(span("ab", 9), (0, 0));
    }
}
