//! The page: what is edited on the left, what it does on the right; on a phone one at a time.

use super::{
    address,
    bar::{LabBar, Saving},
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
use crate::{
    part::fetch_ahead,
    words::{Say, lab as words},
};
use leptos::prelude::*;
use trading::{
    language::Language,
    strategy::{Document, validate},
};

/// The strategy that everybody sees first.
const EXAMPLE: &str = include_str!("../../../../strategies/gold-macd-adx.json");

/// The title of the document.
fn title(name: &str, language: Language) -> String {
    format!("{name} · {} · Phoenix", language.text(words::TITLE))
}

/// The title with which the document comes from the server.
#[cfg(feature = "ssr")]
pub fn first_title(language: Language) -> String {
    let name = validate::validate(EXAMPLE).map_or_else(|_| String::new(), |example| example.name);
    title(&name, language)
}

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
    let save = Saving::new(lab, false);
    let reach = Reach {
        wanted,
        opening,
        choosing,
        view,
        save,
    };
    let name = Memo::new(move |_| lab.read(|document: &Document| document.name.clone()));
    Effect::new(move |_| name.with(|name| document().set_title(&title(name, say.language()))));
    address::follow(lab);
    let result = lab.result();
    fetch_ahead(move || result.with(|result| result.outcome().is_some()));
    view! {
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
