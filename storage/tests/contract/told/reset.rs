//! A new password shuts every way to the outside.

use super::{drained, missing, one};
use identity::Token;
use storage::{MAX_WEBHOOK_FAILURES, Purpose, Storage};
use trading::time::{DAY, Time};
use uuid::Uuid;

pub(super) async fn a_reset_shuts_every_way(storage: &Storage) {
    let (accounts, webhooks) = (&storage.accounts, &storage.webhooks);
    let telegrams = &storage.telegrams;
    let (rina, sari) = (one(storage, "rina").await, one(storage, "sari").await);
    let code = || Token::generate().unwrap().hash();
    let (hook, dead) = (Uuid::now_v7(), Uuid::now_v7());
    let (late, reset) = (code(), code());
    for who in [rina, sari] {
        let link = code();
        telegrams.issue(who, &link, Time(100)).await.unwrap();
        let connected = telegrams.connect(&link, 8, "@x", Time(1)).await;
        assert_eq!(connected.unwrap(), Some(who));
    }
    telegrams.issue(rina, &late, Time(100)).await.unwrap();
    for id in [hook, dead] {
        let added = webhooks.add(rina, id, "https://example.com/", b"", Time(1));
        added.await.unwrap();
    }
    for _ in 0..MAX_WEBHOOK_FAILURES {
        webhooks.failed(rina, dead, Time(2)).await.unwrap();
    }
    drained(storage, rina, Time(20 * DAY)).await;
    webhooks.test(rina, hook, Time(3)).await.unwrap();
    let purpose = Purpose::ResetPassword;
    let issued = accounts.issue(rina, purpose, &reset, "", Time(100));
    issued.await.unwrap();
    accounts.reset_password(&reset, "x", Time(4)).await.unwrap();
    assert_eq!(telegrams.chat(rina).await.unwrap(), None);
    assert!(telegrams.chat(sari).await.unwrap().is_some());
    let connected = telegrams.connect(&late, 8, "@x", Time(5)).await;
    assert_eq!(connected.unwrap(), None, "its code holds no more");
    assert_eq!(drained(storage, rina, Time(20 * DAY)).await, []);
    missing(webhooks.test(rina, hook, Time(5)).await);
    let off = async |id| {
        let hook = webhooks.load(rina, id).await.unwrap();
        (hook.disabled_at.is_some(), hook.is_off_by_reset())
    };
    assert_eq!(
        (off(hook).await, off(dead).await),
        ((true, true), (true, false))
    );
    webhooks.resume(rina, hook).await.unwrap();
    assert_eq!(off(hook).await, (false, false));
    // A chat that is gone takes only itself along.
    assert!(!telegrams.gone(sari, 9).await.unwrap());
    assert!(telegrams.chat(sari).await.unwrap().is_some());
    assert!(telegrams.gone(sari, 8).await.unwrap());
    assert_eq!(telegrams.chat(sari).await.unwrap(), None);
}
