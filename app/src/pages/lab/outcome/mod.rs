//! The result: what the strategy in the Lab came to.
//!
//! | file | what |
//! |---|---|
//! | `headline.rs` | the numbers that are told first, always in sight |
//! | `about.rs` | what belongs to the test as a whole |
//! | `terms.rs` | with which costs it is tested |
//! | `standing.rs` | whether the numbers are those of the document as it stands; waiting; faults |
//! | `statistics.rs` | every figure, with what it means |
//! | `months.rs`, `heat.rs` | the monthly heat map, and its scale |
//! | `trades/` | the table of trades |
//! | `compare/` | kept runs, and one of them beside the present one |
//! | `report.rs`, `download.rs` | files to take along |
//! | `fault.rs` | why there is no result |
//! | `write.rs` | numbers as a language writes them |

#![allow(
    unreachable_pub,
    reason = "the macro writes `pub` before every component that is not private"
)]

mod about;
mod compare;
mod download;
mod fault;
mod headline;
mod heat;
mod months;
mod report;
mod standing;
mod statistics;
mod terms;
mod trades;
mod write;

pub use compare::Compared;
pub use headline::Headline;

use super::state::Lab;
use crate::{
    components::{
        empty_state::EmptyState,
        skeleton::Skeleton,
        tabs::{TabPanel, Tabs},
    },
    engine::{Outcome, State},
    part::Part,
    words::{Say, outcome as words},
};
use about::About;
use compare::{Compare, Comparing, KeepButton};
use leptos::prelude::*;
use months::Months;
use report::ReportButton;
use standing::Standing;
use statistics::Statistics;
use std::sync::Arc;
use terms::TermsChoice;
use trades::{TradeList, Trades};

const TABS: &str = "outcome";
const STATISTICS: &str = "statistics";
const MONTHS: &str = "months";
const TRADES: &str = "trades";
const COMPARE: &str = "compare";

/// The outcome that is shown. It changes only with a new outcome: not while one is on its way.
type Shown = Memo<Option<Arc<Outcome>>>;

/// What is shown of a lane.
fn shown(state: Signal<State>) -> Shown {
    Memo::new_with_compare(
        move |_| state.with(|state| state.outcome().cloned()),
        |before, now| match (
            before.and_then(Option::as_ref),
            now.and_then(Option::as_ref),
        ) {
            (Some(before), Some(now)) => !Arc::ptr_eq(before, now),
            (None, None) => before.is_none(),
            _ => true,
        },
    )
}

/// The result of the strategy in the Lab.
#[component]
pub fn OutcomePanel() -> impl IntoView {
    let say = Say::here();
    let lab = Lab::here();
    let outcome = shown(lab.result());
    let selected = RwSignal::new(STATISTICS);
    let list = TradeList::new(lab, outcome);
    let comparing = Comparing::new();
    let tabs = vec![
        (STATISTICS, say.say(words::STATISTICS)),
        (MONTHS, say.say(words::MONTHS)),
        (TRADES, say.say(words::TRADES)),
        (COMPARE, say.say(words::COMPARE)),
    ];
    let is_waiting = Memo::new(move |_| {
        lab.result()
            .with(|state| matches!(state, State::Waiting(_)))
    });
    let is_open = move |key: &'static str| Signal::derive(move || selected.get() == key);
    // What is not looked at is not drawn: an edit must show its numbers at once.
    let if_open = move |key: &'static str, view: fn(Shown) -> AnyView| {
        move || match (selected.get() == key, outcome.with(Option::is_some)) {
            (false, _) => ().into_any(),
            (true, true) => view(outcome),
            (true, false) => view! { <NoOutcome /> }.into_any(),
        }
    };
    let trades = move || {
        if outcome.with(Option::is_some) {
            let is_open = is_open(TRADES);
            Part::Tables.view(
                move || is_open.get(),
                move || part_tables_trades(list, is_open),
            )
        } else {
            view! { <NoOutcome /> }.into_any()
        }
    };
    view! {
        <div class="outcome">
            <div class="outcome-head">
                <h2>{say.say(words::RESULT)}</h2>
                <TermsChoice />
                <div class="outcome-actions">
                    <KeepButton comparing />
                    <ReportButton />
                </div>
            </div>
            <Standing outcome />
            <div class="outcome-body" aria-busy=move || is_waiting.get().to_string()>
                <About outcome />
                <Tabs id=TABS label=say.say(words::VIEWS) tabs selected />
                <TabPanel id=TABS key=STATISTICS selected>
                    {if_open(STATISTICS, |outcome| view! { <Statistics outcome /> }.into_any())}
                </TabPanel>
                <TabPanel id=TABS key=MONTHS selected>
                    {if_open(
                        MONTHS,
                        |outcome| Part::Tables.view(|| true, move || part_tables_months(outcome)),
                    )}
                </TabPanel>
                <TabPanel id=TABS key=TRADES selected>
                    {trades}
                </TabPanel>
                <TabPanel id=TABS key=COMPARE selected>
                    {Part::Tables
                        .view(
                            move || selected.get() == COMPARE,
                            move || part_tables_compare(comparing, outcome, is_open(COMPARE)),
                        )}
                </TabPanel>
            </div>
        </div>
    }
    .into_any()
}

#[inline(never)]
fn part_tables_trades(list: TradeList, is_open: Signal<bool>) -> AnyView {
    view! { <Trades list is_open /> }.into_any()
}

#[inline(never)]
fn part_tables_months(outcome: Shown) -> AnyView {
    view! { <Months outcome /> }.into_any()
}

#[inline(never)]
fn part_tables_compare(comparing: Comparing, outcome: Shown, is_open: Signal<bool>) -> AnyView {
    view! { <Compare comparing outcome is_open /> }.into_any()
}

/// What stands in the place of a result that is not there.
#[component]
fn NoOutcome() -> impl IntoView {
    let say = Say::here();
    let lab = Lab::here();
    move || match lab.result().with(|state| matches!(state, State::Failed(_))) {
        _ if !lab.faults().is_empty() => view! {
            <EmptyState title=say.say(words::NOTHING_YET) hint=say.say(words::NOTHING_YET_HINT) />
        }
        .into_any(),
        true => view! {
            <EmptyState title=say.say(words::NO_RESULT) hint=say.say(words::NO_RESULT_HINT) />
        }
        .into_any(),
        false => view! { <Skeleton lines=6 /> }.into_any(),
    }
}
