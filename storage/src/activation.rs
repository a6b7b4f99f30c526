//! What trades: which version of which strategy on which account at a broker, from when until when.

use crate::{
    AuditEntry, NewMail, Notice, Notices, Owner, Result, StorageError, audit,
    database::{Database, Turn, sql},
    mail,
    notice::Subject,
    row::new_id,
};
use protocol::{
    api::{
        report::BrokerLogin,
        strategy::{NewActivation, Place},
    },
    id::{AccountId, BrokerAccountId, StrategyId},
};
use sqlx::FromRow;
use trading::time::Time;
use uuid::Uuid;

/// A strategy that trades.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Live {
    /// Which.
    pub strategy: StrategyId,
    /// In which version.
    pub version: i64,
    /// Where.
    pub on: Place,
    /// Since when it trades without a break, whichever version.
    pub since: Time,
    /// Since when this version does.
    pub started_at: Time,
}

/// The same with what an executor needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveDocument {
    /// What trades.
    pub live: Live,
    /// Which account that is at the broker, where it is one.
    pub login: Option<BrokerLogin>,
    /// The JSON text of the version.
    pub document: String,
}

/// What came of activating.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Activated {
    /// It trades from now on.
    Now(Live),
    /// It did so already: nothing changed.
    Before(Live),
}

#[derive(FromRow)]
struct Row {
    strategy_id: Uuid,
    version: i64,
    broker_account_id: Option<Uuid>,
    since: i64,
    started_at: i64,
}

#[derive(FromRow)]
struct Ended {
    #[sqlx(flatten)]
    row: Row,
    ended_at: Option<i64>,
}

#[derive(FromRow)]
struct Whole {
    #[sqlx(flatten)]
    row: Row,
    login: Option<i64>,
    server: Option<String>,
    document: String,
}

impl From<Row> for Live {
    fn from(row: Row) -> Self {
        Self {
            strategy: StrategyId(row.strategy_id),
            version: row.version,
            on: place(row.broker_account_id),
            since: Time(row.since),
            started_at: Time(row.started_at),
        }
    }
}

/// Where that is.
pub(crate) fn place(broker_account: Option<Uuid>) -> Place {
    let one = |id| Place::BrokerAccount(BrokerAccountId(id));
    broker_account.map_or(Place::EveryAccount, one)
}

/// What trades.
#[derive(Debug, Clone)]
pub struct Activations {
    database: Database,
    notices: Notices,
}

impl Activations {
    pub(crate) fn new(database: Database, notices: Notices) -> Self {
        Self { database, notices }
    }

    /// Everything of an account that trades, what does so longest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn live(&self, account: AccountId) -> Result<Vec<Live>> {
        let rows: Vec<Row> = sql(
            "SELECT strategy_id, version, broker_account_id, since, started_at
             FROM activations WHERE account_id = $1 AND ended_at IS NULL
             ORDER BY since, strategy_id",
        )
        .bind(account.0)
        .all(&self.database)
        .await?;
        Ok(rows.into_iter().map(Live::from).collect())
    }

    /// Everything of an account that ever traded, and until when, the first first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn history(&self, account: AccountId) -> Result<Vec<(Live, Option<Time>)>> {
        let rows: Vec<Ended> = sql(
            "SELECT strategy_id, version, broker_account_id, since, started_at, ended_at
             FROM activations WHERE account_id = $1 ORDER BY started_at, id",
        )
        .bind(account.0)
        .all(&self.database)
        .await?;
        let pair = |row: Ended| (row.row.into(), row.ended_at.map(Time));
        Ok(rows.into_iter().map(pair).collect())
    }

    /// Everything that trades, with the documents.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn documents(&self, account: AccountId) -> Result<Vec<LiveDocument>> {
        let rows: Vec<Whole> = sql(
            "SELECT a.strategy_id, a.version, a.broker_account_id, a.since, a.started_at,
                    b.login, b.server, v.document
             FROM activations a
             JOIN strategy_versions v
               ON v.strategy_id = a.strategy_id AND v.number = a.version
             LEFT JOIN broker_accounts b ON b.id = a.broker_account_id
             WHERE a.account_id = $1 AND a.ended_at IS NULL
             ORDER BY a.since, a.strategy_id",
        )
        .bind(account.0)
        .all(&self.database)
        .await?;
        rows.into_iter()
            .map(|row| {
                let damaged = |_| StorageError::Damaged("the server of a broker account".into());
                let login = match (row.login, row.server) {
                    (Some(login), Some(server)) => Some(BrokerLogin {
                        login,
                        server: server.parse().map_err(damaged)?,
                    }),
                    _ => None,
                };
                Ok(LiveDocument {
                    live: row.row.into(),
                    login,
                    document: row.document,
                })
            })
            .collect()
    }

    /// Lets a version trade, in the place of another of the same strategy if one does. `most` is
    /// how many strategies of the account may trade.
    ///
    /// # Errors
    /// [`StorageError::NotFound`] where the strategy, the version or the account at a broker is
    /// not there or somebody else's; [`StorageError::Archived`]; [`StorageError::TooMany`], never
    /// where another version of it traded already.
    pub async fn activate(
        &self,
        account: AccountId,
        strategy: StrategyId,
        new: &NewActivation,
        most: i64,
        now: Time,
    ) -> Result<Activated> {
        let mut turn = self.database.begin().await?;
        turn.lock(account.0).await?;
        if is_archived(&mut turn, account, strategy).await? {
            return Err(StorageError::Archived);
        }
        let broker_account = there(&mut turn, account, strategy, new).await?;
        let former: Option<Row> = sql(
            "SELECT strategy_id, version, broker_account_id, since, started_at
             FROM activations WHERE strategy_id = $1 AND ended_at IS NULL",
        )
        .bind(strategy.0)
        .maybe_in(&mut turn)
        .await?;
        let since = match former.map(Live::from) {
            Some(live) if live.version == new.version && live.on == new.on => {
                return Ok(Activated::Before(live));
            }
            Some(live) => {
                end(&mut turn, strategy, now).await?;
                live.since
            }
            None => {
                let (count,): (i64,) = sql("SELECT COUNT(*) FROM activations
                     WHERE account_id = $1 AND ended_at IS NULL")
                .bind(account.0)
                .one_in(&mut turn)
                .await?;
                if count >= most {
                    return Err(StorageError::TooMany(most));
                }
                now
            }
        };
        sql("INSERT INTO activations
               (id, account_id, strategy_id, version, broker_account_id, since, started_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(new_id(now))
        .bind(account.0)
        .bind(strategy.0)
        .bind(new.version)
        .bind(broker_account)
        .bind(since.0)
        .bind(now.0)
        .run_in(&mut turn)
        .await?;
        self.finish(turn, account, strategy).await?;
        Ok(Activated::Now(Live {
            strategy,
            version: new.version,
            on: new.on,
            since,
            started_at: now,
        }))
    }

    /// Lets a strategy trade no more; says whether it did.
    ///
    /// # Errors
    /// [`StorageError::NotFound`], also where it is somebody else's.
    pub async fn deactivate(
        &self,
        account: AccountId,
        strategy: StrategyId,
        now: Time,
    ) -> Result<bool> {
        let mut turn = self.database.begin().await?;
        turn.lock(account.0).await?;
        is_archived(&mut turn, account, strategy).await?;
        if end(&mut turn, strategy, now).await? == 0 {
            return Ok(false);
        }
        self.finish(turn, account, strategy).await?;
        Ok(true)
    }

    /// Puts a strategy away; says whether it was not before.
    ///
    /// # Errors
    /// [`StorageError::NotFound`], also where it is somebody else's; [`StorageError::Live`].
    pub async fn archive(
        &self,
        account: AccountId,
        strategy: StrategyId,
        now: Time,
    ) -> Result<bool> {
        let mut turn = self.database.begin().await?;
        turn.lock(account.0).await?;
        if is_archived(&mut turn, account, strategy).await? {
            return Ok(false);
        }
        refuse_live(&mut turn, strategy).await?;
        sql("UPDATE strategies SET archived_at = $1, turns = turns + 1 WHERE id = $2")
            .bind(now.0)
            .bind(strategy.0)
            .run_in(&mut turn)
            .await?;
        turn.commit().await?;
        Ok(true)
    }

    /// Takes a strategy out again; says whether it was put away.
    ///
    /// # Errors
    /// [`StorageError::NotFound`], also where it is somebody else's.
    pub async fn restore(&self, account: AccountId, strategy: StrategyId) -> Result<bool> {
        let mut turn = self.database.begin().await?;
        turn.lock(account.0).await?;
        if !is_archived(&mut turn, account, strategy).await? {
            return Ok(false);
        }
        sql("UPDATE strategies SET archived_at = NULL, turns = turns + 1 WHERE id = $1")
            .bind(strategy.0)
            .run_in(&mut turn)
            .await?;
        turn.commit().await?;
        Ok(true)
    }

    /// Since when an account has more of something than its plan allows, if that is known.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn excess(&self, account: AccountId, quota: &str) -> Result<Option<Time>> {
        let known: Option<(i64,)> =
            sql("SELECT since FROM excesses WHERE account_id = $1 AND quota = $2")
                .bind(account.0)
                .bind(quota)
                .maybe(&self.database)
                .await?;
        Ok(known.map(|(since,)| Time(since)))
    }

    /// Writes down that it has from now on, and tells it: whoever is killed in between has done
    /// all of it or nothing. Of several that find it at once, one tells it. Answers since when.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn excess_begins(
        &self,
        account: AccountId,
        quota: &str,
        (mail, entry): (&NewMail, &AuditEntry),
        now: Time,
    ) -> Result<Time> {
        let mut turn = self.database.begin().await?;
        let made = sql("INSERT INTO excesses (account_id, quota, since)
             VALUES ($1, $2, $3) ON CONFLICT (account_id, quota) DO NOTHING")
        .bind(account.0)
        .bind(quota)
        .bind(now.0)
        .run_in(&mut turn)
        .await?;
        if made == 0 {
            turn.rollback().await?;
            return Ok(self.excess(account, quota).await?.unwrap_or(now));
        }
        mail::queue_in(&mut turn, mail, now).await?;
        audit::add_in(&mut turn, entry, now).await?;
        turn.commit().await?;
        Ok(now)
    }

    /// Writes down that it has not any more.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn excess_ends(&self, account: AccountId, quota: &str) -> Result<()> {
        sql("DELETE FROM excesses WHERE account_id = $1 AND quota = $2")
            .bind(account.0)
            .bind(quota)
            .run(&self.database)
            .await?;
        Ok(())
    }

    /// Every account of which something trades.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn accounts(&self) -> Result<Vec<AccountId>> {
        let rows: Vec<(Uuid,)> =
            sql("SELECT DISTINCT account_id FROM activations WHERE ended_at IS NULL")
                .all(&self.database)
                .await?;
        Ok(rows.into_iter().map(|(id,)| AccountId(id)).collect())
    }

    /// What trades has changed: counted, and told.
    async fn finish(&self, mut turn: Turn, account: AccountId, strategy: StrategyId) -> Result<()> {
        sql("UPDATE strategies SET turns = turns + 1 WHERE id = $1")
            .bind(strategy.0)
            .run_in(&mut turn)
            .await?;
        let subject = Subject::StrategyChanged(strategy);
        self.notices
            .commit(turn, &[Notice { account, subject }])
            .await
    }
}

/// Refuses what cannot be done with a strategy that trades.
pub(crate) async fn refuse_live(turn: &mut Turn, strategy: StrategyId) -> Result<()> {
    let (count,): (i64,) =
        sql("SELECT COUNT(*) FROM activations WHERE strategy_id = $1 AND ended_at IS NULL")
            .bind(strategy.0)
            .one_in(turn)
            .await?;
    if count > 0 {
        return Err(StorageError::Live);
    }
    Ok(())
}

async fn is_archived(turn: &mut Turn, account: AccountId, strategy: StrategyId) -> Result<bool> {
    let owner = Owner::Account(account);
    let found: Option<(Option<i64>,)> =
        sql("SELECT archived_at FROM strategies WHERE owner_id = $1 AND id = $2")
            .bind(owner.id())
            .bind(strategy.0)
            .maybe_in(turn)
            .await?;
    let (archived_at,) = found.ok_or(StorageError::NotFound)?;
    Ok(archived_at.is_some())
}

/// The account at a broker, if it is one; it and the version must be there.
async fn there(
    turn: &mut Turn,
    account: AccountId,
    strategy: StrategyId,
    new: &NewActivation,
) -> Result<Option<Uuid>> {
    let version: Option<(i64,)> =
        sql("SELECT number FROM strategy_versions WHERE strategy_id = $1 AND number = $2")
            .bind(strategy.0)
            .bind(new.version)
            .maybe_in(turn)
            .await?;
    version.ok_or(StorageError::NotFound)?;
    let Place::BrokerAccount(id) = new.on else {
        return Ok(None);
    };
    let found: Option<(Uuid,)> = sql("SELECT id FROM broker_accounts
             WHERE account_id = $1 AND id = $2 AND retired_at IS NULL")
    .bind(account.0)
    .bind(id.0)
    .maybe_in(turn)
    .await?;
    let (id,) = found.ok_or(StorageError::NotFound)?;
    Ok(Some(id))
}

async fn end(turn: &mut Turn, strategy: StrategyId, now: Time) -> Result<u64> {
    sql("UPDATE activations SET ended_at = $2 WHERE strategy_id = $1 AND ended_at IS NULL")
        .bind(strategy.0)
        .bind(now.0)
        .run_in(turn)
        .await
}
