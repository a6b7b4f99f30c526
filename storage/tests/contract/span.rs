//! What reports are reckoned from: stretches of time, and commands of one state.

use crate::machine::executor;
use protocol::api::{
    command::{Action, CommandState, NewCommand, Outcome, Receipt, Target},
    report::{BrokerLogin, Deal, Entry, EquitySnapshot, KeptDeal, Report},
};
use storage::Storage;
use trading::{symbol::Side, time::Time};

const NOON: i64 = 1_700_000_000_000;
const MINUTE: i64 = 60_000;

fn deal(ticket: i64, position: i64, entry: Entry, minute: i64) -> Deal {
    Deal {
        ticket,
        order: 7,
        position,
        symbol: Some("XAUUSD".parse().unwrap()),
        side: Some(Side::Buy),
        entry,
        volume: 0.1,
        price: 2_000.5,
        profit: 1.0,
        commission: 0.0,
        swap: 0.0,
        fee: 0.0,
        magic: 77,
        strategy: None,
        strategy_version: None,
        comment: "phoenix".parse().unwrap(),
        time: Time(NOON + minute * MINUTE),
    }
}

fn report(login: i64, deals: Vec<Deal>) -> Report {
    let equity = [0, 1, 2, 10, 11, 25].map(|minute| EquitySnapshot {
        at: Time(NOON + minute * MINUTE),
        balance: 1_000.0,
        equity: 1_000.0 + minute as f64,
        margin: 0.0,
    });
    Report {
        login: BrokerLogin {
            login,
            server: "Broker-Live".parse().unwrap(),
        },
        currency: "USD".parse().unwrap(),
        deals,
        positions: None,
        equity: equity.to_vec(),
    }
}

pub(crate) async fn keeps(storage: &Storage) {
    let (gita, pc) = executor(storage, "gita-span").await;
    let (hani, other) = executor(storage, "hani-span").await;
    let reports = &storage.reports;
    let all = vec![
        // Opened before, closed within.
        deal(1, 50, Entry::In, 0),
        deal(4, 50, Entry::Out, 12),
        // Opened before, still open.
        deal(2, 51, Entry::In, 1),
        // All of it within.
        deal(3, 52, Entry::In, 10),
        deal(5, 52, Entry::OutBy, 14),
        // At the end, which is no more within.
        deal(6, 51, Entry::Out, 20),
        // Of no position.
        deal(7, 0, Entry::In, 2),
        deal(8, 0, Entry::Out, 13),
    ];
    let first = report(5, all.clone());
    let kept = reports.keep(gita, pc, &first, Time(NOON)).await.unwrap();
    let of = kept.broker_account;
    reports
        .keep(hani, other, &report(5, all), Time(NOON))
        .await
        .unwrap();
    // The same ticket of a position at another account is another position.
    let stray = vec![deal(9, 50, Entry::In, 3)];
    reports
        .keep(gita, pc, &report(6, stray), Time(NOON + 1))
        .await
        .unwrap();

    let span = Time(NOON + 10 * MINUTE)..Time(NOON + 20 * MINUTE);
    let tickets =
        |kept: &[KeptDeal]| -> Vec<i64> { kept.iter().map(|one| one.deal.ticket).collect() };
    let within = reports.deals_in(gita, &span, None, 100).await.unwrap();
    assert_eq!(tickets(&within), [3, 4, 8, 5]);
    let part = reports.deals_in(gita, &span, None, 3).await.unwrap();
    let rest = reports.deals_in(gita, &span, Some(part[2].id), 3);
    assert_eq!(tickets(&rest.await.unwrap()), [5]);
    let before = reports.deals_before(gita, &span, None, 100).await.unwrap();
    assert_eq!(tickets(&before), [1]);
    let after = reports.deals_before(gita, &span, Some(before[0].id), 100);
    assert_eq!(after.await.unwrap(), []);

    let places = reports.places(gita).await.unwrap();
    assert_eq!(places.len(), 2);
    assert_eq!(
        (places[0].account.id, places[0].executor),
        (of, Some(pc)),
        "in the order in which they were reported"
    );

    let minutes = |snapshots: &[EquitySnapshot]| -> Vec<i64> {
        let minute = |one: &EquitySnapshot| (one.at.0 - NOON) / MINUTE;
        snapshots.iter().map(minute).collect()
    };
    let span = Time(NOON + MINUTE)..Time(NOON + 25 * MINUTE);
    let all = reports.equity_in(gita, of, &span, None, 100).await.unwrap();
    assert_eq!(minutes(&all), [1, 2, 10, 11]);
    let two = reports.equity_in(gita, of, &span, None, 2).await.unwrap();
    let rest = reports.equity_in(gita, of, &span, Some(two[1].at), 2);
    assert_eq!(minutes(&rest.await.unwrap()), [10, 11]);
    let steps = reports.equity_steps(gita, of, &span, 5 * MINUTE).await;
    let steps = steps.unwrap();
    assert_eq!(steps.last().unwrap().equity, 1_011.0);
    assert!(steps.len() < all.len(), "{steps:?}");
    let last = reports.last_equity(gita, of).await.unwrap().unwrap();
    assert_eq!(last.equity, 1_025.0);
    // What is somebody else's is nothing.
    assert_eq!(reports.last_equity(hani, of).await.unwrap(), None);
    let theirs = reports.equity_in(hani, of, &span, None, 100).await;
    assert_eq!(theirs.unwrap(), []);

    commands(storage).await;
}

async fn commands(storage: &Storage) {
    let (indra, pc) = executor(storage, "indra-span").await;
    let commands = &storage.commands;
    let mut given = Vec::new();
    for (number, minutes) in [(1, 5), (2, 90), (3, 90)] {
        let new = NewCommand {
            action: Action::StopBot,
            target: Target::Executor(pc),
            expires_at: Time(NOON + minutes * MINUTE),
        };
        let key = number.to_string();
        let made = commands.give(indra, &key, &new, Time(NOON + number)).await;
        let storage::Given::New(made) = made.unwrap() else {
            panic!("it is new");
        };
        given.push(made.id);
    }
    let later = Time(NOON + 10 * MINUTE);
    let of = async |state| -> Vec<_> {
        let found = commands.list_of(indra, state, None, 10, later).await;
        found.unwrap().into_iter().map(|one| one.id).collect()
    };
    // Nobody wrote down yet that its time is over.
    assert_eq!(of(CommandState::Expired).await, [given[0]]);
    assert_eq!(of(CommandState::Queued).await, [given[2], given[1]]);
    commands.take(indra, pc, later).await.unwrap();
    let receipt = Receipt {
        outcome: Outcome::Failed,
        remark: Default::default(),
    };
    commands
        .finish(indra, pc, given[1], &receipt, later)
        .await
        .unwrap();
    assert_eq!(of(CommandState::Queued).await, []);
    assert_eq!(of(CommandState::Delivered).await, [given[2]]);
    assert_eq!(of(CommandState::Failed).await, [given[1]]);
    let older = commands
        .list_of(indra, CommandState::Delivered, Some(given[2]), 10, later)
        .await;
    assert_eq!(older.unwrap(), []);
}
