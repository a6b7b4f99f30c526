//! What the visitor has saved.

use super::{opened::Opened, state::Lab};
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
    /// Called with the one that is to be opened.
    on_open: Callback<Opened>,
    /// Read anew whenever this turns true.
    asked: RwSignal<bool>,
) -> impl IntoView {
    let say = Say::here();
    let open = Lab::here();
    let toaster = Toaster::here();
    let changes = RwSignal::new(0_u32);
    let own = Resource::new(
        move || (changes.get(), asked.get()),
        |_| api::list_strategies(),
    );
    let doomed = RwSignal::new(None::<StrategySummary>);
    let asking = RwSignal::new(false);
    let delete = Action::new(move |one: &StrategySummary| {
        let one = one.clone();
        async move {
            let language = say.language();
            match api::delete_strategy(one.id).await {
                Ok(()) => {
                    open.was_deleted(one.id);
                    toaster.show(News::Good, fill(language.text(lab::DELETED), &[one.name]));
                }
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
        let id = one.id;
        let label = say.with(lab::OPEN_WHICH, {
            let name = name.clone();
            move |_| [name.clone()]
        });
        let delete_label = say.with(lab::DELETE_ONE, {
            let name = name.clone();
            move |_| [name.clone()]
        });
        let ask = move |_| {
            doomed.set(Some(one.clone()));
            asking.set(true);
        };
        view! {
            <li class="own-row">
                <span>{name}</span>
                <span class="market">{market}</span>
                <Button on_press=move |_| on_open.run(Opened::Own(id)) label=label>
                    {say.say(lab::OPEN_IT)}
                </Button>
                <Button tone=Tone::Quiet on_press=ask label=delete_label>
                    {say.say(lab::DELETE)}
                </Button>
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
        <div class="open-list">
            <Transition fallback=|| view! { <Skeleton lines=2 /> }>{list}</Transition>
        </div>
        <Dialog id="delete" title=say.say(lab::DELETE_TITLE) open=asking>
            <p>{what}</p>
            <Button tone=Tone::Danger on_press=confirm>{say.say(lab::DELETE_NOW)}</Button>
        </Dialog>
    }
}
