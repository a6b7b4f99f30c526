//! A terminal that is here: what it said, and what it is asked next.

use super::{
    AFTER, BEFORE, Market,
    history::{Ask, COUNT, History},
    page, spec,
};
use crate::trade::clock::ServerClock;
use protocol::{
    api::{
        market::{BrokerMarkets, BrokerSpec, PackedBars},
        report::BrokerLogin,
    },
    link::{
        FromExecutor,
        executor::{HistoryRequest, SpecRequest},
        part::Request,
        terminal::{self, Hello, Spec},
    },
};
use std::collections::{BTreeMap, BTreeSet};
use trading::{
    bar::Bar,
    symbol::Symbol,
    time::{HOUR, MINUTE, SECOND, Time},
    zone::{LocalClock, Zone},
};

/// How long an answer may take before it is taken for lost, in milliseconds.
const PATIENCE: i64 = MINUTE;
/// When a symbol is asked for that nobody else asks for.
const FIRST: i64 = 10 * SECOND;
/// How often the broker is asked again what it says of a symbol: interest changes from day to day.
const AGAIN: i64 = 6 * HOUR;
/// The same where it could not be told.
const SOON: i64 = MINUTE;
/// When a history is asked for again that the terminal could not give.
const LATER: i64 = 10 * MINUTE;

/// By what a specification is known that the server took.
pub(super) fn key(login: &BrokerLogin, symbol: &Symbol) -> (i64, String, Symbol) {
    (login.login, login.server.to_string(), symbol.clone())
}

/// A terminal.
#[derive(Debug)]
pub(super) struct Guest {
    pub(super) login: BrokerLogin,
    hello: Hello,
    clock: ServerClock,
    local: LocalClock,
    symbols: BTreeMap<Symbol, Traded>,
    histories: BTreeMap<Market, History>,
    waiting: Option<Waiting>,
}

/// What is known of a symbol.
#[derive(Debug)]
struct Traded {
    spec: Option<BrokerSpec>,
    ask_at: Time,
    upload_at: Time,
}

/// What was asked and not answered yet.
#[derive(Debug)]
struct Waiting {
    request: Request,
    since: Time,
    /// Of which history, and what has come of it; none where a specification was asked for.
    history: Option<(Market, Ask, Vec<Bar>)>,
}

impl Guest {
    /// `None` where its clock or its name cannot be told.
    pub(super) fn new(hello: &Hello, zone: Option<Zone>, now: Time) -> Option<Self> {
        let clock = match zone {
            Some(zone) => ServerClock::new(zone),
            None => ServerClock::guess(hello.server_offset, now).ok()?,
        };
        let server = hello.server.parse().ok()?;
        Some(Self {
            login: BrokerLogin {
                login: hello.login,
                server,
            },
            hello: hello.clone(),
            local: LocalClock::new(clock.zone().clone()),
            clock,
            symbols: BTreeMap::new(),
            histories: BTreeMap::new(),
            waiting: None,
        })
    }

    pub(super) fn traded(&mut self, markets: &BTreeSet<Market>, now: Time) {
        self.histories.retain(|market, _| markets.contains(market));
        self.symbols
            .retain(|symbol, _| markets.iter().any(|(traded, _)| traded == symbol));
        for market in markets {
            self.histories.entry(market.clone()).or_default();
            let new = || Traded {
                spec: None,
                ask_at: Time(now.0 + FIRST),
                upload_at: now,
            };
            self.symbols.entry(market.0.clone()).or_insert_with(new);
        }
    }

    /// Nobody knows any more what the server has.
    pub(super) fn forget(&mut self) {
        for history in self.histories.values_mut() {
            *history = History::default();
        }
    }

    pub(super) fn symbols(&self) -> impl Iterator<Item = &Symbol> {
        self.symbols.keys()
    }

    /// Whoever asked for it: a strategy that begins does, too.
    pub(super) fn on_spec(&mut self, said: &Spec, now: Time) {
        let told = spec::of(said, &self.hello, self.clock.zone());
        if let Some(traded) = self.symbols.get_mut(&said.symbol) {
            let wait = if told.is_some() { AGAIN } else { SOON };
            traded.ask_at = Time(now.0 + wait);
            traded.spec = told.or(traded.spec.take());
        }
        let is_answer = |waiting: &Waiting| waiting.history.is_none();
        if self.waiting.as_ref().is_some_and(is_answer) {
            self.waiting = None;
        }
    }

    pub(super) fn on_history(&mut self, said: &terminal::History, now: Time) {
        let is_ours = |waiting: &Waiting| waiting.request == said.request;
        if !self.waiting.as_ref().is_some_and(is_ours) {
            return;
        }
        if let Some(Waiting {
            history: Some((_, _, bars)),
            since,
            ..
        }) = &mut self.waiting
        {
            bars.extend_from_slice(&said.bars);
            *since = now;
        }
        if !said.is_last {
            return;
        }
        if let Some((market, ask, bars)) = self.waiting.take().and_then(|one| one.history)
            && let Some(history) = self.histories.get_mut(&market)
        {
            let oldest = bars.first().map_or(Time(0), |bar| bar.time);
            let page = page::of(&bars, &mut self.clock);
            history.answered(ask, page, bars.len(), oldest, now);
        }
    }

    pub(super) fn on_failed(&mut self, request: Request, now: Time) {
        if self
            .waiting
            .as_ref()
            .is_some_and(|one| one.request == request)
        {
            self.give_up(now);
        }
    }

    fn give_up(&mut self, now: Time) {
        let market = self.waiting.take().and_then(|one| one.history);
        if let Some(history) = market.and_then(|(market, ..)| self.histories.get_mut(&market)) {
            history.rest(Time(now.0 + LATER));
        }
    }

    /// Whether it has something to answer still.
    pub(super) fn is_waiting(&mut self, now: Time) -> bool {
        let is_lost = |waiting: &Waiting| now.0 - waiting.since.0 > PATIENCE;
        if self.waiting.as_ref().is_some_and(is_lost) {
            self.give_up(now);
        }
        self.waiting.is_some()
    }

    /// Whether a traded bar closes about now. A broker's clock is whole or half hours from UTC, so
    /// that all closes of longer bars are closes of half hours.
    pub(super) fn is_near_a_close(&self, now: Time) -> bool {
        self.histories.keys().any(|(_, timeframe)| {
            let length = timeframe.millis().min(30 * MINUTE);
            let since = now.0.rem_euclid(length);
            since < AFTER || length - since <= BEFORE
        })
    }

    /// What it is asked now.
    pub(super) fn question(
        &mut self,
        request: u64,
        known: Option<&BrokerMarkets>,
        is_taken: &BTreeSet<Symbol>,
        now: Time,
    ) -> Option<FromExecutor> {
        let request = Request(request);
        let is_due = |(_, traded): &(&Symbol, &mut Traded)| now >= traded.ask_at;
        if let Some((symbol, traded)) = self.symbols.iter_mut().find(is_due) {
            traded.ask_at = Time(now.0 + SOON);
            let symbol = symbol.clone();
            self.waiting = Some(Waiting {
                request,
                since: now,
                history: None,
            });
            return Some(FromExecutor::SpecRequest(SpecRequest { request, symbol }));
        }
        let known = known?;
        for (market, history) in &mut self.histories {
            if !is_taken.contains(&market.0) {
                continue;
            }
            history.look_up(at_server(known, &self.login, market));
            let Some(ask) = history.ask(now) else {
                continue;
            };
            let before = match ask {
                Ask::Newest => Time(0),
                Ask::Before(time) => time,
                Ask::BeforeUtc(time) => self.local.local(time),
            };
            self.waiting = Some(Waiting {
                request,
                since: now,
                history: Some((market.clone(), ask, Vec::new())),
            });
            let (symbol, timeframe) = market.clone();
            return Some(FromExecutor::HistoryRequest(HistoryRequest {
                request,
                symbol,
                timeframe,
                before,
                count: COUNT,
            }));
        }
        None
    }

    pub(super) fn spec_to_upload<'a>(
        &'a self,
        taken: impl Fn(&Symbol) -> Option<&'a BrokerSpec>,
        now: Time,
    ) -> Option<&'a BrokerSpec> {
        self.symbols.iter().find_map(|(symbol, traded)| {
            let spec = traded.spec.as_ref().filter(|_| now >= traded.upload_at)?;
            let is_new = taken(symbol).is_none_or(|taken| spec::is_another(spec, taken));
            is_new.then_some(spec)
        })
    }

    pub(super) fn spec_refused(&mut self, symbol: &Symbol, until: Time) {
        if let Some(traded) = self.symbols.get_mut(symbol) {
            traded.upload_at = until;
        }
    }

    pub(super) fn bars_to_upload(&self, now: Time) -> Option<(Market, PackedBars)> {
        let mut all = self.histories.iter();
        all.find_map(|(market, history)| {
            let bars = history.page(now)?;
            Some((market.clone(), PackedBars(bars.clone())))
        })
    }

    pub(super) fn bars_kept(&mut self, market: &Market) {
        if let Some(history) = self.histories.get_mut(market) {
            history.kept();
        }
    }

    pub(super) fn bars_refused(&mut self, market: &Market, until: Option<Time>) {
        if let Some(history) = self.histories.get_mut(market) {
            history.refused(until);
        }
    }
}

/// What the server has of a history.
fn at_server(
    known: &BrokerMarkets,
    login: &BrokerLogin,
    (symbol, timeframe): &Market,
) -> Option<(Time, Time, u64)> {
    let is_it =
        |one: &&protocol::api::market::BrokerMarket| one.login == *login && one.symbol == *symbol;
    let market = known.items.iter().find(is_it)?;
    let mut histories = market.histories.iter();
    let found = histories.find(|one| one.timeframe == *timeframe)?;
    Some((found.first, found.last, found.bars))
}
