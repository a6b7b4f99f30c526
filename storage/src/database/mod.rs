//! The database behind the repositories: SQLite or PostgreSQL.
//!
//! | file | what |
//! |---|---|
//! | `address.rs` | which database somebody names |
//! | `migration.rs` | the tables, step by step |
//! | `sqlite.rs` | opens a file in the data folder: one writer, many readers |
//! | `postgres.rs` | opens a pool of connections to a server |
//! | `statement.rs` | one SQL text for both, and the only place that tells them apart |
//! | `turn.rs` | transactions |

mod address;
mod migration;
mod postgres;
mod sqlite;
mod statement;
mod turn;

pub use address::{DatabaseAddress, NoDatabase};
pub(crate) use statement::{Value, sql, sql_of};
pub(crate) use turn::Turn;

use crate::Result;
use sqlx::{PgPool, SqlitePool};
use std::path::Path;

/// One of the two engines. A clone is another handle of the same pools.
#[derive(Debug, Clone)]
pub(crate) enum Database {
    /// Two pools over one file. All writing goes through a single connection: then SQLite never
    /// has to refuse one of two writers that both began by reading.
    Sqlite { read: SqlitePool, write: SqlitePool },
    /// One pool for everything.
    Postgres(PgPool),
}

impl Database {
    /// Opens the file in a folder, which is made if need be, and brings its tables up to date.
    pub(crate) async fn sqlite(folder: &Path) -> Result<Self> {
        sqlite::open(folder).await
    }

    /// Connects to a server and brings the tables up to date. Several processes may do it at once.
    pub(crate) async fn postgres(url: &str) -> Result<Self> {
        postgres::open(url).await
    }

    /// Begins a transaction that may write.
    pub(crate) async fn begin(&self) -> Result<Turn> {
        Ok(match self {
            // Not deferred: another process would make the first write of a turn that has read fail.
            Self::Sqlite { write, .. } => Turn::Sqlite(write.begin_with("BEGIN IMMEDIATE").await?),
            Self::Postgres(pool) => Turn::Postgres(pool.begin().await?),
        })
    }

    /// Begins a transaction that only reads, everything as it is at one moment, and takes its
    /// time. Others write meanwhile: on SQLite it is one of the readers.
    pub(crate) async fn snapshot(&self) -> Result<Turn> {
        Ok(match self {
            Self::Sqlite { read, .. } => Turn::Sqlite(read.begin().await?),
            Self::Postgres(pool) => {
                let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
                let mut turn = Turn::Postgres(pool.begin_with(begin).await?);
                turn.take_time().await?;
                turn
            }
        })
    }

    /// How many bytes the rows take.
    pub(crate) async fn bytes(&self, turn: &mut Turn) -> Result<i64> {
        let (bytes,): (i64,) = match self {
            // Pages in use, which SQLite counts itself: adding up rows would read all of them.
            // Pages of removed rows are used again and do not count.
            Self::Sqlite { .. } => sql("SELECT (page_count - freelist_count) * page_size
                 FROM pragma_page_count(), pragma_freelist_count(), pragma_page_size()"),
            // Removed rows count until PostgreSQL has cleaned up after them.
            Self::Postgres(_) => sql("SELECT pg_database_size(current_database())"),
        }
        .one_in(turn)
        .await?;
        Ok(bytes)
    }

    /// Asks for something small, and for leave to write: a folder that became read-only is found
    /// here and not at the first save.
    pub(crate) async fn check(&self) -> Result<()> {
        sql("SELECT 1").all::<(i32,)>(self).await?;
        let mut turn = self.begin().await?;
        sql("UPDATE strategies SET revision = revision WHERE 1 = 0")
            .run_in(&mut turn)
            .await?;
        turn.rollback().await
    }

    /// Ends every connection, so that nothing is left to be written.
    pub(crate) async fn close(&self) {
        match self {
            Self::Sqlite { read, write } => {
                read.close().await;
                write.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}
