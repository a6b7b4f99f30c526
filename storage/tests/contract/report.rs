//! What executors report.

use crate::machine::{account, executor};
use protocol::{
    api::{
        command::{Action, NewCommand, Target},
        report::{BrokerLogin, Deal, Entry, EquitySnapshot, Position, Positions, Report},
    },
    id::BrokerAccountId,
};
use storage::{MAX_BROKER_ACCOUNTS, Storage, StorageError};
use trading::{symbol::Side, time::Time};

const NOON: i64 = 1_700_000_000_000;

pub(crate) fn deal(ticket: i64, minute: i64) -> Deal {
    Deal {
        ticket,
        order: 7,
        position: 9,
        symbol: Some("XAUUSD".parse().unwrap()),
        side: Some(Side::Buy),
        entry: Entry::In,
        volume: 0.1,
        price: 2_000.5,
        profit: -1.25,
        commission: -0.07,
        swap: 0.0,
        fee: 0.0,
        magic: 77,
        strategy: None,
        strategy_version: None,
        comment: "phoenix".parse().unwrap(),
        time: Time(NOON + minute * 60_000),
    }
}

pub(crate) fn report(login: i64) -> Report {
    Report {
        login: BrokerLogin {
            login,
            server: "Broker-Live".parse().unwrap(),
        },
        currency: "USD".parse().unwrap(),
        deals: Vec::new(),
        positions: None,
        equity: Vec::new(),
    }
}

fn equity(minute: i64) -> EquitySnapshot {
    EquitySnapshot {
        at: Time(NOON + minute * 60_000),
        balance: 1_000.0,
        equity: 990.5,
        margin: 12.0,
    }
}

fn positions(minute: i64, count: i64) -> Option<Positions> {
    let position = |ticket| Position {
        ticket,
        symbol: "XAUUSD".parse().unwrap(),
        side: Side::Sell,
        volume: 0.1,
        opened_price: 2_000.0,
        price: 1_999.0,
        stop_loss: Some(2_010.0),
        take_profit: None,
        profit: 10.0,
        swap: 0.0,
        magic: 0,
        strategy: None,
        opened_at: Time(NOON),
    };
    Some(Positions {
        at: Time(NOON + minute * 60_000),
        positions: (1..=count).map(position).collect(),
    })
}

pub(crate) async fn keeps(storage: &Storage) {
    let reports = &storage.reports;
    let (xena, pc) = executor(storage, "xena").await;
    let (yudi, other) = executor(storage, "yudi").await;
    let mut first = report(5);
    first.deals = vec![deal(3, 30), deal(1, 10), deal(3, 30)];
    first.equity = vec![equity(2), equity(1)];
    first.positions = positions(5, 2);
    let kept = reports.keep(xena, pc, &first, Time(NOON)).await.unwrap();
    assert_eq!(
        (kept.new_deals, kept.known_deals, kept.new_equity),
        (2, 1, 2)
    );
    assert!(kept.positions_kept);
    let again = reports
        .keep(xena, pc, &first, Time(NOON + 1))
        .await
        .unwrap();
    assert_eq!(
        (again.new_deals, again.known_deals, again.new_equity),
        (0, 3, 0)
    );
    assert!(!again.positions_kept);
    assert_eq!(again.broker_account, kept.broker_account);
    // The same tickets at another account are other deals.
    let there = reports.keep(yudi, other, &first, Time(NOON)).await.unwrap();
    assert_eq!(there.new_deals, 2);
    assert_ne!(there.broker_account, kept.broker_account);
    let mut second = report(6);
    second.deals = vec![deal(1, 40)];
    let second = reports
        .keep(xena, pc, &second, Time(NOON + 2))
        .await
        .unwrap();
    assert_eq!(second.new_deals, 1);

    // Late and out of order: an old deal takes its place, old positions change nothing.
    let mut late = report(5);
    late.deals = vec![deal(2, 20)];
    late.positions = positions(4, 9);
    late.equity = vec![equity(0)];
    let late = reports.keep(xena, pc, &late, Time(NOON + 3)).await.unwrap();
    assert_eq!(
        (late.new_deals, late.new_equity, late.positions_kept),
        (1, 1, false)
    );
    let mut closed = report(5);
    closed.positions = positions(6, 0);
    let of = kept.broker_account;
    let all = reports.positions(xena).await.unwrap();
    assert_eq!(
        (all.len(), all[0].positions.len(), all[0].broker_account),
        (1, 2, of)
    );
    reports
        .keep(xena, pc, &closed, Time(NOON + 4))
        .await
        .unwrap();
    assert!(
        reports.positions(xena).await.unwrap()[0]
            .positions
            .is_empty()
    );

    let deals = reports.deals(xena, Some(of), None, 9).await.unwrap();
    let tickets: Vec<i64> = deals.iter().map(|kept| kept.deal.ticket).collect();
    assert_eq!(tickets, [3, 2, 1]);
    assert_eq!(deals[2].deal, deal(1, 10));
    let part = reports.deals(xena, None, None, 2).await.unwrap();
    let rest = reports
        .deals(xena, None, Some(part[1].id), 9)
        .await
        .unwrap();
    assert_eq!((part[0].deal.time, rest.len()), (deal(1, 40).time, 2));
    let times = async |before| {
        let part = reports.equity(xena, Some(of), before, 2).await.unwrap();
        part.iter()
            .map(|one| one.snapshot.at.0 - NOON)
            .collect::<Vec<_>>()
    };
    assert_eq!(times(None).await, [120_000, 60_000]);
    assert_eq!(times(Some((Time(NOON + 60_000), of))).await, [0]);

    nobody_reads_anothers(storage, of).await;
    commands_follow_the_reports(storage).await;
    there_are_so_many(storage).await;
}

async fn nobody_reads_anothers(storage: &Storage, of: BrokerAccountId) {
    let reports = &storage.reports;
    let eve = account(storage, "eve-of-reports").await.id;
    assert!(
        reports
            .deals(eve, Some(of), None, 9)
            .await
            .unwrap()
            .is_empty()
    );
    assert!(reports.deals(eve, None, None, 9).await.unwrap().is_empty());
    assert!(
        reports
            .equity(eve, Some(of), None, 9)
            .await
            .unwrap()
            .is_empty()
    );
    assert!(reports.positions(eve).await.unwrap().is_empty());
    assert!(
        reports
            .broker_accounts(eve, None, 9)
            .await
            .unwrap()
            .is_empty()
    );
}

async fn commands_follow_the_reports(storage: &Storage) {
    let (zaki, pc) = executor(storage, "zaki").await;
    let reports = &storage.reports;
    let of = reports
        .keep(zaki, pc, &report(8), Time(NOON))
        .await
        .unwrap()
        .broker_account;
    let new = NewCommand {
        action: Action::CloseMine,
        target: Target::BrokerAccount(of),
        expires_at: Time(NOON + 1_000),
    };
    storage
        .commands
        .give(zaki, "close", &new, Time(NOON))
        .await
        .unwrap();
    let (thief, theirs) = executor(storage, "thief-of-accounts").await;
    let aimed = storage
        .commands
        .give(thief, "close", &new, Time(NOON))
        .await;
    assert!(matches!(aimed, Err(StorageError::NotFound)), "{aimed:?}");
    // Who reports the same numbers from elsewhere has an account of their own there.
    reports
        .keep(thief, theirs, &report(8), Time(NOON))
        .await
        .unwrap();
    let stolen = storage
        .commands
        .take(thief, theirs, Time(NOON))
        .await
        .unwrap();
    assert!(stolen.is_empty());
    assert_eq!(
        storage
            .commands
            .take(zaki, pc, Time(NOON))
            .await
            .unwrap()
            .len(),
        1
    );
    let listed = reports.broker_accounts(zaki, None, 9).await.unwrap();
    assert_eq!((listed[0].id, listed[0].login.login), (of, 8));
    // An account that is gone leaves nothing.
    storage.accounts.delete(zaki).await.unwrap();
    assert!(
        reports
            .broker_accounts(zaki, None, 9)
            .await
            .unwrap()
            .is_empty()
    );
    assert!(
        storage
            .commands
            .list(zaki, None, 9, Time(0))
            .await
            .unwrap()
            .is_empty()
    );
}

async fn there_are_so_many(storage: &Storage) {
    let (many, pc) = executor(storage, "many-accounts").await;
    for login in 1..=MAX_BROKER_ACCOUNTS {
        storage
            .reports
            .keep(many, pc, &report(login), Time(NOON))
            .await
            .unwrap();
    }
    let more = report(MAX_BROKER_ACCOUNTS + 1);
    let more = storage.reports.keep(many, pc, &more, Time(NOON)).await;
    assert!(matches!(more, Err(StorageError::TooMany(_))), "{more:?}");
}
