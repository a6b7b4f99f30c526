//! The strategies that come with Phoenix.

use super::opened::Opened;
use crate::{
    api::{self, ReadyStrategy},
    components::{
        button::Button,
        empty_state::EmptyState,
        field::Field,
        skeleton::Skeleton,
        table::{Column, Table},
    },
    words::{Say, lab, problem},
};
use leptos::prelude::*;

/// The list, with a search.
#[component]
pub fn ReadyStrategies(
    /// Called with the one that is to be opened.
    on_open: Callback<Opened>,
) -> impl IntoView {
    let say = Say::here();
    let search = RwSignal::new(String::new());
    let ready = Resource::new(move || say.language(), api::ready_strategies);
    let list = move || {
        Suspend::new(async move {
            match ready.await {
                Ok(all) => view! { <List all search on_open /> }.into_any(),
                Err(error) => {
                    let text = move || problem::say(&error, say.language());
                    view! { <p class="notice" role="alert">{text}</p> }.into_any()
                }
            }
        })
    };
    view! {
        <div class="open-list">
            <Field
                id="search"
                kind="search"
                label=say.say(lab::SEARCH)
                hint=say.say(lab::SEARCH_HINT)
                value=search
            />
            <Transition fallback=|| view! { <Skeleton lines=8 /> }>{list}</Transition>
        </div>
    }
}

#[component]
fn List(
    all: Vec<ReadyStrategy>,
    search: RwSignal<String>,
    on_open: Callback<Opened>,
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
    let row = move |one: ReadyStrategy| view! { <Row one on_open /> };
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
fn Row(one: ReadyStrategy, on_open: Callback<Opened>) -> impl IntoView {
    let say = Say::here();
    let slug = one.slug;
    let label = say.with(lab::OPEN_WHICH, {
        let name = one.name.clone();
        move |_| [name.clone()]
    });
    view! {
        <tr>
            <td>
                <strong>{one.name}</strong>
                <p class="sentence">{one.sentence}</p>
            </td>
            <td class="market">{one.symbol} " " {one.timeframe.name()}</td>
            <td>
                <Button
                    on_press=move |_| on_open.run(Opened::Ready(slug.clone()))
                    label=label
                >
                    {say.say(lab::OPEN_IT)}
                </Button>
            </td>
        </tr>
    }
}
