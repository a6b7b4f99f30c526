//! Counts of all accounts together. Other parts of the suite have executors and mails too: what is
//! looked at is how the counts change.

use crate::machine::executor;
use storage::{MailState, NewMail, Storage};
use trading::time::{MINUTE, Time};

/// When the suite's executors say that they live.
const BEAT: i64 = 2_000;

pub(crate) async fn keeps(storage: &Storage) {
    let before = storage.tally_executors(Time(BEAT)).await.unwrap();
    let mails = storage.tally_mails().await.unwrap();
    let (of, _) = executor(storage, "tally").await;
    let after = storage.tally_executors(Time(BEAT)).await.unwrap();
    assert_eq!(after.online, before.online + 1);
    let all = |one: storage::ExecutorTally| one.online + one.stale + one.offline;
    let stale = storage.tally_executors(Time(BEAT + MINUTE)).await.unwrap();
    assert!(stale.stale > 0, "{stale:?}");
    assert_eq!(all(stale), all(after));
    let offline = storage.tally_executors(Time(i64::MAX)).await.unwrap();
    assert_eq!((offline.online, offline.stale), (0, 0));
    assert_eq!(offline.offline, all(after));
    // Who may no longer is not counted.
    let keys = storage.credentials.list(of, None, 10).await.unwrap();
    let key = storage.credentials.load(of, keys[0].id).await.unwrap();
    assert_eq!(key, keys[0]);
    storage
        .credentials
        .revoke(of, key.id, Time(BEAT))
        .await
        .unwrap();
    let revoked = storage.tally_executors(Time(BEAT)).await.unwrap();
    assert_eq!(all(revoked), all(before));

    let mail = NewMail {
        account: None,
        recipient: "tally@example.com".to_owned(),
        subject: "x".to_owned(),
        body: "x".to_owned(),
    };
    storage
        .mails
        .queue(&mail, Time(9_000_000_000_000))
        .await
        .unwrap();
    let waiting = |all: &[(MailState, i64)]| {
        let mut found = all.iter().filter(|(state, _)| *state == MailState::Queued);
        found.next().unwrap().1
    };
    let now = storage.tally_mails().await.unwrap();
    assert_eq!(now.len(), MailState::ALL.len());
    assert_eq!(waiting(&now), waiting(&mails) + 1);

    for pool in storage.tally_pools() {
        assert!(pool.used + pool.idle <= pool.most as usize, "{pool:?}");
        assert!(pool.most > 0, "{pool:?}");
    }
}
