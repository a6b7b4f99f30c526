//! The histories that there are.

use crate::{
    components::{
        button::Button,
        skeleton::Skeleton,
        table::{Column, Table},
    },
    engine::{Engine, HistoryKey, Imported},
    words::{Say, market as words},
};
use leptos::prelude::*;
use protocol::history::{HistoryEntry, Origin};
use trading::time::Time;

/// Where the server's list is.
const LIST: &str = "/api/history";

/// The list; it is asked for when the dialog opens.
#[component]
pub fn HistoryList(
    /// Whether the dialog is open.
    open: RwSignal<bool>,
    /// What the visitor has added on this page.
    added: RwSignal<Vec<Imported>>,
    /// Called with the one that is to be tested on.
    on_use: Callback<HistoryKey>,
) -> impl IntoView {
    let say = Say::here();
    // The server's own, even where a broker's stood in its place.
    let on_use = Callback::new(move |key: HistoryKey| {
        Engine.forget(&key);
        on_use.run(key);
    });
    let entries = RwSignal::new(None::<Result<Vec<HistoryEntry>, ()>>);
    Effect::new(move |_| {
        if open.get() {
            leptos::task::spawn_local(async move {
                let found = Engine.json::<Vec<HistoryEntry>>(LIST).await;
                entries.set(Some(found.map_err(|_| ())));
            });
        }
    });
    let rows = move || {
        let mut rows: Vec<AnyView> = added.with(|added| {
            let own = |one: &Imported| {
                let period = Engine
                    .history(&one.history)
                    .map_or_else(String::new, |bars| {
                        let at = |time: Option<&i64>| time.copied().map(Time);
                        period(at(bars.time.first()), at(bars.time.last()))
                    });
                row(
                    say,
                    one.history.clone(),
                    one.bars as f64,
                    period,
                    say.say(words::ADDED),
                    on_use,
                )
            };
            added.iter().map(own).collect()
        });
        if let Some(Ok(entries)) = entries.get() {
            // Of two with one name the visitor's own is the one that is tested on.
            let is_hidden =
                |key: &HistoryKey| added.with(|added| added.iter().any(|own| own.history == *key));
            rows.extend(entries.into_iter().filter_map(|entry| {
                let origin = match entry.origin {
                    Origin::Shipped => words::SHIPPED,
                    Origin::Imported => words::IMPORTED,
                };
                let key = HistoryKey {
                    symbol: entry.symbol,
                    timeframe: entry.timeframe,
                };
                if is_hidden(&key) {
                    return None;
                }
                let period = period(entry.first, entry.last);
                let origin = say.say(origin);
                Some(row(say, key, entry.bars as f64, period, origin, on_use))
            }));
        }
        rows
    };
    let columns = [
        (words::MARKET, false),
        (words::BARS, true),
        (words::PERIOD, false),
        (words::ORIGIN, false),
        (words::ACTIONS, false),
    ]
    .map(|(name, numeric)| Column {
        name: say.say(name),
        numeric,
    });
    let state = move || match entries.get() {
        None => view! { <Skeleton lines=3 /> }.into_any(),
        Some(Err(())) => {
            view! { <p class="notice" role="alert">{say.say(words::NO_LIST)}</p> }.into_any()
        }
        Some(Ok(_)) => ().into_any(),
    };
    view! {
        <section class="market-part">
            <h3>{say.say(words::THERE_IS)}</h3>
            <Table caption=say.say(words::THERE_IS) columns=columns.to_vec()>
                {rows}
            </Table>
            {state}
        </section>
    }
}

pub(super) fn row(
    say: Say,
    key: HistoryKey,
    bars: f64,
    period: String,
    origin: Signal<String>,
    on_use: Callback<HistoryKey>,
) -> AnyView {
    let name = format!("{} {}", key.symbol, key.timeframe);
    let label = say.with(words::USE_WHICH, {
        let name = name.clone();
        move |_| [name.clone()]
    });
    view! {
        <tr>
            <td><strong>{name}</strong></td>
            <td class="numeric">{move || say.language().number(bars)}</td>
            <td>{period}</td>
            <td>{origin}</td>
            <td>
                <Button on_press=move |_| on_use.run(key.clone()) label=label>
                    {say.say(words::USE)}
                </Button>
            </td>
        </tr>
    }
    .into_any()
}

/// From the first day to the last, as dates that sort.
pub(super) fn period(first: Option<Time>, last: Option<Time>) -> String {
    let day = |time: Option<Time>| {
        time.map_or_else(String::new, |time| {
            let (year, month, day) =
                trading::time::civil_from_days(time.0.div_euclid(trading::time::DAY));
            format!("{year}-{month:02}-{day:02}")
        })
    };
    format!("{} – {}", day(first), day(last))
}
