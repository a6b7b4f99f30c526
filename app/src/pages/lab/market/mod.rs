//! Which history the strategy is tested on: those that the server has, that of the trader's broker,
//! and files of the visitor's own, which are read in their browser and never leave it.

pub mod add;
pub mod broker;
pub mod list;

use super::state::Lab;
use crate::{
    components::dialog::Dialog,
    engine::{HistoryKey, Imported},
    part::Part,
    words::{Say, market as words},
};
use add::AddFile;
use broker::BrokerList;
use leptos::prelude::*;
use list::HistoryList;

/// The dialog.
#[component]
pub fn MarketDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let say = Say::here();
    let lab = Lab::here();
    let added = RwSignal::new(Vec::<Imported>::new());
    let choose = Callback::new(move |key: HistoryKey| {
        // A symbol that the document cannot name was refused when it was read.
        if let Ok(symbol) = key.symbol.parse() {
            lab.edit(|document| {
                document.symbol = symbol;
                document.timeframe = key.timeframe;
            });
        }
        lab.test_again();
    });
    let use_one = Callback::new(move |key: HistoryKey| {
        open.set(false);
        choose.run(key);
    });
    let use_broker = Callback::new(move |key: HistoryKey| {
        // A file that stood in its place is one no more.
        added.update(|all| all.retain(|one| one.history != key));
        use_one.run(key);
    });
    let add = Callback::new(move |imported: Imported| {
        choose.run(imported.history.clone());
        added.update(|all| {
            all.retain(|one| one.history != imported.history);
            all.push(imported);
        });
    });
    view! {
        <Dialog id="market" title=say.say(words::TITLE) open wide=true>
            {Part::Dialogs
                .view(move || open.get(), move || part_dialogs_market(open, added, use_one, use_broker, add))}
        </Dialog>
    }
}

#[inline(never)]
fn part_dialogs_market(
    open: RwSignal<bool>,
    added: RwSignal<Vec<Imported>>,
    use_one: Callback<HistoryKey>,
    use_broker: Callback<HistoryKey>,
    add: Callback<Imported>,
) -> AnyView {
    view! {
        <BrokerList open on_use=use_broker />
        <HistoryList open added on_use=use_one />
        <AddFile on_add=add />
    }
    .into_any()
}
