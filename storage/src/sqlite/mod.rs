//! SQLite: a file in the data folder, one writer and many readers.

mod run;
mod strategy;
mod visitor;

use crate::{Health, MAX_BYTES, Result, Storage, StorageError};
use async_trait::async_trait;
use sqlx::{
    SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{fs, path::Path, sync::Arc, time::Duration};
use trading::timeframe::Timeframe;
use uuid::{NoContext, Timestamp, Uuid};

/// How long a connection waits for another process, such as a copy of the program or a backup.
const PATIENCE: Duration = Duration::from_secs(5);
const READERS: u32 = 4;

/// Two pools over one file. All writing goes through a single connection: then SQLite never has
/// to refuse one of two writers that both began by reading.
#[derive(Debug, Clone)]
struct Database {
    read: SqlitePool,
    write: SqlitePool,
    /// Saves that would take more than this are refused.
    most_bytes: i64,
}

/// Opens the database `phoenix.db` in a folder, which is made if need be, and brings its tables up
/// to date. It takes [`MAX_BYTES`].
///
/// # Errors
/// When the folder cannot be used or the database is of a later version.
pub async fn open(folder: &Path) -> Result<Storage> {
    open_with_room(folder, MAX_BYTES).await
}

/// The same, with another limit of the bytes that all owners may take together.
///
/// # Errors
/// As [`open`].
pub async fn open_with_room(folder: &Path, most_bytes: i64) -> Result<Storage> {
    let failed = |error| StorageError::Folder {
        path: folder.to_owned(),
        error,
    };
    fs::create_dir_all(folder).map_err(failed)?;
    let options = SqliteConnectOptions::new()
        .filename(folder.join("phoenix.db"))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // With WAL a power cut may not break the file, only lose the last saves: FULL loses none.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(PATIENCE);
    let write = SqlitePoolOptions::new()
        .max_connections(1)
        .connect_with(options.clone())
        .await?;
    sqlx::migrate!("../migrations/sqlite").run(&write).await?;
    let read = SqlitePoolOptions::new()
        .max_connections(READERS)
        .connect_with(options.read_only(true).create_if_missing(false))
        .await?;
    let database = Database {
        read,
        write,
        most_bytes,
    };
    Ok(Storage {
        strategies: Arc::new(database.clone()),
        runs: Arc::new(database.clone()),
        visitors: Arc::new(database.clone()),
        health: Arc::new(database),
    })
}

#[async_trait]
impl Health for Database {
    async fn check(&self) -> Result<()> {
        sqlx::query("SELECT 1").execute(&self.read).await?;
        // A folder that became read-only is found here and not at the first save.
        let mut turn = self.write.begin().await?;
        sqlx::query("UPDATE strategies SET revision = revision WHERE 1 = 0")
            .execute(&mut *turn)
            .await?;
        turn.rollback().await?;
        Ok(())
    }

    async fn close(&self) {
        self.read.close().await;
        self.write.close().await;
    }
}

/// A new row's name, made from the time that came with the call.
fn new_id(now: trading::time::Time) -> Uuid {
    let millis = u64::try_from(now.0).unwrap_or(0);
    let nanos = (millis % 1000) as u32 * 1_000_000;
    Uuid::new_v7(Timestamp::from_unix(NoContext, millis / 1000, nanos))
}

fn timeframe(name: &str) -> Result<Timeframe> {
    name.parse()
        .map_err(|_| StorageError::Damaged(format!("timeframe {name}")))
}
