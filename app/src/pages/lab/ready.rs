//! The strategies that come with Phoenix.

use crate::{
    api::{self, ReadyStrategy},
    components::{
        button::{Button, Tone},
        empty_state::EmptyState,
        field::Field,
        skeleton::Skeleton,
        table::{Column, Table},
        toast::{News, Toaster},
    },
    words::{Say, fill, lab, problem},
};
use leptos::prelude::*;
use protocol::strategy::StrategyDraft;

/// The list, with a search.
#[component]
pub fn ReadyStrategies(
    /// Which one is tested.
    chosen: RwSignal<String>,
    /// Counted up when something was saved.
    changes: RwSignal<u32>,
) -> impl IntoView {
    let say = Say::here();
    let search = RwSignal::new(String::new());
    let ready = Resource::new(move || say.language(), api::ready_strategies);
    let list = move || {
        Suspend::new(async move {
            match ready.await {
                Ok(all) => view! { <List all search chosen changes /> }.into_any(),
                Err(error) => {
                    let text = move || problem::say(&error, say.language());
                    view! { <p class="notice" role="alert">{text}</p> }.into_any()
                }
            }
        })
    };
    view! {
        <section class="panel" aria-labelledby="ready-title">
            <h2 id="ready-title">{say.say(lab::READY)}</h2>
            <Field
                id="search"
                kind="search"
                label=say.say(lab::SEARCH)
                hint=say.say(lab::SEARCH_HINT)
                value=search
            />
            <Transition fallback=|| view! { <Skeleton lines=8 /> }>{list}</Transition>
        </section>
    }
}

#[component]
fn List(
    all: Vec<ReadyStrategy>,
    search: RwSignal<String>,
    chosen: RwSignal<String>,
    changes: RwSignal<u32>,
) -> impl IntoView {
    let say = Say::here();
    let found = Memo::new(move |_| {
        let wanted = search.get().trim().to_lowercase();
        let matches = |one: &ReadyStrategy| {
            [&one.name, &one.symbol, &one.sentence]
                .iter()
                .any(|text| text.to_lowercase().contains(&wanted))
        };
        all.iter()
            .filter(|one| matches(one))
            .cloned()
            .collect::<Vec<_>>()
    });
    let columns = [lab::STRATEGY, lab::MARKET, lab::ACTIONS].map(|name| Column {
        name: say.say(name),
        numeric: false,
    });
    let row = move |one: ReadyStrategy| view! { <Row one chosen changes /> };
    view! {
        <Show
            when=move || !found.with(Vec::is_empty)
            fallback=move || {
                view! {
                    <EmptyState
                        title=say.say(lab::NOTHING_FOUND)
                        hint=say.say(lab::NOTHING_FOUND_HINT)
                    />
                }
            }
        >
            <Table caption=say.say(lab::READY) columns=columns.to_vec()>
                <For each=move || found.get() key=|one| (one.slug.clone(), one.sentence.clone()) children=row />
            </Table>
        </Show>
    }
}

#[component]
fn Row(one: ReadyStrategy, chosen: RwSignal<String>, changes: RwSignal<u32>) -> impl IntoView {
    let say = Say::here();
    let toaster = Toaster::here();
    let slug = StoredValue::new(one.slug);
    let save = Action::new(move |(): &()| async move {
        let saved = match api::load_ready_strategy(slug.get_value()).await {
            Ok(document) => {
                api::save_strategy(StrategyDraft {
                    replaces: None,
                    document,
                })
                .await
            }
            Err(error) => Err(error),
        };
        let language = say.language();
        match saved {
            Ok(saved) => {
                toaster.show(News::Good, fill(language.text(lab::SAVED), &[saved.name]));
                changes.update(|count| *count += 1);
            }
            Err(error) => toaster.show(News::Bad, problem::say(&error, language)),
        }
    });
    let is_chosen = move || chosen.with(|chosen| slug.with_value(|slug| chosen == slug));
    view! {
        <tr class:chosen=is_chosen>
            <td>
                <strong>{one.name}</strong>
                <p class="sentence">{one.sentence}</p>
            </td>
            <td class="market">{one.symbol} " " {one.timeframe.name()}</td>
            <td>
                <div class="row-actions">
                    <Button
                        on:click=move |_| chosen.set(slug.get_value())
                        attr:aria-pressed=move || is_chosen().to_string()
                    >
                        {say.say(lab::TEST)}
                    </Button>
                    <Button
                        tone=Tone::Quiet
                        disabled=save.pending()
                        on:click=move |_| {
                            save.dispatch(());
                        }
                    >
                        {say.say(lab::SAVE_COPY)}
                    </Button>
                </div>
            </td>
        </tr>
    }
}
