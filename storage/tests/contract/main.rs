//! What every database behind [`storage::Storage`] must do: one suite, on SQLite and on a real
//! PostgreSQL. Without PostgreSQL's programs the tests fail.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod account;
mod backup;
mod lab;
mod ledger;
mod machine;
mod mail;
mod market;
mod queue;
mod report;
mod retired;
mod room;
mod session;
mod span;
mod strategy;
mod tally;
mod told;
mod trail;

use phoenix_test_postgres::Cluster;
use std::collections::BTreeSet;
use storage::{MAX_BYTES, Storage, StorageError, Visitor};
use trading::time::Time;

/// Everything; each part makes owners of its own.
async fn contract(storage: &Storage) {
    storage.check().await.unwrap();
    lab::keeps(storage).await;
    account::keeps(storage).await;
    session::keeps(storage).await;
    trail::keeps(storage).await;
    mail::keeps(storage).await;
    queue::keeps(storage).await;
    machine::keeps(storage).await;
    report::keeps(storage).await;
    retired::keeps(storage).await;
    market::keeps(storage).await;
    strategy::keeps(storage).await;
    span::keeps(storage).await;
    room::keeps(storage).await;
    ledger::keeps(storage).await;
    told::keeps(storage).await;
    tally::keeps(storage).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sqlite_keeps_the_contract() {
    let folder = tempfile::tempdir().unwrap();
    let storage = storage::open(folder.path()).await.unwrap();
    contract(&storage).await;
    assert!(!storage.is_shared());
    storage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn postgres_keeps_the_contract() {
    let cluster = Cluster::start();
    let address = cluster.database().parse().unwrap();
    let storage = storage::connect(&address, MAX_BYTES).await.unwrap();
    contract(&storage).await;
    assert!(storage.is_shared());
    storage.close().await;
}

#[tokio::test]
async fn sqlite_stops_when_it_is_full() {
    const MOST: i64 = 1 << 20;
    let folder = tempfile::tempdir().unwrap();
    let storage = storage::open_with_room(folder.path(), MOST).await.unwrap();
    lab::refuses_what_there_is_no_room_for(&storage, MOST).await;
    storage.close().await;
}

#[tokio::test]
async fn sqlite_survives_a_restart_and_a_second_server() {
    let folder = tempfile::tempdir().unwrap();
    let owner = Visitor::new().owner();
    let first = storage::open(folder.path()).await.unwrap();
    let kept = first.strategies.save(owner, lab::strategy("kept"), Time(1));
    kept.await.unwrap();
    // The second one while the first is still there.
    let second = storage::open(folder.path()).await.unwrap();
    let kept = second
        .strategies
        .save(owner, lab::strategy("also"), Time(2));
    kept.await.unwrap();
    first.close().await;
    second.close().await;
    let third = storage::open(folder.path()).await.unwrap();
    assert_eq!(third.strategies.list(owner).await.unwrap().len(), 2);
    third.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn postgres_may_go_away_and_come_back() {
    let mut cluster = Cluster::start();
    let address = cluster.database().parse().unwrap();
    // Servers that start together bring the tables up to date one after the other.
    let (first, second) = tokio::join!(
        storage::connect(&address, MAX_BYTES),
        storage::connect(&address, MAX_BYTES)
    );
    let (first, second) = (first.unwrap(), second.unwrap());
    let owner = Visitor::new().owner();
    let kept = first.strategies.save(owner, lab::strategy("kept"), Time(1));
    kept.await.unwrap();
    assert_eq!(second.strategies.list(owner).await.unwrap().len(), 1);

    cluster.stop();
    let away = first.strategies.list(owner).await;
    assert!(matches!(away, Err(StorageError::Database(_))), "{away:?}");
    assert!(first.check().await.is_err());
    cluster.resume();
    first.check().await.unwrap();
    assert_eq!(first.strategies.list(owner).await.unwrap().len(), 1);
    first.close().await;
    second.close().await;
}

/// One set of names: what only one of the engines has would be missing in the other.
#[test]
fn both_engines_have_the_same_migrations() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations");
    let names = |engine: &str| -> BTreeSet<String> {
        std::fs::read_dir(folder.join(engine))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect()
    };
    let own = names("sqlite");
    assert_eq!(own, names("postgres"));
    let common = names("both");
    assert!(own.is_disjoint(&common));
    // A text for each is for the first two, and for tables whose shape a library gives.
    assert_eq!(own.len(), 3);
    assert!(common.len() > 2);
}
