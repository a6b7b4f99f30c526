//! Candles with what the strategy saw and did.

use super::{
    frame::{Sign, frame},
    script::{self, Chart, Hear, Stage, column},
    shown::{Shown, shown},
    step::step_trade,
    zone::ZoneChoice,
};
use crate::{
    components::{
        button::{Button, Tone},
        select::Select,
    },
    engine::{HistoryKey, Outcome, Plot, State, TradeRow},
    pages::lab::state::Lab,
    words::{Say, Text, amount, chart as words, fill, outcome as deeds},
};
use js_sys::{Array, Int8Array, Uint32Array};
use leptos::prelude::*;
use trading::{bar::Bars, language::Language, symbol::Side};
use wasm_bindgen::JsValue;

const UTC: &str = "utc";
const LOCAL: &str = "local";

/// The chart of prices: candles, the strategy's indicators over and below them, its trades, and all
/// about the chosen one. It follows the [`Lab`] around it, whose chosen trade it sets as well.
#[component]
pub fn PriceChart() -> impl IntoView {
    let say = Say::here();
    let lab = Lab::here();
    let zone = ZoneChoice::here();
    let hear = move || -> Vec<Hear> {
        vec![
            Box::new(move |trade| lab.trade.set((trade >= 0.0).then_some(trade as usize))),
            Box::new(move |is_next| step_trade(lab, is_next > 0.0)),
        ]
    };
    let texts = Signal::derive(move || texts(say.language()));
    let chart = Chart::new("PriceChart", texts, hear);
    let shown = shown(lab);
    draw(chart, lab, shown);
    Effect::new(move |_| {
        let is_local = zone.is_local();
        if chart.stage() == Stage::Ready {
            chart.call("setZone", &[is_local.into()]);
        }
    });
    let is_drawn = Memo::new(move |_| shown.with(|shown| shown.bars.is_some()));
    let has_failed = Memo::new(move |_| matches!(lab.result().get(), State::Failed(_)));
    let instead = Signal::derive(move || match (is_drawn.get(), has_failed.get()) {
        (true, _) => None,
        (false, true) => Some(words::NOTHING),
        (false, false) => Some(words::WAITING),
    });
    let sign = Sign {
        kind: "price",
        name: words::PRICE,
        keys: words::PRICE_KEYS,
    };
    let beside = view! {
        <Steps lab shown />
        <Zones zone />
    }
    .into_any();
    frame(chart, sign, instead, beside)
}

/// Sends the script what it does not have yet: bars once for each history, indicators and trades
/// with each result.
fn draw(chart: Chart, lab: Lab, shown: Memo<Shown>) {
    Effect::new(move |sent: Option<Shown>| {
        let now = shown.get();
        if chart.stage() != Stage::Ready {
            return Shown::default();
        }
        let sent = sent.unwrap_or_default();
        let has_bars = now.has_bars_of(&sent);
        if !has_bars && let (Some(key), Some(bars)) = (&now.key, &now.bars) {
            chart.call("setBars", &bar_columns(key, bars));
        }
        if !has_bars || !now.has_outcome_of(&sent) {
            set_outcome(chart, now.outcome.as_deref());
            set_trade(chart, lab.trade.get_untracked(), false);
        }
        now
    });
    Effect::new(move |_| {
        let trade = lab.trade.get();
        if chart.stage() == Stage::Ready {
            set_trade(chart, trade, true);
        }
    });
}

fn set_trade(chart: Chart, trade: Option<usize>, is_jump: bool) {
    let trade = trade.map_or(-1.0, |trade| trade as f64);
    chart.call("setTrade", &[trade.into(), is_jump.into()]);
}

fn bar_columns(key: &HistoryKey, bars: &Bars) -> [JsValue; 8] {
    let seconds: Vec<f64> = bars.time.iter().map(|time| *time as f64 / 1000.0).collect();
    [
        key.symbol.as_str().into(),
        key.timeframe.name().into(),
        (key.timeframe.millis() as f64 / 1000.0).into(),
        column(&seconds),
        column(&bars.open),
        column(&bars.high),
        column(&bars.low),
        column(&bars.close),
    ]
}

fn set_outcome(chart: Chart, outcome: Option<&Outcome>) {
    let (plots, trades) = outcome.map_or((&[][..], &[][..]), |outcome| {
        (&outcome.plots[..], &outcome.trades[..])
    });
    if let Some(outcome) = outcome {
        chart.call("setDigits", &[outcome.digits.into()]);
    }
    let columns: Array = plots.iter().map(|plot| column(&plot.values)).collect();
    chart.call("setPlots", &[plot_names(plots).into(), columns.into()]);
    chart.call("setTrades", &trade_columns(trades));
}

/// Names and places of plots; their values travel as columns.
fn plot_names(plots: &[Plot]) -> String {
    #[derive(serde::Serialize)]
    struct Name<'a> {
        indicator: &'a str,
        output: &'a str,
        #[serde(rename = "isOverlay")]
        is_overlay: bool,
    }
    let names: Vec<_> = plots
        .iter()
        .map(|plot| Name {
            indicator: &plot.indicator,
            output: &plot.output,
            is_overlay: plot.is_overlay,
        })
        .collect();
    serde_json::to_string(&names).unwrap_or_default()
}

/// Side (1: buy), bars and prices of entry and exit, profit, stop, target.
fn trade_columns(rows: &[TradeRow]) -> [JsValue; 8] {
    let sides: Vec<i8> = rows
        .iter()
        .map(|row| i8::from(row.trade.side == Side::Buy))
        .collect();
    let bars = |of: fn(&TradeRow) -> u32| -> JsValue {
        let bars: Vec<u32> = rows.iter().map(of).collect();
        Uint32Array::from(&bars[..]).into()
    };
    let prices = |of: fn(&TradeRow) -> f64| -> JsValue {
        let prices: Vec<f64> = rows.iter().map(of).collect();
        column(&prices)
    };
    [
        Int8Array::from(&sides[..]).into(),
        bars(|row| row.trade.entry_bar),
        bars(|row| row.trade.exit_bar),
        prices(|row| row.trade.entry_price),
        prices(|row| row.trade.exit_price),
        prices(|row| row.trade.profit),
        prices(|row| row.levels.stop.unwrap_or(f64::NAN)),
        prices(|row| row.levels.target.unwrap_or(f64::NAN)),
    ]
}

fn texts(language: Language) -> String {
    script::words(&[
        ("language", language.code()),
        ("summary", language.text(words::PRICE_SUMMARY)),
        ("empty", language.text(words::EMPTY)),
        ("thinned", language.text(words::THINNED)),
        ("crowded", language.text(words::CROWDED)),
        ("stop", language.text(words::STOP)),
        ("target", language.text(words::TARGET)),
    ])
}

/// Through the trades one by one, and what the chosen one came to.
#[component]
fn Steps(lab: Lab, shown: Memo<Shown>) -> impl IntoView {
    let say = Say::here();
    let chosen = move || {
        let language = say.language();
        shown.with(|shown| {
            let outcome = shown.outcome.as_deref()?;
            let row = lab
                .trade
                .get()
                .and_then(|trade| outcome.trades.get(trade).map(|row| (trade, row)));
            Some(match row {
                Some((trade, row)) => told(language, outcome, trade, row),
                None if outcome.trades.is_empty() => language.text(words::NONE).to_owned(),
                None => language.text(words::NO_TRADE).to_owned(),
            })
        })
    };
    let none = Signal::derive(move || {
        shown.with(|shown| {
            shown
                .outcome
                .as_ref()
                .is_none_or(|outcome| outcome.trades.is_empty())
        })
    });
    let step = move |name: Text, sign: &'static str, is_next: bool| {
        view! {
            <Button
                tone=Tone::Quiet
                disabled=none
                on_press=move |_| step_trade(lab, is_next)
                label=say.say(name)
                title=say.say(name)
            >
                {sign}
            </Button>
        }
    };
    view! {
        <div class="chart-steps" role="group" aria-label=say.say(words::STEPS)>
            {step(words::PREVIOUS, "‹", false)}
            {step(words::NEXT, "›", true)}
            <span class="chart-trade" aria-live="polite">{chosen}</span>
        </div>
    }
    .into_any()
}

fn told(language: Language, outcome: &Outcome, trade: usize, row: &TradeRow) -> String {
    let count = |count: usize| language.number(count as f64);
    fill(
        language.text(words::CHOSEN),
        &[
            count(trade + 1),
            count(outcome.trades.len()),
            language.text(deeds::side(row.trade.side)).to_owned(),
            language.number(row.trade.volume),
            amount(language, row.trade.profit),
            outcome.currency.clone(),
            language
                .text(deeds::exit(row.trade.exit))
                .to_ascii_lowercase(),
        ],
    )
}

/// Market time or the viewer's.
#[component]
fn Zones(zone: ZoneChoice) -> impl IntoView {
    let say = Say::here();
    view! {
        <Select
            id="chart-zone"
            label=say.say(words::ZONE)
            options=vec![(UTC, say.say(words::UTC)), (LOCAL, say.say(words::LOCAL))]
            value=Signal::derive(move || if zone.is_local() { LOCAL } else { UTC })
            on_change=move |chosen: &'static str| zone.set(chosen == LOCAL)
        />
    }
    .into_any()
}
