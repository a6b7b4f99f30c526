//! Keeping and reading bars.

use super::{Markets, of_login, part};
use crate::{
    Result, StorageError,
    database::{Turn, sql},
    row,
};
use protocol::{
    api::market::{BarsReceipt, NewBars},
    bars::{decode, encode},
    id::{AccountId, BrokerAccountId},
};
use std::collections::BTreeMap;
use trading::{bar::Bars, symbol::Symbol, time::Time, timeframe::Timeframe};
use uuid::Uuid;

/// A part of a history, as it lies there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeptPart {
    /// Of which account at a broker.
    pub broker_account: BrokerAccountId,
    /// Of which symbol.
    pub symbol: String,
    /// How long its bars are.
    pub timeframe: String,
    /// Where its stretch of time begins.
    pub starts_at: i64,
    /// The bars, as [`protocol::bars`] has them.
    pub content: Vec<u8>,
}

fn damaged(_: protocol::bars::BarsFault) -> StorageError {
    StorageError::Damaged("bars of a broker".to_owned())
}

impl Markets {
    /// Keeps a page of bars, whole or not at all. Who calls has checked it.
    ///
    /// # Errors
    /// [`StorageError::NotFound`] where nothing was reported of this account at a broker yet, or its
    /// symbol has no specification; [`StorageError::ReportsFull`] where there is no room.
    pub async fn keep_bars(
        &self,
        account: AccountId,
        new: &NewBars,
        now: Time,
    ) -> Result<BarsReceipt> {
        let bars = &new.bars.0;
        let (Some(&first), Some(&last)) = (bars.time.first(), bars.time.last()) else {
            return Err(StorageError::NotFound);
        };
        let mut turn = self.database.begin().await?;
        turn.lock(account.0).await?;
        let broker_account = of_login(&mut turn, account, &new.login).await?;
        let of = History {
            account,
            broker_account,
            symbol: new.symbol.as_str(),
            timeframe: new.timeframe,
        };
        of.is_specified(&mut turn).await?;
        let known = of.parts(&mut turn, (first, last)).await?;
        let pages = part::cut(bars, new.timeframe);
        let mut starts: Vec<i64> = known.keys().chain(pages.keys()).copied().collect();
        starts.sort_unstable();
        starts.dedup();
        let mut is_new = false;
        for start in starts {
            let before = known.get(&start);
            let old = match before {
                Some(content) => decode(content).map_err(damaged)?,
                None => Bars::default(),
            };
            let whole = part::merged(&old, pages.get(&start), first, last);
            if whole.is_empty() {
                of.drop_part(&mut turn, start).await?;
                is_new = true;
                continue;
            }
            let content = encode(&whole);
            if before != Some(&content) {
                of.put(&mut turn, (start, &whole, content), now).await?;
                is_new = true;
            }
        }
        let (bytes,): (i64,) = sql(
            "SELECT CAST(COALESCE(SUM(byte_count), 0) AS BIGINT) FROM broker_bars
             WHERE account_id = $1",
        )
        .bind(account.0)
        .one_in(&mut turn)
        .await?;
        let bytes_left = self.most_bytes - bytes;
        // What is known already needs no room.
        if is_new && bytes_left < 0 {
            return Err(StorageError::ReportsFull {
                what: "bytes of price history of an account",
                most: self.most_bytes,
            });
        }
        turn.commit().await?;
        Ok(BarsReceipt {
            broker_account,
            is_new,
            bytes_left,
        })
    }

    /// What tells one state of a history from another; nothing where there is none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn revision(
        &self,
        account: AccountId,
        of: BrokerAccountId,
        symbol: &Symbol,
        timeframe: Timeframe,
    ) -> Result<Option<(Time, i64)>> {
        let (changed, bars): (Option<i64>, i64) = sql(
            "SELECT MAX(changed_at), CAST(COALESCE(SUM(bar_count), 0) AS BIGINT)
             FROM broker_bars
             WHERE account_id = $1 AND broker_account_id = $2 AND symbol = $3 AND timeframe = $4",
        )
        .bind(account.0)
        .bind(of.0)
        .bind(symbol.as_str())
        .bind(timeframe.name())
        .one(&self.database)
        .await?;
        Ok(changed.map(|changed| (Time(changed), bars)))
    }

    /// The newest bars of a history, whole parts until there are so many or more; none where there
    /// is no history. They are parts as they lie there: [`whole`](KeptPart::whole) puts them
    /// together, which takes a while and belongs where nobody waits.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn newest(
        &self,
        account: AccountId,
        of: BrokerAccountId,
        (symbol, timeframe): (&Symbol, Timeframe),
        most: usize,
    ) -> Result<Vec<KeptPart>> {
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let sizes: Vec<(i64, i64)> = sql("SELECT starts_at, bar_count FROM broker_bars
             WHERE account_id = $1 AND broker_account_id = $2 AND symbol = $3 AND timeframe = $4
             ORDER BY starts_at DESC")
        .bind(account.0)
        .bind(of.0)
        .bind(symbol.as_str())
        .bind(timeframe.name())
        .all(&self.database)
        .await?;
        let mut count = 0;
        let mut from = i64::MAX;
        for (start, bars) in sizes {
            if count >= most {
                break;
            }
            (count, from) = (count + bars, start);
        }
        let rows: Vec<(i64, Vec<u8>)> = sql("SELECT starts_at, content FROM broker_bars
             WHERE account_id = $1 AND broker_account_id = $2 AND symbol = $3 AND timeframe = $4
               AND starts_at >= $5
             ORDER BY starts_at")
        .bind(account.0)
        .bind(of.0)
        .bind(symbol.as_str())
        .bind(timeframe.name())
        .bind(from)
        .all(&self.database)
        .await?;
        let kept = |(starts_at, content)| KeptPart {
            broker_account: of,
            symbol: symbol.as_str().to_owned(),
            timeframe: timeframe.name().to_owned(),
            starts_at,
            content,
        };
        Ok(rows.into_iter().map(kept).collect())
    }

    /// The part after one, of all histories of an account; one at a time, since they are large.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn part_after(
        &self,
        account: AccountId,
        after: Option<&KeptPart>,
    ) -> Result<Option<KeptPart>> {
        type Row = (Uuid, String, String, i64, Vec<u8>);
        let found: Option<Row> = sql(
            "SELECT broker_account_id, symbol, timeframe, starts_at, content
             FROM broker_bars
             WHERE account_id = $1
               AND (broker_account_id, symbol, timeframe, starts_at) > ($2, $3, $4, $5)
             ORDER BY broker_account_id, symbol, timeframe, starts_at LIMIT 1",
        )
        .bind(account.0)
        .bind(after.map_or(Uuid::nil(), |one| one.broker_account.0))
        .bind(after.map_or("", |one| one.symbol.as_str()))
        .bind(after.map_or("", |one| one.timeframe.as_str()))
        .bind(after.map_or(i64::MIN, |one| one.starts_at))
        .maybe(&self.database)
        .await?;
        let kept = |(of, symbol, timeframe, starts_at, content)| KeptPart {
            broker_account: BrokerAccountId(of),
            symbol,
            timeframe,
            starts_at,
            content,
        };
        Ok(found.map(kept))
    }
}

impl KeptPart {
    /// The bars of parts that follow each other.
    ///
    /// # Errors
    /// [`StorageError::Damaged`].
    pub fn whole(parts: &[Self], most: usize) -> Result<Bars> {
        let mut whole = Bars::default();
        for one in parts {
            for bar in decode(&one.content).map_err(damaged)?.iter() {
                whole.push(bar);
            }
        }
        let from = whole.len().saturating_sub(most);
        Ok(match from {
            0 => whole,
            from => whole.slice(from, whole.len()),
        })
    }
}

/// Which history.
struct History<'a> {
    account: AccountId,
    broker_account: BrokerAccountId,
    symbol: &'a str,
    timeframe: Timeframe,
}

impl History<'_> {
    async fn is_specified(&self, turn: &mut Turn) -> Result<()> {
        let found: Option<(i64,)> = sql("SELECT changed_at FROM broker_specs
             WHERE account_id = $1 AND broker_account_id = $2 AND symbol = $3")
        .bind(self.account.0)
        .bind(self.broker_account.0)
        .bind(self.symbol)
        .maybe_in(turn)
        .await?;
        row::found(u64::from(found.is_some()))
    }

    /// The parts that a page may change, by where they begin.
    async fn parts(
        &self,
        turn: &mut Turn,
        (first, last): (i64, i64),
    ) -> Result<BTreeMap<i64, Vec<u8>>> {
        let rows: Vec<(i64, Vec<u8>)> = sql("SELECT starts_at, content FROM broker_bars
             WHERE account_id = $1 AND broker_account_id = $2 AND symbol = $3 AND timeframe = $4
               AND starts_at >= $5 AND starts_at <= $6")
        .bind(self.account.0)
        .bind(self.broker_account.0)
        .bind(self.symbol)
        .bind(self.timeframe.name())
        .bind(part::start(self.timeframe, first))
        .bind(last)
        .all_in(turn)
        .await?;
        Ok(rows.into_iter().collect())
    }

    async fn put(
        &self,
        turn: &mut Turn,
        (start, bars, content): (i64, &Bars, Vec<u8>),
        now: Time,
    ) -> Result<()> {
        let count = |size: usize| i64::try_from(size).unwrap_or(i64::MAX);
        sql("INSERT INTO broker_bars
               (account_id, broker_account_id, symbol, timeframe, starts_at, first_at, last_at,
                bar_count, byte_count, changed_at, content)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
             ON CONFLICT (account_id, broker_account_id, symbol, timeframe, starts_at) DO UPDATE
             SET first_at = excluded.first_at, last_at = excluded.last_at,
                 bar_count = excluded.bar_count, byte_count = excluded.byte_count,
                 changed_at = excluded.changed_at, content = excluded.content")
        .bind(self.account.0)
        .bind(self.broker_account.0)
        .bind(self.symbol)
        .bind(self.timeframe.name())
        .bind(start)
        .bind(bars.time.first().copied())
        .bind(bars.time.last().copied())
        .bind(count(bars.len()))
        .bind(count(content.len()))
        .bind(now.0)
        .bind(content)
        .run_in(turn)
        .await?;
        Ok(())
    }

    async fn drop_part(&self, turn: &mut Turn, start: i64) -> Result<()> {
        sql("DELETE FROM broker_bars
             WHERE account_id = $1 AND broker_account_id = $2 AND symbol = $3 AND timeframe = $4
               AND starts_at = $5")
        .bind(self.account.0)
        .bind(self.broker_account.0)
        .bind(self.symbol)
        .bind(self.timeframe.name())
        .bind(start)
        .run_in(turn)
        .await?;
        Ok(())
    }
}
