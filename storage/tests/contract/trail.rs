//! The audit trail, and counts of what was tried in vain.

use crate::account::account;
use identity::Policy;
use storage::{AuditEntry, Storage};
use trading::time::Time;

pub(crate) async fn keeps(storage: &Storage) {
    entries_stay(storage).await;
    tries_are_counted(storage).await;
}

async fn entries_stay(storage: &Storage) {
    let [lina, maya] = [
        account(storage, "lestari").await.id,
        account(storage, "maya").await.id,
    ];
    let entry = |action: &str, actor| AuditEntry {
        account: Some(lina),
        actor,
        action: action.to_owned(),
        detail: "of the \"detail\"".to_owned(),
        address: "2001:db8::1".to_owned(),
    };
    let (first, second) = (entry("signed-in", None), entry("disabled", Some(maya)));
    storage.audit.add(&first, Time(1_000)).await.unwrap();
    storage.audit.add(&second, Time(2_000)).await.unwrap();
    let nobody = AuditEntry {
        account: None,
        ..entry("sign-in-failed", None)
    };
    storage.audit.add(&nobody, Time(3_000)).await.unwrap();

    let of: Vec<_> = storage.audit.of(lina, None, 10).await.unwrap();
    assert_eq!(
        of.iter().map(|r| (&r.entry, r.at)).collect::<Vec<_>>(),
        [(&second, Time(2_000)), (&first, Time(1_000))]
    );
    let last = storage.audit.of(lina, None, 1).await.unwrap();
    assert_eq!(last.iter().map(|r| &r.entry).collect::<Vec<_>>(), [&second]);
    let before = storage.audit.of(lina, Some(last[0].id), 10).await.unwrap();
    assert_eq!(
        before.iter().map(|r| &r.entry).collect::<Vec<_>>(),
        [&first]
    );
    let none = storage.audit.of(lina, Some(before[0].id), 10).await;
    assert!(none.unwrap().is_empty());
    assert!(storage.audit.of(maya, None, 10).await.unwrap().is_empty());
    let all = storage.audit.list(None, 2).await.unwrap();
    assert_eq!(all[0].entry, nobody);
    let rest = storage.audit.list(Some(all[1].id), 10).await.unwrap();
    assert_eq!(rest[0].entry, first);
    // What was done stays known.
    storage.accounts.delete(lina).await.unwrap();
    assert_eq!(storage.audit.of(lina, None, 10).await.unwrap().len(), 2);
}

async fn tries_are_counted(storage: &Storage) {
    const POLICY: Policy = Policy {
        free: 5,
        first: 1_000,
        longest: 60_000,
        forgotten: 100_000,
    };
    let throttles = &storage.throttles;
    let admit = |now| throttles.admit("someone", &POLICY, Time(now));
    assert_eq!(throttles.attempts("someone").await.unwrap(), None);
    // Of twenty at once the free ones pass, and one more: it is what the first wait is for.
    let tries: Vec<_> = (0..20)
        .map(|_| {
            let throttles = throttles.clone();
            let admit = async move { throttles.admit("someone", &POLICY, Time(500)).await };
            tokio::spawn(admit)
        })
        .collect();
    let mut passed = 0;
    for one in tries {
        let wait = one.await.unwrap().unwrap();
        passed += i32::from(wait.is_none());
        assert!(wait.is_none_or(|wait| wait == 1_000), "{wait:?}");
    }
    assert_eq!(passed, 6);
    let counted = throttles.attempts("someone").await.unwrap().unwrap();
    assert_eq!((counted.failures, counted.last), (6, Time(500)));
    assert_eq!(throttles.attempts("Someone").await.unwrap(), None);
    assert_eq!(admit(1_499).await.unwrap(), Some(1));
    assert_eq!(admit(1_500).await.unwrap(), None);
    assert_eq!(admit(1_500).await.unwrap(), Some(2_000));
    // One that went well was no failure.
    throttles.forgive("someone").await.unwrap();
    assert_eq!(admit(1_500).await.unwrap(), Some(1_000));
    // What has rested begins anew.
    assert_eq!(admit(200_000).await.unwrap(), None);
    let counted = throttles.attempts("someone").await.unwrap().unwrap();
    assert_eq!((counted.failures, counted.last), (1, Time(200_000)));
    throttles.sweep(Time(199_999)).await.unwrap();
    assert!(throttles.attempts("someone").await.unwrap().is_some());
    throttles.clear("someone").await.unwrap();
    assert_eq!(throttles.attempts("someone").await.unwrap(), None);
    throttles.forgive("someone").await.unwrap();
}
