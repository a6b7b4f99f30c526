//! Sessions.

use crate::account::account;
use protocol::id::AccountId;
use storage::{SessionRow, Storage, StorageError};
use trading::time::Time;

fn session(hash: [u8; 32], account: Option<AccountId>) -> SessionRow {
    SessionRow {
        hash,
        account,
        data: "{}".to_owned(),
        address: "203.0.113.7".to_owned(),
        agent: "Browser/1".to_owned(),
        expires_at: Time(10_000),
    }
}

pub(crate) async fn begin(storage: &Storage, hash: [u8; 32], account: Option<AccountId>) {
    let row = session(hash, account);
    storage.sessions.put(&row, Time(1_000)).await.unwrap();
}

pub(crate) async fn keeps(storage: &Storage) {
    let sessions = &storage.sessions;
    let [joko, kirana] = [
        account(storage, "joko").await.id,
        account(storage, "kirana").await.id,
    ];
    let [one, two, three] = [[21; 32], [22; 32], [23; 32]];
    begin(storage, one, Some(joko)).await;
    begin(storage, two, Some(joko)).await;
    begin(storage, three, Some(kirana)).await;

    let mut changed = session(one, Some(joko));
    changed.data = r#"{"step":2}"#.to_owned();
    changed.expires_at = Time(20_000);
    sessions.update(&changed, Time(2_000)).await.unwrap();
    let found = sessions.find(one, Time(19_999)).await.unwrap();
    assert_eq!(found, Some((r#"{"step":2}"#.to_owned(), Time(20_000))));
    assert_eq!(sessions.find(one, Time(20_000)).await.unwrap(), None);

    let listed = sessions.list(joko, Time(3_000)).await.unwrap();
    let seen: Vec<_> = listed
        .iter()
        .map(|s| (&s.hash[..], s.created_at, s.seen_at))
        .collect();
    assert_eq!(
        seen,
        [
            (&one[..], Time(1_000), Time(2_000)),
            (&two[..], Time(1_000), Time(1_000))
        ]
    );
    assert_eq!(listed[0].address, "203.0.113.7");
    assert_eq!(listed[0].agent, "Browser/1");

    // The same a part at a time, the last begun first.
    let mut parts = Vec::new();
    let mut before = None;
    loop {
        let part = sessions.part(joko, before, 1, Time(3_000)).await.unwrap();
        let Some(one) = part.into_iter().next() else {
            break;
        };
        before = Some(one.id);
        parts.push(one);
    }
    parts.sort_by_key(|one| listed.iter().position(|other| other == one));
    assert_eq!(parts, listed);
    let later = sessions.part(joko, None, 9, Time(15_000)).await.unwrap();
    assert_eq!(later, [listed[0].clone()], "the other one has ended");

    // Nobody else ends it; ended, it does not come back by being saved.
    let id = listed[0].id;
    let theirs = sessions.revoke(kirana, id).await;
    assert!(matches!(theirs, Err(StorageError::NotFound)), "{theirs:?}");
    sessions.revoke(joko, id).await.unwrap();
    assert_eq!(sessions.find(one, Time(2)).await.unwrap(), None);
    let late = sessions.update(&changed, Time(3_000)).await;
    assert!(matches!(late, Err(StorageError::NotFound)), "{late:?}");
    assert_eq!(sessions.find(one, Time(2)).await.unwrap(), None);

    begin(storage, one, Some(joko)).await;
    assert_eq!(sessions.revoke_others(joko, one).await.unwrap(), 1);
    assert_eq!(sessions.list(joko, Time(3)).await.unwrap().len(), 1);
    assert!(sessions.find(three, Time(3)).await.unwrap().is_some());
    sessions.end(one).await.unwrap();
    sessions.end(one).await.unwrap();
    assert!(sessions.list(joko, Time(3)).await.unwrap().is_empty());
    assert!(sessions.sweep(Time(9_999)).await.is_ok());
    assert!(sessions.find(three, Time(3)).await.unwrap().is_some());
    assert!(sessions.sweep(Time(10_000)).await.unwrap() >= 1);
    assert!(sessions.find(three, Time(3)).await.unwrap().is_none());
}
