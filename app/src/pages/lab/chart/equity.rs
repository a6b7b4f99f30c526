//! Equity over time, and below it how far it was under its last peak.

use super::{
    curve::{drawdown, pick, stand_ins},
    frame::{Sign, frame},
    script::{self, Chart, Stage, column},
    shown::{Shown, shown},
    zone::ZoneChoice,
};
use crate::{
    engine::{Outcome, State},
    pages::lab::state::Lab,
    words::{Say, chart as words, fill},
};
use leptos::prelude::*;
use std::sync::Arc;
use trading::language::Language;
use wasm_bindgen::JsValue;

/// More points than a screen has pixels tell nothing more.
const MOST_POINTS: usize = 4_000;

/// A run to compare with: its name, and what it came to.
pub type Other = Option<(String, Arc<Outcome>)>;

/// The chart of equity and drawdown of the [`Lab`]'s result.
#[component]
pub fn EquityChart(
    /// A second curve, dashed. It is drawn where it was tested on as many bars.
    #[prop(optional, into)]
    other: Option<Signal<Other>>,
) -> impl IntoView {
    let say = Say::here();
    let lab = Lab::here();
    let zone = ZoneChoice::here();
    let texts = Signal::derive(move || texts(say.language()));
    let chart = Chart::new("EquityChart", texts, Vec::new);
    let shown = shown(lab);
    let other = move || other.and_then(|other| other.get());
    Effect::new(move |_| {
        let (now, other) = (shown.get(), other());
        if chart.stage() == Stage::Ready
            && let Some(run) = run_columns(&now, other.as_ref())
        {
            chart.call("setRun", &run);
        }
    });
    Effect::new(move |_| {
        let is_local = zone.is_local();
        if chart.stage() == Stage::Ready {
            chart.call("setZone", &[is_local.into()]);
        }
    });
    let is_drawn = Memo::new(move |_| shown.with(|shown| shown.outcome.is_some()));
    let has_failed = Memo::new(move |_| matches!(lab.result().get(), State::Failed(_)));
    let instead = Signal::derive(move || match (is_drawn.get(), has_failed.get()) {
        (true, _) => None,
        (false, true) => Some(words::NOTHING),
        (false, false) => Some(words::WAITING),
    });
    let elsewhere = move || {
        let (name, outcome) = other()?;
        let is_elsewhere = shown.with(|shown| {
            let now = shown.outcome.as_ref();
            now.is_some_and(|now| now.equity.len() != outcome.equity.len())
        });
        let text = || fill(say.language().text(words::OTHER_BARS), &[name]);
        is_elsewhere.then(|| view! { <p class="hint">{text()}</p> })
    };
    let sign = Sign {
        kind: "equity",
        name: words::EQUITY_CHART,
        keys: words::EQUITY_KEYS,
    };
    let beside = elsewhere.into_any();
    frame(chart, sign, instead, beside)
}

/// What the script draws; `None` where there is no result.
fn run_columns(now: &Shown, other: Option<&(String, Arc<Outcome>)>) -> Option<[JsValue; 9]> {
    let (key, bars, outcome) = (now.key.as_ref()?, now.bars.as_ref()?, now.outcome.as_ref()?);
    let other = other.filter(|(_, other)| other.equity.len() == outcome.equity.len());
    let falls = drawdown(&outcome.equity, outcome.initial_balance);
    let mut columns = vec![&outcome.equity[..], &falls[..]];
    columns.extend(other.map(|(_, other)| &other.equity[..]));
    let points = stand_ins(&columns, MOST_POINTS);
    let seconds: Vec<f64> = points
        .iter()
        .filter_map(|bar| bars.time.get(*bar))
        .map(|time| *time as f64 / 1000.0)
        .collect();
    let (name, values) = other.map_or(("", Vec::new()), |(name, other)| {
        (name.as_str(), pick(&other.equity, &points))
    });
    Some([
        format!("{} {}", key.symbol, key.timeframe.name()).into(),
        (key.timeframe.millis() as f64 / 1000.0).into(),
        outcome.currency.as_str().into(),
        outcome.initial_balance.into(),
        column(&seconds),
        column(&pick(&outcome.equity, &points)),
        column(&pick(&falls, &points)),
        name.into(),
        column(&values),
    ])
}

fn texts(language: Language) -> String {
    script::words(&[
        ("language", language.code()),
        ("summary", language.text(words::EQUITY_SUMMARY)),
        ("empty", language.text(words::EMPTY)),
        ("equity", language.text(words::EQUITY)),
        ("drawdown", language.text(words::DRAWDOWN)),
        ("initial", language.text(words::INITIAL)),
    ])
}
