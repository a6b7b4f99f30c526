//! What the trader's own broker has: uploaded by the executor, kept by the server.

use super::list::{period, row};
use crate::{
    api::{self, ApiError},
    components::table::{Column, Table},
    engine::{HistoryKey, take_broker},
    words::{Say, market as words, problem},
};
use leptos::prelude::*;
use protocol::api::market::{BrokerHistory, BrokerMarket};

/// What becomes of a history that was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Nothing,
    Loading,
    Failed,
}

/// The list; nothing where no executor has uploaded anything.
#[component]
pub fn BrokerList(
    /// Whether the dialog is open.
    open: RwSignal<bool>,
    /// Called with the one that is to be tested on, once it is here.
    on_use: Callback<HistoryKey>,
) -> impl IntoView {
    let say = Say::here();
    let markets = RwSignal::new(None::<Result<Vec<BrokerMarket>, ApiError>>);
    let state = RwSignal::new(State::Nothing);
    Effect::new(move |_| {
        if open.get() {
            leptos::task::spawn_local(async move {
                markets.set(Some(api::list_broker_markets().await));
            });
        }
    });
    let take = move |market: BrokerMarket, history: BrokerHistory| {
        state.set(State::Loading);
        leptos::task::spawn_local(async move {
            let key = HistoryKey {
                symbol: market.symbol.as_str().to_owned(),
                timeframe: history.timeframe,
            };
            let taken = take_broker(market.broker_account, key.clone()).await;
            state.set(match taken {
                Ok(()) => State::Nothing,
                Err(_) => State::Failed,
            });
            if taken.is_ok() {
                on_use.run(key);
            }
        });
    };
    let line = move |market: &BrokerMarket, history: BrokerHistory| {
        let key = HistoryKey {
            symbol: market.symbol.as_str().to_owned(),
            timeframe: history.timeframe,
        };
        let origin = format!("{}, {}", market.login.server, market.login.login);
        let period = period(Some(history.first), Some(history.last));
        let market = market.clone();
        let on_use = Callback::new(move |_| take(market.clone(), history));
        let origin = Signal::stored(origin);
        row(say, key, history.bars as f64, period, origin, on_use)
    };
    let columns = [
        (words::MARKET, false),
        (words::BARS, true),
        (words::PERIOD, false),
        (words::ACCOUNT, false),
        (words::ACTIONS, false),
    ]
    .map(|(name, numeric)| Column {
        name: say.say(name),
        numeric,
    });
    let list = move |all: &[BrokerMarket]| {
        let histories = |market: &BrokerMarket| {
            let all = market.histories.iter();
            all.map(|one| line(market, *one)).collect::<Vec<_>>()
        };
        let rows: Vec<AnyView> = all.iter().flat_map(histories).collect();
        if rows.is_empty() {
            return view! { <p>{say.say(words::BROKER_NONE)}</p> }.into_any();
        }
        view! {
            <Table caption=say.say(words::BROKER) columns=columns.to_vec()>
                {rows}
            </Table>
        }
        .into_any()
    };
    let told = move || match state.get() {
        State::Nothing => ().into_any(),
        State::Loading => view! { <p>{say.say(words::BROKER_LOADING)}</p> }.into_any(),
        State::Failed => {
            view! { <p class="notice" role="alert">{say.say(words::BROKER_FAILED)}</p> }.into_any()
        }
    };
    move || match markets.get() {
        None => ().into_any(),
        // A visitor, or somebody without an executor.
        Some(Ok(all)) if all.is_empty() => ().into_any(),
        Some(Err(error)) => {
            let text = move || problem::say(&error, say.language());
            view! { <p class="notice" role="alert">{text}</p> }.into_any()
        }
        Some(Ok(all)) => view! {
            <section class="market-part">
                <h3>{say.say(words::BROKER)}</h3>
                <p class="hint">{say.say(words::BROKER_HINT)}</p>
                {list(&all)}
                <div aria-live="polite">{told}</div>
            </section>
        }
        .into_any(),
    }
}
