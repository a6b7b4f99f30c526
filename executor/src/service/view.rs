//! How everything stands, for people at this computer.

use super::{Seat, Seated, Service};
use crate::status::{RunView, Stage, TerminalView};
use protocol::link::part::AccountFlags;
use std::collections::BTreeSet;
use trading::{symbol::Symbol, timeframe::Timeframe};

impl Service {
    /// The terminals that are here.
    pub fn terminals(&self) -> Vec<TerminalView> {
        self.seats.values().map(terminal).collect()
    }

    /// What is traded at each terminal, as its broker calls it.
    pub fn markets(&self) -> Vec<(Seat, BTreeSet<(Symbol, Timeframe)>)> {
        let traded = |seated: &Seated| {
            let runs = seated.account.runs().filter(|(_, run)| run.is_some());
            runs.map(|(terms, _)| (terms.symbol.clone(), terms.plan.timeframe))
                .collect()
        };
        let seats = self.seats.iter();
        seats
            .map(|(seat, seated)| (*seat, traded(seated)))
            .collect()
    }

    /// How many deals the server does not know yet.
    pub fn waiting(&self) -> u32 {
        self.journal.waiting().unwrap_or(0)
    }

    /// The decimals of a run's prices.
    pub fn decimals(&self, seat: Seat, run: u32) -> usize {
        let seated = self.seats.get(&seat);
        let mut runs = seated.into_iter().flat_map(|seated| seated.account.runs());
        let found = runs.find(|(terms, _)| terms.number == run);
        let digits = found.and_then(|(_, run)| run.map(|run| run.spec().digits));
        digits.map_or(5, |digits| usize::try_from(digits).unwrap_or(5).min(10))
    }

    /// What the trader calls a run.
    pub fn name(&self, seat: Seat, run: u32) -> String {
        let seated = self.seats.get(&seat);
        let mut runs = seated.into_iter().flat_map(|seated| seated.account.runs());
        let found = runs.find(|(terms, _)| terms.number == run);
        found.map_or_else(|| format!("#{run}"), |(terms, _)| terms.name.clone())
    }
}

fn terminal(seated: &Seated) -> TerminalView {
    let account = &seated.account;
    let hello = account.hello();
    let told = account.told();
    let open = account.standing().map_or(&[][..], |all| all.positions);
    TerminalView {
        login: hello.login,
        server: hello.server.clone(),
        currency: hello.currency.clone(),
        money: hello.money,
        is_connected: told.is_some_and(|told| told.flags.has(AccountFlags::CONNECTED)),
        may_trade: told.is_some_and(|told| told.flags.may_trade()),
        balance: told.map(|told| told.balance),
        equity: told.map(|told| told.equity),
        positions: open.len(),
        profit: open.iter().map(|open| open.profit + open.swap).sum(),
        is_stopped: account.is_stopped(),
        runs: runs(seated),
        unnamed: account
            .unnamed()
            .iter()
            .map(|(wanted, names)| (wanted.clone(), names.iter().cloned().collect()))
            .collect(),
    }
}

fn runs(seated: &Seated) -> Vec<RunView> {
    let account_stopped = seated.account.is_stopped();
    let runs = seated.account.runs().map(|(terms, run)| RunView {
        name: terms.name.clone(),
        version: terms.version,
        symbol: terms.symbol.clone(),
        stage: match run {
            Some(run) if run.state().is_paused || account_stopped => Stage::Paused,
            Some(run) if !run.may_enter() => Stage::HeldBack,
            Some(_) => Stage::Trading,
            None if seated.account.has_failed(terms.number) => Stage::Failed,
            None => Stage::Waiting,
        },
        positions: run.map_or(0, |run| run.state().held.len()),
    });
    runs.collect()
}
