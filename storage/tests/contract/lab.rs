//! What visitors and accounts keep: strategies and runs.

use protocol::run::{RunFacts, Terms};
use storage::{MAX_STRATEGIES, NewRun, NewStrategy, Owner, Storage, StorageError, Visitor};
use trading::{time::Time, timeframe::Timeframe};

pub(crate) fn strategy(name: &str) -> NewStrategy {
    NewStrategy {
        replaces: None,
        name: name.to_owned(),
        symbol: "XAUUSD".to_owned(),
        timeframe: Timeframe::H1,
        document: format!(r#"{{"name":"{name}"}}"#),
        most: MAX_STRATEGIES,
    }
}

pub(crate) fn run() -> NewRun {
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

pub(crate) async fn keeps(storage: &Storage) {
    let (ada, budi) = (Visitor::new().owner(), Visitor::new().owner());
    saves_and_finds(storage, ada, budi).await;
    keeps_revisions_apart(storage, ada).await;
    keeps_runs(storage, ada, budi).await;
    stops_at_the_most(storage, Visitor::new().owner()).await;
    forgets_who_stays_away(storage).await;
    many_at_once_lose_nothing(storage).await;
    many_at_once_keep_the_most(storage).await;
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

async fn many_at_once_lose_nothing(storage: &Storage) {
    let owner = Visitor::new().owner();
    let saved = at_once(storage, owner, 50).await;
    assert_eq!(saved, 50);
    assert_eq!(storage.strategies.list(owner).await.unwrap().len(), 50);
}

/// Who counts first and saves then could be one of two that both counted one too few.
async fn many_at_once_keep_the_most(storage: &Storage) {
    let owner = Visitor::new().owner();
    let most = usize::try_from(MAX_STRATEGIES).unwrap();
    for place in 0..MAX_STRATEGIES - 5 {
        let saved = storage
            .strategies
            .save(owner, strategy("many"), Time(place));
        saved.await.unwrap();
    }
    assert_eq!(at_once(storage, owner, 20).await, 5);
    assert_eq!(storage.strategies.list(owner).await.unwrap().len(), most);
}

/// How many of so many saves at once went well.
async fn at_once(storage: &Storage, owner: Owner, count: i64) -> usize {
    let saves: Vec<_> = (0..count)
        .map(|place| {
            let storage = storage.clone();
            let save = async move {
                let saved = storage
                    .strategies
                    .save(owner, strategy("at once"), Time(place));
                saved.await.is_ok()
            };
            tokio::spawn(save)
        })
        .collect();
    let mut saved = 0;
    for save in saves {
        saved += usize::from(save.await.unwrap());
    }
    saved
}

pub(crate) async fn refuses_what_there_is_no_room_for(storage: &Storage, most: i64) {
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
