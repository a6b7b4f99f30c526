//! The page: what is edited on the left, what it does on the right; on a phone one at a time.

use super::{
    bar::{LabBar, save_as},
    chart::{EquityChart, PriceChart, zone::ZoneChoice},
    commands::{LabCommands, Reach},
    designer::Designer,
    draft,
    first::FirstHint,
    market::MarketDialog,
    open::{Leaving, OpenDialog, Opened, open_what},
    outcome::{Compared, Headline, OutcomePanel},
    state::Lab,
    views::{View, Views},
};
use crate::words::{Say, lab as words};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use trading::strategy::{Document, validate};

/// The strategy that everybody sees first.
const EXAMPLE: &str = include_str!("../../../../strategies/gold-macd-adx.json");

/// The Lab.
#[component]
pub fn LabPage() -> impl IntoView {
    let say = Say::here();
    // The test of the ready strategies reads it too: it has no faults.
    let Ok(example) = validate::validate(EXAMPLE) else {
        return ().into_any();
    };
    let lab = Lab::provide(example);
    let opening = RwSignal::new(false);
    let wanted = RwSignal::new(None::<Opened>);
    let choosing = RwSignal::new(false);
    let compared = Compared::provide();
    let other = Signal::derive(move || compared.0.get());
    ZoneChoice::provide();
    let view = RwSignal::new(View::Strategy);
    let asking = RwSignal::new(false);
    let save = save_as(lab, false);
    let reach = Reach {
        wanted,
        opening,
        choosing,
        view,
        save,
    };
    let title = Memo::new(move |_| lab.read(|document: &Document| document.name.clone()));
    open_from_address(lab);
    draft::keep(lab);
    view! {
        <Title text=move || format!("{} · {} · Phoenix", title.get(), say.say(words::TITLE).get()) />
        <h1 class="unseen">{say.say(words::TITLE)}</h1>
        <div class="lab-top">
            <Headline />
            <LabBar reach asking />
        </div>
        <FirstHint />
        <Views view />
        <div class="lab" data-view=move || view.get().name()>
            <div class="lab-part lab-strategy">
                <Designer />
            </div>
            <div class="lab-part lab-chart">
                <PriceChart />
            </div>
            <div class="lab-part lab-result">
                <EquityChart other />
                <OutcomePanel />
            </div>
        </div>
        <OpenDialog open=opening on_choose=move |one| wanted.set(Some(one)) />
        <Leaving wanted />
        <MarketDialog open=choosing />
        <LabCommands reach open=asking />
    }
    .into_any()
}

/// `/?strategy=ID` is one of the visitor's own, `/?ready=NAME` one that comes with Phoenix.
fn open_from_address(lab: Lab) {
    let query = use_query_map();
    let wanted = Memo::new(move |_| {
        query.with(|query| {
            let own = query.get("strategy").and_then(|id| id.parse().ok());
            own.map(Opened::Own)
                .or_else(|| query.get("ready").map(Opened::Ready))
        })
    });
    let open = open_what(lab);
    Effect::new(move |_| {
        let is_open = |id| {
            lab.saved
                .with_untracked(|saved| saved.as_ref().is_some_and(|saved| saved.id == id))
        };
        match wanted.get() {
            // It was just saved here: what is on the page is newer than what the server would say.
            Some(Opened::Own(id)) if is_open(id) => {}
            Some(wanted) => {
                open.dispatch(wanted);
            }
            None => {}
        }
    });
}
