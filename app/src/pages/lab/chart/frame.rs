//! What is around a chart: its buttons, what is told in its place, and whose library draws it.

use super::script::{Chart, Stage};
use crate::{
    components::button::{Button, Tone},
    words::{Say, Text, chart as words},
};
use leptos::prelude::*;
use wasm_bindgen::JsValue;

/// What stands in the place of a chart that has nothing to draw.
pub(super) type Instead = Signal<Option<Text>>;

/// What a chart says of itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sign {
    /// Its kind in the style sheet.
    pub kind: &'static str,
    /// What it is called.
    pub name: Text,
    /// What its keys do.
    pub keys: Text,
}

/// A chart with all that is around it. `instead`: why there is nothing to draw, [`None`] when there
/// is; `beside` stands beside the buttons.
pub(super) fn frame(chart: Chart, sign: Sign, instead: Instead, beside: AnyView) -> AnyView {
    let say = Say::here();
    let told = move || match (chart.stage(), instead.get()) {
        (Stage::Failed, _) => view! {
            <div class="chart-instead" role="alert">
                <p>{say.say(words::FAILED)}</p>
                <Button on_press=move |_| chart.try_again()>{say.say(words::AGAIN)}</Button>
            </div>
        }
        .into_any(),
        (Stage::Loading, None) => told(say, words::LOADING),
        (_, Some(why)) => told(say, why),
        (Stage::Ready, None) => ().into_any(),
    };
    view! {
        <figure class=format!("chart chart-{}", sign.kind) aria-label=say.say(sign.name)>
            <div class="chart-bar">
                <div class="chart-buttons" role="group" aria-label=say.say(words::RANGE)>
                    {show(chart, say, words::ALL, "all")}
                    {show(chart, say, words::QUARTER, "quarter")}
                    {show(chart, say, words::END, "end")}
                </div>
                {beside}
            </div>
            <div class="chart-place">
                <div class="chart-host" node_ref=chart.host></div>
                {told}
            </div>
            <figcaption class="chart-foot">
                <span class="chart-keys">{say.say(sign.keys)}</span>
                // As the library's licence and notice ask.
                <span class="chart-notice">
                    <a href="https://www.tradingview.com/" rel="external noopener" target="_blank">
                        "TradingView Lightweight Charts™"
                    </a>
                    " © 2026 TradingView, Inc."
                </span>
            </figcaption>
        </figure>
    }
    .into_any()
}

fn told(say: Say, text: Text) -> AnyView {
    view! {
        <div class="chart-instead" role="status">
            <p>{say.say(text)}</p>
        </div>
    }
    .into_any()
}

/// A button that moves what is in view.
fn show(chart: Chart, say: Say, name: Text, what: &'static str) -> AnyView {
    view! {
        <Button tone=Tone::Quiet on_press=move |_| chart.call("show", &[JsValue::from_str(what)])>
            {say.say(name)}
        </Button>
    }
    .into_any()
}
