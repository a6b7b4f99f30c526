//! Everything that the executor does, without a network: terminals come and go, strategies become
//! active, people give commands. What is to be sent comes out when it is on disk.

mod command;
mod report;
mod view;

pub use report::Told;

use crate::{
    journal::{AccountRow, Journal, JournalFault},
    trade::{
        Account, Ask, Effects, Tell,
        clock::ServerClock,
        limit::Limits,
        news::{Manner, NewsRule},
        run::{Done, Terms},
        state::RunState,
    },
};
use protocol::{
    api::report::BrokerLogin,
    id::{CommandId, StrategyId},
    link::{FromExecutor, FromTerminal, part::CommandNumber, terminal::Hello},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use trading::{
    strategy::{plan::compile, validate},
    symbol::Symbol,
    time::Time,
    zone::Zone,
};

/// A terminal's place here. Whoever carries messages names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Seat(pub u64);

/// What the trader has set.
#[derive(Debug, Clone)]
pub struct Rules {
    /// The guard before every entry.
    pub limits: Limits,
    /// Distance of the stop for emergencies, as a share of the price, for strategies that have none.
    pub emergency_stop: f64,
    /// What is done where a strategy stays out around news.
    pub news: Manner,
    /// The zone of the broker's clock, where it is not what it seems to be.
    pub server_zone: Option<Zone>,
    /// What the broker calls the symbols of strategies, where it calls them otherwise.
    pub symbols: BTreeMap<Symbol, Symbol>,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            limits: Limits::default(),
            emergency_stop: 0.2,
            news: Manner::default(),
            server_zone: None,
            symbols: BTreeMap::new(),
        }
    }
}

/// A strategy that is to trade.
#[derive(Debug, Clone, PartialEq)]
pub struct Active {
    /// Which.
    pub strategy: StrategyId,
    /// Its version.
    pub version: i64,
    /// The document's JSON text.
    pub document: String,
    /// On this account alone; on every one where there is none.
    pub login: Option<BrokerLogin>,
    /// Whether it may open nothing, because the plan does not allow it.
    pub is_paused: bool,
}

/// What a broker calls a symbol, as the trader says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Naming {
    /// Of which account.
    pub login: i64,
    /// At which server of the broker.
    pub server: String,
    /// What strategies call it.
    pub wanted: Symbol,
    /// What the broker calls it.
    pub chosen: Symbol,
}

/// What is to be done outside.
#[derive(Debug)]
pub enum Out {
    /// Send this to a terminal.
    Send(Seat, FromExecutor),
    /// End a terminal's connection. It comes again and begins from what is on disk.
    End(Seat, String),
    /// Tell the trader.
    Tell(Seat, Tell),
    /// A strategy cannot trade.
    Cannot(StrategyId, String),
    /// A position of a run was closed.
    Closed(Seat, u32, Done),
    /// The server is to be asked about an entry.
    Ask(Seat, Ask),
    /// Something is there to be reported.
    Report,
    /// A person's command has ended: it stands in the journal.
    Ended(CommandId),
    /// A person's command cannot be written down, and why: the server is told at once.
    Unwritten(CommandId, String),
    /// What a person wanted at this computer has ended: with these words, where it failed.
    Given(Seat, Result<(), String>),
    /// The journal fails.
    Journal(JournalFault),
}

/// The executor.
#[derive(Debug)]
pub struct Service {
    journal: Journal,
    rules: Rules,
    seats: BTreeMap<Seat, Seated>,
    active: Vec<Active>,
    is_known: bool,
    /// Commands whose end the terminals have not told yet.
    pending: BTreeMap<CommandId, command::Pending>,
    /// The same, given at this computer.
    local: BTreeSet<(Seat, CommandNumber)>,
    /// Whether this computer's clock is known to be wrong.
    is_clock_off: bool,
    /// Whether somebody at this computer wants nothing to be opened, written down or not.
    is_stopped_here: bool,
    /// Until when a terminal that comes closes everything first.
    close_until: Option<Time>,
}

#[derive(Debug)]
struct Seated {
    row: AccountRow,
    login: Option<BrokerLogin>,
    account: Account,
}

impl Service {
    /// An executor that begins.
    pub const fn new(journal: Journal, rules: Rules) -> Self {
        Self {
            journal,
            rules,
            seats: BTreeMap::new(),
            active: Vec::new(),
            is_known: false,
            pending: BTreeMap::new(),
            local: BTreeSet::new(),
            is_clock_off: false,
            is_stopped_here: false,
            close_until: None,
        }
    }

    /// A terminal has come.
    pub fn arrived(&mut self, seat: Seat, hello: Hello, now: Time) -> Vec<Out> {
        let mut out = Vec::new();
        if let Err(fault) = self.seat(seat, hello, now, &mut out) {
            self.fail(seat, fault, &mut out);
        }
        out
    }

    fn seat(
        &mut self,
        seat: Seat,
        hello: Hello,
        now: Time,
        out: &mut Vec<Out>,
    ) -> Result<(), JournalFault> {
        let clock = match &self.rules.server_zone {
            Some(zone) => Ok(ServerClock::new(zone.clone())),
            None => ServerClock::guess(hello.server_offset, now),
        };
        let clock = match clock {
            Ok(clock) => clock,
            Err(fault) => {
                out.push(Out::End(seat, format!("the server's clock: {fault}")));
                return Ok(());
            }
        };
        let row = self.journal.account(&hello.server, hello.login)?;
        let mut stored = self.journal.stored(row)?;
        if self.is_stopped_here && !stored.is_stopped {
            stored.is_stopped = true;
            // It could not be written before; where it still cannot, it holds all the same.
            let _ = self.journal.stop(true);
        }
        let login = hello.server.parse().ok().map(|server| BrokerLogin {
            login: hello.login,
            server,
        });
        // Two terminals on one account would each trade the same strategies. The first one stays: one
        // that is gone without a word is noticed within seconds, and whoever comes asks again.
        if self.seats.values().any(|seated| seated.row == row) {
            let why = "another terminal of the same account is connected";
            out.push(Out::End(seat, why.to_owned()));
            return Ok(());
        }
        let mut effects = Effects::default();
        let limits = self.rules.limits.clone();
        self.journal.keeps_in(row, &hello.currency)?;
        let mut account = Account::arrived(hello, clock, limits, stored, now, &mut effects);
        account.clock_is_off(self.is_clock_off);
        let seated = Seated {
            row,
            login,
            account,
        };
        self.seats.insert(seat, seated);
        self.close_late(seat, now, out);
        if !self.seats.contains_key(&seat) {
            // Even that cannot be written: it was told all the same.
            return Ok(());
        }
        self.carry_out(seat, effects, out);
        self.assign(seat, now, out)
    }

    /// Whether this computer's clock is wrong: as long as it is, nothing is entered.
    pub fn clock_is_off(&mut self, is_off: bool) {
        self.is_clock_off = is_off;
        for seated in self.seats.values_mut() {
            seated.account.clock_is_off(is_off);
        }
    }

    /// A terminal has gone. Of what it was told to do for a person nobody knows the end.
    pub fn left(&mut self, seat: Seat) -> Vec<Out> {
        let mut out = Vec::new();
        self.seats.remove(&seat);
        if let Err(fault) = self.nobody_answers(seat, &mut out) {
            out.push(Out::Journal(fault));
        }
        out
    }

    /// A terminal says something.
    pub fn heard(&mut self, seat: Seat, message: FromTerminal, now: Time) -> Vec<Out> {
        let mut out = Vec::new();
        let Some(seated) = self.seats.get_mut(&seat) else {
            return out;
        };
        let mut effects = Effects::default();
        let ended = seated.account.on(message, now, &mut effects);
        self.carry_out(seat, effects, &mut out);
        if let Some(ended) = ended
            && let Err(fault) = self.command_ended(seat, &ended.0, &mut out)
        {
            out.push(Out::Journal(fault));
        }
        out
    }

    /// Tries again what could not trade for want of an answer of the terminal's.
    pub fn retry(&mut self, now: Time) -> Vec<Out> {
        let mut out = Vec::new();
        let seats: Vec<Seat> = self.seats.keys().copied().collect();
        for seat in seats {
            let seated = self.seats.get_mut(&seat);
            if seated.is_some_and(|seated| seated.account.forget_failed())
                && let Err(fault) = self.assign(seat, now, &mut out)
            {
                self.fail(seat, fault, &mut out);
            }
        }
        out
    }

    /// What the server advises about an entry; none where it did not answer in time.
    pub fn advised(
        &mut self,
        seat: Seat,
        (run, question): (u32, u64),
        advice: Option<(bool, String)>,
        now: Time,
    ) -> Vec<Out> {
        let mut out = Vec::new();
        let mut effects = Effects::default();
        if let Some(seated) = self.seats.get_mut(&seat) {
            seated
                .account
                .advised(run, question, advice, now, &mut effects);
        }
        self.carry_out(seat, effects, &mut out);
        out
    }

    /// The strategies that are to trade, all of them.
    pub fn strategies(&mut self, active: Vec<Active>, now: Time) -> Vec<Out> {
        self.active = active;
        self.is_known = true;
        let mut out = Vec::new();
        let seats: Vec<Seat> = self.seats.keys().copied().collect();
        for seat in seats {
            if let Err(fault) = self.assign(seat, now, &mut out) {
                self.fail(seat, fault, &mut out);
            }
        }
        out
    }

    /// Gives a terminal the runs that belong to it.
    fn assign(&mut self, seat: Seat, now: Time, out: &mut Vec<Out>) -> Result<(), JournalFault> {
        let Some(seated) = self.seats.get(&seat) else {
            return Ok(());
        };
        let row = seated.row;
        let here: BTreeSet<u32> = seated
            .account
            .runs()
            .map(|(terms, _)| terms.number)
            .collect();
        let known = self.journal.runs(row)?;
        let mut wanted = Vec::new();
        let mut may_enter = Vec::new();
        let mut seen = BTreeSet::new();
        for active in &self.active {
            if !seen.insert((active.strategy, active.version)) {
                continue;
            }
            if active.login.is_some() && active.login != seated.login {
                continue;
            }
            let is_it = |run: &&crate::journal::RunRow| {
                run.strategy == active.strategy && run.version == active.version
            };
            let (number, state) = match known.iter().rev().find(is_it) {
                Some(run) => (run.number, run.state.clone()),
                None => {
                    // A person's pause is of the strategy, not of a version.
                    let mut before = known.iter().rev();
                    let before = before.find(|run| run.strategy == active.strategy);
                    let state = RunState {
                        is_paused: before.is_some_and(|run| run.state.is_paused),
                        ..RunState::default()
                    };
                    let number = self.journal.begin(
                        row,
                        active.strategy,
                        active.version,
                        &active.document,
                        &state,
                    )?;
                    (number, state)
                }
            };
            if !active.is_paused {
                may_enter.push(number);
            }
            wanted.push((
                number,
                active.strategy,
                active.version,
                active.document.clone(),
                state,
            ));
        }
        // What has something open is looked after, whether it is to trade or not. Before it is known
        // what is to trade, nothing enters.
        for run in known {
            let has_something = !run.state.held.is_empty() || !run.state.orders.is_empty();
            if has_something && wanted.iter().all(|(number, ..)| *number != run.number) {
                wanted.push((
                    run.number,
                    run.strategy,
                    run.version,
                    run.document,
                    run.state,
                ));
            }
        }
        let mut runs = Vec::new();
        for (number, strategy, version, document, state) in wanted {
            if here.contains(&number) {
                continue;
            }
            match self.terms(row, number, strategy, version, &document)? {
                Ok(terms) => runs.push((terms, state)),
                Err(why) => out.push(Out::Cannot(strategy, why)),
            }
        }
        let Some(seated) = self.seats.get_mut(&seat) else {
            return Ok(());
        };
        let mut effects = Effects::default();
        seated.account.take_up(runs, now, &mut effects);
        seated.account.let_enter(&may_enter, &mut effects);
        self.carry_out(seat, effects, out);
        Ok(())
    }

    fn terms(
        &self,
        account: AccountRow,
        number: u32,
        strategy: StrategyId,
        version: i64,
        document: &str,
    ) -> Result<Result<Terms, String>, JournalFault> {
        let document = match validate::validate(document) {
            Ok(document) => document,
            Err(faults) => {
                let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
                return Ok(Err(told.join("; ")));
            }
        };
        let plan = match compile(&document) {
            Ok(plan) => plan,
            Err(fault) => return Ok(Err(fault.to_string())),
        };
        let wanted = self.rules.symbols.get(&document.symbol);
        let wanted = wanted.unwrap_or(&document.symbol);
        let named = self.journal.symbol(account, wanted)?;
        Ok(Ok(Terms {
            number,
            strategy: strategy.to_string(),
            name: document.name.clone(),
            version,
            plan: Arc::new(plan),
            news: document.filters.news.clone().map(|window| NewsRule {
                window,
                manner: self.rules.news,
            }),
            symbol: named.unwrap_or_else(|| wanted.clone()),
            emergency_stop: self.rules.emergency_stop,
        }))
    }

    /// The trader says what a broker calls a symbol: one of the names that were shown, or nothing
    /// happens.
    pub fn name_symbol(&mut self, name: &Naming, now: Time) -> Vec<Out> {
        let mut out = Vec::new();
        let of = |seated: &Seated| {
            let hello = seated.account.hello();
            hello.login == name.login && hello.server == name.server
        };
        let found = self.seats.iter_mut().find(|(_, seated)| of(seated));
        let Some((seat, seated)) = found else {
            return out;
        };
        let (seat, row) = (*seat, seated.row);
        if !seated.account.name(&name.wanted, &name.chosen) {
            return out;
        }
        let kept = self.journal.name_symbol(row, &name.wanted, &name.chosen);
        if let Err(fault) = kept.and_then(|()| self.assign(seat, now, &mut out)) {
            self.fail(seat, fault, &mut out);
        }
        out
    }

    /// Writes first; what cannot be written is not sent, and the terminal begins again.
    fn carry_out(&mut self, seat: Seat, effects: Effects, out: &mut Vec<Out>) {
        let Some(seated) = self.seats.get(&seat) else {
            return;
        };
        if let Err(fault) = self.journal.write(seated.row, &effects.writes) {
            self.fail(seat, fault, out);
            return;
        }
        let is_deal =
            |write: &crate::trade::Write| matches!(write, crate::trade::Write::Deal { .. });
        if effects.writes.iter().any(is_deal) {
            out.push(Out::Report);
        }
        out.extend(effects.sends.into_iter().map(|send| Out::Send(seat, send)));
        out.extend(effects.tells.into_iter().map(|tell| Out::Tell(seat, tell)));
        out.extend(effects.asks.into_iter().map(|ask| Out::Ask(seat, ask)));
        out.extend(
            effects
                .done
                .into_iter()
                .map(|(run, done)| Out::Closed(seat, run, done)),
        );
    }

    /// What is in memory is ahead of the disk: it is given up, and read again when the terminal comes
    /// again. Its positions have their stops meanwhile.
    fn fail(&mut self, seat: Seat, fault: JournalFault, out: &mut Vec<Out>) {
        self.seats.remove(&seat);
        // What cannot be written down now is told when the server asks again.
        let _ = self.nobody_answers(seat, out);
        out.push(Out::End(seat, fault.to_string()));
        out.push(Out::Journal(fault));
    }
}
