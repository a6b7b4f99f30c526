//! PostgreSQL: a server that several processes share.

use super::{Database, migration};
use crate::Result;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use std::time::Duration;

/// Two servers and two workers stay well below PostgreSQL's usual 100.
const CONNECTIONS: u32 = 16;
/// How long a call waits for a free connection, and for one to be made anew.
const PATIENCE: Duration = Duration::from_secs(5);

pub(super) async fn open(url: &str) -> Result<Database> {
    let options: PgConnectOptions = url.parse()?;
    let options = options.application_name("phoenix").options([
        // A call that hangs must not hold its connection for ever, nor its locks.
        ("statement_timeout", "20s"),
        ("idle_in_transaction_session_timeout", "20s"),
    ]);
    let pool = PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(PATIENCE)
        .connect_with(options)
        .await?;
    // sqlx takes an advisory lock for it: servers that start together go one after the other.
    migration::postgres().run(&pool).await?;
    Ok(Database::Postgres(pool))
}
