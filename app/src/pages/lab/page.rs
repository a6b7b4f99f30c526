//! The page: what is edited on the left, what it does on the right; on a phone one at a time.

use super::{
    address,
    bar::{LabBar, save_as},
    chart::{EquityChart, PriceChart, zone::ZoneChoice},
    commands::{LabCommands, Reach},
    designer::Designer,
    first::FirstHint,
    market::MarketDialog,
    open::{Leaving, OpenDialog},
    opened::Opened,
    outcome::{Compared, Headline, OutcomePanel},
    state::Lab,
    views::{View, Views},
};
use crate::words::{Say, lab as words};
use leptos::prelude::*;
use leptos_meta::Title;
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
    address::follow(lab);
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
