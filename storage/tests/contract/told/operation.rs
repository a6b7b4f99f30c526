//! What operators see.

use super::one;
use crate::{lab, machine};
use storage::{Owner, Storage};
use trading::time::{DAY, Time};

pub(super) async fn operators_see_everything(storage: &Storage) {
    let (_, id) = machine::executor(storage, "operated").await;
    let operations = &storage.operations;
    let seen = operations.executors(Time(0), None, 1_000).await.unwrap();
    let mine = seen.iter().find(|one| one.id == id).unwrap();
    assert!(mine.health.is_running);
    assert!(
        operations
            .executors(Time(0), Some(id), 1_000)
            .await
            .unwrap()
            .iter()
            .all(|one| one.id != id)
    );
    assert!(operations.versions(Time(0), 5).await.unwrap()[0].1 > 0);
    assert_eq!(operations.ran_at("scan").await.unwrap(), None);
    operations.ran("scan", "", Time(1)).await.unwrap();
    operations.ran("scan", "broken", Time(2)).await.unwrap();
    assert_eq!(operations.ran_at("scan").await.unwrap(), Some(Time(2)));
    let runs = operations.runs().await.unwrap();
    assert_eq!(
        (
            runs[0].name.as_str(),
            runs[0].ran_at,
            runs[0].failure.as_str()
        ),
        ("scan", 2, "broken")
    );
    let found = operations.condition().await.unwrap();
    assert!(
        found.bytes > 0 && found.migration >= 8 && found.accounts > 0,
        "{found:?}"
    );
    let rich = one(storage, "rich").await;
    let write = |_: Option<&str>| Ok(Some("{}".to_owned()));
    storage
        .ledgers
        .change(rich, None, Time(1), write)
        .await
        .unwrap();
    let ledgers = operations.ledgers(None, 1_000).await.unwrap();
    let mine = ledgers.iter().find(|one| one.account == rich).unwrap();
    assert_eq!(mine.ledger, "{}");
    let after = operations.ledgers(Some(rich), 1_000).await.unwrap();
    assert!(after.iter().all(|one| one.account.0 > rich.0));
    storage
        .ledgers
        .use_one(rich, "backtests_per_day", None, Time(5 * DAY))
        .await
        .unwrap();
    let saver = one(storage, "saver").await;
    let saved = storage
        .strategies
        .save(Owner::Account(saver), lab::strategy("saved"), Time(1));
    saved.await.unwrap();
    let users = async |day, after| operations.users_of(day, after, 1_000).await.unwrap();
    let found = users(5, None).await;
    assert!(found.contains(&rich) && found.contains(&saver));
    let idle = one(storage, "uses-nothing").await;
    assert!(!found.contains(&idle));
    let another_day = users(6, None).await;
    assert!(!another_day.contains(&rich) && another_day.contains(&saver));
    assert!(!users(5, Some(rich)).await.contains(&rich));
    assert_eq!(operations.users_of(5, None, 1).await.unwrap(), found[..1]);
    let knows = |address| storage.audit.knows(rich, address);
    assert_eq!(knows("10.0.0.1").await.unwrap(), None, "never signed in");
}
