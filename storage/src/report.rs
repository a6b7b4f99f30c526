//! What executors report: deals, positions and equity of accounts at brokers. Reported twice it is
//! kept once, and the order in which it comes does not matter.

mod column;
mod retire;
mod room;
mod span;
mod thin;

pub use retire::MAX_RETIRED;
pub use room::{MAX_DEALS, MAX_SNAPSHOTS};
pub use span::BrokerPlace;

use crate::{
    Notice, Notices, Result, StorageError,
    database::{Database, Turn, sql},
    notice::Subject,
    row::new_id,
};
use column::columns;
use protocol::{
    api::report::{
        BrokerAccount, BrokerLogin, Deal, Entry, EquitySnapshot, KeptDeal, KeptEquity,
        KeptPositions, Positions, Report, ReportReceipt,
    },
    id::{AccountId, BrokerAccountId, DealId, ExecutorId, StrategyId},
};
use room::Room;
use sqlx::FromRow;
use trading::{symbol::Side, time::Time};
use uuid::Uuid;

/// The most accounts at brokers of one account, without those that are put away.
pub const MAX_BROKER_ACCOUNTS: i64 = 50;

#[derive(FromRow)]
struct BrokerRow {
    id: Uuid,
    login: i64,
    server: String,
    currency: String,
    seen_at: i64,
}

impl BrokerRow {
    fn account(self) -> Result<BrokerAccount> {
        let damaged =
            |what: &str| StorageError::Damaged(format!("{what} of broker account {}", self.id));
        Ok(BrokerAccount {
            id: BrokerAccountId(self.id),
            login: BrokerLogin {
                login: self.login,
                server: self.server.parse().map_err(|_| damaged("server"))?,
            },
            currency: self.currency.parse().map_err(|_| damaged("currency"))?,
            seen_at: Time(self.seen_at),
        })
    }
}

#[derive(FromRow)]
struct DealRow {
    id: Uuid,
    broker_account_id: Uuid,
    ticket: i64,
    order_ticket: i64,
    position_ticket: i64,
    symbol: Option<String>,
    side: Option<String>,
    entry: String,
    volume: f64,
    price: f64,
    profit: f64,
    commission: f64,
    swap: f64,
    fee: f64,
    magic: i64,
    strategy_id: Option<Uuid>,
    strategy_version: Option<i64>,
    remark: String,
    executed_at: i64,
    received_at: i64,
}

const BUY: &str = "buy";
const SELL: &str = "sell";

fn side(name: &str) -> Option<Side> {
    match name {
        BUY => Some(Side::Buy),
        SELL => Some(Side::Sell),
        _ => None,
    }
}

fn name_of(side: Side) -> &'static str {
    match side {
        Side::Buy => BUY,
        Side::Sell => SELL,
    }
}

impl DealRow {
    fn deal(self) -> Result<KeptDeal> {
        let damaged = |what: &str| StorageError::Damaged(format!("{what} of deal {}", self.id));
        let symbol = self.symbol.as_deref().map(str::parse).transpose();
        let side = match self.side.as_deref() {
            None => None,
            Some(name) => Some(side(name).ok_or_else(|| damaged("side"))?),
        };
        Ok(KeptDeal {
            id: DealId(self.id),
            broker_account: BrokerAccountId(self.broker_account_id),
            deal: Deal {
                ticket: self.ticket,
                order: self.order_ticket,
                position: self.position_ticket,
                symbol: symbol.map_err(|_| damaged("symbol"))?,
                side,
                entry: Entry::of(&self.entry).ok_or_else(|| damaged("entry"))?,
                volume: self.volume,
                price: self.price,
                profit: self.profit,
                commission: self.commission,
                swap: self.swap,
                fee: self.fee,
                magic: self.magic,
                strategy: self.strategy_id.map(StrategyId),
                strategy_version: self.strategy_version,
                comment: self.remark.parse().map_err(|_| damaged("comment"))?,
                time: Time(self.executed_at),
            },
            received_at: Time(self.received_at),
        })
    }
}

#[derive(FromRow)]
struct EquityRow {
    broker_account_id: Uuid,
    taken_at: i64,
    balance: f64,
    equity: f64,
    margin: f64,
}

impl EquityRow {
    fn snapshot(self) -> EquitySnapshot {
        EquitySnapshot {
            at: Time(self.taken_at),
            balance: self.balance,
            equity: self.equity,
            margin: self.margin,
        }
    }
}

/// What came of a report.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptReport {
    /// What the executor is told.
    pub receipt: ReportReceipt,
    /// Places in the report of the deals that were not known before.
    pub new_deals: Vec<usize>,
}

/// What executors report.
#[derive(Debug, Clone)]
pub struct Reports {
    database: Database,
    notices: Notices,
    room: Room,
}

impl Reports {
    pub(crate) fn new(database: Database, notices: Notices) -> Self {
        Self {
            database,
            notices,
            room: Room::default(),
        }
    }

    /// Keeps a report, whole or not at all. Who calls has checked its limits.
    ///
    /// # Errors
    /// [`StorageError::TooMany`]; [`StorageError::ReportsFull`].
    pub async fn keep(
        &self,
        account: AccountId,
        executor: ExecutorId,
        report: &Report,
        now: Time,
    ) -> Result<ReportReceipt> {
        let most = MAX_BROKER_ACCOUNTS;
        self.keep_within(account, executor, report, most, now)
            .await
            .map(|kept| kept.receipt)
    }

    /// The same where a plan says how many accounts at brokers there may be. It is asked of new
    /// ones alone, and of those that were put away and come back: whatever is reported of another
    /// is kept. Says which deals are new: what is counted is counted once.
    ///
    /// # Errors
    /// [`StorageError::TooMany`]; [`StorageError::ReportsFull`] where something is new and there is
    /// no room for it.
    pub async fn keep_within(
        &self,
        account: AccountId,
        executor: ExecutorId,
        report: &Report,
        most: i64,
        now: Time,
    ) -> Result<KeptReport> {
        let most = most.min(MAX_BROKER_ACCOUNTS);
        let mut turn = self.database.begin().await?;
        turn.lock(account.0).await?;
        let from = (account, executor);
        let broker_account = broker_account(&mut turn, from, report, most, now).await?;
        let (mut new_deals, mut new_equity) = (Vec::new(), 0);
        for (place, one) in report.deals.iter().enumerate() {
            if deal(&mut turn, account, broker_account, one, now).await? > 0 {
                new_deals.push(place);
            }
        }
        for one in &report.equity {
            new_equity += equity(&mut turn, account, broker_account, one).await?;
        }
        let new = (new_deals.len() as u64, new_equity);
        let room = self.room;
        room.admit(&mut turn, account, broker_account, new).await?;
        let positions_kept = match &report.positions {
            Some(all) => positions(&mut turn, account, broker_account, all).await?,
            None => false,
        };
        let subject = Subject::Reported(broker_account);
        self.notices
            .commit(turn, &[Notice { account, subject }])
            .await?;
        // A report is at most 500 of each.
        let count = |rows: u64| u32::try_from(rows).unwrap_or(u32::MAX);
        let (all, new) = (report.deals.len() as u64, new_deals.len() as u64);
        let receipt = ReportReceipt {
            broker_account,
            new_deals: count(new),
            known_deals: count(all.saturating_sub(new)),
            new_equity: count(new_equity),
            positions_kept,
        };
        Ok(KeptReport { receipt, new_deals })
    }

    /// How many accounts at brokers an account has that are not put away.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_broker_accounts(&self, account: AccountId) -> Result<u64> {
        let (count,): (i64,) = sql("SELECT COUNT(*) FROM broker_accounts
             WHERE account_id = $1 AND retired_at IS NULL")
        .bind(account.0)
        .one(&self.database)
        .await?;
        Ok(u64::try_from(count).unwrap_or(0))
    }

    /// The accounts at brokers of an account that are not put away, the newest first, before one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn broker_accounts(
        &self,
        account: AccountId,
        before: Option<BrokerAccountId>,
        most: i64,
    ) -> Result<Vec<BrokerAccount>> {
        let rows: Vec<BrokerRow> = sql(concat!(
            "SELECT ",
            columns!(broker ""),
            " FROM broker_accounts
             WHERE account_id = $1 AND retired_at IS NULL AND id < $2
             ORDER BY id DESC LIMIT $3"
        ))
        .bind(account.0)
        .bind(before.map_or(Uuid::max(), |id| id.0))
        .bind(most)
        .all(&self.database)
        .await?;
        rows.into_iter().map(BrokerRow::account).collect()
    }

    /// Deals, the last executed first, before one; of one account at a broker or of all.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn deals(
        &self,
        account: AccountId,
        of: Option<BrokerAccountId>,
        before: Option<DealId>,
        most: i64,
    ) -> Result<Vec<KeptDeal>> {
        let rows: Vec<DealRow> = sql(concat!(
            "SELECT ",
            columns!(deal ""),
            " FROM deals
             WHERE account_id = $1 AND ($2 IS NULL OR broker_account_id = $2) AND id < $3
             ORDER BY id DESC LIMIT $4"
        ))
        .bind(account.0)
        .bind(of.map(|id| id.0))
        .bind(before.map_or(Uuid::max(), |id| id.0))
        .bind(most)
        .all(&self.database)
        .await?;
        rows.into_iter().map(DealRow::deal).collect()
    }

    /// What is open at every account at a broker that is not put away, as it was last reported.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn positions(&self, account: AccountId) -> Result<Vec<KeptPositions>> {
        let rows: Vec<(Uuid, i64, String)> =
            sql("SELECT p.broker_account_id, p.taken_at, p.positions
             FROM position_snapshots p JOIN broker_accounts b ON b.id = p.broker_account_id
             WHERE p.account_id = $1 AND b.retired_at IS NULL
             ORDER BY p.broker_account_id DESC")
            .bind(account.0)
            .all(&self.database)
            .await?;
        rows.into_iter()
            .map(|(id, at, positions)| {
                Ok(KeptPositions {
                    broker_account: BrokerAccountId(id),
                    at: Time(at),
                    positions: serde_json::from_str(&positions)
                        .map_err(|_| StorageError::Damaged(format!("positions of {id}")))?,
                })
            })
            .collect()
    }

    /// Equity snapshots, the last first, before one; of one account at a broker or of all.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn equity(
        &self,
        account: AccountId,
        of: Option<BrokerAccountId>,
        before: Option<(Time, BrokerAccountId)>,
        most: i64,
    ) -> Result<Vec<KeptEquity>> {
        let (before, id) = before.unwrap_or((Time(i64::MAX), BrokerAccountId(Uuid::max())));
        let rows: Vec<EquityRow> = sql(concat!(
            "SELECT ",
            columns!(equity ""),
            " FROM equity_snapshots
             WHERE account_id = $1 AND ($2 IS NULL OR broker_account_id = $2)
               AND (taken_at < $3 OR (taken_at = $3 AND broker_account_id < $4))
             ORDER BY taken_at DESC, broker_account_id DESC LIMIT $5"
        ))
        .bind(account.0)
        .bind(of.map(|id| id.0))
        .bind(before.0)
        .bind(id.0)
        .bind(most)
        .all(&self.database)
        .await?;
        let kept = |row: EquityRow| KeptEquity {
            broker_account: BrokerAccountId(row.broker_account_id),
            snapshot: row.snapshot(),
        };
        Ok(rows.into_iter().map(kept).collect())
    }
}

/// The row of the account at a broker that a report is of; whoever reports last gets its commands.
/// One that is put away comes back as a new one comes: where there is room. Deals alone are told of an
/// account whose terminal may be elsewhere by now: they change nothing of one that is known.
async fn broker_account(
    turn: &mut Turn,
    (account, executor): (AccountId, ExecutorId),
    report: &Report,
    most: i64,
    now: Time,
) -> Result<BrokerAccountId> {
    if report.positions.is_none() && report.equity.is_empty() {
        let known: Option<(Uuid,)> = sql("SELECT id FROM broker_accounts
             WHERE account_id = $1 AND login = $2 AND server = $3")
        .bind(account.0)
        .bind(report.login.login)
        .bind(report.login.server.as_str())
        .maybe_in(turn)
        .await?;
        if let Some((id,)) = known {
            return Ok(BrokerAccountId(id));
        }
    }
    let known: Option<(Uuid,)> = sql(
        "UPDATE broker_accounts SET currency = $4, executor_id = $5, seen_at = $6
         WHERE account_id = $1 AND login = $2 AND server = $3 AND retired_at IS NULL
         RETURNING id",
    )
    .bind(account.0)
    .bind(report.login.login)
    .bind(report.login.server.as_str())
    .bind(report.currency.as_str())
    .bind(executor.0)
    .bind(now.0)
    .maybe_in(turn)
    .await?;
    if let Some((id,)) = known {
        return Ok(BrokerAccountId(id));
    }
    let (count,): (i64,) = sql("SELECT COUNT(*) FROM broker_accounts
         WHERE account_id = $1 AND retired_at IS NULL")
    .bind(account.0)
    .one_in(turn)
    .await?;
    if count >= most {
        return Err(StorageError::TooMany(most));
    }
    let (id,): (Uuid,) = sql("INSERT INTO broker_accounts
           (id, account_id, login, server, currency, executor_id, seen_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (account_id, login, server) DO UPDATE
         SET currency = excluded.currency, executor_id = excluded.executor_id,
             seen_at = excluded.seen_at, retired_at = NULL
         RETURNING id")
    .bind(new_id(now))
    .bind(account.0)
    .bind(report.login.login)
    .bind(report.login.server.as_str())
    .bind(report.currency.as_str())
    .bind(executor.0)
    .bind(now.0)
    .one_in(turn)
    .await?;
    Ok(BrokerAccountId(id))
}

async fn deal(
    turn: &mut Turn,
    account: AccountId,
    of: BrokerAccountId,
    deal: &Deal,
    now: Time,
) -> Result<u64> {
    sql("INSERT INTO deals
           (id, account_id, broker_account_id, ticket, order_ticket, position_ticket, symbol, side,
            entry, volume, price, profit, commission, swap, fee, magic, strategy_id, remark,
            executed_at, received_at, strategy_version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
                 $19, $20, $21)
         ON CONFLICT (account_id, broker_account_id, ticket) DO NOTHING")
    .bind(new_id(deal.time))
    .bind(account.0)
    .bind(of.0)
    .bind(deal.ticket)
    .bind(deal.order)
    .bind(deal.position)
    .bind(deal.symbol.as_ref().map(|symbol| symbol.as_str()))
    .bind(deal.side.map(name_of))
    .bind(deal.entry.name())
    .bind(deal.volume)
    .bind(deal.price)
    .bind(deal.profit)
    .bind(deal.commission)
    .bind(deal.swap)
    .bind(deal.fee)
    .bind(deal.magic)
    .bind(deal.strategy.map(|id| id.0))
    .bind(deal.comment.as_str())
    .bind(deal.time.0)
    .bind(now.0)
    .bind(deal.strategy_version)
    .run_in(turn)
    .await
}

async fn equity(
    turn: &mut Turn,
    account: AccountId,
    of: BrokerAccountId,
    one: &EquitySnapshot,
) -> Result<u64> {
    sql("INSERT INTO equity_snapshots
           (account_id, broker_account_id, taken_at, balance, equity, margin)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (account_id, broker_account_id, taken_at) DO NOTHING")
    .bind(account.0)
    .bind(of.0)
    .bind(one.at.0)
    .bind(one.balance)
    .bind(one.equity)
    .bind(one.margin)
    .run_in(turn)
    .await
}

/// Keeps them if they are newer than what is known, and says whether they were.
async fn positions(
    turn: &mut Turn,
    account: AccountId,
    of: BrokerAccountId,
    all: &Positions,
) -> Result<bool> {
    let text = serde_json::to_string(&all.positions)
        .map_err(|error| StorageError::Damaged(error.to_string()))?;
    let done = sql(
        "INSERT INTO position_snapshots (broker_account_id, account_id, taken_at, positions)
         VALUES ($1, $2, $3, $4)
         ON CONFLICT (broker_account_id) DO UPDATE
         SET taken_at = excluded.taken_at, positions = excluded.positions
         WHERE position_snapshots.account_id = excluded.account_id
           AND position_snapshots.taken_at < excluded.taken_at",
    )
    .bind(of.0)
    .bind(account.0)
    .bind(all.at.0)
    .bind(text)
    .run_in(turn)
    .await?;
    Ok(done > 0)
}
