//! The page's end of the charts' script. Its start script made `phoenixChart`, which loads it.

use js_sys::{Array, Float64Array, Function, Promise, Reflect};
use leptos::{html::Div, logging, prelude::*};
use std::{cell::RefCell, collections::BTreeMap};
use trading::few;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;

/// How far a chart is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// Its script is being loaded.
    Loading,
    /// It draws.
    Ready,
    /// Its script did not come.
    Failed,
}

/// What the script calls, with a number.
pub(super) type Hear = Box<dyn FnMut(f64)>;

/// A chart on the page; copies are the same one. On the server it stays [`Stage::Loading`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Chart {
    id: StoredValue<u32>,
    stage: RwSignal<Stage>,
    attempt: RwSignal<u32>,
    /// Where it is drawn.
    pub host: NodeRef<Div>,
}

#[derive(Debug)]
struct Drawn {
    object: JsValue,
    /// Lives as long as the chart that calls it.
    _hear: Vec<Closure<dyn FnMut(f64)>>,
}

thread_local! {
    /// A page has one thread. In the reactive system's own store, which the server drops on
    /// whichever thread it likes, what JavaScript made could not lie.
    static DRAWN: RefCell<(u32, BTreeMap<u32, Drawn>)> = RefCell::default();
}

impl Chart {
    /// A chart of a class of the script, made once its place is on the page. `hear` gives what it is
    /// handed after its place and its words.
    pub(super) fn new(
        class: &'static str,
        words: Signal<String>,
        hear: impl Fn() -> Vec<Hear> + Clone + 'static,
    ) -> Self {
        let chart = Self {
            id: StoredValue::new(0),
            stage: RwSignal::new(Stage::Loading),
            attempt: RwSignal::new(0),
            host: NodeRef::new(),
        };
        Effect::new(move |_| {
            let (Some(host), attempt) = (chart.host.get(), chart.attempt.get()) else {
                return;
            };
            let hear = hear.clone();
            leptos::task::spawn_local(async move {
                let made = make(class, attempt).await;
                // The page may show something else by now.
                let Some(words) = words.try_get_untracked() else {
                    return;
                };
                let drawn = made.and_then(|class| draw(&class, &host, &words, hear()));
                let stage = match drawn {
                    Ok(drawn) => {
                        chart.id.set_value(keep(drawn));
                        Stage::Ready
                    }
                    Err(why) => {
                        logging::error!("chart: {why:?}");
                        Stage::Failed
                    }
                };
                chart.stage.set(stage);
            });
        });
        Effect::new(move |_| chart.call("setWords", &[JsValue::from_str(&words.get())]));
        on_cleanup(move || {
            let id = chart.id.try_get_value().unwrap_or_default();
            if let Some(drawn) = DRAWN.with_borrow_mut(|(_, all)| all.remove(&id)) {
                invoke(&drawn.object, "remove", &[]);
            }
        });
        chart
    }

    /// How far it is; whoever asks in a view or effect is asked again when it changes.
    pub(super) fn stage(self) -> Stage {
        self.stage.get()
    }

    /// Asks for the script once more.
    pub(super) fn try_again(self) {
        self.stage.set(Stage::Loading);
        self.attempt.update(|attempt| *attempt += 1);
    }

    /// Calls one of its methods; nothing happens before it is ready.
    pub(super) fn call(self, method: &str, arguments: &[JsValue]) {
        let id = self.id.get_value();
        let object = DRAWN.with_borrow(|(_, all)| all.get(&id).map(|drawn| drawn.object.clone()));
        if let Some(object) = object {
            invoke(&object, method, arguments);
        }
    }
}

/// A column, copied once.
pub(super) fn column(values: &[f64]) -> JsValue {
    Float64Array::from(values).into()
}

/// Texts by name, as the script reads them.
pub(super) fn words(texts: &[(&str, &str)]) -> String {
    let texts = few::map(texts.iter().copied());
    serde_json::to_string(&texts).unwrap_or_default()
}

fn invoke(object: &JsValue, method: &str, arguments: &[JsValue]) {
    let arguments: Array = arguments.iter().collect();
    let called = Reflect::get(object, &JsValue::from_str(method))
        .and_then(JsCast::dyn_into::<Function>)
        .and_then(|function| function.apply(object, &arguments));
    if let Err(why) = called {
        logging::error!("chart: {method}: {why:?}");
    }
}

fn keep(drawn: Drawn) -> u32 {
    DRAWN.with_borrow_mut(|(last, all)| {
        *last += 1;
        all.insert(*last, drawn);
        *last
    })
}

/// The class, once the script is there.
async fn make(class: &str, attempt: u32) -> Result<Function, JsValue> {
    let load = Reflect::get(&js_sys::global(), &JsValue::from_str("phoenixChart"))?;
    let promise = load
        .dyn_into::<Function>()?
        .call1(&JsValue::NULL, &attempt.into())?;
    let script = JsFuture::from(promise.dyn_into::<Promise>()?).await?;
    Reflect::get(&script, &JsValue::from_str(class))?.dyn_into()
}

fn draw(class: &Function, host: &JsValue, words: &str, hear: Vec<Hear>) -> Result<Drawn, JsValue> {
    let hear: Vec<_> = hear.into_iter().map(Closure::new).collect();
    let arguments = Array::of2(host, &JsValue::from_str(words));
    for closure in &hear {
        arguments.push(closure.as_ref());
    }
    Ok(Drawn {
        object: Reflect::construct(class, &arguments)?,
        _hear: hear,
    })
}
