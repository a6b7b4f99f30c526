//! Everything in a database as one file of lines, and back: into an empty database of either
//! engine, so that it is also the way from SQLite to PostgreSQL.
//!
//! A line is JSON. The first says which version of the tables it is, then each table says its
//! columns and has one line a row, and the last says how many rows there are: a file that was cut
//! short has no last line. Floating-point numbers are written as their bits, and bytes in
//! hexadecimal: what comes back is what was there.

use crate::{
    Result, Storage, StorageError,
    database::{Database, Turn, Value, sql, sql_of},
    queue,
};
use futures_util::TryStreamExt;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use sqlx::{AssertSqlSafe, Row};
use std::io::{BufRead, Write};
use uuid::Uuid;

/// Of the file, not of the tables.
const FORMAT: u32 = 1;
/// Tables that others refer to, before those. A table that is missing here fails the suite's
/// restoring.
const FIRST: [&str; 7] = [
    "accounts",
    "strategies",
    "credentials",
    "executors",
    "broker_accounts",
    "notifications",
    "announcements",
];

/// The first line.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    phoenix_backup: u32,
    migrations: Vec<i64>,
}

/// Before the rows of a table.
#[derive(Debug, Serialize, Deserialize)]
struct Table {
    table: String,
    columns: Vec<(String, Kind)>,
}

/// The last line.
#[derive(Debug, Serialize, Deserialize)]
struct Tail {
    rows: u64,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Id,
    Int,
    Real,
    Text,
    Bytes,
    Flag,
}

impl Kind {
    /// By the words that either engine has for it.
    fn of(name: &str) -> Option<Self> {
        Some(match name.to_ascii_uppercase().as_str() {
            "UUID" | "BLOB" => Self::Id,
            "BIGINT" | "INTEGER" => Self::Int,
            "DOUBLE PRECISION" => Self::Real,
            "TEXT" => Self::Text,
            "BYTEA" => Self::Bytes,
            "BOOLEAN" => Self::Flag,
            _ => return None,
        })
    }
}

impl Storage {
    /// Writes everything, as it is at one moment, and says how many rows there were. Nobody waits
    /// for it, however slow it is written.
    ///
    /// # Errors
    /// When the database fails, or what it is written to.
    pub async fn backup(&self, to: &mut (dyn Write + Send)) -> Result<u64> {
        let database = &self.database;
        let mut turn = database.snapshot().await?;
        let migrations = migrations(&mut turn).await?;
        let head = Head {
            phoenix_backup: FORMAT,
            migrations,
        };
        line(to, &head)?;
        let mut rows = 0;
        for table in tables(database, &mut turn).await? {
            line(to, &table)?;
            rows += write_rows(&mut turn, &table, to).await?;
        }
        line(to, &Tail { rows })?;
        to.flush().map_err(StorageError::Backup)?;
        turn.rollback().await?;
        Ok(rows)
    }

    /// Puts everything of a file into this database, whole or not at all, and says how many rows
    /// there were.
    ///
    /// # Errors
    /// [`StorageError::NotEmpty`]; [`StorageError::NoBackup`] where the file is none, is cut short,
    /// or is of another version of the tables.
    pub async fn restore(&self, from: &mut (dyn BufRead + Send)) -> Result<u64> {
        let database = &self.database;
        let mut turn = database.begin().await?;
        turn.take_time().await?;
        let known = tables(database, &mut turn).await?;
        for table in &known {
            let any = format!("SELECT 1 FROM {} LIMIT 1", table.table);
            if !sql_of(any).all_in::<(i32,)>(&mut turn).await?.is_empty() {
                return Err(StorageError::NotEmpty);
            }
        }
        let mut lines = from.lines();
        let mut next = || -> Result<String> {
            let line = lines
                .next()
                .ok_or(StorageError::NoBackup("it is cut short"))?;
            line.map_err(StorageError::Backup)
        };
        let head: Head = serde_json::from_str(&next()?)
            .map_err(|_| StorageError::NoBackup("its first line is not that of a backup"))?;
        if head.phoenix_backup != FORMAT || head.migrations != migrations(&mut turn).await? {
            let why = "it is of another version of Phoenix: restore it with that one, then update";
            return Err(StorageError::NoBackup(why));
        }
        let mut table: Option<Table> = None;
        let mut rows = 0;
        loop {
            let text = next()?;
            if text.starts_with('[') {
                let into = table.as_ref();
                let into = into.ok_or(StorageError::NoBackup("a row belongs to no table"))?;
                insert(&mut turn, into, &text).await?;
                rows += 1;
            } else if let Ok(begun) = serde_json::from_str::<Table>(&text) {
                // Names go into statements: only those that this database has itself.
                let is_known = known
                    .iter()
                    .any(|one| one.table == begun.table && one.columns == begun.columns);
                if !is_known {
                    return Err(StorageError::NoBackup("it has a table that we do not"));
                }
                table = Some(begun);
            } else {
                let tail: Tail = serde_json::from_str(&text)
                    .map_err(|_| StorageError::NoBackup("a line cannot be read"))?;
                if tail.rows != rows {
                    return Err(StorageError::NoBackup("it lacks rows"));
                }
                turn.commit().await?;
                return Ok(rows);
            }
        }
    }
}

fn line(to: &mut (dyn Write + Send), what: &impl Serialize) -> Result<()> {
    let mut text = serde_json::to_vec(what).map_err(|error| StorageError::Backup(error.into()))?;
    text.push(b'\n');
    to.write_all(&text).map_err(StorageError::Backup)
}

async fn migrations(turn: &mut Turn) -> Result<Vec<i64>> {
    let rows: Vec<(i64,)> = sql("SELECT version FROM _sqlx_migrations ORDER BY version")
        .all_in(turn)
        .await?;
    Ok(rows.into_iter().map(|(version,)| version).collect())
}

/// Every table with its columns, those first that others refer to.
async fn tables(database: &Database, turn: &mut Turn) -> Result<Vec<Table>> {
    let (names, columns) = match database {
        Database::Sqlite { .. } => (
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
            "SELECT name, type FROM pragma_table_info($1) ORDER BY name",
        ),
        Database::Postgres(_) => (
            "SELECT table_name::text FROM information_schema.tables
             WHERE table_schema = current_schema()",
            "SELECT column_name::text, data_type::text FROM information_schema.columns
             WHERE table_schema = current_schema() AND table_name = $1 ORDER BY column_name",
        ),
    };
    let names: Vec<(String,)> = sql(names).all_in(turn).await?;
    let mut names: Vec<String> = names
        .into_iter()
        .map(|(name,)| name)
        // Jobs are made anew from what is due.
        .filter(|name| name != "_sqlx_migrations" && !queue::TABLES.contains(&name.as_str()))
        .collect();
    names.sort_by_key(|name| {
        let place = FIRST.iter().position(|first| first == name);
        (place.unwrap_or(FIRST.len()), name.clone())
    });
    let mut tables = Vec::new();
    for table in names {
        let found: Vec<(String, String)> = sql(columns).bind(&table).all_in(turn).await?;
        let mut columns = Vec::new();
        for (name, kind) in found {
            let kind = Kind::of(&kind).ok_or_else(|| {
                StorageError::Damaged(format!("column {name} of {table} is a {kind}"))
            })?;
            columns.push((name, kind));
        }
        // Collations sort names in more than one way.
        columns.sort_by(|a, b| a.0.cmp(&b.0));
        tables.push(Table { table, columns });
    }
    Ok(tables)
}

fn names(table: &Table) -> String {
    let names: Vec<&str> = table
        .columns
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    names.join(", ")
}

/// A value of a row of either engine.
macro_rules! cell {
    ($row:expr, $at:expr, $kind:expr) => {
        match $kind {
            Kind::Id => $row
                .try_get::<Option<Uuid>, _>($at)?
                .map_or(Json::Null, |id| id.to_string().into()),
            Kind::Int => $row.try_get::<Option<i64>, _>($at)?.into(),
            Kind::Real => $row
                .try_get::<Option<f64>, _>($at)?
                .map_or(Json::Null, |real| format!("{:016x}", real.to_bits()).into()),
            Kind::Text => $row.try_get::<Option<String>, _>($at)?.into(),
            Kind::Bytes => $row
                .try_get::<Option<Vec<u8>>, _>($at)?
                .map_or(Json::Null, |bytes| hex(&bytes).into()),
            Kind::Flag => $row.try_get::<Option<bool>, _>($at)?.into(),
        }
    };
}

async fn write_rows(turn: &mut Turn, table: &Table, to: &mut (dyn Write + Send)) -> Result<u64> {
    let query = format!("SELECT {} FROM {}", names(table), table.table);
    let mut count = 0;
    macro_rules! each {
        ($turn:expr) => {{
            let mut rows = sqlx::query(AssertSqlSafe(query)).fetch(&mut **$turn);
            while let Some(row) = rows.try_next().await? {
                let mut cells = Vec::with_capacity(table.columns.len());
                for (at, (_, kind)) in table.columns.iter().enumerate() {
                    cells.push(cell!(row, at, kind));
                }
                line(to, &Json::Array(cells))?;
                count += 1;
            }
        }};
    }
    match turn {
        Turn::Sqlite(turn) => each!(turn),
        Turn::Postgres(turn) => each!(turn),
    }
    Ok(count)
}

async fn insert(turn: &mut Turn, table: &Table, text: &str) -> Result<()> {
    let broken = || StorageError::NoBackup("a row cannot be read");
    let cells: Vec<Json> = serde_json::from_str(text).map_err(|_| broken())?;
    if cells.len() != table.columns.len() {
        return Err(broken());
    }
    let places: Vec<String> = (1..=cells.len()).map(|place| format!("${place}")).collect();
    let into = format!(
        "INSERT INTO {} ({}) VALUES ({})",
        table.table,
        names(table),
        places.join(", ")
    );
    let mut statement = sql_of(into);
    for (cell, (_, kind)) in cells.iter().zip(&table.columns) {
        statement = statement.bind(value(cell, *kind).ok_or_else(broken)?);
    }
    statement.run_in(turn).await?;
    Ok(())
}

fn value(cell: &Json, kind: Kind) -> Option<Value> {
    let is_null = cell.is_null();
    let text = || cell.as_str();
    Some(match kind {
        Kind::Id if is_null => Value::Id(None),
        Kind::Id => Value::Id(Some(text()?.parse().ok()?)),
        Kind::Int if is_null => Value::Int(None),
        Kind::Int => Value::Int(Some(cell.as_i64()?)),
        Kind::Real if is_null => Value::Real(None),
        Kind::Real => {
            let bits = u64::from_str_radix(text()?, 16).ok()?;
            Value::Real(Some(f64::from_bits(bits)))
        }
        Kind::Text if is_null => Value::Text(None),
        Kind::Text => Value::Text(Some(text()?.to_owned())),
        Kind::Bytes if is_null => Value::Bytes(None),
        Kind::Bytes => Value::Bytes(Some(unhex(text()?)?)),
        Kind::Flag if is_null => Value::Flag(None),
        Kind::Flag => Value::Flag(Some(cell.as_bool()?)),
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.is_ascii() {
        return None;
    }
    let byte = |at| u8::from_str_radix(&text[at..at + 2], 16).ok();
    (0..text.len()).step_by(2).map(byte).collect()
}
