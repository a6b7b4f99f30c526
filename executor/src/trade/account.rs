//! One terminal: an account at a broker, and the strategies that trade on it.
//!
//! After a connection is new the account looks first: what the broker recorded, what is open, what
//! the bars are. A run goes on when all of that is there; what the terminal says meanwhile waits.

mod calendar;
mod naming;
mod query;
mod reconcile;

pub use query::Standing;

use self::query::Asked;
use super::{
    Effects, Tell, Write,
    clock::ServerClock,
    limit::{Entry, Limit, Limits, Watch},
    news::News,
    number::{Numbers, run_of},
    run::{Around, Run, Terms},
    state::RunState,
};
use protocol::link::{
    FromExecutor, FromTerminal, executor as say,
    part::{AccountFlags, CalendarEvent, CommandNumber, Deal, Request, Ticket},
    terminal::{Account as AccountTold, Bar, Hello, Positions, Receipt, Spec, Tick},
};
use std::collections::{BTreeMap, BTreeSet};
use trading::{
    bar,
    session::AccountState,
    symbol::Symbol,
    time::{MINUTE, Time},
};

/// Bars that a run begins with, where it is new.
const WARM_UP: u32 = 5_000;
/// From one time that the account's worth is written down to the next, in milliseconds.
const WATCH_EVERY: i64 = MINUTE;
/// The most bars that a run is given again after a crash.
const MOST_BARS: u32 = 300_000;

/// What of an account outlives the program, beside its runs.
#[derive(Debug, Clone, Default)]
pub struct Stored {
    /// The newest command number that was given.
    pub newest: Option<CommandNumber>,
    /// Tickets of deals that were written down.
    pub deals: BTreeSet<i64>,
    /// When the newest of them was.
    pub newest_deal: Option<Time>,
    /// What limits remember.
    pub watch: Watch,
    /// Whether a person wants no strategy to open anything, those that are yet to come included.
    pub is_stopped: bool,
}

/// One terminal.
#[derive(Debug)]
pub struct Account {
    hello: Hello,
    clock: ServerClock,
    limits: Limits,
    watch: Watch,
    watch_written: Time,
    is_stopped: bool,
    is_clock_off: bool,
    numbers: Numbers,
    slots: Vec<Slot>,
    known_deals: BTreeSet<i64>,
    /// Pages of deals that are still coming.
    deals: Vec<Deal>,
    has_deals: bool,
    /// What the broker told of deals last.
    recorded: Vec<Deal>,
    newest_deal: Option<Time>,
    positions: Option<Positions>,
    /// Whether that list came while the terminal was at its broker.
    are_positions_fresh: bool,
    told: Option<AccountTold>,
    ticks: BTreeMap<Symbol, Tick>,
    asked: BTreeMap<u64, Asked>,
    next_request: u64,
    deals_asked: Option<Time>,
    /// Symbols that the broker does not have by these names, and what it has instead.
    unnamed: BTreeMap<Symbol, BTreeSet<Symbol>>,
    news: News,
    /// Pages of the calendar that are still coming.
    calendar: Vec<CalendarEvent>,
    calendar_asked: Option<Time>,
    is_calendar_fresh: bool,
    orphans: BTreeSet<i64>,
    /// Positions that were filled after they had been given up, and when they were last to be closed.
    late: BTreeMap<Ticket, Time>,
    /// Since when held positions are not among those that are open.
    missing: BTreeMap<i64, Time>,
}

/// A place for a run.
#[derive(Debug)]
struct Slot {
    terms: Terms,
    stage: Stage,
    may_enter: bool,
}

#[derive(Debug)]
#[allow(clippy::large_enum_variant)] // few, and mostly the large one
enum Stage {
    /// It lacks something still.
    Coming(Coming),
    /// It trades.
    Live(Run),
    /// It cannot trade here.
    Failed,
}

#[derive(Debug, Default)]
struct Coming {
    state: RunState,
    spec: Option<Spec>,
    pages: Vec<bar::Bar>,
    has_bars: bool,
    /// Bars that closed meanwhile, and when that was heard.
    heard: Vec<(Time, Bar)>,
    deals: Vec<Deal>,
}

/// A command that the terminal ended and no run waited for: one that a person gave.
#[derive(Debug, Clone, PartialEq)]
pub struct Ended(pub Receipt);

impl Account {
    /// An account whose terminal has just come.
    pub fn arrived(
        hello: Hello,
        clock: ServerClock,
        limits: Limits,
        stored: Stored,
        now: Time,
        out: &mut Effects,
    ) -> Self {
        let mut account = Self {
            hello,
            clock,
            limits,
            watch: stored.watch,
            watch_written: Time(i64::MIN),
            is_stopped: stored.is_stopped,
            is_clock_off: false,
            numbers: Numbers::after(stored.newest),
            slots: Vec::new(),
            known_deals: stored.deals,
            deals: Vec::new(),
            has_deals: false,
            recorded: Vec::new(),
            newest_deal: stored.newest_deal,
            positions: None,
            are_positions_fresh: false,
            told: None,
            ticks: BTreeMap::new(),
            asked: BTreeMap::new(),
            next_request: 1,
            deals_asked: None,
            unnamed: BTreeMap::new(),
            news: News::default(),
            calendar: Vec::new(),
            calendar_asked: None,
            is_calendar_fresh: false,
            orphans: BTreeSet::new(),
            late: BTreeMap::new(),
            missing: BTreeMap::new(),
        };
        account.ask_deals(now, out);
        account
    }

    /// Whether this computer's clock is wrong: then nothing is entered.
    pub const fn clock_is_off(&mut self, is_off: bool) {
        self.is_clock_off = is_off;
    }

    /// Who the terminal is.
    pub const fn hello(&self) -> &Hello {
        &self.hello
    }

    /// Takes up runs, each with what it remembers. Bars of all are asked for.
    pub fn take_up(&mut self, runs: Vec<(Terms, RunState)>, now: Time, out: &mut Effects) {
        for (terms, state) in runs {
            let symbol = terms.symbol.clone();
            let timeframe = terms.plan.timeframe;
            let count = match state.first_bar {
                Some(first) => {
                    let server = now.0.saturating_add(self.hello.server_offset);
                    let bars = server.saturating_sub(first.0) / timeframe.millis() + 2;
                    u32::try_from(bars).unwrap_or(MOST_BARS).min(MOST_BARS)
                }
                None => WARM_UP,
            };
            let run = terms.number;
            self.slots.push(Slot {
                terms,
                stage: Stage::Coming(Coming {
                    state,
                    ..Coming::default()
                }),
                may_enter: true,
            });
            // Before the history: what closes in between is heard.
            self.subscribe(out);
            let request = self.ask(Asked::Spec(run));
            let spec = say::SpecRequest {
                request,
                symbol: symbol.clone(),
            };
            out.sends.push(FromExecutor::SpecRequest(spec));
            let request = self.ask(Asked::Bars(run));
            out.sends
                .push(FromExecutor::HistoryRequest(say::HistoryRequest {
                    request,
                    symbol,
                    timeframe,
                    before: Time(0),
                    count,
                }));
        }
        self.ask_calendar(now, out);
    }

    fn subscribe(&self, out: &mut Effects) {
        let of = |slot: &Slot| (slot.terms.symbol.clone(), slot.terms.plan.timeframe);
        let mut bars: Vec<_> = self.slots.iter().map(of).collect();
        bars.sort();
        bars.dedup();
        let mut ticks: Vec<_> = bars.iter().map(|(symbol, _)| symbol.clone()).collect();
        ticks.dedup();
        out.sends
            .push(FromExecutor::Subscribe(say::Subscribe { bars, ticks }));
    }

    fn ask(&mut self, what: Asked) -> Request {
        let request = self.next_request;
        self.next_request += 1;
        self.asked.insert(request, what);
        Request(request)
    }

    /// The terminal says something. What a person's command became, if that is what it says.
    pub fn on(&mut self, message: FromTerminal, now: Time, out: &mut Effects) -> Option<Ended> {
        let mut ended = None;
        match message {
            FromTerminal::Bar(bar) => self.on_bar(bar, now, out),
            FromTerminal::Tick(tick) => {
                self.ticks.insert(tick.symbol.clone(), tick);
            }
            FromTerminal::Receipt(receipt) => ended = self.on_receipt(receipt, now, out),
            FromTerminal::Deal(deal) => self.on_deal(&deal, out),
            FromTerminal::Deals(page) => self.on_deals(page, now, out),
            FromTerminal::Positions(positions) => self.on_positions(positions, now, out),
            FromTerminal::Account(told) => self.on_account(told, now, out),
            FromTerminal::Spec(spec) => self.on_spec(&spec, now, out),
            FromTerminal::History(page) => self.on_history(page, now, out),
            FromTerminal::Failed(failed) => self.on_failed(&failed, out),
            FromTerminal::Calendar(page) => self.on_calendar(page),
            FromTerminal::Symbols(page) => self.on_symbols(page),
            FromTerminal::Notice(notice) => out.tells.push(Tell::Notice { text: notice.text }),
            // The link's own, and what nobody asked for.
            FromTerminal::Hello(_) | FromTerminal::Ping(_) | FromTerminal::Pong(_) => {}
        }
        self.write_changed(out);
        ended
    }

    /// Every run that changed is written down, and the highest number with it.
    fn write_changed(&mut self, out: &mut Effects) {
        out.writes
            .extend(self.numbers.unwritten().map(Write::Number));
        for slot in &mut self.slots {
            if let Stage::Live(run) = &mut slot.stage
                && let Some(state) = run.changed()
            {
                out.writes.push(Write::Run {
                    run: slot.terms.number,
                    state: Box::new(state),
                });
            }
        }
    }

    fn on_bar(&mut self, heard: Bar, now: Time, out: &mut Effects) {
        let mut utc = heard.bar;
        utc.time = self.clock.utc(utc.time);
        for at in 0..self.slots.len() {
            let is_its = {
                let terms = &self.slots[at].terms;
                terms.symbol == heard.symbol && terms.plan.timeframe == heard.timeframe
            };
            if !is_its {
                continue;
            }
            match &mut self.slots[at].stage {
                Stage::Coming(coming) => coming.heard.push((now, heard.clone())),
                Stage::Live(_) => {
                    self.with_run(at, now, out, |run, around| {
                        run.closed(&heard, &utc, around);
                    });
                }
                Stage::Failed => {}
            }
        }
        out.sends.push(FromExecutor::Answered(say::Answered {
            symbol: heard.symbol,
            timeframe: heard.timeframe,
            time: heard.bar.time,
        }));
    }

    /// Lets a live run do something, with what it needs to know around it.
    fn with_run<T>(
        &mut self,
        at: usize,
        now: Time,
        out: &mut Effects,
        act: impl FnOnce(&mut Run, &mut Around<'_>) -> T,
    ) -> Option<T> {
        let (open, ordered) = self.exposure();
        let crowded = self.crowded(at);
        let off = self.is_clock_off.then_some(Limit::Clock);
        let symbol = self.slots[at].terms.symbol.clone();
        let Stage::Live(run) = &mut self.slots[at].stage else {
            return None;
        };
        let (limits, watch) = (&self.limits, &self.watch);
        // Entries of this very moment count too.
        let mut more = (0_u32, 0.0);
        let mut guard = |symbol: &Symbol, entry: Entry| {
            let in_symbol: f64 = open
                .iter()
                .filter(|(name, _)| name == symbol)
                .map(|(_, volume)| *volume)
                .sum();
            let entry = Entry {
                positions: ordered + more.0,
                exposure: in_symbol + more.1,
                ..entry
            };
            let broken = off.or(crowded).or_else(|| limits.broken_by(&entry, watch));
            if broken.is_none() {
                more = (more.0 + 1, more.1 + entry.volume);
            }
            broken
        };
        let mut around = Around {
            now,
            tick: self.ticks.get(&symbol),
            numbers: &mut self.numbers,
            out,
            guard: &mut guard,
            news: &self.news,
            at_desk: now,
        };
        Some(act(run, &mut around))
    }

    /// What another run has that forbids an entry of this one. On an account that nets positions two
    /// runs in a symbol would have one position between them, and each would close the other's. An
    /// older version of the same strategy that has something open still counts as this one's.
    fn crowded(&self, at: usize) -> Option<Limit> {
        let own = &self.slots[at].terms;
        let others = self
            .slots
            .iter()
            .enumerate()
            .filter(|(place, _)| *place != at);
        let mut busy = others.filter_map(|(_, slot)| {
            let state = match &slot.stage {
                Stage::Live(run) => run.state(),
                Stage::Coming(coming) => &coming.state,
                Stage::Failed => return None,
            };
            let has_something = !state.held.is_empty() || !state.orders.is_empty();
            has_something.then_some(&slot.terms)
        });
        busy.find_map(|other| {
            if other.strategy == own.strategy {
                Some(Limit::OtherVersion)
            } else if !self.hello.is_hedging && other.symbol == own.symbol {
                Some(Limit::Netting)
            } else {
                None
            }
        })
    }

    /// Volumes by symbol of all that is open or ordered, and how many those are.
    fn exposure(&self) -> (Vec<(Symbol, f64)>, u32) {
        use super::state::OrderKind;
        let mut all = Vec::new();
        for slot in &self.slots {
            let Stage::Live(run) = &slot.stage else {
                continue;
            };
            let state = run.state();
            let symbol = || slot.terms.symbol.clone();
            all.extend(state.held.iter().map(|held| (symbol(), held.volume)));
            all.extend(state.orders.iter().filter_map(|order| match order.kind {
                OrderKind::Open { volume, .. } => Some((symbol(), volume)),
                _ => None,
            }));
        }
        let count = u32::try_from(all.len()).unwrap_or(u32::MAX);
        (all, count)
    }

    fn place_of(&self, run: u32) -> Option<usize> {
        self.slots.iter().position(|slot| slot.terms.number == run)
    }

    fn on_receipt(&mut self, receipt: Receipt, now: Time, out: &mut Effects) -> Option<Ended> {
        let run = run_of(receipt.command);
        let Some(at) = self.place_of(run) else {
            return Some(Ended(receipt));
        };
        let was_waited_for =
            self.with_run(at, now, out, |run, around| run.receipt(&receipt, around));
        if was_waited_for == Some(false) {
            self.filled_late(at, receipt.command, receipt.position, now, out);
        }
        None
    }

    /// An order that had been given up was filled all the same: the position is closed at once.
    fn filled_late(
        &mut self,
        at: usize,
        command: CommandNumber,
        ticket: Ticket,
        now: Time,
        out: &mut Effects,
    ) {
        let Stage::Live(run) = &self.slots[at].stage else {
            return;
        };
        let number = run.terms().number;
        let is_given_up = run.state().given_up.contains(&command.0.get());
        if !is_given_up || ticket.0 <= 0 || !self.orphans.insert(ticket.0) {
            return;
        }
        out.tells.push(Tell::Late {
            run: number,
            ticket: ticket.0,
        });
        self.late.insert(ticket, now);
        self.close_any(ticket, now, out);
    }

    /// Closes a position that is nobody's here. The number of the command.
    pub fn close_any(&mut self, ticket: Ticket, now: Time, out: &mut Effects) -> CommandNumber {
        let command = self.numbers.next(0, now);
        out.sends.push(FromExecutor::Close(say::Close {
            command,
            expires: Time(now.0.saturating_add(super::run::EXIT_EXPIRES)),
            position: ticket,
        }));
        self.write_changed(out);
        command
    }

    /// Closes everything, or everything of ours, for a person's sake. The number of the command.
    pub fn close_all(&mut self, everything: bool, now: Time, out: &mut Effects) -> CommandNumber {
        let command = self.numbers.next(0, now);
        out.sends.push(FromExecutor::CloseAll(say::CloseAll {
            command,
            expires: Time(now.0.saturating_add(super::run::EXIT_EXPIRES)),
            everything,
        }));
        self.write_changed(out);
        command
    }

    /// The server was asked about an entry of a run: see [`Run::advised`].
    pub fn advised(
        &mut self,
        run: u32,
        question: u64,
        advice: Option<(bool, String)>,
        now: Time,
        out: &mut Effects,
    ) {
        if let Some(at) = self.place_of(run) {
            self.with_run(at, now, out, |run, around| {
                run.advised(question, advice, around);
            });
        }
        self.write_changed(out);
    }

    /// Lets exactly these runs enter, and drops those others that have nothing open.
    pub fn let_enter(&mut self, runs: &[u32], out: &mut Effects) {
        let before = self.slots.len();
        self.slots.retain(|slot| {
            runs.contains(&slot.terms.number)
                || matches!(&slot.stage, Stage::Live(run) if !run.is_idle())
                || matches!(&slot.stage, Stage::Coming(coming) if !coming.state.held.is_empty()
                    || !coming.state.orders.is_empty())
        });
        for slot in &mut self.slots {
            slot.may_enter = runs.contains(&slot.terms.number);
            if let Stage::Live(run) = &mut slot.stage {
                run.hold_back(!slot.may_enter || self.is_stopped);
            }
        }
        if self.slots.len() != before {
            self.subscribe(out);
        }
        self.write_changed(out);
    }

    /// The runs that are here, and whether each is at work.
    pub fn runs(&self) -> impl Iterator<Item = (&Terms, Option<&Run>)> {
        self.slots.iter().map(|slot| match &slot.stage {
            Stage::Live(run) => (&slot.terms, Some(run)),
            _ => (&slot.terms, None),
        })
    }

    /// Forgets runs that failed, so that they can be taken up again; not those for which the trader
    /// has to name a symbol. Whether there were any.
    pub fn forget_failed(&mut self) -> bool {
        let before = self.slots.len();
        let unnamed = &self.unnamed;
        self.slots.retain(|slot| {
            !matches!(slot.stage, Stage::Failed) || unnamed.contains_key(&slot.terms.symbol)
        });
        self.slots.len() != before
    }

    /// Whether a run cannot trade here at all.
    pub fn has_failed(&self, number: u32) -> bool {
        let failed = |slot: &Slot| matches!(slot.stage, Stage::Failed);
        self.slots
            .iter()
            .any(|slot| slot.terms.number == number && failed(slot))
    }

    /// How the account stood when it was last told.
    pub const fn told(&self) -> Option<&AccountTold> {
        self.told.as_ref()
    }

    /// Lets nothing be opened by any strategy until a person lets it go on: also by those that come
    /// later.
    pub fn stop(&mut self, is_stopped: bool, out: &mut Effects) {
        self.is_stopped = is_stopped;
        out.writes.push(Write::Stopped(is_stopped));
        for slot in &mut self.slots {
            if let Stage::Live(run) = &mut slot.stage {
                run.hold_back(!slot.may_enter || is_stopped);
            }
        }
        self.write_changed(out);
    }

    /// Whether a person wants nothing to be opened.
    pub const fn is_stopped(&self) -> bool {
        self.is_stopped
    }

    /// Pauses or resumes a strategy.
    pub fn pause(&mut self, strategy: &str, is_paused: bool, out: &mut Effects) {
        for slot in &mut self.slots {
            if strategy != slot.terms.strategy {
                continue;
            }
            match &mut slot.stage {
                Stage::Live(run) => run.pause(is_paused),
                Stage::Coming(coming) => {
                    coming.state.is_paused = is_paused;
                    out.writes.push(Write::Run {
                        run: slot.terms.number,
                        state: Box::new(coming.state.clone()),
                    });
                }
                Stage::Failed => {}
            }
        }
        self.write_changed(out);
    }

    fn on_account(&mut self, told: AccountTold, now: Time, out: &mut Effects) {
        let server = Time(told.time.0.saturating_add(self.hello.server_offset));
        let before = (self.watch.day, self.watch.peak);
        self.watch.hear(told.equity, server);
        // Equity changes all the time; tomorrow's loss is counted from what it was last.
        let is_due = (0..WATCH_EVERY).contains(&(now.0.saturating_sub(self.watch_written.0)));
        if before != (self.watch.day, self.watch.peak) || !is_due {
            self.watch_written = now;
            out.writes.push(Write::Watch(self.watch.clone()));
        }
        if !told.flags.has(AccountFlags::CONNECTED) {
            self.are_positions_fresh = false;
        }
        self.told = Some(told);
        for at in 0..self.slots.len() {
            self.with_run(at, now, out, |run, around| run.again(around));
        }
        self.look_after(now, out);
    }

    /// The account's money as it was last told.
    fn money(&self) -> AccountState {
        let told = self.told.as_ref();
        told.map_or_else(AccountState::default, |told| AccountState {
            balance: told.balance,
            equity: told.equity,
        })
    }

    fn on_deal(&mut self, deal: &Deal, out: &mut Effects) {
        if !self.known_deals.insert(deal.ticket.0) {
            return;
        }
        self.newest_deal = self.newest_deal.max(Some(deal.time));
        let mut whose = None;
        let named = CommandNumber::from_comment(&deal.comment).map(run_of);
        for slot in &mut self.slots {
            let number = slot.terms.number;
            let is_of = |state: &RunState| {
                named == Some(number)
                    || state.held.iter().any(|held| held.ticket == deal.position.0)
            };
            match &mut slot.stage {
                Stage::Live(run) if is_of(run.state()) => {
                    whose = Some(number);
                    out.done.extend(run.deal(deal).map(|done| (number, done)));
                }
                Stage::Coming(coming) if is_of(&coming.state) => {
                    // Written down when the run has heard it.
                    coming.deals.push(deal.clone());
                    return;
                }
                _ => {}
            }
        }
        out.writes.push(Write::Deal {
            deal: Box::new(deal.clone()),
            run: whose,
        });
    }
}
