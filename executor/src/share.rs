//! What the server is told of the broker, so that the Lab tests on the trader's own market: what the
//! broker says of each traded symbol, and its history where the trader has agreed. No input or output:
//! what is to be asked and uploaded comes out.
//!
//! ```text
//! spec     what the broker says, as the server has it
//! page     bars of a terminal, in UTC
//! history  how far one history is, and what is asked next
//! guest    a terminal that is here
//! ```
//! Nothing here is worth a late decision: a terminal is asked for little at a time, never while a bar
//! is about to close, and one thing is uploaded after the other.

mod guest;
mod history;
mod page;
mod spec;

use crate::service::Seat;
use guest::Guest;
use protocol::{
    api::{
        market::{BrokerMarkets, BrokerSpec, NewBars, NewSpec},
        report::BrokerLogin,
    },
    link::{FromExecutor, FromTerminal, terminal::Hello},
};
use std::collections::{BTreeMap, BTreeSet};
use trading::{
    symbol::Symbol,
    time::{HOUR, MINUTE, SECOND, Time},
    timeframe::Timeframe,
    zone::Zone,
};

/// After how long something is tried again that the server does not take now, in milliseconds.
const LATER: i64 = 10 * MINUTE;
/// Before and after the close of a bar nothing is asked, in milliseconds: the first to leave the
/// terminal time, the second for decisions.
const BEFORE: i64 = 5 * SECOND;
const AFTER: i64 = 3 * SECOND;

/// What the trader has set.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Whether the broker's price history is uploaded. What the broker says of symbols always is.
    pub share_history: bool,
    /// The zone of the broker's clock, where it is not what it seems to be.
    pub server_zone: Option<Zone>,
}

/// Something to be done at the server.
#[derive(Debug, Clone, PartialEq)]
pub enum Errand {
    /// Ask what it has.
    List,
    /// Upload what the broker says of a symbol.
    Spec(Box<NewSpec>),
    /// Upload bars.
    Bars(Box<NewBars>),
}

/// What came of an errand.
#[derive(Debug, Clone, PartialEq)]
pub enum Return {
    /// What the server has.
    Listed(BrokerMarkets),
    /// It is kept.
    Kept,
    /// It was not taken.
    Refused {
        /// Whether it may be later.
        is_later: bool,
    },
}

/// What is to be done outside.
#[derive(Debug, Clone, PartialEq)]
pub enum Want {
    /// Send this to a terminal.
    Ask(Seat, FromExecutor),
    /// Do this at the server, and say what came of it with [`Sharer::came`]. There is no other until
    /// then.
    Do(Errand),
}

/// Which history.
type Market = (Symbol, Timeframe);

/// What is under way at the server.
#[derive(Debug, Clone, PartialEq)]
enum UnderWay {
    List,
    Spec(BrokerLogin, Box<BrokerSpec>),
    Bars(BrokerLogin, Market),
}

/// Tells the server of the broker.
#[derive(Debug)]
pub struct Sharer {
    settings: Settings,
    guests: BTreeMap<Seat, Guest>,
    under_way: Option<UnderWay>,
    /// What the server took last.
    taken: BTreeMap<(i64, String, Symbol), BrokerSpec>,
    /// What the server has, once it has said so.
    markets: Option<BrokerMarkets>,
    /// Not before then is the server asked what it has.
    list_at: Time,
    next_request: u64,
}

/// Requests of ours begin here: those of the strategies begin at 1 and never get so far.
const REQUESTS: u64 = 1 << 62;

impl Sharer {
    /// Nobody is here yet.
    pub const fn new(settings: Settings) -> Self {
        Self {
            settings,
            guests: BTreeMap::new(),
            under_way: None,
            taken: BTreeMap::new(),
            markets: None,
            list_at: Time(0),
            next_request: REQUESTS,
        }
    }

    /// A terminal has come.
    pub fn arrived(&mut self, seat: Seat, hello: &Hello, now: Time) {
        let zone = self.settings.server_zone.clone();
        match Guest::new(hello, zone, now) {
            Some(guest) => self.guests.insert(seat, guest),
            // Where its clock cannot be told, nobody knows when its bars were.
            None => self.guests.remove(&seat),
        };
    }

    /// A terminal has gone.
    pub fn left(&mut self, seat: Seat) {
        self.guests.remove(&seat);
    }

    /// What is traded at a terminal, all of it.
    pub fn traded(&mut self, seat: Seat, markets: &BTreeSet<Market>, now: Time) {
        if let Some(guest) = self.guests.get_mut(&seat) {
            guest.traded(markets, now);
        }
    }

    /// A terminal says something.
    pub fn heard(&mut self, seat: Seat, message: &FromTerminal, now: Time) {
        let Some(guest) = self.guests.get_mut(&seat) else {
            return;
        };
        match message {
            FromTerminal::Spec(spec) => guest.on_spec(spec, now),
            FromTerminal::History(page) => guest.on_history(page, now),
            FromTerminal::Failed(failed) => guest.on_failed(failed.request, now),
            _ => {}
        }
    }

    /// There is no line to the server any more: whatever was under way is forgotten, and what it has.
    /// The next line may be another account's.
    pub fn cut_off(&mut self) {
        self.under_way = None;
        self.markets = None;
        self.taken.clear();
        for guest in self.guests.values_mut() {
            guest.forget();
        }
    }

    /// What came of what was to be done at the server.
    pub fn came(&mut self, of: Return, now: Time) {
        let later = Time(now.0 + LATER);
        match (self.under_way.take(), of) {
            (Some(UnderWay::List), Return::Listed(markets)) => self.markets = Some(markets),
            (Some(UnderWay::List), _) => self.list_at = later,
            (Some(UnderWay::Spec(login, spec)), Return::Kept) => {
                let key = (login.login, login.server.to_string(), spec.symbol.clone());
                self.taken.insert(key, *spec);
            }
            (Some(UnderWay::Spec(login, spec)), _) => {
                for guest in self.at(&login) {
                    guest.spec_refused(&spec.symbol, later);
                }
            }
            (Some(UnderWay::Bars(login, market)), Return::Kept) => {
                for guest in self.at(&login) {
                    guest.bars_kept(&market);
                }
            }
            (Some(UnderWay::Bars(login, market)), of) => {
                let is_later = matches!(of, Return::Refused { is_later: true });
                // Its owner may have removed it there: then it goes again from the beginning.
                self.taken
                    .remove(&(login.login, login.server.to_string(), market.0.clone()));
                self.markets = None;
                self.list_at = later;
                for guest in self.at(&login) {
                    guest.bars_refused(&market, is_later.then_some(Time(now.0 + HOUR)));
                }
            }
            // From before the line was cut off.
            (None, _) => {}
        }
    }

    fn at(&mut self, login: &BrokerLogin) -> impl Iterator<Item = &mut Guest> {
        self.guests
            .values_mut()
            .filter(move |guest| guest.login == *login)
    }

    /// What is to be done now. Called again and again, such as once a second; `is_online` is whether
    /// the server answers.
    pub fn look(&mut self, is_online: bool, now: Time) -> Vec<Want> {
        let mut wants = Vec::new();
        if is_online && self.under_way.is_none() {
            wants.extend(self.errand(now).map(Want::Do));
        }
        let (taken, markets) = (&self.taken, &self.markets);
        for (seat, guest) in &mut self.guests {
            if guest.is_waiting(now) || guest.is_near_a_close(now) {
                continue;
            }
            let request = self.next_request;
            // History is of no use to the server without the terms, and nobody knows yet what of it
            // is there.
            let known = markets.as_ref().filter(|_| self.settings.share_history);
            let is_taken = |symbol: &Symbol| taken.contains_key(&guest::key(&guest.login, symbol));
            let is_taken: BTreeSet<Symbol> = guest
                .symbols()
                .filter(|one| is_taken(one))
                .cloned()
                .collect();
            if let Some(question) = guest.question(request, known, &is_taken, now) {
                self.next_request += 1;
                wants.push(Want::Ask(*seat, question));
            }
        }
        wants
    }

    /// The next thing for the server.
    fn errand(&mut self, now: Time) -> Option<Errand> {
        for guest in self.guests.values() {
            let taken = |symbol: &Symbol| self.taken.get(&guest::key(&guest.login, symbol));
            if let Some(spec) = guest.spec_to_upload(taken, now) {
                let login = guest.login.clone();
                let spec = spec.clone();
                self.under_way = Some(UnderWay::Spec(login.clone(), Box::new(spec.clone())));
                return Some(Errand::Spec(Box::new(NewSpec { login, spec })));
            }
        }
        if !self.settings.share_history || self.guests.is_empty() {
            return None;
        }
        if self.markets.is_none() {
            if now < self.list_at {
                return None;
            }
            self.under_way = Some(UnderWay::List);
            return Some(Errand::List);
        }
        for guest in self.guests.values() {
            if let Some((market, bars)) = guest.bars_to_upload(now) {
                let login = guest.login.clone();
                self.under_way = Some(UnderWay::Bars(login.clone(), market.clone()));
                let (symbol, timeframe) = market;
                return Some(Errand::Bars(Box::new(NewBars {
                    login,
                    symbol,
                    timeframe,
                    bars,
                })));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests;
