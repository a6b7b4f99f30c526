//! What every database behind [`storage::Storage`] must do. SQLite runs it today; the next engine
//! is one more test that calls the same functions.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use protocol::run::{RunFacts, Terms};
use storage::{MAX_STRATEGIES, NewRun, NewStrategy, Owner, Storage, StorageError, Visitor};
use trading::{time::Time, timeframe::Timeframe};

fn strategy(name: &str) -> NewStrategy {
    NewStrategy {
        replaces: None,
        name: name.to_owned(),
        symbol: "XAUUSD".to_owned(),
        timeframe: Timeframe::H1,
        document: format!(r#"{{"name":"{name}"}}"#),
    }
}

fn run() -> NewRun {
    NewRun {
        strategy: None,
        facts: RunFacts {
            name: "Gold".to_owned(),
            symbol: "XAUUSD".to_owned(),
            timeframe: Timeframe::H1,
            terms: Terms::Ideal,
            trades: 1677,
            net_profit: -0.1 - 0.2,
        },
        document: "{}".to_owned(),
        result: "[]".to_owned(),
    }
}

async fn contract(storage: &Storage) {
    let (ada, budi) = (Visitor::new().owner(), Visitor::new().owner());
    storage.health.check().await.unwrap();
    saves_and_finds(storage, ada, budi).await;
    keeps_revisions_apart(storage, ada).await;
    keeps_runs(storage, ada, budi).await;
    stops_at_the_most(storage, Visitor::new().owner()).await;
}

async fn saves_and_finds(storage: &Storage, ada: Owner, budi: Owner) {
    let strategies = &storage.strategies;
    let first = strategies
        .save(ada, strategy("first"), Time(1_000))
        .await
        .unwrap();
    let second = strategies
        .save(ada, strategy("second"), Time(2_000))
        .await
        .unwrap();
    assert_eq!(
        (first.revision, first.created_at, first.updated_at),
        (1, Time(1_000), Time(1_000))
    );
    let listed = strategies.list(ada).await.unwrap();
    assert_eq!(listed, [second.clone(), first.clone()]);
    assert!(first.id < second.id, "ids sort by time");
    let loaded = strategies.load(ada, first.id).await.unwrap();
    assert_eq!(
        (loaded.summary, loaded.document.as_str()),
        (first.clone(), r#"{"name":"first"}"#)
    );

    // Nobody else sees, changes or removes it.
    assert!(strategies.list(budi).await.unwrap().is_empty());
    assert!(matches!(
        strategies.load(budi, first.id).await,
        Err(StorageError::NotFound)
    ));
    let mut theirs = strategy("stolen");
    theirs.replaces = Some((first.id, 1));
    assert!(matches!(
        strategies.save(budi, theirs, Time(3_000)).await,
        Err(StorageError::NotFound)
    ));
    assert!(matches!(
        strategies.delete(budi, first.id).await,
        Err(StorageError::NotFound)
    ));
    strategies.delete(ada, first.id).await.unwrap();
    assert!(matches!(
        strategies.load(ada, first.id).await,
        Err(StorageError::NotFound)
    ));
}

async fn keeps_revisions_apart(storage: &Storage, ada: Owner) {
    let strategies = &storage.strategies;
    let saved = strategies
        .save(ada, strategy("mine"), Time(1_000))
        .await
        .unwrap();
    let mut change = strategy("changed");
    change.replaces = Some((saved.id, 1));
    let changed = strategies
        .save(ada, change.clone(), Time(5_000))
        .await
        .unwrap();
    assert_eq!((changed.id, changed.revision), (saved.id, 2));
    assert_eq!(
        (changed.created_at, changed.updated_at),
        (Time(1_000), Time(5_000))
    );
    // The other tab still has revision 1.
    let other = strategies.save(ada, change, Time(6_000)).await;
    assert!(matches!(other, Err(StorageError::Conflict(2))), "{other:?}");
    assert_eq!(
        strategies.load(ada, saved.id).await.unwrap().summary,
        changed
    );
}

async fn keeps_runs(storage: &Storage, ada: Owner, budi: Owner) {
    let tested = storage
        .strategies
        .save(ada, strategy("tested"), Time(1_000))
        .await
        .unwrap();
    let mut new = run();
    new.strategy = Some(tested.id);
    let saved = storage
        .runs
        .save(ada, new.clone(), Time(7_000))
        .await
        .unwrap();
    assert_eq!(
        (saved.strategy, &saved.facts),
        (Some(tested.id), &new.facts)
    );
    assert_eq!(
        storage.runs.list(ada).await.unwrap(),
        std::slice::from_ref(&saved)
    );
    // A strategy of somebody else is not named.
    let theirs = storage.runs.save(budi, new, Time(8_000)).await.unwrap();
    assert_eq!(theirs.strategy, None);
    assert!(matches!(
        storage.runs.load(budi, saved.id).await,
        Err(StorageError::NotFound)
    ));
    assert!(matches!(
        storage.runs.delete(budi, saved.id).await,
        Err(StorageError::NotFound)
    ));
    // The run outlives its strategy.
    storage.strategies.delete(ada, tested.id).await.unwrap();
    let loaded = storage.runs.load(ada, saved.id).await.unwrap();
    assert_eq!(
        (loaded.summary.strategy, loaded.result.as_str()),
        (None, "[]")
    );
    storage.runs.delete(ada, saved.id).await.unwrap();
    assert!(matches!(
        storage.runs.delete(ada, saved.id).await,
        Err(StorageError::NotFound)
    ));
}

async fn stops_at_the_most(storage: &Storage, owner: Owner) {
    for place in 0..MAX_STRATEGIES {
        storage
            .strategies
            .save(owner, strategy("many"), Time(place))
            .await
            .unwrap();
    }
    let more = storage
        .strategies
        .save(owner, strategy("more"), Time(0))
        .await;
    assert!(
        matches!(more, Err(StorageError::TooMany(MAX_STRATEGIES))),
        "{more:?}"
    );
}

#[tokio::test]
async fn sqlite_keeps_the_contract() {
    let folder = tempfile::tempdir().unwrap();
    let storage = storage::open(folder.path()).await.unwrap();
    contract(&storage).await;
    storage.health.close().await;
}

#[tokio::test]
async fn sqlite_survives_a_restart_and_a_second_server() {
    let folder = tempfile::tempdir().unwrap();
    let owner = Visitor::new().owner();
    let first = storage::open(folder.path()).await.unwrap();
    first
        .strategies
        .save(owner, strategy("kept"), Time(1))
        .await
        .unwrap();
    // The second one while the first is still there.
    let second = storage::open(folder.path()).await.unwrap();
    second
        .strategies
        .save(owner, strategy("also kept"), Time(2))
        .await
        .unwrap();
    first.health.close().await;
    second.health.close().await;
    let third = storage::open(folder.path()).await.unwrap();
    assert_eq!(third.strategies.list(owner).await.unwrap().len(), 2);
    third.health.close().await;
}

#[tokio::test]
async fn many_at_once_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let storage = storage::open(folder.path()).await.unwrap();
    let owner = Visitor::new().owner();
    let saves: Vec<_> = (0..50)
        .map(|place| {
            let storage = storage.clone();
            tokio::spawn(async move {
                storage
                    .strategies
                    .save(owner, strategy("at once"), Time(place))
                    .await
            })
        })
        .collect();
    for save in saves {
        save.await.unwrap().unwrap();
    }
    assert_eq!(storage.strategies.list(owner).await.unwrap().len(), 50);
}
