//! A backup holds everything, and comes back on either engine.

use phoenix_test_postgres::Cluster;
use std::io::Cursor;
use storage::{MAX_BYTES, Storage, StorageError};

/// The lines, sorted: engines give rows in whichever order.
async fn lines(storage: &Storage) -> Vec<String> {
    let mut text = Vec::new();
    let rows = storage.backup(&mut text).await.unwrap();
    let text = String::from_utf8(text).unwrap();
    assert!(rows > 300, "{rows}");
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    lines.sort();
    lines
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_goes_from_one_engine_to_the_other_and_back() {
    let folder = tempfile::tempdir().unwrap();
    let first = storage::open(&folder.path().join("first")).await.unwrap();
    crate::contract(&first).await;
    let everything = lines(&first).await;
    for table in [
        "accounts",
        "runs",
        "deals",
        "activations",
        "excesses",
        "strategy_versions",
        "ledgers",
        "sessions",
        "credentials",
        "notifications",
        "webhooks",
        "feature_overrides",
        "announcement_dismissals",
    ] {
        let begins = format!("{{\"table\":\"{table}\"");
        assert!(
            everything.iter().any(|line| line.starts_with(&begins)),
            "{table}"
        );
    }
    let cluster = Cluster::start();
    let address = cluster.database().parse().unwrap();
    let second = storage::connect(&address, MAX_BYTES).await.unwrap();
    let third = storage::open(&folder.path().join("third")).await.unwrap();
    let mut text = Vec::new();
    first.backup(&mut text).await.unwrap();
    let rows = second.restore(&mut Cursor::new(text)).await.unwrap();
    assert!(rows > 300, "{rows}");
    assert_eq!(lines(&second).await, everything);
    let mut text = Vec::new();
    second.backup(&mut text).await.unwrap();
    third.restore(&mut Cursor::new(&text)).await.unwrap();
    assert_eq!(lines(&third).await, everything);
    // What is there is not written over.
    let again = third.restore(&mut Cursor::new(&text)).await;
    assert!(matches!(again, Err(StorageError::NotEmpty)), "{again:?}");
    for storage in [first, second, third] {
        storage.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_backup_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let full = storage::open(&folder.path().join("full")).await.unwrap();
    crate::account::account(&full, "uli").await;
    let mut text = Vec::new();
    full.backup(&mut text).await.unwrap();
    let text = String::from_utf8(text).unwrap();
    let empty = storage::open(&folder.path().join("empty")).await.unwrap();
    let cut: Vec<&str> = text.lines().collect();
    let cut = cut[..cut.len() - 1].join("\n");
    for broken in [
        String::new(),
        "{}".to_owned(),
        cut,
        text.replace("\"phoenix_backup\":1", "\"phoenix_backup\":2"),
        text.replace("[1,2,", "[1,2,99,"),
        text.replace(
            "\"table\":\"accounts\"",
            "\"table\":\"accounts; DROP TABLE runs\"",
        ),
        text.replace("uli@example.com\",", "uli@example.com\",1,"),
        text.replace("{\"rows\":1}", "{\"rows\":2}"),
        text.replace("{\"rows\":1}", "nonsense"),
    ] {
        assert_ne!(broken, text);
        let restored = empty.restore(&mut Cursor::new(&broken)).await;
        assert!(
            matches!(restored, Err(StorageError::NoBackup(_))),
            "{restored:?}: {broken}"
        );
    }
    // None of them left anything.
    assert_eq!(empty.restore(&mut Cursor::new(&text)).await.unwrap(), 1);
}
