//! What was paid for.

use crate::account::account;
use protocol::id::AccountId;
use storage::{NewMail, PaymentEvent, PaymentOrder, Storage, StorageError, Usage};
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
    holds_a_checkout_alone(storage).await;
    tells_with_the_event(storage).await;
}

/// Adds a letter to what is there.
async fn add(storage: &Storage, id: AccountId, letter: &'static str, taken: Option<&str>) -> bool {
    let event = taken.map(event);
    let change = |before: Option<&str>| Ok(Some(before.unwrap_or_default().to_owned() + letter));
    let changed = storage.ledgers.change(
        id,
        event.as_ref().map(|event| (event, None)),
        Time(5),
        change,
    );
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
        .change(nobody, Some((&unknown, None)), Time(5), |_| {
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
    let order = |content: &str, begun| PaymentOrder {
        id: Uuid::now_v7(),
        account: sari,
        content: content.to_owned(),
        begun: Time(begun),
    };
    let (first, second) = (order("first", 1), order("second", 2));
    let other = PaymentOrder {
        content: "other".to_owned(),
        ..second.clone()
    };
    assert!(storage.ledgers.begin_order(&first).await.unwrap());
    assert!(storage.ledgers.begin_order(&second).await.unwrap());
    // A second one of the same name finds the first.
    assert!(!storage.ledgers.begin_order(&other).await.unwrap());
    assert_eq!(storage.ledgers.order(first.id).await.unwrap(), first);
    assert_eq!(storage.ledgers.order(second.id).await.unwrap(), second);
    let unknown = storage.ledgers.order(Uuid::now_v7()).await;
    assert!(matches!(unknown, Err(StorageError::NotFound)));
    let since = |since| storage.ledgers.orders(sari, Time(since));
    assert_eq!(since(0).await.unwrap(), [second.clone(), first]);
    assert_eq!(since(2).await.unwrap(), std::slice::from_ref(&second));
    let part = |before, most| storage.ledgers.orders_part(sari, before, most);
    let all = part(None, 9).await.unwrap();
    let newest = part(None, 1).await.unwrap();
    assert_eq!((all.len(), &newest[..]), (2, &all[..1]));
    assert_eq!(part(Some(newest[0].id), 9).await.unwrap(), all[1..]);
    assert!(part(Some(all[1].id), 9).await.unwrap().is_empty());
    assert!(all.contains(&second));
    let kept = storage.ledgers.keep_order(second.id, "other");
    kept.await.unwrap();
    assert_eq!(storage.ledgers.order(second.id).await.unwrap(), other);
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

    // All of it, a part at a time.
    let ai = storage.ledgers.use_one(tono, "ai", None, Time(5 * DAY));
    assert!(ai.await.unwrap());
    let usage = |quota: &str, day, used| Usage {
        quota: quota.to_owned(),
        day: Time(day),
        used,
    };
    let whole = [
        usage("ai", 5 * DAY, 1),
        usage("sweeps", 0, 4),
        usage("sweeps", DAY, 1),
    ];
    assert_eq!(storage.ledgers.usages(tono, None, 9).await.unwrap(), whole);
    for (place, one) in whole.iter().enumerate() {
        let next = storage.ledgers.usages(tono, Some(one.clone()), 1);
        let expected: Vec<_> = whole.get(place + 1).into_iter().cloned().collect();
        assert_eq!(next.await.unwrap(), expected);
    }
    let nobody = AccountId(Uuid::now_v7());
    assert!(
        storage
            .ledgers
            .usages(nobody, None, 9)
            .await
            .unwrap()
            .is_empty()
    );
}

async fn holds_a_checkout_alone(storage: &Storage) {
    let tuti = account(storage, "tuti").await.id;
    let hold = |now, until| storage.checkouts.hold(tuti, Time(now), Time(until));
    let first = hold(10, 20).await.unwrap();
    assert_eq!(first.content, None);
    assert!(matches!(hold(19, 30).await, Err(StorageError::Exists)));
    storage.checkouts.write(&first, Some("one")).await.unwrap();
    // A holder that died holds no longer than it said.
    let second = hold(20, 30).await.unwrap();
    assert_eq!(second.content.as_deref(), Some("one"));
    let late = storage.checkouts.write(&first, Some("late")).await;
    assert!(matches!(late, Err(StorageError::NotFound)));
    storage.checkouts.release(first).await.unwrap();
    assert!(matches!(hold(25, 40).await, Err(StorageError::Exists)));
    storage.checkouts.write(&second, None).await.unwrap();
    storage.checkouts.release(second).await.unwrap();
    let third = hold(25, 41).await.unwrap();
    assert_eq!(third.content, None);
    let nobody = AccountId(Uuid::now_v7());
    let unknown = storage.checkouts.hold(nobody, Time(1), Time(2)).await;
    assert!(matches!(unknown, Err(StorageError::NotFound)));
}

async fn tells_with_the_event(storage: &Storage) {
    let umi = account(storage, "umi").await.id;
    let mail = NewMail {
        account: Some(umi),
        recipient: "umi@example.com".to_owned(),
        subject: "told with an event".to_owned(),
        body: String::new(),
    };
    let told = event("evt_told");
    for is_first in [true, false] {
        let change = storage
            .ledgers
            .change(umi, Some((&told, Some(&mail))), Time(5), |_| Ok(None));
        assert_eq!(change.await.unwrap(), is_first);
    }
    let odd = event("evt_odd");
    let failed = storage
        .ledgers
        .change(umi, Some((&odd, Some(&mail))), Time(5), |_| {
            Err("odd".to_owned())
        });
    assert!(matches!(failed.await, Err(StorageError::Damaged(_))));
    let mails = storage.mails.list(1_000).await.unwrap().into_iter();
    let told = mails.filter(|one| one.mail.subject == mail.subject);
    assert_eq!(told.count(), 1);
}
