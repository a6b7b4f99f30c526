//! What the server is told: kept in the journal until it has confirmed it.

use super::{Seat, Service};
use crate::journal::{AccountRow, Given, JournalFault};
use protocol::{
    api::{
        heartbeat::Health,
        report::{EquitySnapshot, MOST, Position, Positions, Report, ReportReceipt},
        text::Remark,
    },
    id::CommandId,
    link::part,
};
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
    /// What is to be reported now of each account that is here: its oldest deals that the server has
    /// not confirmed, what is open, and what it is worth.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn reports(&self, now: Time) -> Result<Vec<Told>, JournalFault> {
        let mut all = Vec::new();
        for seated in self.seats.values() {
            let hello = seated.account.hello();
            let (Some(login), Ok(currency)) = (seated.login.clone(), hello.currency.parse()) else {
                continue;
            };
            let deals = self.journal.unreported(seated.row, MOST)?;
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
            all.push(Told {
                account: seated.row,
                tickets: deals.iter().map(|deal| deal.ticket).collect(),
                report: Report {
                    login,
                    currency,
                    deals,
                    positions,
                    equity: equity.into_iter().collect(),
                },
            });
        }
        Ok(all)
    }

    fn position(&self, seated: &super::Seated, open: &part::Position) -> Option<Position> {
        let level = |level: f64| (level > 0.0).then_some(level);
        let mut runs = seated.account.runs();
        let strategy = runs.find_map(|(terms, run)| {
            let held = &run?.state().held;
            let is_its = held.iter().any(|held| held.ticket == open.ticket.0);
            is_its.then(|| terms.strategy.parse().ok()).flatten()
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

    /// The server confirmed a report.
    ///
    /// # Errors
    /// When the journal cannot be written: then the deals are reported again.
    pub fn confirmed(&mut self, told: &Told, receipt: &ReportReceipt) -> Result<(), JournalFault> {
        self.named.insert(told.account, receipt.broker_account);
        self.journal.confirmed(told.account, &told.tickets)
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

    /// How the executor feels.
    pub fn health(&self) -> Health {
        let told = || {
            self.seats
                .values()
                .filter_map(|seated| seated.account.told())
        };
        let connected = part::AccountFlags::CONNECTED;
        Health {
            is_running: true,
            is_connected: told().any(|told| told.flags.has(connected)),
            may_trade: told().any(|told| told.flags.may_trade()),
            waiting_reports: self.journal.waiting().unwrap_or(0),
            remark: Remark::default(),
        }
    }

    /// The terminals that are here.
    pub fn seats(&self) -> impl Iterator<Item = Seat> {
        self.seats.keys().copied()
    }
}
