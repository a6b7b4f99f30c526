//! Filters and export.

use super::{
    csv::csv,
    list::TradeList,
    order::{Ended, Filter, day, day_after, reasons},
};
use crate::{
    components::{
        button::{Button, Tone},
        field::Field,
        select::Select,
        toast::{News, Toaster},
    },
    pages::lab::outcome::{download, write::fixed},
    words::{Say, fill, outcome as words},
};
use leptos::prelude::*;
use trading::symbol::{ExitReason, Side};

const ALL: &str = "all";
const WON: &str = "won";
const LOST: &str = "lost";

/// What is listed of all trades, and the way to take it along.
#[component]
pub(super) fn FilterBar(
    /// The list.
    list: TradeList,
) -> impl IntoView {
    let say = Say::here();
    let filter = list.filter;
    let (from, until) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    Effect::new(move |_| {
        let (from, before) = (day(&from.get()), day_after(&until.get()));
        let is_other = filter.with_untracked(|f| (f.from, f.before) != (from, before));
        if is_other {
            filter.update(|filter| (filter.from, filter.before) = (from, before));
        }
    });
    let side = move || filter.with(|f| f.side.map_or(ALL, Side::name));
    let choose_side = move |name: &'static str| {
        let all = [Side::Buy, Side::Sell];
        let side = all.into_iter().find(|side| side.name() == name);
        filter.update(|filter| filter.side = side);
    };
    let ended = move || {
        filter.with(|f| match f.ended {
            None => ALL,
            Some(Ended::Won) => WON,
            Some(Ended::Lost) => LOST,
        })
    };
    let choose_ended = move |name: &'static str| {
        let ended = match name {
            WON => Some(Ended::Won),
            LOST => Some(Ended::Lost),
            _ => None,
        };
        filter.update(|filter| filter.ended = ended);
    };
    let clear = move |_| {
        from.set(String::new());
        until.set(String::new());
        filter.set(Filter::default());
    };
    let is_filtered = Memo::new(move |_| {
        filter.get() != Filter::default()
            || from.with(|text| !text.is_empty())
            || until.with(|text| !text.is_empty())
    });
    let listed = move || {
        let language = say.language();
        let count = |count: usize| fixed(language, count as f64, 0);
        let shown = list.listed.with(|listed| listed.len());
        fill(
            language.text(words::LISTED),
            &[count(shown), count(list.count())],
        )
    };
    view! {
        <div class="trade-bar">
            <Select
                id="trade-side"
                label=say.say(words::SIDE)
                options=vec![
                    (ALL, say.say(words::ALL)),
                    (Side::Buy.name(), say.say(words::side(Side::Buy))),
                    (Side::Sell.name(), say.say(words::side(Side::Sell))),
                ]
                value=Signal::derive(side)
                on_change=choose_side
            />
            <Select
                id="trade-ended"
                label=say.say(words::ENDED)
                options=vec![
                    (ALL, say.say(words::ALL)),
                    (WON, say.say(words::WINNERS)),
                    (LOST, say.say(words::LOSERS)),
                ]
                value=Signal::derive(ended)
                on_change=choose_ended
            />
            <ExitChoice list />
            <Field id="trade-from" kind="date" label=say.say(words::FROM) value=from />
            <Field id="trade-until" kind="date" label=say.say(words::UNTIL) value=until />
            <div class="trade-bar-end">
                <p class="trade-count" role="status">{listed}</p>
                {move || is_filtered.get().then(|| view! {
                    <Button tone=Tone::Quiet on_press=clear>{say.say(words::CLEAR)}</Button>
                })}
                <ExportButton list />
            </div>
        </div>
        <p class="hint trade-hint">{say.say(words::TRADES_HINT)}</p>
    }
    .into_any()
}

/// The reasons that occur.
#[component]
fn ExitChoice(list: TradeList) -> impl IntoView {
    let say = Say::here();
    let filter = list.filter;
    let found = Memo::new(move |_| {
        list.outcome
            .with(|outcome| reasons(outcome.as_ref().map_or(&[][..], |outcome| &outcome.trades)))
    });
    // A choice that no longer occurs would hide everything without saying so.
    Effect::new(move |_| {
        let is_gone = |exit: ExitReason| found.with(|found| !found.contains(&exit));
        if filter.with_untracked(|f| f.exit).is_some_and(is_gone) {
            filter.update(|filter| filter.exit = None);
        }
    });
    move || {
        let all = found.get();
        let options = all
            .iter()
            .map(|one| (one.name(), say.say(words::exit(*one))));
        let options = std::iter::once((ALL, say.say(words::ALL))).chain(options);
        let value = move || filter.with(|f| f.exit.map_or(ALL, ExitReason::name));
        let reasons = all.clone();
        let choose = move |name: &'static str| {
            let exit = reasons.iter().find(|one| one.name() == name).copied();
            filter.update(|filter| filter.exit = exit);
        };
        view! {
            <Select
                id="trade-exit"
                label=say.say(words::EXIT)
                options=options.collect()
                value=Signal::derive(value)
                on_change=choose
            />
        }
        .into_any()
    }
}

/// The listed trades as a file.
#[component]
fn ExportButton(list: TradeList) -> impl IntoView {
    let say = Say::here();
    let toaster = Toaster::here();
    let is_empty = Signal::derive(move || list.listed.with(|listed| listed.is_empty()));
    let export = move |_| {
        let Some(outcome) = list.outcome.get_untracked() else {
            return;
        };
        let text = list
            .listed
            .with_untracked(|listed| csv(&outcome.trades, listed));
        let name = untrack(move || {
            list.lab.read(|document| {
                let symbol = document.symbol.as_str();
                download::file_name(&document.name, symbol, document.timeframe.name(), "csv")
            })
        });
        if !download::save(&name, "text/csv;charset=utf-8", &text) {
            let language = untrack(move || say.language());
            toaster.show(News::Bad, language.text(words::NO_FILE).to_owned());
        }
    };
    view! { <Button disabled=is_empty on_press=export>{say.say(words::CSV)}</Button> }
}
