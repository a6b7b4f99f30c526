//! For trying the result before the page is assembled.

use crate::pages::lab::{outcome::OutcomePanel, state::Lab};
use leptos::prelude::*;
use trading::strategy::validate;

/// Scratch.
#[component]
pub fn ScratchOutcome() -> impl IntoView {
    let Ok(example) = validate::validate(include_str!("../../../strategies/gold-macd-adx.json"))
    else {
        return ().into_any();
    };
    let lab = Lab::provide(example);
    use std::str::FromStr;
    let symbol = move |name: &'static str| {
        move |_| {
            lab.edit(|d| {
                if let Ok(s) = trading::symbol::Symbol::from_str(name) {
                    d.symbol = s;
                }
            })
        }
    };
    let adx = move |_| {
        let text = lab.read(|d| serde_json::to_string(d)).unwrap_or_default();
        let text = text.replace("25.0", "20.0").replace(":25}", ":20}");
        if let Ok(d) = serde_json::from_str(&text) {
            lab.replace(d);
        }
    };
    view! {
        <div class="panel">
            <h1>"Scratch"</h1>
            <div>
                <button on:click=symbol("EURUSD")>"EURUSD"</button> " "
                <button on:click=symbol("XAUUSD")>"XAUUSD"</button> " "
                <button on:click=symbol("NOPE")>"NOPE"</button> " "
                <button on:click=adx>"ADX20"</button> " "
                <button on:click=move |_| lab.edit(|d| d.name.clear())>"noname"</button> " "
                <button on:click=move |_| lab.undo()>"undo"</button>
                <output>{move || lab.trade.get().map(|t| t.to_string())}</output>
            </div>
            <OutcomePanel />
        </div>
    }
    .into_any()
}
