//! Webhooks.

use super::{drained, matter, missing, one};
use std::collections::BTreeSet;
use storage::{
    Channel, MAX_WEBHOOK_FAILURES, MAX_WEBHOOKS, NotificationKind, Storage, StorageError,
};
use trading::time::{DAY, MINUTE, Time};
use uuid::Uuid;

pub(super) async fn a_webhook_that_fails_is_given_up(storage: &Storage) {
    let webhooks = &storage.webhooks;
    let (eka, fitri) = (one(storage, "eka").await, one(storage, "fitri").await);
    let ids: Vec<Uuid> = (0..MAX_WEBHOOKS).map(|_| Uuid::now_v7()).collect();
    for id in &ids {
        webhooks
            .add(eka, *id, "https://example.com/", b"sealed", Time(1))
            .await
            .unwrap();
    }
    let more = webhooks
        .add(eka, Uuid::now_v7(), "https://example.com/", b"", Time(1))
        .await;
    assert!(matches!(more, Err(StorageError::TooMany(MAX_WEBHOOKS))));
    missing(webhooks.load(fitri, ids[0]).await);
    missing(webhooks.remove(fitri, ids[0]).await);
    missing(webhooks.resume(fitri, ids[0]).await);
    missing(webhooks.test(fitri, ids[0], Time(1)).await);
    assert_eq!(webhooks.list(fitri).await.unwrap(), []);
    assert_eq!(webhooks.list(eka).await.unwrap().len(), ids.len());
    webhooks.remove(eka, ids[2]).await.unwrap();

    let told = matter(NotificationKind::CommandFailed, "to-hooks");
    storage
        .notifications
        .tell(eka, &told, Time(2))
        .await
        .unwrap();
    let sent = drained(storage, eka, Time(9_000)).await;
    let targets: BTreeSet<Uuid> = sent
        .iter()
        .filter(|one| one.channel == Channel::Webhook)
        .map(|one| one.target)
        .collect();
    assert_eq!(targets, BTreeSet::from([ids[0], ids[1]]));
    // An answer begins the count anew.
    for _ in 1..MAX_WEBHOOK_FAILURES {
        assert!(!webhooks.failed(eka, ids[0], Time(3)).await.unwrap());
    }
    webhooks.answered(ids[0]).await.unwrap();
    for _ in 1..MAX_WEBHOOK_FAILURES {
        assert!(!webhooks.failed(eka, ids[0], Time(4)).await.unwrap());
    }
    assert!(webhooks.failed(eka, ids[0], Time(5)).await.unwrap());
    assert!(
        webhooks
            .load(eka, ids[0])
            .await
            .unwrap()
            .disabled_at
            .is_some()
    );
    let listed = storage.notifications.list(eka, None, 1).await.unwrap();
    assert_eq!(listed[0].matter.kind, NotificationKind::WebhookOff);
    missing(webhooks.test(eka, ids[0], Time(6)).await);
    let sent = drained(storage, eka, Time(9_000)).await;
    assert!(sent.iter().all(|one| one.target != ids[0]));
    webhooks.resume(eka, ids[0]).await.unwrap();
    webhooks.test(eka, ids[0], Time(7)).await.unwrap();
    let again = async |now| webhooks.test(eka, ids[0], Time(now)).await;
    let waits = again(7 + MINUTE).await;
    assert!(matches!(waits, Err(StorageError::TooMany(1))), "{waits:?}");
    // Another one is another way.
    webhooks.test(eka, ids[1], Time(7)).await.unwrap();
    let sent = drained(storage, eka, Time(9_000)).await;
    assert_eq!(sent.len(), 2);
    for one in sent {
        assert_eq!(one.notification.matter.kind, NotificationKind::Test);
        assert!(one.target == ids[0] || one.target == ids[1]);
    }
    let soon = again(6 + MINUTE).await;
    assert!(matches!(soon, Err(StorageError::TooMany(1))), "{soon:?}");
    again(7 + MINUTE).await.unwrap();
    drained(storage, eka, Time(DAY)).await;
    // One that is removed and made again is no way around it.
    let late = Time(9 * MINUTE);
    for count in 1..=5 {
        let id = Uuid::now_v7();
        let added = webhooks.add(eka, id, "https://example.com/", b"", late);
        added.await.unwrap();
        assert_eq!(webhooks.test(eka, id, late).await.is_ok(), count < 5);
        webhooks.remove(eka, id).await.unwrap();
    }
}
