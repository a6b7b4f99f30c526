//! Accounts at brokers that are put away: what they no longer take, what stays, and how they come
//! back.

use crate::{
    machine::{another_executor, executor},
    report::{deal, report},
};
use protocol::{
    api::{
        command::{Action, NewCommand, Target},
        report::{Position, Positions},
        strategy::{NewActivation, Place},
    },
    id::{AccountId, BrokerAccountId, ExecutorId},
};
use storage::{MAX_RETIRED, Owner, Storage, StorageError};
use trading::{symbol::Side, time::Time};

const NOON: i64 = 1_700_000_000_000;

/// A report with a deal and an open position, where so many accounts may be.
async fn keep(
    storage: &Storage,
    (account, executor): (AccountId, ExecutorId),
    login: i64,
    ticket: i64,
    most: i64,
) -> Result<BrokerAccountId, StorageError> {
    let mut told = report(login);
    told.deals = vec![deal(ticket, ticket)];
    told.positions = Some(Positions {
        at: Time(NOON + ticket),
        positions: vec![Position {
            ticket,
            symbol: "XAUUSD".parse().unwrap(),
            side: Side::Sell,
            volume: 0.1,
            opened_price: 2_000.0,
            price: 1_999.0,
            stop_loss: None,
            take_profit: None,
            profit: 10.0,
            swap: 0.0,
            magic: 0,
            strategy: None,
            opened_at: Time(NOON),
        }],
    });
    let reports = &storage.reports;
    let kept = reports.keep_within(account, executor, &told, most, Time(NOON + ticket));
    kept.await.map(|kept| kept.receipt.broker_account)
}

/// Deals that a computer brings late, of an account that trades elsewhere by now or is put away.
async fn deals_alone_change_nothing_else(storage: &Storage) {
    let who = executor(storage, "dewi-retires").await;
    let (dewi, pc) = who;
    let reports = &storage.reports;
    let demo = keep(storage, who, 5, 1, 1).await.unwrap();
    let old = another_executor(storage, dewi).await;
    assert_ne!(old, pc);
    let late = async |ticket: i64| {
        let mut told = report(5);
        told.deals = vec![deal(ticket, ticket)];
        let kept = reports.keep(dewi, old, &told, Time(NOON + 600_000)).await;
        kept.unwrap().broker_account
    };
    assert_eq!(late(2).await, demo);
    let place = reports.places(dewi).await.unwrap().remove(0);
    assert_eq!(
        (place.executor, place.account.seen_at),
        (Some(pc), Time(NOON + 1))
    );
    assert!(reports.retire(dewi, demo, Time(NOON + 9)).await.unwrap());
    assert_eq!(late(3).await, demo);
    assert_eq!(reports.places(dewi).await.unwrap(), []);
    assert_eq!(reports.deals(dewi, None, None, 9).await.unwrap().len(), 3);
}

pub(crate) async fn keeps(storage: &Storage) {
    deals_alone_change_nothing_else(storage).await;
    let who = executor(storage, "rara-retires").await;
    let (rara, pc) = who;
    let reports = &storage.reports;
    let demo = keep(storage, who, 5, 1, 1).await.unwrap();
    let refused = keep(storage, who, 6, 1, 1).await;
    assert!(matches!(refused, Err(StorageError::TooMany(1))));

    // Nobody else puts it away.
    let (eve, _) = executor(storage, "eve-retires").await;
    let stolen = reports.retire(eve, demo, Time(NOON)).await;
    assert!(matches!(stolen, Err(StorageError::NotFound)), "{stolen:?}");
    assert_eq!(reports.places(rara).await.unwrap().len(), 1);

    assert!(reports.retire(rara, demo, Time(NOON + 9)).await.unwrap());
    let again = reports.retire(rara, demo, Time(NOON + 10)).await.unwrap();
    assert!(!again, "it was put away before");
    assert_eq!(reports.count_broker_accounts(rara).await.unwrap(), 0);
    assert_eq!(reports.places(rara).await.unwrap(), []);
    let listed = reports.broker_accounts(rara, None, 9).await.unwrap();
    assert_eq!(listed, []);
    assert!(reports.positions(rara).await.unwrap().is_empty());
    let retired = reports.retired(rara).await.unwrap();
    assert_eq!(
        (retired[0].account.id, retired[0].retired_at),
        (demo, Some(Time(NOON + 9)))
    );
    // What was earned there stays.
    let deals = reports.deals(rara, None, None, 9).await.unwrap();
    assert_eq!((deals.len(), deals[0].broker_account), (1, demo));
    let span = Time(NOON)..Time(NOON + 600_000);
    let within = reports.deals_in(rara, &span, None, 9).await.unwrap();
    assert_eq!(within.len(), 1);
    names_it_no_more(storage, who, demo).await;

    // There is room for the real one now, and none for the demo.
    let real = keep(storage, who, 6, 4, 1).await.unwrap();
    assert_ne!(real, demo);
    for most in [0, 1] {
        let refused = keep(storage, who, 5, 2, most).await;
        assert!(matches!(refused, Err(StorageError::TooMany(_))));
    }
    assert_eq!(reports.count_broker_accounts(rara).await.unwrap(), 1);
    // Nothing of the report that was refused was kept.
    assert_eq!(reports.deals(rara, None, None, 9).await.unwrap().len(), 2);

    // A larger plan: it comes back as itself, with whoever reports it now.
    let back = keep(storage, who, 5, 2, 2).await.unwrap();
    assert_eq!(back, demo);
    assert_eq!(reports.retired(rara).await.unwrap(), []);
    let places = reports.places(rara).await.unwrap();
    let told: Vec<_> = places
        .iter()
        .map(|place| (place.account.id, place.executor, place.retired_at))
        .collect();
    assert_eq!(told, [(demo, Some(pc), None), (real, Some(pc), None)]);
    assert_eq!(reports.positions(rara).await.unwrap().len(), 2);
    // And is a known one again: whatever is reported of it is kept.
    assert_eq!(keep(storage, who, 5, 3, 0).await.unwrap(), demo);

    what_is_live_there_keeps_it(storage, rara, demo).await;
    two_do_not_get_the_last_place(storage).await;
    there_are_so_many(storage).await;
}

async fn names_it_no_more(
    storage: &Storage,
    (account, _): (AccountId, ExecutorId),
    of: BrokerAccountId,
) {
    let new = NewCommand {
        action: Action::CloseMine,
        target: Target::BrokerAccount(of),
        expires_at: Time(NOON + 1_000),
    };
    let given = storage.commands.give(account, "x", &new, Time(NOON)).await;
    assert!(matches!(given, Err(StorageError::NotFound)), "{given:?}");
}

async fn what_is_live_there_keeps_it(storage: &Storage, account: AccountId, of: BrokerAccountId) {
    let owner = Owner::Account(account);
    let new = crate::lab::strategy("lives-there");
    let saved = storage.strategies.save(owner, new, Time(NOON)).await;
    let id = saved.unwrap().id;
    let new = NewActivation {
        version: 1,
        on: Place::BrokerAccount(of),
    };
    let live = &storage.activations;
    live.activate(account, id, &new, 9, Time(NOON))
        .await
        .unwrap();
    let reports = &storage.reports;
    let refused = reports.retire(account, of, Time(NOON)).await;
    assert!(matches!(refused, Err(StorageError::Live)), "{refused:?}");
    live.deactivate(account, id, Time(NOON + 1)).await.unwrap();
    assert!(reports.retire(account, of, Time(NOON)).await.unwrap());
    let gone = live.activate(account, id, &new, 9, Time(NOON + 2)).await;
    assert!(matches!(gone, Err(StorageError::NotFound)), "{gone:?}");
}

async fn two_do_not_get_the_last_place(storage: &Storage) {
    let who = executor(storage, "siti-retires").await;
    let old = keep(storage, who, 5, 1, 1).await.unwrap();
    let reports = &storage.reports;
    assert!(reports.retire(who.0, old, Time(NOON)).await.unwrap());
    let (back, new) = tokio::join!(keep(storage, who, 5, 2, 1), keep(storage, who, 6, 1, 1));
    assert!(back.is_ok() != new.is_ok(), "{back:?} {new:?}");
    assert_eq!(reports.count_broker_accounts(who.0).await.unwrap(), 1);
}

async fn there_are_so_many(storage: &Storage) {
    let (tono, pc) = executor(storage, "tono-retires").await;
    let reports = &storage.reports;
    for login in 1..=MAX_RETIRED + 1 {
        let kept = reports.keep(tono, pc, &report(login), Time(NOON)).await;
        let id = kept.unwrap().broker_account;
        let retired = reports.retire(tono, id, Time(NOON)).await;
        if login <= MAX_RETIRED {
            assert!(retired.unwrap());
        } else {
            assert!(
                matches!(retired, Err(StorageError::TooMany(_))),
                "{retired:?}"
            );
        }
    }
    assert_eq!(reports.count_broker_accounts(tono).await.unwrap(), 1);
}
