//! PostgreSQL: a server that several processes share.

use super::{Database, migration};
use crate::Result;
use sqlx::{
    PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::time::Duration;

/// Two servers and two workers stay well below PostgreSQL's usual 100.
const CONNECTIONS: u32 = 16;
/// How long a call waits for a free connection, and for one to be made anew.
const PATIENCE: Duration = Duration::from_secs(5);

/// A call that hangs must not hold its connection for ever, nor its locks.
const LIMIT: &str = "20s";
/// What takes as long as there are rows: a new index, a table that is filled.
const NO_LIMIT: &str = "0";

pub(super) async fn open(url: &str) -> Result<Database> {
    let alone = connect(url, 1, NO_LIMIT).await?;
    // sqlx takes an advisory lock for it: servers that start together go one after the other.
    let migrated = migration::postgres().run(&alone).await;
    alone.close().await;
    migrated?;
    Ok(Database::Postgres(connect(url, CONNECTIONS, LIMIT).await?))
}

/// A pool of so many connections, on which a statement may take so long, and a transaction that
/// does nothing.
async fn connect(url: &str, most: u32, limit: &str) -> Result<PgPool> {
    let options: PgConnectOptions = url.parse()?;
    let options = options.application_name("phoenix").options([
        ("statement_timeout", limit),
        ("idle_in_transaction_session_timeout", limit),
    ]);
    let pool = PgPoolOptions::new()
        .max_connections(most)
        .acquire_timeout(PATIENCE)
        .connect_with(options)
        .await?;
    Ok(pool)
}

#[cfg(test)]
mod tests {
    use super::{LIMIT, NO_LIMIT, connect, open};
    use crate::database::{Turn, sql};
    use phoenix_test_postgres::Cluster;

    const ASK: &str = "SELECT current_setting('statement_timeout'),
                              current_setting('idle_in_transaction_session_timeout')";

    async fn limits(turn: &mut Turn) -> [String; 2] {
        let (statement, idle): (String, String) = sql(ASK).one_in(turn).await.unwrap();
        [statement, idle]
    }

    #[tokio::test]
    async fn calls_end_in_time_and_what_reads_or_writes_everything_does_not() {
        let cluster = Cluster::start();
        let url = cluster.database();
        let database = open(&url).await.unwrap();
        assert_eq!(
            limits(&mut database.begin().await.unwrap()).await,
            [LIMIT; 2]
        );
        let mut backup = database.snapshot().await.unwrap();
        assert_eq!(limits(&mut backup).await, [NO_LIMIT; 2]);
        let wrote = sql("DELETE FROM accounts").run_in(&mut backup).await;
        assert!(wrote.is_err(), "a snapshot is for reading");
        drop(backup);
        let mut restore = database.begin().await.unwrap();
        restore.take_time().await.unwrap();
        assert_eq!(limits(&mut restore).await, [NO_LIMIT; 2]);
        restore.commit().await.unwrap();
        // Not for those who get the connection next.
        assert_eq!(
            limits(&mut database.begin().await.unwrap()).await,
            [LIMIT; 2]
        );
        // Changes of tables.
        let alone = connect(&url, 1, NO_LIMIT).await.unwrap();
        let asked: (String, String) = sqlx::query_as(ASK).fetch_one(&alone).await.unwrap();
        assert_eq!(asked, (NO_LIMIT.to_owned(), NO_LIMIT.to_owned()));
        alone.close().await;
        database.close().await;
    }
}
