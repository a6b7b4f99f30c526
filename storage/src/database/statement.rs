//! One SQL text for both engines. This is the only file that knows that there are two ways to send
//! it; repositories write `sql("… $1 …").bind(x).all(&database)`.
//!
//! Reading goes to the readers. Whatever writes and answers with rows does so in a [`Turn`].

use super::{Database, Turn};
use crate::Result;
use futures_util::TryStreamExt;
use sqlx::{AssertSqlSafe, FromRow, postgres::PgRow, sqlite::SqliteRow};
use std::borrow::Cow;
use uuid::Uuid;

/// What is read from a row of either engine.
pub(crate) trait Record:
    for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin
{
}

impl<T> Record for T where
    T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin
{
}

/// A value in the place of a `$n`. Absent ones have their type too: PostgreSQL asks for it.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    Id(Option<Uuid>),
    Int(Option<i64>),
    Real(Option<f64>),
    Text(Option<String>),
    Bytes(Option<Vec<u8>>),
    Flag(Option<bool>),
}

macro_rules! value_from {
    ($($type:ty => $variant:ident),* $(,)?) => {$(
        impl From<$type> for Value {
            fn from(value: $type) -> Self {
                Self::$variant(Some(value.into()))
            }
        }
        impl From<Option<$type>> for Value {
            fn from(value: Option<$type>) -> Self {
                Self::$variant(value.map(Into::into))
            }
        }
    )*};
}
value_from! {
    Uuid => Id, i64 => Int, f64 => Real, &str => Text, String => Text, &String => Text,
    Vec<u8> => Bytes, &[u8] => Bytes, [u8; 32] => Bytes, bool => Flag,
}

/// A statement with the values for its places.
#[derive(Debug, Clone)]
pub(crate) struct Statement {
    text: Cow<'static, str>,
    values: Vec<Value>,
}

/// Begins a statement. The text is part of the program: nothing from outside is ever in it.
pub(crate) fn sql(text: &'static str) -> Statement {
    Statement {
        text: Cow::Borrowed(text),
        values: Vec::new(),
    }
}

/// Begins a statement that names tables and columns of the database's own catalogue, and nothing
/// else that is not a part of the program.
pub(crate) fn sql_of(text: String) -> Statement {
    Statement {
        text: Cow::Owned(text),
        values: Vec::new(),
    }
}

/// Binds the values to a query of whichever engine.
macro_rules! bound {
    ($query:expr, $values:expr) => {{
        let mut query = $query;
        for value in $values {
            query = match value {
                Value::Id(value) => query.bind(value),
                Value::Int(value) => query.bind(value),
                Value::Real(value) => query.bind(value),
                Value::Text(value) => query.bind(value),
                Value::Bytes(value) => query.bind(value),
                Value::Flag(value) => query.bind(value),
            };
        }
        query
    }};
}

impl Statement {
    /// The value of the next place.
    pub(crate) fn bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
    }

    /// Every row, read outside of any turn.
    pub(crate) async fn all<T: Record>(self, database: &Database) -> Result<Vec<T>> {
        Ok(match database {
            Database::Sqlite { read, .. } => {
                let query = bound!(sqlx::query_as(AssertSqlSafe(self.text)), self.values);
                query.fetch_all(read).await?
            }
            Database::Postgres(pool) => {
                let query = bound!(sqlx::query_as(AssertSqlSafe(self.text)), self.values);
                query.fetch_all(pool).await?
            }
        })
    }

    /// Every row, read outside of any turn and handed over one by one: for more rows than there
    /// may be in memory.
    pub(crate) async fn each<T: Record>(
        self,
        database: &Database,
        mut take: impl FnMut(T) + Send,
    ) -> Result<()> {
        match database {
            Database::Sqlite { read, .. } => {
                let query = bound!(
                    sqlx::query_as::<_, T>(AssertSqlSafe(self.text)),
                    self.values
                );
                let mut rows = query.fetch(read);
                while let Some(row) = rows.try_next().await? {
                    take(row);
                }
            }
            Database::Postgres(pool) => {
                let query = bound!(
                    sqlx::query_as::<_, T>(AssertSqlSafe(self.text)),
                    self.values
                );
                let mut rows = query.fetch(pool);
                while let Some(row) = rows.try_next().await? {
                    take(row);
                }
            }
        }
        Ok(())
    }

    /// Every row, in a turn.
    pub(crate) async fn all_in<T: Record>(self, turn: &mut Turn) -> Result<Vec<T>> {
        Ok(match turn {
            Turn::Sqlite(turn) => {
                let query = bound!(sqlx::query_as(AssertSqlSafe(self.text)), self.values);
                query.fetch_all(&mut **turn).await?
            }
            Turn::Postgres(turn) => {
                let query = bound!(sqlx::query_as(AssertSqlSafe(self.text)), self.values);
                query.fetch_all(&mut **turn).await?
            }
        })
    }

    /// The row, if there is one, read outside of any turn.
    pub(crate) async fn maybe<T: Record>(self, database: &Database) -> Result<Option<T>> {
        Ok(self.all(database).await?.pop())
    }

    /// The row, if there is one, in a turn.
    pub(crate) async fn maybe_in<T: Record>(self, turn: &mut Turn) -> Result<Option<T>> {
        Ok(self.all_in(turn).await?.pop())
    }

    /// The row of a statement that always has one, read outside of any turn.
    pub(crate) async fn one<T: Record>(self, database: &Database) -> Result<T> {
        let row = self.maybe(database).await?;
        row.ok_or_else(|| sqlx::Error::RowNotFound.into())
    }

    /// The row of a statement that always has one, in a turn.
    pub(crate) async fn one_in<T: Record>(self, turn: &mut Turn) -> Result<T> {
        let row = self.maybe_in(turn).await?;
        row.ok_or_else(|| sqlx::Error::RowNotFound.into())
    }

    /// Does it as a turn of its own, and says how many rows it touched.
    pub(crate) async fn run(self, database: &Database) -> Result<u64> {
        Ok(match database {
            Database::Sqlite { write, .. } => {
                let query = bound!(sqlx::query(AssertSqlSafe(self.text)), self.values);
                query.execute(write).await?.rows_affected()
            }
            Database::Postgres(pool) => {
                let query = bound!(sqlx::query(AssertSqlSafe(self.text)), self.values);
                query.execute(pool).await?.rows_affected()
            }
        })
    }

    /// Does it in a turn, and says how many rows it touched.
    pub(crate) async fn run_in(self, turn: &mut Turn) -> Result<u64> {
        Ok(match turn {
            Turn::Sqlite(turn) => {
                let query = bound!(sqlx::query(AssertSqlSafe(self.text)), self.values);
                query.execute(&mut **turn).await?.rows_affected()
            }
            Turn::Postgres(turn) => {
                let query = bound!(sqlx::query(AssertSqlSafe(self.text)), self.values);
                query.execute(&mut **turn).await?.rows_affected()
            }
        })
    }
}
