//! What is on disk: runs as they are, deals that were recorded, commands of people that were carried
//! out, and what is still to be reported. One SQLite file, written before anything is sent.
//!
//! `rusqlite` and not `sqlx`: a write stands between a bar's close and its orders, on the thread that
//! decides, and takes some ten microseconds so. Writes are in the log of SQLite (WAL) when a call
//! returns, and outlive the program however it ends. When the power fails the last of them may be
//! lost: then the broker's lists and the marks on its orders tell what there is.

mod command;
mod deal;
mod tidy;

pub use command::{CommandRow, Given};

use self::tidy::Tidy;
use crate::trade::{Write, account::Stored, limit::Watch, state::RunState};
use protocol::{
    id::{AccountId, BrokerAccountId, StrategyId},
    link::part::CommandNumber,
};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use std::path::Path;
use trading::{symbol::Symbol, time::Time};

const VERSION: i64 = 2;
const TABLES: &str = "
CREATE TABLE executor(
  id INTEGER PRIMARY KEY CHECK(id = 1),
  -- 1: nothing is to be opened on any account
  is_stopped INTEGER NOT NULL DEFAULT 0,
  last_run INTEGER NOT NULL,
  -- the server's account that this computer is of
  owner TEXT
) STRICT;
-- Numbers of runs begin with the minutes since 2020: where a journal was lost, what bears the mark of
-- one of its runs is not taken for another's. They have 24 bits.
INSERT INTO executor(id, last_run) VALUES(1, min(max(unixepoch() / 60 - 26297280, 0), 16000000));
CREATE TABLE account(
  id INTEGER PRIMARY KEY,
  server TEXT NOT NULL,
  login INTEGER NOT NULL,
  newest INTEGER NOT NULL DEFAULT 0,
  watch TEXT NOT NULL DEFAULT '{\"day\":null,\"peak\":null,\"equity\":null}',
  is_stopped INTEGER NOT NULL DEFAULT 0,
  currency TEXT,
  -- what the server calls it
  name TEXT,
  UNIQUE(server, login)
) STRICT;
CREATE TABLE symbol(
  account INTEGER NOT NULL REFERENCES account(id),
  wanted TEXT NOT NULL,
  chosen TEXT NOT NULL,
  PRIMARY KEY(account, wanted)
) STRICT;
CREATE TABLE run(
  number INTEGER PRIMARY KEY,
  account INTEGER NOT NULL REFERENCES account(id),
  strategy TEXT NOT NULL,
  version INTEGER NOT NULL,
  document TEXT NOT NULL,
  -- 1: of a strategy of whom this computer belonged before
  is_foreign INTEGER NOT NULL DEFAULT 0
) STRICT;
-- Written at every bar: so it is short, and lies apart from the document.
CREATE TABLE state(
  run INTEGER PRIMARY KEY REFERENCES run(number),
  body TEXT NOT NULL
) STRICT;
CREATE INDEX run_of_account ON run(account);
CREATE TABLE deal(
  account INTEGER NOT NULL REFERENCES account(id),
  ticket INTEGER NOT NULL,
  time INTEGER NOT NULL,
  body TEXT NOT NULL,
  -- 1: the server has it; 2: the server refuses it for what it is
  is_reported INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY(account, ticket)
) STRICT;
CREATE INDEX deal_to_report ON deal(account, time) WHERE is_reported = 0;
CREATE TABLE command(
  id TEXT PRIMARY KEY,
  account INTEGER,
  number INTEGER,
  ended TEXT,
  is_reported INTEGER NOT NULL DEFAULT 0
) STRICT;
";

/// From the first form to the second.
const SECOND: &str = "
ALTER TABLE executor ADD COLUMN last_run INTEGER NOT NULL DEFAULT 0;
UPDATE executor SET last_run = max(
  min(max(unixepoch() / 60 - 26297280, 0), 16000000),
  coalesce((SELECT max(number) FROM run), 0));
ALTER TABLE executor ADD COLUMN owner TEXT;
ALTER TABLE account ADD COLUMN currency TEXT;
ALTER TABLE run ADD COLUMN is_foreign INTEGER NOT NULL DEFAULT 0;
";

/// The journal.
#[derive(Debug)]
pub struct Journal {
    db: Connection,
    tidy: Option<Tidy>,
}

/// Why something is not on disk.
#[derive(Debug, thiserror::Error)]
pub enum JournalFault {
    /// The disk is full, or the file cannot be written or read.
    #[error("the journal cannot be written or read: {0}")]
    Disk(#[from] rusqlite::Error),
    /// What stands there is not understood.
    #[error("the journal holds something that is not understood: {0}")]
    Strange(#[from] serde_json::Error),
    /// The system gives no thread.
    #[error("the journal has no thread: {0}")]
    Thread(std::io::Error),
    /// It is of a later version.
    #[error("the journal was written by a later version of this program (form {0})")]
    Later(i64),
}

/// An account's place in the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountRow(i64);

/// A run that was begun once.
#[derive(Debug, Clone, PartialEq)]
pub struct RunRow {
    /// Its number, in command numbers too.
    pub number: u32,
    /// The strategy.
    pub strategy: StrategyId,
    /// Its version.
    pub version: i64,
    /// The document's JSON text.
    pub document: String,
    /// What it remembers.
    pub state: RunState,
}

impl Journal {
    /// Opens the journal, and makes it where there is none.
    ///
    /// # Errors
    /// When it cannot be written, or was written by a later version.
    pub fn open(path: &Path) -> Result<Self, JournalFault> {
        let mut journal = Self::prepare(Connection::open(path)?)?;
        // By somebody else, beside: it waits for the disk, and an order would wait with it.
        journal.db.pragma_update(None, "wal_autocheckpoint", 0)?;
        journal.tidy = Some(Tidy::of(path)?);
        Ok(journal)
    }

    /// A journal that nothing outlives, for trying.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub fn in_memory() -> Result<Self, JournalFault> {
        Self::prepare(Connection::open_in_memory()?)
    }

    fn prepare(mut db: Connection) -> Result<Self, JournalFault> {
        db.pragma_update(None, "journal_mode", "wal")?;
        db.pragma_update(None, "synchronous", "normal")?;
        db.pragma_update(None, "foreign_keys", true)?;
        let version: i64 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
        match version {
            0 => {
                let all = db.transaction()?;
                all.execute_batch(TABLES)?;
                all.pragma_update(None, "user_version", VERSION)?;
                all.commit()?;
            }
            1 => {
                let all = db.transaction()?;
                all.execute_batch(SECOND)?;
                all.pragma_update(None, "user_version", VERSION)?;
                all.commit()?;
            }
            VERSION => {}
            later => return Err(JournalFault::Later(later)),
        }
        Ok(Self { db, tidy: None })
    }

    /// The place of an account, made where there is none.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn account(&self, server: &str, login: i64) -> Result<AccountRow, JournalFault> {
        self.db.execute(
            "INSERT INTO account(server, login) VALUES(?1, ?2) ON CONFLICT DO NOTHING",
            params![server, login],
        )?;
        let id = self.db.query_row(
            "SELECT id FROM account WHERE server = ?1 AND login = ?2",
            params![server, login],
            |row| row.get(0),
        )?;
        Ok(AccountRow(id))
    }

    /// Lets no account open anything, also none that is yet to come; or all of them again.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn stop(&mut self, is_stopped: bool) -> Result<(), JournalFault> {
        let all = self.db.transaction()?;
        all.execute("UPDATE executor SET is_stopped = ?1", [is_stopped])?;
        all.execute("UPDATE account SET is_stopped = ?1", [is_stopped])?;
        all.commit()?;
        Ok(())
    }

    /// Keeps in which money an account is.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn keeps_in(&self, account: AccountRow, currency: &str) -> Result<(), JournalFault> {
        self.db.execute(
            "UPDATE account SET currency = ?2 WHERE id = ?1 AND currency IS NOT ?2",
            params![account.0, currency],
        )?;
        Ok(())
    }

    /// Server, login and money of an account.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn account_at(
        &self,
        account: AccountRow,
    ) -> Result<Option<(String, i64, String)>, JournalFault> {
        let found = self.db.query_row(
            "SELECT server, login, currency FROM account WHERE id = ?1 AND currency IS NOT NULL",
            [account.0],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        );
        Ok(found.optional()?)
    }

    /// Whose this computer is at the server. Where it was another's, deals and ends of commands that
    /// still wait were for that one: they are kept here, and told to nobody, and of what its strategies
    /// still have open nobody is told which they are. Says how many deals that were.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn owned_by(&mut self, owner: AccountId) -> Result<usize, JournalFault> {
        let owner = owner.to_string();
        let all = self.db.transaction()?;
        let before: Option<String> =
            all.query_row("SELECT owner FROM executor", [], |row| row.get(0))?;
        if before.as_ref() == Some(&owner) {
            return Ok(0);
        }
        let mut deals = 0;
        if before.is_some() {
            let aside = "UPDATE deal SET is_reported = 2 WHERE is_reported = 0";
            deals = all.execute(aside, [])?;
            let told = "UPDATE command SET is_reported = 1 WHERE is_reported = 0";
            all.execute(told, [])?;
            all.execute("UPDATE account SET name = NULL", [])?;
            all.execute("UPDATE run SET is_foreign = 1", [])?;
        }
        all.execute("UPDATE executor SET owner = ?1", [owner])?;
        all.commit()?;
        Ok(deals)
    }

    /// Whether a run is of a strategy of whom this computer belonged before.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn is_foreign(&self, run: u32) -> Result<bool, JournalFault> {
        let mut of = self
            .db
            .prepare_cached("SELECT is_foreign FROM run WHERE number = ?1")?;
        let found = of.query_row([run], |row| row.get(0)).optional()?;
        Ok(found.unwrap_or(false))
    }

    /// Keeps what the server calls an account.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn name_account(
        &self,
        account: AccountRow,
        name: BrokerAccountId,
    ) -> Result<(), JournalFault> {
        let named = "UPDATE account SET name = ?2 WHERE id = ?1 AND name IS NOT ?2";
        self.db
            .prepare_cached(named)?
            .execute(params![account.0, name.to_string()])?;
        Ok(())
    }

    /// The account that the server calls so.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn account_of(&self, name: BrokerAccountId) -> Result<Option<AccountRow>, JournalFault> {
        let found = self.db.query_row(
            "SELECT id FROM account WHERE name = ?1",
            [name.to_string()],
            |row| row.get(0),
        );
        Ok(found.optional()?.map(AccountRow))
    }

    /// What of an account outlived the program.
    ///
    /// # Errors
    /// When the disk fails, or what stands there is not understood.
    pub fn stored(&self, account: AccountRow) -> Result<Stored, JournalFault> {
        let (newest, watch, is_stopped): (i64, String, bool) = self.db.query_row(
            "SELECT newest, watch, account.is_stopped OR executor.is_stopped
             FROM account, executor WHERE account.id = ?1",
            [account.0],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )?;
        let watch: Watch = serde_json::from_str(&watch)?;
        let mut deals = self
            .db
            .prepare("SELECT ticket, time FROM deal WHERE account = ?1")?;
        let rows = deals.query_map([account.0], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?))
        })?;
        let mut stored = Stored {
            newest: CommandNumber::new(newest.cast_unsigned()),
            watch,
            is_stopped,
            ..Stored::default()
        };
        for row in rows {
            let (ticket, time) = row?;
            stored.deals.insert(ticket);
            stored.newest_deal = stored.newest_deal.max(Some(Time(time)));
        }
        Ok(stored)
    }

    /// The runs of an account that have something to do still: those that trade, and those that have
    /// positions or orders.
    ///
    /// # Errors
    /// When the disk fails, or what stands there is not understood.
    pub fn runs(&self, account: AccountRow) -> Result<Vec<RunRow>, JournalFault> {
        let mut runs = self.db.prepare(
            "SELECT number, strategy, version, document, body
             FROM run JOIN state ON run = number WHERE account = ?1 ORDER BY number",
        )?;
        let rows = runs.query_map([account.0], |row| {
            Ok((
                row.get::<_, u32>(0)?,
                row.get::<_, String>(1)?,
                row.get::<_, i64>(2)?,
                row.get::<_, String>(3)?,
                row.get::<_, String>(4)?,
            ))
        })?;
        let mut all = Vec::new();
        for row in rows {
            let (number, strategy, version, document, state) = row?;
            all.push(RunRow {
                number,
                strategy: serde_json::from_value(strategy.into())?,
                version,
                document,
                state: serde_json::from_str(&state)?,
            });
        }
        Ok(all)
    }

    /// What the trader said that the broker calls a symbol.
    ///
    /// # Errors
    /// When the disk fails, or what stands there is not understood.
    pub fn symbol(
        &self,
        account: AccountRow,
        wanted: &Symbol,
    ) -> Result<Option<Symbol>, JournalFault> {
        let chosen: Option<String> = self
            .db
            .prepare_cached("SELECT chosen FROM symbol WHERE account = ?1 AND wanted = ?2")?
            .query_row(params![account.0, wanted.to_string()], |row| row.get(0))
            .optional()?;
        let chosen = chosen.map(|chosen| serde_json::from_value(chosen.into()));
        Ok(chosen.transpose()?)
    }

    /// Keeps what the trader says that the broker calls a symbol.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn name_symbol(
        &self,
        account: AccountRow,
        wanted: &Symbol,
        chosen: &Symbol,
    ) -> Result<(), JournalFault> {
        self.db.execute(
            "INSERT INTO symbol(account, wanted, chosen) VALUES(?1, ?2, ?3)
             ON CONFLICT(account, wanted) DO UPDATE SET chosen = excluded.chosen",
            params![account.0, wanted.to_string(), chosen.to_string()],
        )?;
        Ok(())
    }

    /// Begins a run. Its number is given to no other, ever.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn begin(
        &mut self,
        account: AccountRow,
        strategy: StrategyId,
        version: i64,
        document: &str,
        state: &RunState,
    ) -> Result<u32, JournalFault> {
        let state = serde_json::to_string(state)?;
        let all = self.db.transaction()?;
        let next = "UPDATE executor SET last_run = last_run + 1 RETURNING last_run";
        let number = all.query_row(next, [], |row| row.get(0))?;
        all.execute(
            "INSERT INTO run(number, account, strategy, version, document)
             VALUES(?1, ?2, ?3, ?4, ?5)",
            params![number, account.0, strategy.to_string(), version, document],
        )?;
        let begun = "INSERT INTO state(run, body) VALUES(?1, ?2)";
        all.execute(begun, params![number, state])?;
        all.commit()?;
        Ok(number)
    }

    /// Writes what a moment brought, all of it or nothing.
    ///
    /// # Errors
    /// When the disk fails. Then nothing that follows from it may be sent.
    pub fn write(&mut self, account: AccountRow, writes: &[Write]) -> Result<(), JournalFault> {
        if writes.is_empty() {
            return Ok(());
        }
        let all = self.db.transaction()?;
        for write in writes {
            put(&all, account, write)?;
        }
        all.commit()?;
        if let Some(tidy) = &mut self.tidy {
            tidy.written();
        }
        Ok(())
    }
}

fn put(all: &Transaction<'_>, account: AccountRow, write: &Write) -> Result<(), JournalFault> {
    match write {
        Write::Run { run, state } => {
            let state = serde_json::to_string(state)?;
            all.prepare_cached("UPDATE state SET body = ?2 WHERE run = ?1")?
                .execute(params![run, state])?;
        }
        Write::Number(number) => {
            all.prepare_cached("UPDATE account SET newest = ?2 WHERE id = ?1")?
                .execute(params![account.0, number.0.get().cast_signed()])?;
        }
        Write::Watch(watch) => {
            let watch = serde_json::to_string(watch)?;
            all.prepare_cached("UPDATE account SET watch = ?2 WHERE id = ?1")?
                .execute(params![account.0, watch])?;
        }
        Write::Stopped(is_stopped) => {
            all.prepare_cached("UPDATE account SET is_stopped = ?2 WHERE id = ?1")?
                .execute(params![account.0, is_stopped])?;
        }
        Write::Deal { deal, run } => {
            let strategy = match run {
                Some(run) => all
                    .prepare_cached(
                        "SELECT strategy, version FROM run WHERE number = ?1 AND is_foreign = 0",
                    )?
                    .query_row([run], |row| {
                        Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?))
                    })
                    .optional()?,
                None => None,
            };
            deal::put(all, account, deal, strategy)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Journal, JournalFault};
    use crate::trade::state::RunState;
    use protocol::id::StrategyId;
    use rusqlite::Connection;

    /// What a journal of the first form has more or less than one of today.
    const BACK: &str = "
        ALTER TABLE executor DROP COLUMN last_run;
        ALTER TABLE executor DROP COLUMN owner;
        ALTER TABLE account DROP COLUMN currency;
        ALTER TABLE run DROP COLUMN is_foreign;
        PRAGMA user_version = 1;";

    fn begin(journal: &mut Journal) -> u32 {
        let account = journal.account("Broker", 5).unwrap();
        let strategy = StrategyId(uuid::Uuid::from_u128(1));
        let begun = journal.begin(account, strategy, 1, "{}", &RunState::default());
        begun.unwrap()
    }

    #[test]
    fn runs_of_a_journal_that_was_lost_have_other_numbers() {
        let folder = tempfile::tempdir().unwrap();
        let first = begin(&mut Journal::open(&folder.path().join("one")).unwrap());
        // More than five years of minutes, and room for as many again.
        assert!((3_000_000..16_000_000).contains(&first), "{first}");
        let mut one = Journal::open(&folder.path().join("one")).unwrap();
        assert_eq!(begin(&mut one), first + 1);
    }

    #[test]
    fn a_journal_of_the_first_form_goes_on() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal.db");
        let number = begin(&mut Journal::open(&path).unwrap());
        Connection::open(&path)
            .unwrap()
            .execute_batch(BACK)
            .unwrap();
        let mut journal = Journal::open(&path).unwrap();
        assert!(begin(&mut journal) > number);
        assert!(!journal.is_foreign(number).unwrap());
        let later = "PRAGMA user_version = 3";
        Connection::open(&path)
            .unwrap()
            .execute_batch(later)
            .unwrap();
        assert!(matches!(Journal::open(&path), Err(JournalFault::Later(3))));
    }
}
