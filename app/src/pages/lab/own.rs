//! What the visitor has saved.

use crate::{
    api,
    components::{
        button::{Button, Tone},
        dialog::Dialog,
        empty_state::EmptyState,
        skeleton::Skeleton,
        toast::{News, Toaster},
    },
    words::{Say, fill, lab, problem},
};
use leptos::prelude::*;
use protocol::strategy::StrategySummary;

/// The list; deleting asks first and says what is lost.
#[component]
pub fn OwnStrategies(
    /// Counted up when something was saved or deleted.
    changes: RwSignal<u32>,
) -> impl IntoView {
    let say = Say::here();
    let toaster = Toaster::here();
    let own = Resource::new(move || changes.get(), |_| api::list_strategies());
    let doomed = RwSignal::new(None::<StrategySummary>);
    let asking = RwSignal::new(false);
    let delete = Action::new(move |one: &StrategySummary| {
        let one = one.clone();
        async move {
            let language = say.language();
            match api::delete_strategy(one.id).await {
                Ok(()) => toaster.show(News::Good, fill(language.text(lab::DELETED), &[one.name])),
                Err(error) => toaster.show(News::Bad, problem::say(&error, language)),
            }
            changes.update(|count| *count += 1);
        }
    });
    let confirm = move |_| {
        if let Some(one) = doomed.get() {
            delete.dispatch(one);
        }
        asking.set(false);
    };
    let row = move |one: StrategySummary| {
        let name = one.name.clone();
        let market = format!("{} {}", one.symbol, one.timeframe);
        let ask = move |_| {
            doomed.set(Some(one.clone()));
            asking.set(true);
        };
        view! {
            <li class="own-row">
                <span>{name}</span>
                <span class="market">{market}</span>
                <Button tone=Tone::Quiet on:click=ask>{say.say(lab::DELETE)}</Button>
            </li>
        }
    };
    let list = move || {
        Suspend::new(async move {
            match own.await {
                Ok(all) if all.is_empty() => view! {
                    <EmptyState title=say.say(lab::NONE_YET) hint=say.say(lab::NONE_YET_HINT) />
                }
                .into_any(),
                Ok(all) => {
                    let rows = all.into_iter().map(row).collect_view();
                    view! { <ul class="own">{rows}</ul> }.into_any()
                }
                Err(error) => {
                    let text = move || problem::say(&error, say.language());
                    view! { <p class="notice" role="alert">{text}</p> }.into_any()
                }
            }
        })
    };
    let what = say.with(lab::DELETE_WHAT, move |_| {
        [doomed.get().map(|one| one.name).unwrap_or_default()]
    });
    view! {
        <section class="panel" aria-labelledby="own-title">
            <h2 id="own-title">{say.say(lab::YOURS)}</h2>
            <Transition fallback=|| view! { <Skeleton lines=2 /> }>{list}</Transition>
        </section>
        <Dialog id="delete" title=say.say(lab::DELETE_TITLE) open=asking>
            <p>{what}</p>
            <Button tone=Tone::Danger on:click=confirm>{say.say(lab::DELETE_NOW)}</Button>
        </Dialog>
    }
}
