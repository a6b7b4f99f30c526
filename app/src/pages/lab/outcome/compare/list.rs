//! The kept runs.

use super::state::Comparing;
use crate::{
    components::{
        button::{Button, Tone},
        dialog::Dialog,
        empty_state::EmptyState,
        skeleton::Skeleton,
        table::{Column, Table},
    },
    engine::terms::venue,
    pages::lab::{
        opened::Opened,
        outcome::{
            headline,
            terms::name as terms_name,
            write::{fixed, moment, signed},
        },
        state::Lab,
    },
    words::{Say, Text, fill, outcome as words, problem},
};
use leptos::prelude::*;
use protocol::run::{RunFacts, RunSummary};
use trading::{language::Language, symbol::Symbol};

/// A profit with its currency: that of the account on those terms.
pub(super) fn money(language: Language, facts: &RunFacts) -> String {
    let currency = Symbol::try_from(facts.symbol.clone())
        .ok()
        .and_then(|symbol| venue(facts.terms, &symbol))
        .map(|venue| venue.account.currency)
        .unwrap_or_default();
    let text = format!("{} {currency}", signed(language, facts.net_profit, 2));
    text.trim_end().to_owned()
}

/// The list; deleting asks first, opening too where something would be lost.
#[component]
pub(super) fn KeptRuns(
    /// What it is about.
    comparing: Comparing,
) -> impl IntoView {
    let say = Say::here();
    let lab = Lab::here();
    let doomed = RwSignal::new(None::<RunSummary>);
    let deleting = RwSignal::new(false);
    let wanted = RwSignal::new(None::<RunSummary>);
    let opening = RwSignal::new(false);
    let open_now = move |run: RunSummary| {
        let name = run.facts.name.clone();
        comparing.document(run, move |document| {
            lab.open(document, None, Opened::New);
            comparing.good(words::OPENED, name);
        });
    };
    let on_open = Callback::new(move |run: RunSummary| {
        if lab.is_changed_untracked() {
            wanted.set(Some(run));
            opening.set(true);
        } else {
            open_now(run);
        }
    });
    let on_delete = Callback::new(move |run: RunSummary| {
        doomed.set(Some(run));
        deleting.set(true);
    });
    let confirm_open = move |_| {
        opening.set(false);
        if let Some(run) = wanted.get_untracked() {
            open_now(run);
        }
    };
    let confirm_delete = move |_| {
        deleting.set(false);
        if let Some(run) = doomed.get_untracked() {
            comparing.delete(run);
        }
    };
    let list = move || match comparing.runs.get() {
        None => view! { <Skeleton lines=3 /> }.into_any(),
        Some(Err(error)) => {
            let text = problem::say(&error, say.language());
            view! {
                <div class="notice outcome-notice" role="alert">
                    <p>{text}</p>
                    <Button on_press=move |_| comparing.read()>{say.say(words::TRY_AGAIN)}</Button>
                </div>
            }
            .into_any()
        }
        Some(Ok(runs)) if runs.is_empty() => view! {
            <EmptyState title=say.say(words::NONE_KEPT) hint=say.say(words::NONE_KEPT_HINT) />
        }
        .into_any(),
        Some(Ok(runs)) => {
            let columns = [
                (words::RUN, false),
                (words::TRADES, true),
                (words::NET_PROFIT, true),
                (words::WHEN, false),
                (words::ACTIONS, false),
            ]
            .map(|(name, numeric)| Column {
                name: say.say(name),
                numeric,
            });
            let rows = runs
                .into_iter()
                .map(|run| view! { <Row run comparing on_open on_delete /> })
                .collect_view();
            view! { <Table caption=say.say(words::KEPT_RUNS) columns=columns.to_vec()>{rows}</Table> }
                .into_any()
        }
    };
    let name_of = |run: RwSignal<Option<RunSummary>>| {
        run.with(|run| {
            run.as_ref()
                .map(|run| run.facts.name.clone())
                .unwrap_or_default()
        })
    };
    let delete_what = say.with(words::DELETE_WHAT, move |_| {
        let when = doomed.with(|run| run.as_ref().map(|run| moment(run.created_at)));
        [name_of(doomed), when.unwrap_or_default()]
    });
    let open_what = say.with(words::OPEN_WHAT, move |_| [name_of(wanted)]);
    view! {
        <section class="kept" aria-labelledby="kept-title">
            <h3 id="kept-title">{say.say(words::KEPT_RUNS)}</h3>
            {list}
        </section>
        <Dialog id="run-delete" title=say.say(words::DELETE_TITLE) open=deleting>
            <p>{delete_what}</p>
            <Button tone=Tone::Danger on_press=confirm_delete>{say.say(words::DELETE_NOW)}</Button>
        </Dialog>
        <Dialog id="run-open" title=say.say(words::OPEN_TITLE) open=opening>
            <p>{open_what}</p>
            <Button tone=Tone::Danger on_press=confirm_open>{say.say(words::OPEN_NOW)}</Button>
        </Dialog>
    }
    .into_any()
}

#[component]
fn Row(
    run: RunSummary,
    comparing: Comparing,
    on_open: Callback<RunSummary>,
    on_delete: Callback<RunSummary>,
) -> impl IntoView {
    let say = Say::here();
    let id = run.id;
    let facts = run.facts.clone();
    // Every row has the same buttons: who hears them alone hears whose they are.
    let kept = moment(run.created_at);
    let named = |text: Text| {
        let (name, kept) = (facts.name.clone(), kept.clone());
        say.with(text, move |language| {
            let which = language.text(words::WHICH);
            [fill(which, &[name.clone(), kept.clone()])]
        })
    };
    let (beside, open, delete) = (
        named(words::BESIDE_WHICH),
        named(words::OPEN_WHICH),
        named(words::DELETE_WHICH),
    );
    let tone = headline::Tone::of(facts.net_profit);
    let market = format!("{} {}", facts.symbol, facts.timeframe);
    let trades = facts.trades;
    let profit = {
        let facts = facts.clone();
        move || money(say.language(), &facts)
    };
    let is_chosen = move || {
        comparing
            .other
            .with(|other| other.as_ref().is_some_and(|other| other.summary.id == id))
    };
    let run = StoredValue::new(run);
    let compare = move |_| match untrack(is_chosen) {
        true => comparing.end(),
        false => comparing.choose(run.get_value()),
    };
    view! {
        <tr class:chosen=is_chosen>
            <td>
                <strong>{facts.name}</strong>
                <p class="sentence">{market} " · " {say.say(terms_name(facts.terms))}</p>
            </td>
            <td class="numeric">
                <span class="kept-label">{say.say(words::TRADES)}</span>
                {move || fixed(say.language(), f64::from(trades), 0)}
            </td>
            <td class="numeric">
                <span class="kept-label">{say.say(words::NET_PROFIT)}</span>
                <span class=tone.class()>{profit}</span>
            </td>
            <td class="market">
                <span class="kept-label">{say.say(words::WHEN)}</span>
                {kept}
            </td>
            <td>
                <div class="row-actions">
                    <Button
                        on_press=compare
                        label=beside
                        pressed=Signal::derive(is_chosen)
                    >
                        {say.say(words::BESIDE)}
                    </Button>
                    <Button
                        tone=Tone::Quiet
                        on_press=move |_| on_open.run(run.get_value())
                        label=open
                    >
                        {say.say(words::OPEN)}
                    </Button>
                    <Button
                        tone=Tone::Quiet
                        on_press=move |_| on_delete.run(run.get_value())
                        label=delete
                    >
                        {say.say(words::DELETE)}
                    </Button>
                </div>
            </td>
        </tr>
    }
    .into_any()
}
