//! Deals on disk, in the form in which they are reported.

use super::{AccountRow, Journal, JournalFault};
use protocol::{
    api::report::{Deal, Entry},
    link::part::{self, DealEntry, DealSide},
};
use rusqlite::{Transaction, params};
use std::collections::BTreeSet;
use trading::symbol::Side;

/// Writes a deal down, once.
pub(super) fn put(
    all: &Transaction<'_>,
    account: AccountRow,
    deal: &part::Deal,
    strategy: Option<(String, i64)>,
) -> Result<(), JournalFault> {
    let mut body = reported(deal);
    if let Some((strategy, version)) = strategy {
        body.strategy = Some(serde_json::from_value(strategy.into())?);
        body.strategy_version = Some(version);
    }
    all.prepare_cached(
        "INSERT INTO deal(account, ticket, time, body) VALUES(?1, ?2, ?3, ?4)
         ON CONFLICT DO NOTHING",
    )?
    .execute(params![
        account.0,
        deal.ticket.0,
        deal.time.0,
        serde_json::to_string(&body)?
    ])?;
    Ok(())
}

/// A deal as the server is told of it. Whose it is stands beside it.
fn reported(deal: &part::Deal) -> Deal {
    let entry = match deal.entry {
        DealEntry::In => Entry::In,
        DealEntry::Out => Entry::Out,
        DealEntry::InOut => Entry::InOut,
        DealEntry::OutBy => Entry::OutBy,
        DealEntry::Balance => Entry::Balance,
    };
    let side = match deal.side {
        DealSide::Buy => Some(Side::Buy),
        DealSide::Sell => Some(Side::Sell),
        DealSide::None => None,
    };
    let symbol = deal.symbol.parse().ok();
    // A name that none of ours can be: the server keeps the money that it moved.
    let entry = if symbol.is_none() || side.is_none() {
        Entry::Balance
    } else {
        entry
    };
    Deal {
        ticket: deal.ticket.0,
        order: deal.order.0.max(0),
        position: deal.position.0.max(0),
        symbol,
        side,
        entry,
        volume: deal.volume,
        price: deal.price,
        profit: deal.profit,
        commission: deal.commission,
        swap: deal.swap,
        fee: deal.fee,
        magic: deal.magic,
        strategy: None,
        strategy_version: None,
        comment: deal
            .comment
            .chars()
            .take(64)
            .collect::<String>()
            .try_into()
            .unwrap_or_default(),
        time: deal.time,
    }
}

impl Journal {
    /// Deals that the server has not confirmed, the oldest first, at most so many.
    ///
    /// # Errors
    /// When the disk fails, or what stands there is not understood.
    pub fn unreported(&self, account: AccountRow, most: usize) -> Result<Vec<Deal>, JournalFault> {
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let mut deals = self.db.prepare_cached(
            "SELECT body FROM deal WHERE account = ?1 AND is_reported = 0 ORDER BY time, ticket LIMIT ?2",
        )?;
        let rows = deals.query_map(params![account.0, most], |row| row.get::<_, String>(0))?;
        let mut all = Vec::new();
        for row in rows {
            all.push(serde_json::from_str(&row?)?);
        }
        Ok(all)
    }

    /// Whether there are any.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn is_waiting(&self, account: AccountRow) -> Result<bool, JournalFault> {
        let any = "SELECT EXISTS(SELECT 1 FROM deal WHERE account = ?1 AND is_reported = 0)";
        let mut any = self.db.prepare_cached(any)?;
        Ok(any.query_row([account.0], |row| row.get(0))?)
    }

    /// The accounts that have some.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn untold(&self) -> Result<BTreeSet<AccountRow>, JournalFault> {
        let any = "SELECT DISTINCT account FROM deal WHERE is_reported = 0";
        let mut any = self.db.prepare_cached(any)?;
        let rows = any.query_map([], |row| Ok(AccountRow(row.get(0)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many those are, for all accounts.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn waiting(&self) -> Result<u32, JournalFault> {
        let count = "SELECT count(*) FROM deal WHERE is_reported = 0";
        Ok(self.db.query_row(count, [], |row| row.get(0))?)
    }

    /// The server confirmed these.
    ///
    /// # Errors
    /// When the disk fails: then they are reported again.
    pub fn confirmed(&mut self, account: AccountRow, tickets: &[i64]) -> Result<(), JournalFault> {
        self.mark(account, tickets, 1)
    }

    /// The server refuses these for what they are: they are kept here, and offered no more.
    ///
    /// # Errors
    /// When the disk fails: then they are offered again.
    pub fn set_aside(&mut self, account: AccountRow, tickets: &[i64]) -> Result<(), JournalFault> {
        self.mark(account, tickets, 2)
    }

    fn mark(&mut self, account: AccountRow, tickets: &[i64], mark: u8) -> Result<(), JournalFault> {
        let all = self.db.transaction()?;
        for ticket in tickets {
            all.prepare_cached(
                "UPDATE deal SET is_reported = ?3 WHERE account = ?1 AND ticket = ?2",
            )?
            .execute(params![account.0, ticket, mark])?;
        }
        all.commit()?;
        Ok(())
    }
}
