//! What was paid for.

use crate::account::account;
use protocol::id::AccountId;
use storage::{PaymentEvent, PaymentOrder, Storage, StorageError};
use trading::time::Time;
use uuid::Uuid;

fn event(id: &str) -> PaymentEvent {
    PaymentEvent {
        id: id.to_owned(),
        kind: "invoice.paid".to_owned(),
    }
}

pub(crate) async fn keeps(storage: &Storage) {
    changes_one_after_the_other(storage).await;
    takes_an_event_once(storage).await;
    finds_orders(storage).await;
    counts_by_the_day(storage).await;
}

/// Adds a letter to what is there.
async fn add(storage: &Storage, id: AccountId, letter: &'static str, taken: Option<&str>) -> bool {
    let event = taken.map(event);
    let change = |before: Option<&str>| Ok(Some(before.unwrap_or_default().to_owned() + letter));
    let changed = storage.ledgers.change(id, event.as_ref(), Time(5), change);
    changed.await.unwrap()
}

async fn changes_one_after_the_other(storage: &Storage) {
    let ratna = account(storage, "ratna").await.id;
    assert_eq!(storage.ledgers.load(ratna).await.unwrap(), None);
    let adds: Vec<_> = (0..20)
        .map(|_| {
            let storage = storage.clone();
            tokio::spawn(async move { add(&storage, ratna, "x", None).await })
        })
        .collect();
    for one in adds {
        assert!(one.await.unwrap());
    }
    let ledger = storage.ledgers.load(ratna).await.unwrap();
    assert_eq!(ledger, Some("x".repeat(20)), "none is lost");
    let same = storage.ledgers.change(ratna, None, Time(5), |_| Ok(None));
    assert!(same.await.unwrap());
    let broken = storage
        .ledgers
        .change(ratna, None, Time(5), |_| Err("odd".to_owned()));
    assert!(matches!(broken.await, Err(StorageError::Damaged(_))));
    assert_eq!(storage.ledgers.load(ratna).await.unwrap(), ledger);
    let nobody = AccountId(Uuid::now_v7());
    let unknown = event("evt_nobody");
    let change = storage
        .ledgers
        .change(nobody, Some(&unknown), Time(5), |_| {
            Ok(Some("x".to_owned()))
        });
    assert!(matches!(change.await, Err(StorageError::NotFound)));
    // What failed was not taken: it comes again.
    assert!(!storage.ledgers.was_taken("evt_nobody").await.unwrap());
    storage.accounts.delete(ratna).await.unwrap();
    assert_eq!(storage.ledgers.load(ratna).await.unwrap(), None);
}

async fn takes_an_event_once(storage: &Storage) {
    let rina = account(storage, "rina").await.id;
    assert!(!storage.ledgers.was_taken("evt_1").await.unwrap());
    let adds: Vec<_> = (0..10)
        .map(|_| {
            let storage = storage.clone();
            tokio::spawn(async move { add(&storage, rina, "x", Some("evt_1")).await })
        })
        .collect();
    let mut taken = 0;
    for one in adds {
        taken += usize::from(one.await.unwrap());
    }
    assert_eq!(taken, 1);
    assert!(add(storage, rina, "y", Some("evt_2")).await);
    assert_eq!(
        storage.ledgers.load(rina).await.unwrap().as_deref(),
        Some("xy")
    );
    assert!(storage.ledgers.was_taken("evt_1").await.unwrap());
    storage
        .ledgers
        .take(&event("evt_3"), Time(6))
        .await
        .unwrap();
    storage
        .ledgers
        .take(&event("evt_3"), Time(6))
        .await
        .unwrap();
    assert!(!add(storage, rina, "z", Some("evt_3")).await);
}

async fn finds_orders(storage: &Storage) {
    let sari = account(storage, "sari").await.id;
    let order = |content: &str| PaymentOrder {
        id: Uuid::now_v7(),
        account: sari,
        content: content.to_owned(),
    };
    let (first, second) = (order("first"), order("second"));
    storage.ledgers.begin_order(&first, Time(1)).await.unwrap();
    storage.ledgers.begin_order(&second, Time(2)).await.unwrap();
    assert_eq!(storage.ledgers.order(first.id).await.unwrap(), first);
    let unknown = storage.ledgers.order(Uuid::now_v7()).await;
    assert!(matches!(unknown, Err(StorageError::NotFound)));
    let since = |since| storage.ledgers.orders(sari, Time(since));
    assert_eq!(since(0).await.unwrap(), [second.clone(), first]);
    assert_eq!(since(2).await.unwrap(), [second]);
}

async fn counts_by_the_day(storage: &Storage) {
    const NOON: i64 = 43_200_000;
    const DAY: i64 = 86_400_000;
    let tono = account(storage, "tono").await.id;
    let uses: Vec<_> = (0..10)
        .map(|_| {
            let ledgers = storage.ledgers.clone();
            let one = async move { ledgers.use_one(tono, "sweeps", Some(3), Time(NOON)).await };
            tokio::spawn(one)
        })
        .collect();
    let mut used = 0;
    for one in uses {
        used += usize::from(one.await.unwrap().unwrap());
    }
    assert_eq!(used, 3);
    let count = |quota, at| storage.ledgers.used(tono, quota, Time(at));
    assert_eq!(count("sweeps", DAY - 1).await.unwrap(), 3);
    assert_eq!(count("sweeps", DAY).await.unwrap(), 0);
    assert_eq!(count("ai", NOON).await.unwrap(), 0);
    let more = |most, at| storage.ledgers.use_one(tono, "sweeps", most, Time(at));
    assert!(more(Some(3), DAY).await.unwrap());
    assert!(more(None, NOON).await.unwrap());
    assert!(!more(Some(0), 9 * DAY).await.unwrap());
    assert_eq!(count("sweeps", 9 * DAY).await.unwrap(), 0);
}
