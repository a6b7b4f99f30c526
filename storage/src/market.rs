//! What brokers say of their symbols, and their own price history. Uploaded twice it is kept once.
//!
//! | file | what |
//! |---|---|
//! | `market.rs` | the repository: specifications, and what there is |
//! | `market/part.rs` | a history in parts, and what a page of bars changes of them |
//! | `market/bars.rs` | keeping and reading bars |

mod bars;
mod part;

pub use bars::KeptPart;

use crate::{
    Result, StorageError,
    database::{Database, Turn, sql},
    row,
};
use protocol::{
    api::{
        market::{BrokerHistory, BrokerMarket, BrokerSpec, NewSpec, SpecReceipt},
        report::BrokerLogin,
    },
    id::{AccountId, BrokerAccountId},
};
use std::collections::BTreeMap;
use trading::{symbol::Symbol, time::Time};
use uuid::Uuid;

/// The most symbols of one account, of all its accounts at brokers.
pub const MAX_MARKETS: i64 = 100;
/// The most bytes of bars of one account: some four million bars.
pub const MAX_MARKET_BYTES: i64 = 64 << 20;

/// What brokers say of symbols, and their bars.
#[derive(Debug, Clone)]
pub struct Markets {
    database: Database,
    most_bytes: i64,
}

impl Markets {
    pub(crate) fn new(database: Database) -> Self {
        Self {
            database,
            most_bytes: MAX_MARKET_BYTES,
        }
    }

    /// The same with room for so many bytes of bars of an account.
    #[must_use]
    pub fn with_room(&self, most_bytes: i64) -> Self {
        Self {
            most_bytes,
            ..self.clone()
        }
    }

    /// How many bytes of bars an account may keep.
    pub fn most_bytes(&self) -> i64 {
        self.most_bytes
    }

    /// Keeps what a broker says of a symbol. Who calls has checked it.
    ///
    /// # Errors
    /// [`StorageError::NotFound`] where nothing was reported of this account at a broker yet;
    /// [`StorageError::TooMany`].
    pub async fn keep_spec(
        &self,
        account: AccountId,
        new: &NewSpec,
        now: Time,
    ) -> Result<SpecReceipt> {
        let text = serde_json::to_string(&new.spec)
            .map_err(|error| StorageError::Damaged(error.to_string()))?;
        let mut turn = self.database.begin().await?;
        turn.lock(account.0).await?;
        let of = of_login(&mut turn, account, &new.login).await?;
        let symbol = new.spec.symbol.as_str();
        let known: Option<(String,)> = sql("SELECT spec FROM broker_specs
             WHERE account_id = $1 AND broker_account_id = $2 AND symbol = $3")
        .bind(account.0)
        .bind(of.0)
        .bind(symbol)
        .maybe_in(&mut turn)
        .await?;
        let receipt = |is_new| SpecReceipt {
            broker_account: of,
            is_new,
        };
        match known {
            Some((known,)) if known == text => return Ok(receipt(false)),
            Some(_) => {}
            None => {
                let (count,): (i64,) =
                    sql("SELECT COUNT(*) FROM broker_specs WHERE account_id = $1")
                        .bind(account.0)
                        .one_in(&mut turn)
                        .await?;
                if count >= MAX_MARKETS {
                    return Err(StorageError::TooMany(MAX_MARKETS));
                }
            }
        }
        sql(
            "INSERT INTO broker_specs (account_id, broker_account_id, symbol, spec, changed_at)
             VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (account_id, broker_account_id, symbol) DO UPDATE
             SET spec = excluded.spec, changed_at = excluded.changed_at",
        )
        .bind(account.0)
        .bind(of.0)
        .bind(symbol)
        .bind(text)
        .bind(now.0)
        .run_in(&mut turn)
        .await?;
        turn.commit().await?;
        Ok(receipt(true))
    }

    /// What a broker says of a symbol.
    ///
    /// # Errors
    /// [`StorageError::NotFound`], also where it is somebody else's.
    pub async fn spec(
        &self,
        account: AccountId,
        of: BrokerAccountId,
        symbol: &Symbol,
    ) -> Result<BrokerSpec> {
        let found: Option<(String,)> = sql("SELECT spec FROM broker_specs
             WHERE account_id = $1 AND broker_account_id = $2 AND symbol = $3")
        .bind(account.0)
        .bind(of.0)
        .bind(symbol.as_str())
        .maybe(&self.database)
        .await?;
        let (text,) = found.ok_or(StorageError::NotFound)?;
        serde_json::from_str(&text)
            .map_err(|_| StorageError::Damaged(format!("specification of {symbol} at {of}")))
    }

    /// What brokers say of every symbol of an account, also where they are put away.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn specs(&self, account: AccountId) -> Result<Vec<(BrokerAccountId, BrokerSpec)>> {
        let rows: Vec<(Uuid, String)> = sql("SELECT broker_account_id, spec FROM broker_specs
             WHERE account_id = $1 ORDER BY broker_account_id, symbol")
        .bind(account.0)
        .all(&self.database)
        .await?;
        rows.into_iter()
            .map(|(of, text)| {
                let spec = serde_json::from_str(&text);
                let damaged = |_| StorageError::Damaged(format!("a specification of {of}"));
                Ok((BrokerAccountId(of), spec.map_err(damaged)?))
            })
            .collect()
    }

    /// Everything that is kept of an account, but of accounts at brokers that are put away.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list(&self, account: AccountId) -> Result<Vec<BrokerMarket>> {
        let specs: Vec<(Uuid, i64, String, String, i64)> = sql(
            "SELECT s.broker_account_id, b.login, b.server, s.symbol, s.changed_at
             FROM broker_specs s JOIN broker_accounts b ON b.id = s.broker_account_id
             WHERE s.account_id = $1 AND b.retired_at IS NULL
             ORDER BY b.server, b.login, s.symbol",
        )
        .bind(account.0)
        .all(&self.database)
        .await?;
        let mut histories = self.histories(account).await?;
        specs
            .into_iter()
            .map(|(of, login, server, symbol, spec_at)| {
                let damaged =
                    |what: &str| StorageError::Damaged(format!("{what} of a market of {of}"));
                let histories = histories.remove(&(of, symbol.clone())).unwrap_or_default();
                Ok(BrokerMarket {
                    broker_account: BrokerAccountId(of),
                    login: BrokerLogin {
                        login,
                        server: server.parse().map_err(|_| damaged("server"))?,
                    },
                    symbol: symbol.parse().map_err(|_| damaged("symbol"))?,
                    spec_at: Time(spec_at),
                    histories,
                })
            })
            .collect()
    }

    /// By account at a broker and symbol, the shortest bars first.
    async fn histories(
        &self,
        account: AccountId,
    ) -> Result<BTreeMap<(Uuid, String), Vec<BrokerHistory>>> {
        type Row = (Uuid, String, String, i64, i64, i64, i64);
        let rows: Vec<Row> = sql("SELECT broker_account_id, symbol, timeframe,
               CAST(SUM(bar_count) AS BIGINT), CAST(SUM(byte_count) AS BIGINT),
               MIN(first_at), MAX(last_at)
             FROM broker_bars WHERE account_id = $1
             GROUP BY broker_account_id, symbol, timeframe")
        .bind(account.0)
        .all(&self.database)
        .await?;
        let mut all: BTreeMap<(Uuid, String), Vec<BrokerHistory>> = BTreeMap::new();
        for (of, symbol, timeframe, bars, bytes, first, last) in rows {
            let history = BrokerHistory {
                timeframe: row::timeframe(&timeframe)?,
                bars: u64::try_from(bars).unwrap_or(0),
                bytes: u64::try_from(bytes).unwrap_or(0),
                first: Time(first),
                last: Time(last),
            };
            all.entry((of, symbol)).or_default().push(history);
        }
        for histories in all.values_mut() {
            histories.sort_by_key(|one| one.timeframe);
        }
        Ok(all)
    }

    /// Removes a symbol with its histories.
    ///
    /// # Errors
    /// [`StorageError::NotFound`], also where it is somebody else's.
    pub async fn remove(
        &self,
        account: AccountId,
        of: BrokerAccountId,
        symbol: &Symbol,
    ) -> Result<()> {
        let mut turn = self.database.begin().await?;
        turn.lock(account.0).await?;
        let mut gone = 0;
        // Without a specification there is nothing of a symbol: it goes last, and is counted.
        for query in [
            "DELETE FROM broker_bars
             WHERE account_id = $1 AND broker_account_id = $2 AND symbol = $3",
            "DELETE FROM broker_specs
             WHERE account_id = $1 AND broker_account_id = $2 AND symbol = $3",
        ] {
            gone = sql(query)
                .bind(account.0)
                .bind(of.0)
                .bind(symbol.as_str())
                .run_in(&mut turn)
                .await?;
        }
        row::found(gone)?;
        turn.commit().await
    }
}

/// The name of an account at a broker that is not put away.
async fn of_login(
    turn: &mut Turn,
    account: AccountId,
    login: &BrokerLogin,
) -> Result<BrokerAccountId> {
    let found: Option<(Uuid,)> = sql("SELECT id FROM broker_accounts
         WHERE account_id = $1 AND login = $2 AND server = $3 AND retired_at IS NULL")
    .bind(account.0)
    .bind(login.login)
    .bind(login.server.as_str())
    .maybe_in(turn)
    .await?;
    let (id,) = found.ok_or(StorageError::NotFound)?;
    Ok(BrokerAccountId(id))
}
