//! Deliveries: each is one taker's, and no account holds up others.

use super::{drained, matter, one};
use std::collections::BTreeSet;
use storage::{DeliveryState, MAX_HELD, NewMail, NotificationKind, Storage};
use trading::time::{DAY, Time};

pub(super) async fn a_delivery_is_one_takers(storage: &Storage) {
    let deliveries = &storage.deliveries;
    let dodo = one(storage, "dodo").await;
    // What other parts of the suite left.
    drained(storage, dodo, Time(10 * DAY)).await;
    // As many of each account as are sent at once.
    for place in 0..5 {
        let of = match place {
            0 => dodo,
            _ => one(storage, &format!("dodo-{place}")).await,
        };
        for cause in 0..MAX_HELD {
            let told = matter(NotificationKind::SignIn, &format!("many-{cause}"));
            let told = storage.notifications.tell(of, &told, Time(cause)).await;
            assert!(told.unwrap());
        }
    }
    let takers: Vec<_> = (0..4)
        .map(|_| {
            let deliveries = deliveries.clone();
            tokio::spawn(async move {
                let mut taken = Vec::new();
                while let Some(one) = deliveries.take(Time(100), Time(9_000)).await.unwrap() {
                    taken.push(one.id);
                }
                taken
            })
        })
        .collect();
    let mut all = Vec::new();
    for taker in takers {
        all.extend(taker.await.unwrap());
    }
    assert_eq!(all.len(), 20);
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), 20);
    // Whoever took it died: it is due again. What failed is due when it was said.
    let again = deliveries
        .take(Time(9_000), Time(9_500))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(again.attempts, 2);
    deliveries
        .failed(again.id, "busy", Some(Time(50_000)))
        .await
        .unwrap();
    for id in all.iter().filter(|id| **id != again.id) {
        deliveries.dropped(*id, "nobody").await.unwrap();
    }
    assert_eq!(
        deliveries.take(Time(49_999), Time(60_000)).await.unwrap(),
        None
    );
    let failed = deliveries.count(DeliveryState::Failed).await.unwrap();
    let last = deliveries
        .take(Time(50_000), Time(60_000))
        .await
        .unwrap()
        .unwrap();
    // A mail goes to the outbox once, however often it is tried.
    let mail = NewMail {
        account: Some(dodo),
        recipient: "dodo@example.com".to_owned(),
        subject: "told".to_owned(),
        body: String::new(),
    };
    assert!(deliveries.mailed(last.id, &mail, Time(1)).await.unwrap());
    assert!(!deliveries.mailed(last.id, &mail, Time(1)).await.unwrap());
    deliveries.failed(last.id, "late", None).await.unwrap();
    assert_eq!(
        deliveries.count(DeliveryState::Failed).await.unwrap(),
        failed
    );
    // The suite's mails are counted elsewhere: this one is done with.
    for mail in storage.mails.list(1_000).await.unwrap() {
        if mail.mail.recipient == "dodo@example.com" {
            storage.mails.sent(mail.id, Time(100)).await.unwrap();
        }
    }
}

pub(super) async fn a_noisy_account_leaves_room(storage: &Storage) {
    let deliveries = &storage.deliveries;
    let (noisy, quiet) = (one(storage, "noisy").await, one(storage, "quiet").await);
    drained(storage, noisy, Time(20 * DAY)).await;
    for cause in 0..MAX_HELD + 2 {
        let told = matter(NotificationKind::SignIn, &format!("noise-{cause}"));
        let told = storage.notifications.tell(noisy, &told, Time(cause)).await;
        assert!(told.unwrap());
    }
    let told = matter(NotificationKind::SignIn, "quiet");
    let told = storage.notifications.tell(quiet, &told, Time(50)).await;
    assert!(told.unwrap());
    let take = async |now| deliveries.take(Time(now), Time(now + 100)).await.unwrap();
    let mut held = Vec::new();
    for _ in 0..MAX_HELD {
        let taken = take(60).await.unwrap();
        assert_eq!(taken.account, noisy);
        held.push(taken.id);
    }
    let other = take(60).await.unwrap();
    assert_eq!(other.account, quiet);
    deliveries.dropped(other.id, "").await.unwrap();
    assert_eq!(take(60).await, None, "as many as may be are under way");
    // Whatever became of one, there is room for another.
    deliveries.sent(held[0], Time(61)).await.unwrap();
    assert_eq!(take(60).await.unwrap().account, noisy);
    assert_eq!(take(60).await, None);
    let later = Some(Time(100));
    deliveries.failed(held[1], "busy", later).await.unwrap();
    assert_eq!(take(60).await.unwrap().account, noisy);
    assert_eq!(take(60).await, None);
    drained(storage, noisy, Time(20 * DAY)).await;
}
