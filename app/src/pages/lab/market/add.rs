//! A file of the visitor's own.

use crate::{
    components::{
        button::{Button, Tone},
        field::Field,
        progress::Progress,
        select::Select,
    },
    engine::{Engine, ImportJob, Imported},
    part::Part,
    words::{Say, fill, market as words, part},
};
use js_sys::ArrayBuffer;
use leptos::{html, prelude::*};
use trading::{language::Language, timeframe::Timeframe};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// The length of the bars is found out.
const AUTO: &str = "auto";
/// Larger files are refused before they are read.
const MOST_BYTES: f64 = 256.0 * 1024.0 * 1024.0;

/// What became of the file.
#[derive(Debug, Clone, Default)]
enum State {
    #[default]
    Nothing,
    Reading,
    Done(Imported),
    Failed(String),
}

/// The form, and what the file held.
#[component]
pub fn AddFile(
    /// Called with what a file held.
    on_add: Callback<Imported>,
) -> impl IntoView {
    let say = Say::here();
    let file = NodeRef::<html::Input>::new();
    let symbol = RwSignal::new("XAUUSD".to_owned());
    let zone = RwSignal::new("UTC".to_owned());
    let timeframe = RwSignal::new(AUTO);
    let state = RwSignal::new(State::Nothing);
    let read = move |_| {
        let job = ImportJob {
            symbol: symbol.get_untracked(),
            timeframe: timeframe.get_untracked().parse::<Timeframe>().ok(),
            time_zone: zone.get_untracked(),
            language: untrack(move || say.language()),
        };
        let chosen = file
            .get_untracked()
            .and_then(|input| input.files())
            .and_then(|files| files.get(0));
        state.set(State::Reading);
        leptos::task::spawn_local(async move {
            state.set(match take(chosen, job).await {
                Ok(imported) => {
                    on_add.run(imported.clone());
                    State::Done(imported)
                }
                Err(why) => State::Failed(why),
            });
        });
    };
    let options = std::iter::once((AUTO, say.say(words::AUTO)))
        .chain(Timeframe::ALL.iter().map(|one| {
            let name = one.name();
            (name, Signal::stored(name.to_owned()))
        }))
        .collect::<Vec<_>>();
    view! {
        <section class="market-part">
            <h3>{say.say(words::ADD)}</h3>
            <p class="hint">{say.say(words::ADD_HINT)}</p>
            <div class="market-form">
                <div class="field">
                    <label for="market-file">{say.say(words::FILE)}</label>
                    <input id="market-file" type="file" node_ref=file accept=".csv,.txt,.tsv,.gz" />
                </div>
                <Field id="market-symbol" label=say.say(words::SYMBOL) value=symbol />
                <Select
                    id="market-timeframe"
                    label=say.say(words::TIMEFRAME)
                    options
                    value=timeframe
                    on_change=move |chosen| timeframe.set(chosen)
                />
                <Field
                    id="market-zone"
                    label=say.say(words::ZONE)
                    hint=say.say(words::ZONE_HINT)
                    value=zone
                />
            </div>
            <div class="lab-actions">
                <Button
                    tone=Tone::Accent
                    disabled=Signal::derive(move || matches!(state.get(), State::Reading))
                    on_press=read
                >
                    {say.say(words::READ)}
                </Button>
            </div>
            <div aria-live="polite">{move || told(say, &state.get())}</div>
        </section>
    }
}

fn told(say: Say, state: &State) -> AnyView {
    match state {
        State::Nothing => ().into_any(),
        State::Reading => view! {
            <Progress label=say.say(words::READING) on_cancel=move |()| Engine.stop() />
        }
        .into_any(),
        State::Failed(why) => {
            let why = why.clone();
            view! { <p class="notice" role="alert">{why}</p> }.into_any()
        }
        State::Done(imported) => {
            let language = say.language();
            let text = fill(
                language.text(words::DONE),
                &[
                    imported.history.symbol.clone(),
                    imported.history.timeframe.name().to_owned(),
                    language.number(imported.bars as f64),
                ],
            );
            let flaws = imported.flaws.clone();
            let odd = (!flaws.is_empty()).then(|| {
                let lines = flaws.into_iter().map(|flaw| view! { <li>{flaw}</li> });
                view! {
                    <p>{say.say(words::ODD)}</p>
                    <ul class="market-flaws">{lines.collect_view()}</ul>
                }
            });
            view! {
                <div class="notice notice-good">
                    <p>{text}</p>
                    {odd}
                </div>
            }
            .into_any()
        }
    }
}

async fn take(file: Option<web_sys::File>, job: ImportJob) -> Result<Imported, String> {
    let language: Language = job.language;
    let say = |text: crate::words::Text| language.text(text).to_owned();
    let file = file.ok_or_else(|| say(words::CHOOSE_FIRST))?;
    if file.size() > MOST_BYTES {
        return Err(say(words::TOO_LARGE));
    }
    let bytes = JsFuture::from(file.array_buffer())
        .await
        .ok()
        .and_then(|bytes| bytes.dyn_into::<ArrayBuffer>().ok())
        .ok_or_else(|| say(words::UNREADABLE))?;
    for needed in [Part::Files, Part::Zones] {
        needed.load().await.map_err(|()| say(part::NOT_DONE))?;
    }
    Engine
        .import(bytes, job)
        .await
        .map_err(|why| why.unwrap_or_else(|| say(words::STOPPED)))
}
