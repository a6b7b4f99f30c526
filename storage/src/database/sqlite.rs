//! SQLite: a file in the data folder.

use super::{Database, migration};
use crate::{Result, StorageError};
use sqlx::{
    Connection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{fs, path::Path, time::Duration};

/// The file's name.
const FILE: &str = "phoenix.db";
/// How long a connection waits for another process, such as a copy of the program or a backup.
const PATIENCE: Duration = Duration::from_secs(5);
const READERS: u32 = 4;

pub(super) async fn open(folder: &Path) -> Result<Database> {
    let failed = |error| StorageError::Folder {
        path: folder.to_owned(),
        error,
    };
    fs::create_dir_all(folder).map_err(failed)?;
    let options = SqliteConnectOptions::new()
        .filename(folder.join(FILE))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // With WAL a power cut may not break the file, only lose the last saves: FULL loses none.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(PATIENCE);
    let write = SqlitePoolOptions::new()
        .max_connections(1)
        // A disk that is full ends a transaction behind sqlx' back, which goes on counting it: such
        // a connection could never begin another.
        .before_acquire(|connection, _| {
            Box::pin(async move { Ok(!connection.is_in_transaction()) })
        })
        .connect_with(options.clone())
        .await?;
    migration::sqlite().run(&write).await?;
    let read = SqlitePoolOptions::new()
        .max_connections(READERS)
        .connect_with(options.read_only(true).create_if_missing(false))
        .await?;
    Ok(Database::Sqlite { read, write })
}
