//! The terminal: everything that the EA can ask, except what is one subject of its own (`info`,
//! `rates`, `broker`, `socket`).

use crate::{
    book::{Book, Step},
    broker::{Broker, Deal, Shown},
    clock::Clock,
    command::Command,
    constant, history,
    order::{Reply, Request, Transaction, What},
    scenario::{Filling, Scenario},
    socket::Sockets,
    trouble::{self, Dice, Fate, Of},
};
use anyhow::{Context, Result, ensure};
use backtest::{market::Market, venue::Venue};
use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    fs,
    time::Duration,
};
use trading::{bar::Bars, symbol::Side, timeframe::Timeframe};

/// What permits trading.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Permits {
    pub(crate) terminal: bool,
    pub(crate) expert: bool,
    pub(crate) account: bool,
    pub(crate) programs: bool,
    pub(crate) online: bool,
}

/// A terminal with one chart.
#[derive(Debug)]
pub struct Terminal {
    pub(crate) scenario: Scenario,
    pub(crate) venue: Venue,
    pub(crate) timeframe: Timeframe,
    pub(crate) broker: Broker,
    pub(crate) clock: Clock,
    pub(crate) sockets: Sockets,
    pub(crate) permits: Permits,
    pub(crate) error: i32,
    pub(crate) rates: Vec<crate::rates::Rate>,
    pub(crate) loaded: BTreeSet<String>,
    pub(crate) is_stopped: bool,
    /// What the program prints is not passed on.
    pub(crate) is_quiet: bool,
    book: Book,
    fate: Fate,
    globals: BTreeMap<String, f64>,
    files: Vec<VecDeque<String>>,
    /// Timers so far: what the terminal does not know yet, it knows after some more.
    timers: u64,
    /// Deals and positions that the terminal does not know before this timer.
    hidden: BTreeMap<u64, u64>,
    queue: VecDeque<(u64, Transaction)>,
    /// Waiting orders and the timer at which the server fills them.
    due: Vec<(u64, u64)>,
    pub(crate) position: Option<Shown>,
    pub(crate) order: Option<(u64, String)>,
    pub(crate) deals: Vec<usize>,
    pub(crate) values: Vec<usize>,
}

impl Terminal {
    /// A terminal before its first bar, or where its book ends.
    ///
    /// # Errors
    /// When the scenario's files cannot be read or make no sense.
    pub fn new(scenario: Scenario) -> Result<Self> {
        let mut bars = history::read(&scenario.bars)?;
        if let Some(count) = scenario.count {
            bars = bars.head(scenario.first + count);
        }
        Self::with(scenario, bars)
    }

    /// The same with this history.
    pub(crate) fn with(scenario: Scenario, bars: Bars) -> Result<Self> {
        ensure!(
            (1..bars.len()).contains(&scenario.first),
            "the first bar must have one before it and be in the history"
        );
        let timeframe = match scenario.timeframe {
            Some(timeframe) => timeframe,
            None => bars.detect_timeframe().context("no timeframe seen")?,
        };
        let venue = match &scenario.venue {
            Some(venue) => venue.clone(),
            None => Venue::typical(&scenario.symbol).context("give the venue of this symbol")?,
        };
        venue.check()?;
        // One terminal is the whole process: its market lives as long.
        let bars = Box::leak(Box::new(bars));
        let market = Box::leak(Box::new(Market::new(bars, &venue)));
        Self::at(scenario, venue, timeframe, market)
    }

    /// A new account in the same market.
    pub(crate) fn anew(&self) -> Result<Self> {
        let market = self.broker.market();
        let (scenario, venue) = (self.scenario.clone(), self.venue.clone());
        Self::at(scenario, venue, self.timeframe, market)
    }

    fn at(
        scenario: Scenario,
        venue: Venue,
        timeframe: Timeframe,
        market: &'static Market<'static>,
    ) -> Result<Self> {
        let is_splitting = scenario.troubles.iter().any(|trouble| {
            matches!(trouble.what, trouble::What::Partial(_)) && trouble.of == Of::Close
        });
        let (book, steps) = Book::open(scenario.book.as_deref())?;
        let dice = scenario
            .speculates
            .then(|| Dice::new(scenario.seed ^ 0x50C4));
        let mut terminal = Self {
            broker: Broker::new(market, &venue, timeframe.millis(), is_splitting),
            clock: Clock::new(scenario.server_offset_ms),
            sockets: Sockets::new(dice),
            permits: Permits {
                terminal: true,
                expert: true,
                account: true,
                programs: true,
                online: true,
            },
            error: 0,
            rates: Vec::new(),
            loaded: BTreeSet::new(),
            is_stopped: false,
            is_quiet: false,
            book,
            fate: Fate::new(scenario.troubles.clone(), scenario.chances, scenario.seed),
            globals: BTreeMap::new(),
            files: Vec::new(),
            timers: 0,
            hidden: BTreeMap::new(),
            queue: VecDeque::new(),
            due: Vec::new(),
            position: None,
            order: None,
            deals: Vec::new(),
            values: Vec::new(),
            venue,
            timeframe,
            scenario,
        };
        terminal.resume(steps);
        Ok(terminal)
    }

    /// To where the book ends, or to the close of the bar before the first.
    fn resume(&mut self, steps: Vec<Step>) {
        let is_new = steps.is_empty();
        for step in steps {
            self.take(step);
        }
        if is_new {
            for _ in 0..self.scenario.first {
                self.open_bar();
                self.walk();
            }
        }
        // What lay at the server meanwhile is filled soon.
        self.due = self.broker.waiting.iter().map(|w| (2, w.ticket)).collect();
        self.broker.take_told();
        self.set_clock();
    }

    fn take(&mut self, step: Step) {
        match step {
            Step::Bar => {
                self.broker.next_bar();
            }
            Step::Walk => self.broker.walk(),
            Step::Perform(request, share) => {
                self.broker.perform(&request, share);
            }
            Step::Place(request) => {
                self.broker.place(request);
            }
            Step::Fill(order) => self.broker.fill(order),
            Step::Global(name, value) => {
                self.globals.insert(name, value);
            }
        }
    }

    fn set_clock(&mut self) {
        if self.broker.has_begun() {
            self.clock.set_market(self.broker.now_ms());
        }
    }

    /// The next bar opens; false when history is over.
    pub(crate) fn open_bar(&mut self) -> bool {
        if self.broker.bar() + 1 >= self.broker.market().len() {
            return false;
        }
        self.book.write(&Step::Bar);
        self.broker.next_bar();
        self.set_clock();
        true
    }

    /// The bar's prices work, and it closes.
    pub(crate) fn walk(&mut self) {
        self.book.write(&Step::Walk);
        self.broker.walk();
        self.set_clock();
        self.hear(0);
    }

    /// Queues what the broker tells, to be heard after so many timers.
    fn hear(&mut self, timers: u64) {
        let due = self.timers + timers;
        for told in self.broker.take_told() {
            if timers > 0 {
                self.hidden.insert(told.deal, due);
                self.hidden.insert(told.position, due);
            }
            self.queue.push_back((due, told));
        }
    }

    /// The next transaction that the program is to hear of.
    pub(crate) fn next_transaction(&mut self) -> Option<Transaction> {
        let place = self.queue.iter().position(|(due, _)| *due <= self.timers)?;
        self.queue.remove(place).map(|(_, told)| told)
    }

    /// A timer passes: orders at the server are filled, late answers arrive.
    pub(crate) fn pass_timer(&mut self) {
        self.timers += 1;
        let now = self.timers;
        self.hidden.retain(|_, due| *due > now);
        if self.broker.is_at_close() {
            return;
        }
        let (ripe, rest) = self.due.iter().partition(|(due, _)| *due <= now);
        self.due = rest;
        let ripe: Vec<(u64, u64)> = ripe;
        for (_, order) in ripe {
            self.book.write(&Step::Fill(order));
            self.broker.fill(order);
            self.hear(0);
        }
    }

    pub(crate) fn is_hidden(&self, ticket: u64) -> bool {
        self.hidden.contains_key(&ticket)
    }

    pub(crate) fn fail(&mut self, error: i32) {
        self.error = error;
    }

    pub(crate) fn global(&self, name: &str) -> Option<f64> {
        self.globals.get(name).copied()
    }

    pub(crate) fn set_global(&mut self, name: String, value: f64) {
        self.book.write(&Step::Global(name.clone(), value));
        self.globals.insert(name, value);
    }

    /// Positions that the terminal knows of.
    pub(crate) fn positions(&self) -> Vec<Shown> {
        let mut positions = self.broker.positions();
        positions.retain(|position| !self.is_hidden(position.ticket));
        positions
    }

    pub(crate) fn deal(&self, ticket: u64) -> Option<&Deal> {
        if self.is_hidden(ticket) {
            return None;
        }
        let place = self
            .broker
            .deals
            .partition_point(|deal| deal.ticket < ticket);
        self.broker
            .deals
            .get(place)
            .filter(|deal| deal.ticket == ticket)
    }

    /// Notes the deals of a time, both ends in seconds of the server's clock.
    pub(crate) fn select_deals(&mut self, from: i64, to: i64) {
        let seconds = |deal: &Deal| self.clock.to_server(deal.time_ms).div_euclid(1_000);
        let deals = &self.broker.deals;
        let first = deals.partition_point(|deal| seconds(deal) < from);
        let end = deals.partition_point(|deal| seconds(deal) <= to);
        let known = (first..end).filter(|place| !self.is_hidden(deals[*place].ticket));
        self.deals = known.collect();
    }

    /// The symbol of the chart, or one that the broker merely lists.
    pub(crate) fn has_symbol(&self, name: &str) -> bool {
        name == self.scenario.symbol.as_str() || self.scenario.others.iter().any(|o| o == name)
    }

    pub(crate) fn is_traded(&self, name: &str) -> bool {
        name == self.scenario.symbol.as_str()
    }

    pub(crate) fn open_file(&mut self, name: &str, flags: i32) -> Option<i32> {
        if flags & constant::FILE_COMMON == 0 {
            return None;
        }
        let path = self.scenario.common.as_ref()?.join(name.replace('\\', "/"));
        let text = fs::read_to_string(path).ok()?;
        self.files.push(text.lines().map(str::to_owned).collect());
        Some(self.files.len() as i32)
    }

    pub(crate) fn read_file(&mut self, handle: i32) -> String {
        let place = usize::try_from(handle).unwrap_or_default();
        let file = place
            .checked_sub(1)
            .and_then(|place| self.files.get_mut(place));
        file.and_then(VecDeque::pop_front).unwrap_or_default()
    }

    /// `OrderSend`: whether the request was sent, and the answer.
    pub(crate) fn order_send(&mut self, request: Request, filling: i32) -> (bool, Reply) {
        let permits = self.permits;
        if !(permits.terminal && permits.expert) {
            return (
                false,
                Reply::only(constant::TRADE_RETCODE_CLIENT_DISABLES_AT),
            );
        }
        if !permits.online {
            return (false, Reply::only(constant::TRADE_RETCODE_CONNECTION));
        }
        let of = match request.what {
            What::Open { .. } => Of::Open,
            What::Close { .. } => Of::Close,
            What::Levels { .. } => Of::Levels,
            What::Remove { .. } => Of::Any,
        };
        let reply = self.serve(request, filling, of);
        let is_sent = matches!(
            reply.retcode as i32,
            constant::TRADE_RETCODE_DONE
                | constant::TRADE_RETCODE_DONE_PARTIAL
                | constant::TRADE_RETCODE_PLACED
        );
        (is_sent, reply)
    }

    fn serve(&mut self, mut request: Request, filling: i32, of: Of) -> Reply {
        if let What::Open { stop, target, .. } = &mut request.what
            && self.scenario.forgets_stops
        {
            (*stop, *target) = (None, None);
        }
        let fate = self.fate.next(of);
        if let Some(trouble::What::Retcode(retcode)) = fate {
            return Reply::only(retcode as i32);
        }
        if !self.permits.account {
            return Reply::only(constant::TRADE_RETCODE_TRADE_DISABLED);
        }
        if !self.permits.programs {
            return Reply::only(constant::TRADE_RETCODE_SERVER_DISABLES_AT);
        }
        if !self.is_traded(&request.symbol) && of != Of::Any {
            return Reply::only(constant::TRADE_RETCODE_INVALID);
        }
        let takes = match filling {
            constant::ORDER_FILLING_FOK => self.scenario.filling.contains(&Filling::Fok),
            constant::ORDER_FILLING_IOC => self.scenario.filling.contains(&Filling::Ioc),
            _ => self.scenario.execution != crate::scenario::Execution::Market,
        };
        if matches!(of, Of::Open | Of::Close) && !takes {
            return Reply::only(constant::TRADE_RETCODE_INVALID_FILL);
        }
        match fate {
            Some(trouble::What::Gone) => Reply::only(constant::TRADE_RETCODE_TIMEOUT),
            Some(trouble::What::Lost { timers }) => {
                let reply = self.perform(request, 1.0, timers);
                let is_done = reply.retcode == constant::TRADE_RETCODE_DONE as u32;
                // Only what was done can be lost; a refusal is heard.
                if is_done {
                    Reply::only(constant::TRADE_RETCODE_TIMEOUT)
                } else {
                    reply
                }
            }
            Some(trouble::What::Placed { timers }) if of != Of::Levels => {
                self.book.write(&Step::Place(request.clone()));
                let reply = self.broker.place(request);
                self.due.push((self.timers + timers, reply.order));
                self.hear(0);
                reply
            }
            Some(trouble::What::Partial(share)) => self.perform(request, share, 0),
            Some(trouble::What::Slow { ms }) => {
                self.clock.advance(Duration::from_millis(ms));
                self.perform(request, 1.0, 0)
            }
            _ => self.perform(request, 1.0, 0),
        }
    }

    fn perform(&mut self, request: Request, share: f64, timers: u64) -> Reply {
        let step = Step::Perform(request, share);
        self.book.write(&step);
        let Step::Perform(request, share) = step else {
            return Reply::default();
        };
        let reply = self.broker.perform(&request, share);
        self.hear(timers);
        reply
    }

    /// What a scenario or a test lets happen to the terminal itself.
    pub(crate) fn happen(&mut self, command: &Command) {
        match command {
            Command::Advance { ms } => self.clock.advance(Duration::from_millis(*ms)),
            Command::Shift { ms } => self.clock.set_shift(*ms),
            Command::Offset { ms } => self.clock.set_offset(*ms),
            Command::Drop => self.sockets.drop_all(),
            Command::Allow { address } => self.scenario.allows_address = *address,
            Command::Trouble(trouble) => self.fate.add(*trouble),
            Command::Permit {
                terminal,
                expert,
                account,
                programs,
                online,
            } => {
                let permits = &mut self.permits;
                permits.terminal = terminal.unwrap_or(permits.terminal);
                permits.expert = expert.unwrap_or(permits.expert);
                permits.account = account.unwrap_or(permits.account);
                permits.programs = programs.unwrap_or(permits.programs);
                permits.online = online.unwrap_or(permits.online);
            }
            Command::Foreign {
                side,
                volume,
                magic,
            } => {
                let request = Request {
                    what: What::Open {
                        side: if *side == 0 { Side::Buy } else { Side::Sell },
                        volume: *volume,
                        stop: None,
                        target: None,
                    },
                    symbol: self.scenario.symbol.to_string(),
                    magic: *magic,
                    comment: String::new(),
                    is_person: *magic == 0,
                };
                self.perform(request, 1.0, 0);
            }
            Command::Timers { .. }
            | Command::Bars { .. }
            | Command::Await
            | Command::Restart
            | Command::Reinit { .. }
            | Command::State
            | Command::Finish => {}
        }
    }

    /// Requests so far.
    pub(crate) fn requests(&self) -> u64 {
        self.fate.count()
    }
}
