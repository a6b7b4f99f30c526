//! What has to be true when everything is over, whatever happened before.

use executor::{
    journal::Journal,
    trade::state::{Order, OrderKind},
};
use phoenix_test_mt5::{
    command::Command as Deed,
    program::{Place, Process, Terminal, nothing_was_done_twice, tickets},
};
use serde_json::Value;

/// Lets what is under way end, and ends both programs: the terminal's deals.
pub(crate) fn ends_well(
    place: &Place,
    mut executor: Process,
    mut terminal: Terminal,
) -> Vec<Value> {
    terminal.obey(&Deed::Await);
    let state = terminal.obey(&Deed::Timers { count: 300 });
    let open = tickets(state["positions"].as_array().expect("a list"));
    terminal.begin(&Deed::Finish);
    let _ = terminal.end();
    executor.kill();

    let deals = place.result("deal");
    nothing_was_done_twice(&deals);
    let mut journal = Journal::open(&place.folder.join("state/journal.db")).expect("a journal");
    let account = journal
        .account(&place.scenario.server, place.scenario.login)
        .expect("it is read");
    let mut told = Vec::new();
    loop {
        let part = journal.unreported(account, 500).expect("it is read");
        if part.is_empty() {
            break;
        }
        let tickets: Vec<i64> = part.iter().map(|deal| deal.ticket).collect();
        journal.confirmed(account, &tickets).expect("it is written");
        told.extend(tickets);
    }
    told.sort_unstable();
    let wanted = tickets(&deals);
    assert_eq!(told, wanted, "each deal is written down once");
    let runs = journal.runs(account).expect("it is read");
    let held = runs.iter().flat_map(|run| &run.state.held);
    let mut held: Vec<i64> = held.map(|held| held.ticket).collect();
    held.sort_unstable();
    assert_eq!(held, open, "what is open is known");
    // At the end of history the market is closed: closings are asked for until it opens again.
    let opens = |order: &Order| matches!(order.kind, OrderKind::Open { .. });
    let mut orders = runs.iter().flat_map(|run| &run.state.orders);
    assert!(!orders.any(opens), "every entry has an end");
    deals
}
