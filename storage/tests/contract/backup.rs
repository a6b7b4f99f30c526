//! A backup holds everything, and comes back on either engine.

use phoenix_test_postgres::Cluster;
use std::{
    io::{self, Cursor, Write},
    sync::mpsc::{Receiver, channel},
    time::Duration,
};
use storage::{MAX_BYTES, Storage, StorageError, Visitor};
use tokio::{runtime::Handle, sync::oneshot, task::spawn_blocking, time::timeout};
use trading::time::Time;

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
        "broker_specs",
        "broker_bars",
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

/// A slow disk: says that something came to it, and takes nothing before it is told to.
struct Slow {
    came: Option<oneshot::Sender<()>>,
    go: Receiver<()>,
    text: Vec<u8>,
}

impl Write for Slow {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Some(came) = self.came.take() {
            came.send(()).unwrap();
            self.go.recv().unwrap();
        }
        self.text.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// And what is written meanwhile is not in it.
async fn others_write_while_a_backup_waits(storage: Storage) {
    const A_WHILE: Duration = Duration::from_secs(5);
    let owner = Visitor::new().owner();
    let save = |name| {
        let kept = storage
            .strategies
            .save(owner, crate::lab::strategy(name), Time(1));
        timeout(A_WHILE, kept)
    };
    save("before").await.unwrap().unwrap();
    let ((came, comes), (go, goes)) = (oneshot::channel(), channel());
    let (handle, of) = (Handle::current(), storage.clone());
    // On a thread of its own: whoever waits for it must not stop who writes.
    let backup = spawn_blocking(move || {
        let mut slow = Slow {
            came: Some(came),
            go: goes,
            text: Vec::new(),
        };
        handle.block_on(of.backup(&mut slow)).unwrap();
        String::from_utf8(slow.text).unwrap()
    });
    comes.await.unwrap();
    let saved = save("meanwhile").await;
    go.send(()).unwrap();
    saved.unwrap().unwrap();
    let text = backup.await.unwrap();
    assert!(text.contains("before") && !text.contains("meanwhile"));
    storage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sqlite_is_written_to_during_a_backup() {
    let folder = tempfile::tempdir().unwrap();
    others_write_while_a_backup_waits(storage::open(folder.path()).await.unwrap()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn postgres_is_written_to_during_a_backup() {
    let cluster = Cluster::start();
    let address = cluster.database().parse().unwrap();
    let storage = storage::connect(&address, MAX_BYTES).await.unwrap();
    others_write_while_a_backup_waits(storage).await;
}
