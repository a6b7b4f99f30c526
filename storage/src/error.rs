//! Why something was not kept or found.

use std::path::PathBuf;

/// What repositories return.
pub type Result<T> = std::result::Result<T, StorageError>;

/// Why something was not kept or found.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// It is not there, or somebody else's.
    #[error("there is no such row of this owner")]
    NotFound,
    /// Another row has what only one may have.
    #[error("there is one already")]
    Exists,
    /// It was changed after it was read.
    #[error("the row was changed meanwhile: it is at revision {0}")]
    Conflict(i64),
    /// It trades: it has to be deactivated first.
    #[error("the strategy trades")]
    Live,
    /// It is put away: it has to be restored first.
    #[error("the strategy is put away")]
    Archived,
    /// The owner has as many as anyone may have.
    #[error("the owner has {0} rows, which is the most")]
    TooMany(i64),
    /// As much was reported as is kept.
    #[error("{most} {what} are the most that are kept")]
    ReportsFull {
        /// Of what there is too much.
        what: &'static str,
        /// How much is kept.
        most: i64,
    },
    /// All owners together have as much as may be kept.
    #[error("the database has {0} bytes, which is the most")]
    Full(i64),
    /// A row cannot be read: another program wrote it, or the disk is broken.
    #[error("a stored row is damaged: {0}")]
    Damaged(String),
    /// There are rows already.
    #[error("the database is not empty")]
    NotEmpty,
    /// The file is no backup that can be restored here.
    #[error("this backup cannot be restored: {0}")]
    NoBackup(&'static str),
    /// A backup could not be written or read.
    #[error("the backup: {0}")]
    Backup(#[source] std::io::Error),
    /// The folder cannot be used.
    #[error("{path} cannot be used: {error}", path = path.display())]
    Folder {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        error: std::io::Error,
    },
    /// The database is of a later or a broken version.
    #[error("the database could not be brought up to date: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// Background work stopped.
    #[error("the queue stopped: {0}")]
    Queue(String),
    /// The database failed.
    #[error("the database failed: {0}")]
    Database(#[from] sqlx::Error),
}
