//! The numbers of a line of a report. Money is in the currency of the account at the broker.

use super::Drawdown;
use protocol::api::report::{Deal, Entry};

/// What deals and trades add up to.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Figures {
    /// Profit of deals, without costs.
    pub(crate) profit: f64,
    /// Commissions and fees; below 0 where they were paid.
    pub(crate) commission: f64,
    /// Swaps; below 0 where they were paid.
    pub(crate) swap: f64,
    /// Money that was paid in or out: no profit and no loss.
    pub(crate) transfers: f64,
    /// How many deals there were that bought or sold.
    pub(crate) deals: u64,
    /// How many trades were closed.
    pub(crate) trades: u64,
    /// How many of them gained, all costs considered.
    pub(crate) wins: u64,
    /// What the trades gained that did.
    pub(crate) gained: f64,
    /// What the others lost, as a number of 0 or above.
    pub(crate) lost: f64,
    /// The deepest fall of equity, where equity was reported.
    pub(crate) drawdown: Option<Drawdown>,
}

impl Figures {
    /// Profit after commissions, fees and swaps.
    pub(crate) fn net(&self) -> f64 {
        self.profit + self.commission + self.swap
    }

    /// The part of trades that gained, from 0 to 1.
    pub(crate) fn win_rate(&self) -> Option<f64> {
        (self.trades > 0).then(|| self.wins as f64 / self.trades as f64)
    }

    /// What was gained for each unit that was lost; nothing where nothing was lost.
    pub(crate) fn profit_factor(&self) -> Option<f64> {
        (self.lost > 0.0).then(|| self.gained / self.lost)
    }

    /// Counts a deal.
    pub(super) fn deal(&mut self, deal: &Deal) {
        if deal.entry == Entry::Balance {
            self.transfers += net_of(deal);
            return;
        }
        self.deals += 1;
        self.profit += deal.profit;
        self.commission += deal.commission + deal.fee;
        self.swap += deal.swap;
    }

    /// Counts a trade that was closed with this net profit.
    pub(super) fn trade(&mut self, net: f64) {
        self.trades += 1;
        if net > 0.0 {
            self.wins += 1;
            self.gained += net;
        } else {
            self.lost -= net;
        }
    }

    /// Adds those of another account in the same currency. Falls of different accounts were at
    /// different times: they do not add up.
    pub(crate) fn add(&mut self, other: &Self) {
        self.profit += other.profit;
        self.commission += other.commission;
        self.swap += other.swap;
        self.transfers += other.transfers;
        self.deals += other.deals;
        self.trades += other.trades;
        self.wins += other.wins;
        self.gained += other.gained;
        self.lost += other.lost;
        self.drawdown = None;
    }
}

/// Everything that a deal moved.
pub(super) fn net_of(deal: &Deal) -> f64 {
    deal.profit + deal.commission + deal.swap + deal.fee
}
