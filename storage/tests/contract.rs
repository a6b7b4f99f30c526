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
    forgets_who_stays_away(storage).await;
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

async fn forgets_who_stays_away(storage: &Storage) {
    const DAY: i64 = 86_400_000;
    let day = |days: i64| Time(days * DAY);
    let [gone, reads, saves, nobody] = [(); 4].map(|()| Visitor::new().owner());
    for owner in [gone, reads, saves] {
        let kept = storage.strategies.save(owner, strategy("kept"), day(1_000));
        let mut tested = run();
        tested.strategy = Some(kept.await.unwrap().id);
        storage.runs.save(owner, tested, day(1_000)).await.unwrap();
    }
    storage.visitors.seen(reads, day(1_050)).await.unwrap();
    storage.visitors.seen(nobody, day(1_050)).await.unwrap();
    storage.runs.save(saves, run(), day(1_060)).await.unwrap();
    // A late clock makes nobody older.
    storage.runs.save(saves, run(), day(1_001)).await.unwrap();

    // The owners of the other tests were here in 1970.
    storage.visitors.forget(day(900)).await.unwrap();
    assert_eq!(storage.visitors.forget(day(1_000)).await.unwrap(), 0);
    assert_eq!(storage.visitors.forget(day(1_010)).await.unwrap(), 1);
    assert!(storage.strategies.list(gone).await.unwrap().is_empty());
    assert!(storage.runs.list(gone).await.unwrap().is_empty());
    for owner in [reads, saves] {
        assert_eq!(storage.strategies.list(owner).await.unwrap().len(), 1);
    }
    assert_eq!(storage.visitors.forget(day(1_055)).await.unwrap(), 1);
    assert!(storage.runs.list(reads).await.unwrap().is_empty());
    assert_eq!(storage.runs.list(saves).await.unwrap().len(), 3);
    assert_eq!(storage.visitors.forget(day(2_000)).await.unwrap(), 1);
    assert!(storage.runs.list(saves).await.unwrap().is_empty());
}

async fn refuses_what_there_is_no_room_for(storage: &Storage, most: i64) {
    let owner = Visitor::new().owner();
    let large = |name: &str| NewStrategy {
        document: "x".repeat(200_000),
        ..strategy(name)
    };
    let mut kept = Vec::new();
    let full = loop {
        assert!(kept.len() < 100, "it is never full");
        match storage
            .strategies
            .save(owner, large("large"), Time(1))
            .await
        {
            Ok(saved) => kept.push(saved),
            Err(full) => break full,
        }
    };
    assert!(matches!(full, StorageError::Full(bytes) if bytes == most));
    assert!(!kept.is_empty());
    let mut result = run();
    result.result = "x".repeat(200_000);
    let run = storage.runs.save(owner, result.clone(), Time(2)).await;
    assert!(matches!(run, Err(StorageError::Full(_))), "{run:?}");
    let mut change = large("changed");
    change.replaces = Some((kept[0].id, 1));
    let changed = storage.strategies.save(owner, change, Time(2)).await;
    assert!(matches!(changed, Err(StorageError::Full(_))), "{changed:?}");
    // Removing makes room at once.
    for one in kept {
        storage.strategies.delete(owner, one.id).await.unwrap();
    }
    storage.runs.save(owner, result, Time(3)).await.unwrap();
}

#[tokio::test]
async fn sqlite_stops_when_it_is_full() {
    const MOST: i64 = 1 << 20;
    let folder = tempfile::tempdir().unwrap();
    let storage = storage::open_with_room(folder.path(), MOST).await.unwrap();
    refuses_what_there_is_no_room_for(&storage, MOST).await;
    storage.health.close().await;
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
