//! What the server is told: kept in the journal until it has confirmed it.

use super::Service;
use crate::{
    journal::{AccountRow, Given, JournalFault},
    trade::run::Run,
};
use protocol::{
    api::{
        heartbeat::Health,
        report::{BrokerLogin, EquitySnapshot, MOST, Position, Positions, Report},
        text::Remark,
    },
    id::{AccountId, BrokerAccountId, CommandId},
    link::part,
};
use std::collections::BTreeSet;
use trading::time::Time;

/// A report, and what it confirms once it has arrived.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// Of which account.
    pub account: AccountRow,
    /// The deals in it.
    pub tickets: Vec<i64>,
    /// The report.
    pub report: Report,
}

impl Service {
    /// The accounts that are here, and those of which the server does not know all deals.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn accounts(&self) -> Result<BTreeSet<AccountRow>, JournalFault> {
        let mut all = self.journal.untold()?;
        all.extend(self.seats.values().map(|seated| seated.row));
        Ok(all)
    }

    /// Whose this computer is at the server. What was kept for another account there is not told to
    /// this one; says how many deals those are.
    ///
    /// # Errors
    /// When the journal cannot be written.
    pub fn owned_by(&mut self, account: AccountId) -> Result<usize, JournalFault> {
        self.journal.owned_by(account)
    }

    /// Whether the server does not know all deals of an account.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn has_deals(&self, account: AccountRow) -> Result<bool, JournalFault> {
        self.journal.is_waiting(account)
    }

    /// What is to be reported now of an account: at most so many of its deals that the server has not
    /// confirmed, the oldest first, what is open, and what it is worth. None where the server can
    /// know no account of such a name.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn report(
        &self,
        account: AccountRow,
        most: usize,
        now: Time,
    ) -> Result<Option<Told>, JournalFault> {
        let Some(seated) = self.seats.values().find(|seated| seated.row == account) else {
            return self.report_of_away(account, most);
        };
        let hello = seated.account.hello();
        let (Some(login), Ok(currency)) = (seated.login.clone(), hello.currency.parse()) else {
            return Ok(None);
        };
        let deals = self.journal.unreported(seated.row, most.min(MOST))?;
        let standing = seated.account.standing();
        let positions = standing.map(|standing| Positions {
            at: now,
            positions: standing
                .positions
                .iter()
                .take(MOST)
                .filter_map(|open| self.position(seated, open))
                .collect(),
        });
        let equity = seated.account.told().map(|told| EquitySnapshot {
            at: now,
            balance: told.balance,
            equity: told.equity,
            margin: told.margin.max(0.0),
        });
        Ok(Some(Told {
            account: seated.row,
            tickets: deals.iter().map(|deal| deal.ticket).collect(),
            report: Report {
                login,
                currency,
                deals,
                positions,
                equity: equity.into_iter().collect(),
            },
        }))
    }

    /// Deals of an account whose terminal is not here: what is open there now, nobody knows.
    fn report_of_away(
        &self,
        account: AccountRow,
        most: usize,
    ) -> Result<Option<Told>, JournalFault> {
        let Some((server, login, currency)) = self.journal.account_at(account)? else {
            return Ok(None);
        };
        let (Ok(server), Ok(currency)) = (server.parse(), currency.parse()) else {
            return Ok(None);
        };
        let deals = self.journal.unreported(account, most.min(MOST))?;
        Ok((!deals.is_empty()).then(|| Told {
            account,
            tickets: deals.iter().map(|deal| deal.ticket).collect(),
            report: Report {
                login: BrokerLogin { login, server },
                currency,
                deals,
                positions: None,
                equity: Vec::new(),
            },
        }))
    }

    fn position(&self, seated: &super::Seated, open: &part::Position) -> Option<Position> {
        let level = |level: f64| (level > 0.0).then_some(level);
        let mut runs = seated.account.runs();
        let strategy = runs.find_map(|(terms, run)| {
            let held = &run?.state().held;
            let is_its = held.iter().any(|held| held.ticket == open.ticket.0);
            // Where that cannot be looked up it is not said.
            let is_ours = is_its && !self.journal.is_foreign(terms.number).unwrap_or(true);
            is_ours.then(|| terms.strategy.parse().ok()).flatten()
        });
        Some(Position {
            ticket: open.ticket.0,
            // A symbol that none of ours can be called: nothing of ours is in it.
            symbol: open.symbol.parse().ok()?,
            side: open.side,
            volume: open.volume,
            opened_price: open.opened_price,
            price: open.price,
            stop_loss: level(open.stop),
            take_profit: level(open.target),
            profit: open.profit,
            swap: open.swap,
            magic: open.magic,
            strategy,
            opened_at: open.time,
        })
    }

    /// The server has a report, and calls its account so.
    ///
    /// # Errors
    /// When the journal cannot be written: then the deals are reported again.
    pub fn confirmed(
        &mut self,
        told: &Told,
        account: Option<BrokerAccountId>,
    ) -> Result<(), JournalFault> {
        if let Some(name) = account {
            self.journal.name_account(told.account, name)?;
        }
        self.journal.confirmed(told.account, &told.tickets)
    }

    /// The server refuses the deals of a report for what they are.
    ///
    /// # Errors
    /// When the journal cannot be written: then they are offered again.
    pub fn set_aside(&mut self, told: &Told) -> Result<(), JournalFault> {
        self.journal.set_aside(told.account, &told.tickets)
    }

    /// Ends of commands that the server has not confirmed.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn ends(&self) -> Result<Vec<(CommandId, Given)>, JournalFault> {
        self.journal.unconfirmed()
    }

    /// The server confirmed the end of a command.
    ///
    /// # Errors
    /// When the journal cannot be written: then it is told again.
    pub fn end_confirmed(&mut self, id: CommandId) -> Result<(), JournalFault> {
        self.journal.command_confirmed(id)
    }

    /// How the executor feels, and what else there is to say.
    pub fn health(&self, remark: Remark) -> Health {
        let told = || {
            self.seats
                .values()
                .filter_map(|seated| seated.account.told())
        };
        let connected = part::AccountFlags::CONNECTED;
        let runs = self.seats.values().flat_map(|seated| seated.account.runs());
        let mut live = runs.filter_map(|(_, run)| run).peekable();
        let mut seats = self.seats.values();
        Health {
            // One that has nothing to trade yet is ready; one that a person stopped is not.
            is_running: (live.peek().is_none() || live.any(Run::may_enter))
                && !seats.any(|seated| seated.account.is_stopped()),
            is_connected: told().any(|told| told.flags.has(connected)),
            may_trade: told().any(|told| told.flags.may_trade()),
            waiting_reports: self.journal.waiting().unwrap_or(0),
            remark,
        }
    }
}
